# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The files of a work, and the work in other forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, parse_etags
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.catalogue.exports import bibtex, csl, datacite, jsonld, ris, signposting
from mainport.catalogue.exports.about import About
from mainport.catalogue.exports.shown import Shown
from mainport.catalogue.models import Record
from mainport.catalogue.queries import show as queries
from mainport.catalogue.queries.records import visible
from mainport.catalogue.rules.courses import Course, Programme
from mainport.catalogue.rules.works import Access, Work
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import VISITOR
from mainport.web.agenda.views.parts import Crumb, crumbs, today
from mainport.web.catalogue.records import labels, show
from mainport.web.catalogue.records.markup import dumped
from mainport.web.templatetags.mainport import number, when, words


def size_in_words(size: int | None) -> str:
    """A size as people say it: 14 kB; 3,2 MB."""
    if size is None:
        return ""
    for unit, bytes_ in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= bytes_:
            amount = size / bytes_
            return f"{number(round(amount, 1 if amount < 10 else 0))} {unit}"
    return f"{size} B"


# --- Files ---


@require_safe
def work_file(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """The file itself, to those who may have it today; others are told from when, or whom to ask."""
    by = actor_of(request.user)
    record = show.seek(request, by, Record.Kind.WORK, key)
    if isinstance(record, HttpResponse):
        return record
    row = queries.file_of(by, record, pk)
    if row is None:
        raise Http404(f"work:{key}, file {pk}")
    if not queries.may_read(by, record, row, today()):
        return _closed(request, record, row)
    exported = show.shown(record, "")
    open_to_all = queries.may_read(VISITOR, record, row, today())
    headers = {
        "ETag": f'"{row.sha256}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, no-cache" if open_to_all else "private, no-store",
        "Link": signposting.header(signposting.of_file(exported, row.licence)),
    }
    if headers["ETag"] in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers=headers)
    try:
        response: HttpResponseBase = FileResponse(row.file.open("rb"), content_type=row.media_type, headers=headers)
    except FileNotFoundError as error:
        raise Http404(f"file {pk} is not in its place") from error
    # Only a PDF is opened in the browser: what else an author sends could run there in our name.
    inline = row.media_type == "application/pdf"
    response["Content-Disposition"] = content_disposition_header(not inline, row.name) or "attachment"
    response["Content-Length"] = str(row.size)
    return response


def _closed(request: HttpRequest, record: Record, row: Any) -> HttpResponse:
    if row.access == Access.EMBARGOED:
        reason = _("This file is under embargo. You can read it from %(day)s.") % {"day": when(row.embargo_until)}
    else:
        reason = str(labels.ACCESS[row.access])
    context = {
        "page_title": _("This file isn’t open"),
        "breadcrumbs": crumbs(
            Crumb(_("Research"), reverse("research")),
            Crumb(words(show.plain(record.titles)), reverse("work", kwargs={"key": record.key})),
            Crumb(row.name),
        ),
        "record": record,
        "file": row,
        "reason": reason,
    }
    return render(request, "catalogue/records/closed.html", context, status=403)


# --- Other forms ---

_Write = Callable[[Work, Shown], str]


def _datacite(work: Work, shown: Shown) -> str:
    return datacite.write(work, About(shown.address, identifier=shown.key, keeper=shown.site_name))


_WRITERS: dict[str, tuple[str, str, _Write]] = {
    "bib": (bibtex.MEDIA_TYPE, "bib", bibtex.write),
    "ris": (ris.MEDIA_TYPE, "ris", ris.write),
    "csl": (csl.MEDIA_TYPE, "json", lambda work, shown: dumped([csl.item(work, shown)])),
    "datacite": ("application/vnd.datacite.datacite+xml", "xml", _datacite),
    "jsonld": (jsonld.MEDIA_TYPE, "jsonld", lambda work, shown: dumped(jsonld.work(work, shown))),
    "citation": ("text/x-bibliography", "txt", lambda work, shown: csl.citation(work, shown) + "\n"),
}


