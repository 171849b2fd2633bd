# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The page of a work: who, for whom, when, what it found, what it advises, its files, what it builds on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from mainport.agenda.rules.elements import Kind
from mainport.catalogue.exports import csl, highwire, jsonld, signposting
from mainport.catalogue.exports.shown import (
    Shown,
    address_of,
    addresses,
    licence_address,
    licence_name,
    orcid_address,
    persistent,
)
from mainport.catalogue.models import Recommendation, Record
from mainport.catalogue.queries import show as queries
from mainport.catalogue.queries.show import File, Origin, Tie
from mainport.catalogue.queries.similar import more_like
from mainport.catalogue.rules.reading import Sense
from mainport.catalogue.rules.texts import UNKNOWN, first
from mainport.catalogue.rules.works import Access, Author, Work
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Actor, Permission
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import today
from mainport.web.catalogue.records import labels, show
from mainport.web.catalogue.records.files import size_in_words
from mainport.web.catalogue.records.markup import script
from mainport.web.catalogue.records.show import in_languages, plain, search_url
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words


@require_safe
def work(request: HttpRequest, key: str) -> Page | HttpResponse:
    by = actor_of(request.user)
    record = show.seek(request, by, Record.Kind.WORK, key)
    if isinstance(record, HttpResponse):
        return record
    said = queries.value_of(record)
    assert isinstance(said, Work)
    files = queries.files_of(by, record, today())
    advice = queries.recommendations_of(record)
    ties = queries.ties_of(record)
    origins = queries.origins_of(record)
    context, name = show.site()
    exported = show.with_outside_files(show.shown(record, name, files), said)
    names = show.places(
        {
            Kind.TASK: [
                said.task,
                *(one.task for one in advice),
                *(a.task for one in advice for a in one.adoptions.all()),
            ],
            Kind.SECTOR: [said.sector],
            Kind.GOAL: [said.goal],
        }
    )
    public = record.state == Record.State.PUBLISHED
    links = signposting.of_work(said, exported)
    tied = {one.record.pk for one in ties if one.record}
    shown_files = [_file(record, one) for one in files]
    context |= _what_it_says(record, said) | {
        "page_title": words(plain(record.titles)),
        "breadcrumbs": show.crumbs_of(record),
        "record": record,
        "on_agenda": [names[at] for at in _wanted(said) if at in names],
        "advice": [_advice(by, record, one, names) for one in advice],
        "files": shown_files,
        "main_file": next((one for one in shown_files if one["url"]), None),
        "outside": _outside(said, exported, files),
        "access": labels.ACCESS[said.access.value] if said.access is not Access.EMBARGOED or not files else "",
        "similar": [show.work_line(one, text=False) for one in more_like(record) if one.pk not in tied]
        if public
        else [],
        "ties": _ties(ties),
        "cite": csl.citation(said, exported),
        "cite_url": persistent(said, exported),
        "forms": _forms(record) if public else [],
        "origins": [_origin(one) for one in origins],
        "public": public,
        "jsonld": script(jsonld.work(said, exported)) if public else "",
        "meta": list(highwire.tags(said, exported)) if public else [],
    }
    data = _data(record, said, exported, advice, ties, origins)
    return Page(
        "catalogue/records/work.html",
        context,
        data,
        [_row(record, said, exported)],
        headers={"Link": signposting.header(signposting.of_page(links, exported))}
        if public
        else {"X-Robots-Tag": "noindex"},
    )


