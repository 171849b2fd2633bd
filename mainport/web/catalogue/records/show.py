# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of records share: finding one, its address, its names on the agenda, its texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.catalogue.exports import shown as exports
from mainport.catalogue.exports.shown import Shown, ShownFile
from mainport.catalogue.models import Record
from mainport.catalogue.queries.records import visible
from mainport.catalogue.queries.show import File
from mainport.catalogue.rules.texts import UNKNOWN, Texts
from mainport.catalogue.rules.works import Organisation, Work
from mainport.core.rules.permissions import Actor
from mainport.web.agenda.addresses import url_of, url_or_nothing
from mainport.web.agenda.views.parts import Crumb, crumbs, site_of
from mainport.web.catalogue.records import labels
from mainport.web.context import name_of
from mainport.web.templatetags.mainport import words

State = Record.State

#: Forms in which a work can be taken along: the end of the address, and the media type.
WORK_FORMS = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "datacite.xml": "application/vnd.datacite.datacite+xml",
    "jsonld": "application/ld+json",
}
LEARNING_FORMS = {"jsonld": "application/ld+json"}


def seek(request: HttpRequest, by: Actor, kind: str, key: str) -> Record | HttpResponse:
    """The record under this key; where it was merged, the way on; where it was withdrawn, a page that says so.

    Raises Http404 where there is none for this reader.
    """
    rows = visible(by).select_related("merged_into", "organisation", "repository", "submission")
    record = rows.filter(key=key, kind=kind).first()
    if record is None:
        raise Http404(f"{kind}:{key}")
    if record.merged_into:
        return redirect(record.merged_into.kind, key=record.merged_into.key)
    if record.state == State.WITHDRAWN:
        context = {
            "record": record,
            "page_title": _("No longer here"),
            "breadcrumbs": crumbs_of(record, _("No longer here")),
        }
        return render(request, "catalogue/records/withdrawn.html", context, status=410)
    return record


def crumbs_of(record: Record, label: Any = "") -> list[Crumb]:
    """The way to a record: by its landing page."""
    if record.kind == Record.Kind.WORK:
        first = Crumb(_("Research"), url_or_nothing("research"))
    else:
        first = Crumb(_("Courses"), url_or_nothing("learn") or url_or_nothing("provider_list"))
    return crumbs(first, Crumb(label or words(plain(record.titles))))


def plain(texts: Texts) -> dict[str, str]:
    """Texts of which nobody stated the language go for every reader alike."""
    return {"mul" if code == UNKNOWN else code: text for code, text in texts.items() if text}


@dataclass(frozen=True)
class InLanguage:
    """A text in one language; `lang` is '' where that is the reader's."""

    lang: str
    label: str
    text: str


def in_languages(texts: Texts) -> list[InLanguage]:
    """Each language of a text, the reader's first."""
    own = get_language() or "nl"
    found = [
        InLanguage("" if code in (own, UNKNOWN) else code, labels.language(code), text.strip())
        for code, text in texts.items()
        if text.strip()
    ]
    return sorted(found, key=lambda one: bool(one.lang))


def site() -> tuple[dict[str, Any], str]:
    """The context of a page with the alliance in it, and what the site is called. One query."""
    alliance = agenda.alliance()
    name = name_of(alliance, get_language() or "nl")
    return (site_of(alliance) if alliance else {"alliance": None, "alliance_name": name, "demo": False}), name


def shown(record: Record, name: str, files: Iterable[File] = (), language: str = "") -> Shown:
    """A record as exports need it: addresses are whole."""
    forms = WORK_FORMS if record.kind == Record.Kind.WORK else LEARNING_FORMS
    return Shown(
        key=record.key,
        address=address_of(record.key),
        page=whole(reverse(record.kind, kwargs={"key": record.key})),
        site_name=name,
        site_url=settings.SITE_URL,
        language=language or get_language() or "nl",
        changed=record.changed_at,
        files=tuple(shown_file(record, file) for file in files),
        forms=forms if record.state == State.PUBLISHED else {},
        demo=record.demo,
    )