def work_form(name: str) -> Callable[..., HttpResponseBase]:
    """The view that gives a public work in one form."""

    @require_safe
    def view(request: HttpRequest, key: str) -> HttpResponseBase:
        found = _public(request, Record.Kind.WORK, key)
        if isinstance(found, HttpResponseBase):
            return found
        record, exported, said = found
        assert isinstance(said, Work)
        media_type, end, write = _WRITERS[name]
        response = HttpResponse(write(said, exported), content_type=f"{media_type}; charset=utf-8")
        if name in ("bib", "ris"):
            response["Content-Disposition"] = content_disposition_header(True, f"{record.key}.{end}") or ""
        return _open(response, exported)

    return view


@require_safe
def learning_jsonld(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """A course or programme in schema.org's terms."""
    found = _public(request, kind, key)
    if isinstance(found, HttpResponseBase):
        return found
    _record, exported, said = found
    assert isinstance(said, Course | Programme)
    node = jsonld.course(said, exported) if isinstance(said, Course) else jsonld.programme(said, exported)
    return _open(HttpResponse(dumped(node), content_type=jsonld.MEDIA_TYPE), exported)


@require_safe
def linkset(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """All typed links of a page together (RFC 9264)."""
    found = _public(request, kind, key)
    if isinstance(found, HttpResponseBase):
        return found
    _record, exported, said = found
    if isinstance(said, Work):
        links = signposting.of_work(said, exported)
    else:
        named = "Course" if isinstance(said, Course) else "EducationalOccupationalProgram"
        links = signposting.of_learning(exported, named)
    body = dumped(signposting.linkset(links, exported))
    response = HttpResponse(
        body, content_type=f'{signposting.LINKSET}; profile="https://www.rfc-editor.org/info/rfc9264"'
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _public(request: HttpRequest, kind: str, key: str) -> tuple[Record, Shown, Any] | HttpResponseBase:
    """A record as everybody sees it: what machines fetch doesn't depend on who sent them."""
    record = show.seek(request, VISITOR, kind, key)
    if isinstance(record, HttpResponse):
        return record
    said = queries.value_of(record)
    _context, name = show.site()
    files = queries.files_of(VISITOR, record, today()) if isinstance(said, Work) else []
    exported = show.shown(record, name, files)
    return record, show.with_outside_files(exported, said) if isinstance(said, Work) else exported, said


def _open(response: HttpResponse, exported: Shown) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Link"] = signposting.header(signposting.of_form(exported))
    return response


#: What somebody can ask for at the address without a language (signposting.org, content negotiation of DOIs).
_ASKED = {
    "application/x-bibtex": "work_bib",
    "application/x-research-info-systems": "work_ris",
    "application/vnd.citationstyles.csl+json": "work_csl",
    "application/vnd.datacite.datacite+xml": "work_datacite",
    "application/ld+json": "work_jsonld",
    # As a line to cite; in our own style, whichever style is asked for.
    "text/x-bibliography": "work_citation",
}


def _asked(request: HttpRequest) -> str:
    """The form that somebody would rather have than the page, if any.

    Whatever more is asked of it, such as the style of a citation or a profile of JSON-LD: Django would want the same.
    """
    for accepted in request.accepted_types:
        kind = f"{accepted.main_type}/{accepted.sub_type}"
        if kind in _ASKED:
            return _ASKED[kind]
        if kind in ("text/html", "application/xhtml+xml", "*/*", "text/*"):
            break
    return ""


@require_safe
def record(request: HttpRequest, key: str) -> HttpResponse:
    """The address of a record for good: on to its page in the reader's language, or to the form that was asked for."""
    found = visible(VISITOR).filter(key=key).only("kind", "key").first()
    if found is None:
        raise Http404(key)
    name = found.kind
    if found.kind == Record.Kind.WORK:
        name = _asked(request) or name
    with override(get_language_from_request(request)):
        response = redirect(name, key=key)
    response["Vary"] = "Accept, Accept-Language, Cookie"
    return response