def _what_it_says(record: Record, said: Work) -> dict[str, Any]:
    """What the page shows of the work itself, whatever is around it."""
    makers = [_author(one) for one in said.authors if one.role == "author"]
    return {
        "title": plain(record.titles),
        "subtitle": plain(said.subtitles),
        "other_titles": [one for one in in_languages(record.titles) if one.text != words(plain(record.titles))],
        "state": labels.STATES.get(record.state),
        "type": labels.type_of(record.type),
        "makers": makers,
        # Where all of them work where the work came out, that is said once.
        "places": [one for one in makers if [place.name for place in one.organisations] != [record.provider]],
        "helpers": [_author(one) for one in said.authors if one.role != "author"],
        "organisations": [show.organisation(one) for one in said.organisations if one.role != "client"],
        "client": _client(record, said),
        "published": show.content_day(record),
        "language": labels.language(said.language),
        "summaries": in_languages(said.summaries),
        "abstracts": in_languages(said.abstracts),
        "questions": [plain(one) for one in said.questions],
        "embargo_until": said.embargo_until,
        "licence": {"name": licence_name(said.licence), "url": licence_address(said.licence)} if said.licence else None,
        "subjects": [(one.label, search_url(tab="research", subject=one.label)) for one in said.subjects if one.label],
        "funding": [one for one in said.funding if one.funder],
        "numbers": [(one.scheme.name, one.value, address_of(one)) for one in said.identifiers],
        "source_type": said.source_type,
    }


def _wanted(said: Work) -> list[tuple[Kind, str]]:
    return [(Kind.TASK, said.task), (Kind.SECTOR, said.sector), (Kind.GOAL, said.goal)]


def _client(record: Record, said: Work) -> str:
    """For whom it was done: as the author handed it in, else as the source says."""
    submission = getattr(record, "submission", None)
    own = submission.client if submission else ""
    return own or next((one.name for one in said.organisations if one.role == "client"), "")


@dataclass(frozen=True)
class AuthorShown:
    name: str
    role: str
    orcid: str
    orcid_url: str
    organisations: Sequence[show.OrganisationShown]
    works_url: str


def _author(one: Author) -> AuthorShown:
    return AuthorShown(
        name=one.name,
        role="" if one.role == "author" else str(labels.ROLES.get(one.role, one.role)),
        orcid=one.orcid,
        orcid_url=orcid_address(one.orcid),
        organisations=[show.organisation(place) for place in one.organisations],
        works_url=search_url(tab="research", author=one.name),
    )


def _advice(by: Actor, record: Record, one: Recommendation, names: dict[Any, show.Place]) -> dict[str, Any]:
    may = record.state == Record.State.PUBLISHED and bool(
        by.may(Permission.ADOPT_RECOMMENDATION) or by.organisations(Permission.ADOPT_RECOMMENDATION)
    )
    return {
        "number": one.number,
        "text": plain(one.text),
        "task": names.get((Kind.TASK, one.task)),
        "adoptions": [
            {
                "row": adoption,
                "who": adoption.organisation.name if adoption.organisation else adoption.by_name,
                "task": names.get((Kind.TASK, adoption.task)),
                "sign": labels.ADOPTIONS[adoption.state][0],
                "word": labels.ADOPTIONS[adoption.state][1],
            }
            for adoption in one.adoptions.all()
        ],
        "adopt_url": url_or_nothing("recommendation_adopt", key=record.key, number=str(one.number)) if may else "",
    }


def _file(record: Record, one: File) -> dict[str, Any]:
    row = one.row
    return {
        "name": row.name,
        "url": reverse("work_file", kwargs={"key": record.key, "pk": row.pk}) if one.readable else "",
        "size": size_in_words(row.size),
        "pages": row.pages,
        "kind": _kind_of(row.media_type, row.name),
        "licence": licence_name(row.licence),
        "licence_url": licence_address(row.licence),
        "embargo_until": row.embargo_until if not one.open and row.access == Access.EMBARGOED else None,
        "access": "" if one.open or row.access == Access.EMBARGOED else labels.ACCESS[row.access],
        "version": row.version,
        "early": one.readable and not one.open,
    }


_KINDS = {"application/pdf": "PDF", "text/csv": "CSV", "application/zip": "ZIP", "text/plain": "TXT"}


def _kind_of(media_type: str, name: str) -> str:
    return _KINDS.get(media_type) or name.rpartition(".")[2].upper()[:8]


def _outside(said: Work, exported: Shown, files: Sequence[File]) -> list[dict[str, Any]]:
    """Files at the source, and where else the work stands."""
    found = [
        {"name": file.name, "url": file.url, "size": size_in_words(file.size), "licence": licence_name(file.licence)}
        for file in exported.files[len(files) :]
    ]
    known = {one["url"] for one in found}
    found += [
        {"name": url.removeprefix("https://"), "url": url, "size": "", "licence": ""}
        for url in addresses(said)
        if url not in known
    ]
    return found


