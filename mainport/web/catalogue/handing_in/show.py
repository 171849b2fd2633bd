# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of handing in show of a work: by step for its author, as a whole for the research office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mainport.catalogue.models import KeptFile, Review, Submission
from mainport.catalogue.queries.handing_in import HandedIn
from mainport.catalogue.rules.checking import UNREAD
from mainport.catalogue.rules.handing_in import STEP_OF, Deed, Step
from mainport.catalogue.rules.texts import Texts
from mainport.catalogue.rules.works import Access
from mainport.web.agenda.views.parts import Crumb
from mainport.web.catalogue.handing_in import labels
from mainport.web.catalogue.records.labels import language, type_of
from mainport.web.templatetags.mainport import number, when, words


@dataclass(frozen=True)
class Fact:
    """A label, and what was filled in: a text in several languages, or plain words."""

    label: str
    texts: Texts = field(default_factory=dict)
    words: str = ""
    url: str = ""


@dataclass(frozen=True)
class StepLine:
    """A step on the overview: what is in it, and what is missing."""

    step: Step
    label: str
    url: str
    glyph: str
    state: str
    facts: Sequence[Fact]
    missing: Sequence[str]


@dataclass(frozen=True)
class Found:
    """A finding as it is shown."""

    place: str
    kind: str
    covered: str
    reason: str
    context: str
    sure: bool
    unread: bool = False


def url(handed: HandedIn, name: str = "handing_in", **more: Any) -> str:
    return reverse(name, kwargs={"key": handed.record.key, **more})


def step_url(handed: HandedIn, step: Step) -> str:
    return url(handed, f"handing_in_{step.value}")


def following(step: Step) -> Step | None:
    """The step after this one."""
    steps = list(Step)
    place = steps.index(step) + 1
    return steps[place] if place < len(steps) else None


def crumbs(handed: HandedIn | None = None, *after: str) -> list[Crumb]:
    found = [Crumb(_("Home"), reverse("home")), Crumb(_("My works"), reverse("handing_in_list"))]
    if handed:
        found.append(Crumb(words(handed.record.titles), url(handed)))
    return [*found, *(Crumb(label) for label in after)]


def review_crumbs(handed: HandedIn | None = None, *after: str) -> list[Crumb]:
    found = [Crumb(_("Workspace"), reverse("workspace")), Crumb(_("Works to judge"), reverse("review_list"))]
    if handed:
        found.append(Crumb(words(handed.record.titles), url(handed, "review")))
    return [*found, *(Crumb(label) for label in after)]


def steps(handed: HandedIn) -> list[StepLine]:
    """All steps, with what was filled in."""
    return [_step(handed, step) for step in Step]


def _step(handed: HandedIn, step: Step) -> StepLine:
    missing = [str(labels.LACKS[lack]) for lack in handed.lacks if STEP_OF[lack] is step]
    facts = facts_of(handed, step)
    if missing:
        glyph, state = "at-risk", pgettext("step", "something is missing")
    elif facts:
        glyph, state = "done", pgettext("step", "filled in")
    else:
        glyph, state = "no-report", pgettext("step", "empty, which is allowed")
    return StepLine(step, str(labels.STEPS[step]), step_url(handed, step), glyph, state, facts, missing)


def facts_of(handed: HandedIn, step: Step) -> list[Fact]:
    """What was filled in in a step; nothing for what is empty."""
    found: list[Fact] = _FACTS[step](handed)
    return [fact for fact in found if fact.words or any(text.strip() for text in fact.texts.values())]


def _details(handed: HandedIn) -> list[Fact]:
    work = handed.work
    return [
        Fact(_("Title"), work.titles),
        Fact(_("Subtitle"), work.subtitles),
        Fact(_("Kind"), words=type_of(work.type)),
        Fact(_("Language"), words=language(work.language)),
        Fact(_("Programme"), words=handed.submission.programme),
        Fact(_("Task"), words=work.task),
        Fact(_("Finished"), words=when(str(work.published)) if work.published else ""),
        Fact(_("Subjects"), words=", ".join(one.label for one in work.subjects)),
    ]


def _people(handed: HandedIn) -> list[Fact]:
    work, submission = handed.work, handed.submission
    return [
        Fact(_("Authors"), words=", ".join(f"{one.name} {one.orcid}".strip() for one in work.authors)),
        Fact(_("School or university"), words=", ".join(o.name for o in work.organisations if o.role == "grantor")),
        Fact(_("Supervisor"), words=f"{submission.supervisor_name} {submission.supervisor_email}".strip()),
        Fact(_("For whom"), words=submission.client),
    ]


def _summary(handed: HandedIn) -> list[Fact]:
    return [
        Fact(_("Summary in plain words"), handed.work.summaries),
        Fact(_("Abstract"), handed.work.abstracts),
    ]


def _recommendations(handed: HandedIn) -> list[Fact]:
    return [
        Fact(
            _("Recommendation %(number)s, for %(task)s") % {"number": one.number, "task": one.task}
            if one.task
            else _("Recommendation %(number)s") % {"number": one.number},
            one.text,
        )
        for one in handed.work.recommendations
    ]


def _questions(handed: HandedIn) -> list[Fact]:
    return [
        Fact(_("Question %(number)s") % {"number": place}, question)
        for place, question in enumerate(handed.work.questions, 1)
    ]


def _sources(handed: HandedIn) -> list[Fact]:
    called = {"IsNewVersionOf": _("New version of")}
    return [Fact(called.get(one.kind, _("Builds on")), words=one.identifier.value) for one in handed.work.relations]


