# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What pages of papers have in common: the way to them, their names, their data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from mainport.cycle.models import Paper
from mainport.cycle.queries.papers import PaperLine, PaperView, SectionView
from mainport.cycle.queries.papers_at_work import AtWork
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.papers import labels
from mainport.web.templatetags.mainport import words

#: The formats in which a paper is taken along, and what people call them.
FORMATS = (("pdf", "PDF"), ("docx", "Word (DOCX)"), ("odt", "OpenDocument (ODT)"), ("html", "HTML"))


@dataclass(frozen=True)
class Downloads:
    """The files of a paper in one language."""

    code: str
    language: str
    files: Sequence[tuple[str, str]]  # (address, label)


def downloads(paper: Paper, languages: Sequence[str]) -> list[Downloads]:
    """Of a decided version, or of a draft as it reads now."""
    where: dict[str, Any] = {"kind": paper.kind, "year": paper.year}
    name = "paper_preview_file"
    if paper.content:
        name, where = "yearly_paper_file", where | {"version": paper.version}
    return [
        Downloads(
            code,
            get_language_info(code)["name_translated"],
            [(reverse(name, kwargs={**where, "language": code, "format": key}), label) for key, label in FORMATS],
        )
        for code in languages
    ]


def title_of(view: PaperView | PaperLine | AtWork) -> str:
    """Annual report 2023."""
    return f"{words(view.title)} {view.paper.year}"


def public_crumbs(*after: Crumb) -> list[Crumb]:
    return crumbs(Crumb(_("Yearly papers"), reverse("yearly_paper_list")), *after)


def work_crumbs(*after: Crumb) -> list[Crumb]:
    return crumbs(
        Crumb(_("Workspace"), reverse("workspace")),
        Crumb(_("Papers at work"), reverse("paper_work_list")),
        *after,
    )


def crumbs_to(view: PaperView, *after: str) -> list[Crumb]:
    """The way to something of a paper that is being made."""
    return work_crumbs(Crumb(title_of(view), work_url(view.paper)), *map(Crumb, after))


def work_url(paper: Paper) -> str:
    return reverse("paper_work", kwargs={"kind": paper.kind, "year": paper.year})


def read_url(paper: Paper, *, version: bool = False) -> str:
    """Where a decided paper is read; the version in force at the address without one."""
    where: dict[str, Any] = {"kind": paper.kind, "year": paper.year}
    if version or paper.state == Paper.State.REPLACED:
        return reverse("yearly_paper_version", kwargs={**where, "version": paper.version})
    return reverse("yearly_paper", kwargs=where)


def decision_url(paper: Paper) -> str:
    return url_or_nothing("decision", key=paper.decision) if paper.decision else ""


def section_title(view: SectionView) -> str:
    return str(words(view.plan.title)) if view.plan else view.section.key


# --- Data ---


def paper_json(paper: Paper) -> dict[str, Any]:
    return {
        "kind": paper.kind,
        "year": paper.year,
        "version": paper.version,
        "state": paper.state,
        "decision": paper.decision or None,
        "decided_at": paper.decided_at,
        "edition": paper.edition.key if paper.edition else None,
        "edition_sha256": paper.edition.sha256 if paper.edition else None,
        "through": paper.through,
        "sha256": paper.sha256 or None,
        "demo": paper.demo,
    }


def work_json(one: AtWork) -> dict[str, Any]:
    return {
        **paper_json(one.paper),
        "sections": one.sections,
        "missing": [
            {
                "section": row.section.key,
                "languages": list(row.languages),
                "writer": row.section.writer.key if row.section.writer else None,
            }
            for row in one.missing
        ],
        "open_comments": one.comments,
        "agreed": len(one.agreed),
        "refused": len(one.refused),
        "not_said": len(one.silent),
    }


def section_json(view: SectionView) -> dict[str, Any]:
    return {
        "section": view.section.key,
        "title": section_title(view),
        "writer": view.section.writer.key if view.section.writer else None,
        "written": str(view.plan.written) if view.plan else None,
        "text": view.section.text,
        "missing": list(view.missing),
        "revision": view.section.revision,
        "changed_by": view.section.changed_by or None,
        "changed_at": view.section.changed_at,
        "open_comments": view.open_comments,
    }


def section_row(view: SectionView) -> dict[str, Any]:
    found = section_json(view)
    found["text"] = words(found["text"])
    found["missing"] = " ".join(found["missing"])
    return found


def signature_json(view: PaperView) -> list[dict[str, Any]]:
    return [
        {
            "organisation": one.organisation,
            "agrees": one.said.agrees if one.said else None,
            "reason": one.said.reason if one.said else None,
            "at": one.said.at if one.said else None,
        }
        for one in view.signatures
    ]


def state_of(paper: Paper) -> str:
    return str(labels.STATES[paper.state])