def _ties(ties: Sequence[Tie]) -> list[dict[str, Any]]:
    groups = []
    for sense in Sense:
        items = [_tie(one) for one in ties if one.sense is sense]
        items = [item for item in items if item["text"]]
        if items:
            groups.append({"title": labels.SENSES[sense], "items": items})
    return groups


def _tie(one: Tie) -> dict[str, Any]:
    if one.record:
        line = show.work_line(one.record, text=False)
        return {"text": line.title, "url": line.url, "note": f"{line.type}, {line.who}", "demo": line.demo, "own": True}
    url = address_of(one.number)
    text = one.number.value if url or one.number.scheme.value in ("isbn", "issn") else ""
    return {"text": {"mul": text} if text else "", "url": url, "note": "", "demo": False, "own": False}


def _forms(record: Record) -> list[dict[str, str]]:
    titles = {
        "bib": "BibTeX",
        "ris": "RIS",
        "csl.json": "CSL JSON",
        "datacite.xml": "DataCite XML",
        "jsonld": "JSON-LD (schema.org)",
    }
    return [
        {
            "title": titles[end],
            "url": reverse(f"work_{end.partition('.')[0]}", kwargs={"key": record.key}),
            "type": kind,
        }
        for end, kind in show.WORK_FORMS.items()
    ]


def _origin(one: Origin) -> dict[str, Any]:
    raw = one.raw
    return {
        "title": plain(raw.repository.title),
        "url": raw.repository.url if raw.repository.url.startswith(("https://", "http://")) else "",
        "identifier": raw.identifier,
        "at": raw.fetched_at,
        "merged": one.merged,
    }


def _data(
    record: Record,
    said: Work,
    exported: Shown,
    advice: Sequence[Recommendation],
    ties: Sequence[Tie],
    origins: Sequence[Origin],
) -> dict[str, Any]:
    """What the page shows, as JSON."""
    return {
        "key": record.key,
        "address": exported.address,
        "state": record.state,
        "demo": record.demo,
        "changed_at": record.changed_at,
        **{
            name: value
            for name, value in record.content.items()
            if name not in ("files", "recommendations", "provenance")
        },
        "files": [
            {
                "name": file.name,
                "url": file.url if file.open else None,
                "media_type": file.media_type,
                "size": file.size,
                "sha256": file.sha256,
                "licence": file.licence,
                "embargo_until": file.embargo_until,
            }
            for file in exported.files
        ],
        "recommendations": [
            {
                "number": one.number,
                "text": one.text,
                "task": one.task,
                "adoptions": [
                    {
                        "task": adoption.task,
                        "organisation": adoption.organisation.key if adoption.organisation else None,
                        "state": adoption.state,
                        "at": adoption.at,
                    }
                    for adoption in one.adoptions.all()
                ],
            }
            for one in advice
        ],
        "related": [
            {
                "sense": one.sense.value,
                "kind": one.kind,
                "work": one.record.key if one.record else None,
                "scheme": one.number.scheme.value,
                "value": one.number.value,
            }
            for one in ties
        ],
        "citation": csl.citation(said, exported),
        "sources": [
            {"repository": one.raw.repository.key, "identifier": one.raw.identifier, "fetched_at": one.raw.fetched_at}
            for one in origins
        ],
    }


def _row(record: Record, said: Work, exported: Shown) -> dict[str, Any]:
    return {
        "key": record.key,
        "address": exported.address,
        "type": record.type,
        "title": first(record.titles, said.language if said.language != UNKNOWN else "nl", "nl"),
        "authors": "; ".join(one.name for one in said.authors),
        "organisation": record.provider,
        "published": show.content_day(record),
        "language": said.language,
        "task": said.task,
        "sector": said.sector,
        "goal": said.goal,
        "access": said.access.value,
        "licence": said.licence,
        "doi": said.doi,
        "demo": record.demo,
    }