def _files(handed: HandedIn) -> list[Fact]:
    found = [Fact(_("File"), words=file_label(file), url=file_url(handed, file)) for file in handed.files]
    return found or [Fact(_("No file, because"), words=handed.submission.no_file_reason)]


def _rights(handed: HandedIn) -> list[Fact]:
    work, submission = handed.work, handed.submission
    closed = work.access is Access.RESTRICTED
    return [
        Fact(_("Who may read the files"), words=_("Only the research office") if closed else ""),
        Fact(_("What others may do"), words=str(labels.LICENCES.get(work.licence, work.licence))),
        Fact(_("Closed until"), words=when(work.embargo_until) if work.embargo_until else ""),
        Fact(_("Persons in it"), words=str(labels.CONSENT.get(submission.consent, ""))),
        Fact(_("How they agreed"), words=submission.consent_note),
    ]


def _check(handed: HandedIn) -> list[Fact]:
    submission = handed.submission
    if submission.checked_at is None:
        return []
    sure = sum(bool(one.get("sure")) for one in submission.findings)
    told = _("%(sure)s to take out, %(others)s worth a look") % {
        "sure": number(sure),
        "others": number(len(submission.findings) - sure),
    }
    return [
        Fact(_("Found"), words=told if submission.findings else _("nothing")),
        Fact(_("Why it may stay"), words=submission.accepted_note),
    ]


_FACTS: dict[Step, Any] = {
    Step.DETAILS: _details,
    Step.PEOPLE: _people,
    Step.SUMMARY: _summary,
    Step.RECOMMENDATIONS: _recommendations,
    Step.QUESTIONS: _questions,
    Step.SOURCES: _sources,
    Step.FILES: _files,
    Step.RIGHTS: _rights,
    Step.CHECK: _check,
}


def file_url(handed: HandedIn, file: KeptFile) -> str:
    return url(handed, "handing_in_file", pk=file.pk)


def file_label(file: KeptFile) -> str:
    """Its name, its size and how many pages it has."""
    told = [file.name, _("%(size)s MB") % {"size": number(max(0.1, round(file.size / 1_000_000, 1)))}]
    if file.pages:
        told.append(_("%(pages)s pages") % {"pages": number(file.pages)})
    return ", ".join(told)


def findings(submission: Submission) -> tuple[list[Found], list[Found]]:
    """What the check is sure of, and what is worth a look."""
    found = [_found(one) for one in submission.findings]
    return [one for one in found if one.sure], [one for one in found if not one.sure]


def _found(told: dict[str, Any]) -> Found:
    unread = told["kind"] == UNREAD
    if told["field"] != "file":
        place = str(labels.FIELDS.get(told["field"], told["field"]))
        place = f"{place} {told['number']}" if told.get("number") else place
        place = f"{place} ({language(told['language'])})" if told.get("language") else place
    elif unread:
        place = _("%(file)s: %(count)s pages or parts") % {"file": told["file"], "count": number(told["page"])}
    elif told.get("page"):
        place = _("%(file)s, page %(page)s") % {"file": told["file"], "page": told["page"]}
    else:
        place = told["file"]
    return Found(
        place=place,
        kind=str(labels.KINDS.get(told["kind"], told["kind"])),
        covered=told["covered"],
        reason=str(labels.REASONS.get(told["reason"], "")),
        context=told["context"],
        sure=bool(told["sure"]),
        unread=unread,
    )


@dataclass(frozen=True)
class Judged:
    """A review as it is shown."""

    glyph: str
    verdict: str
    reasons: str
    by: str
    at: Any


def reviews(found: Sequence[Review]) -> list[Judged]:
    return [Judged(*_verdict(one), one.reasons, one.by_name, one.at) for one in found]


def _verdict(review: Review) -> tuple[str, str]:
    glyph, label = labels.VERDICTS[review.verdict]
    return glyph, str(label)


def state(code: str) -> tuple[str, str]:
    glyph, label = labels.STATES[code]
    return glyph, str(label)


def one_json(handed: HandedIn) -> dict[str, Any]:
    """A work as data, for who sees its page; of findings, that there are."""
    work, submission = handed.work, handed.submission
    return {
        "key": handed.record.key,
        "state": handed.record.state,
        "title": dict(work.titles),
        "type": work.type.value,
        "language": work.language,
        "authors": [one.name for one in work.authors],
        "summary": dict(work.summaries),
        "recommendations": [{"number": o.number, "text": dict(o.text), "task": o.task} for o in work.recommendations],
        "files": [{"name": o.name, "size": o.size, "sha256": o.sha256, "version": o.version} for o in handed.files],
        "licence": work.licence,
        "embargo_until": work.embargo_until.isoformat() if work.embargo_until else None,
        "findings": len(submission.findings),
        "missing": [lack.value for lack in handed.lacks],
        "sent_at": submission.sent_at,
        "reviews": [{"verdict": o.verdict, "reasons": o.reasons, "at": o.at} for o in handed.reviews],
    }


def line_json(submission: Submission) -> dict[str, Any]:
    """A work in one row."""
    record = submission.record
    return {
        "key": record.key,
        "title": words(record.titles),
        "state": record.state,
        "author": submission.author.name,
        "sent_at": submission.sent_at,
    }


def may(handed: HandedIn) -> dict[str, bool]:
    """What can be done, for the template."""
    return {deed.name.lower(): handed.may(deed) for deed in Deed}