def shown_file(record: Record, file: File) -> ShownFile:
    row = file.row
    return ShownFile(
        name=row.name,
        url=whole(reverse("work_file", kwargs={"key": record.key, "pk": row.pk})),
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        licence=row.licence,
        open=file.open,
        embargo_until=row.embargo_until,
    )


def whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def address_of(key: str) -> str:
    """The address of a record for good, without a language in it."""
    return whole(reverse("record", kwargs={"key": key}))


def with_outside_files(said: Shown, work: Work) -> Shown:
    """With the files that stand at the source, and not in our own keeping."""
    known = {file.sha256 for file in said.files if file.sha256}
    outside = tuple(
        ShownFile(
            name=file.name or file.url.rstrip("/").rpartition("/")[2],
            url=file.url,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            licence=file.licence,
            open=file.access.value == "open",
            embargo_until=file.embargo_until,
        )
        for file in work.files
        if file.url and not (file.sha256 and file.sha256 in known)
    )
    return replace(said, files=(*said.files, *outside))


# --- On the agenda ---


@dataclass(frozen=True)
class Place:
    """A task, sector or goal of the agenda; a key that the agenda doesn't know has no address."""

    key: str
    kind: str
    title: str
    url: str


def places(keys: Mapping[Kind, Iterable[str]]) -> dict[tuple[Kind, str], Place]:
    """What these keys mean on the agenda. One query at most."""
    wanted = {key for group in keys.values() for key in group if key}
    rows: Sequence[Element] = list(agenda.elements(*keys).filter(key__in=wanted)) if wanted else []
    return {
        (Kind(row.kind), row.key): Place(row.key, row.kind, words(row.title), url_of(row))
        for row in rows
        if row.key in keys[Kind(row.kind)]
    }


def search_url(**filters: str) -> str:
    """The search page with these filters; '' where this installation has none."""
    address = url_or_nothing("search")
    return f"{address}?{urlencode(filters)}" if address else ""


def provider_url(name: str) -> str:
    slug = slugify(name)
    return reverse("provider", kwargs={"slug": slug}) if slug else ""


@dataclass(frozen=True)
class OrganisationShown:
    """An organisation with what else is known of it."""

    name: str
    role: str
    ror_url: str
    works_url: str


def organisation(one: Organisation) -> OrganisationShown:
    return OrganisationShown(
        name=one.name or one.ror,
        role=str(labels.ROLES.get(one.role, one.role)),
        ror_url=exports.ror_address(one.ror),
        works_url=search_url(tab="research", organisation=one.name) if one.name else "",
    )


@dataclass(frozen=True)
class Line:
    """A record as lists show it."""

    title: Any
    url: str
    type: str
    who: str
    when: Any
    text: str
    demo: bool
    lang: str = ""


def work_line(record: Record, *, text: bool = True) -> Line:
    """A work in a list: its title, kind, makers, day and first plain words."""
    content = record.content
    names = [one.get("name", "") for one in content.get("authors", ()) if one.get("role", "author") == "author"]
    summary = words(plain(content.get("summaries") or content.get("abstracts") or {})) if text else ""
    return Line(
        title=plain(record.titles),
        url=reverse("work", kwargs={"key": record.key}),
        type=labels.type_of(record.type),
        who=", ".join(names[:3]) + (" …" if len(names) > 3 else "") or record.provider,
        when=content_day(record),
        text=summary,
        demo=record.demo,
    )


def content_day(record: Record) -> str:
    """The day of a work as exact as it is known."""
    found = record.content.get("published") or {}
    parts = [f"{found['year']:04}"] if found else []
    parts += [f"{found[name]:02}" for name in ("month", "day") if found.get(name)]
    return "-".join(parts)
