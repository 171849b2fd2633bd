# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a course, of a programme and of who gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.agenda.rules.elements import Kind
from mainport.catalogue.exports import jsonld, signposting
from mainport.catalogue.exports.shown import ror_address
from mainport.catalogue.models import Record
from mainport.catalogue.queries import show as queries
from mainport.catalogue.queries.show import Given
from mainport.catalogue.rules.courses import Competence, Course, Programme
from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.texts import UNKNOWN, first
from mainport.core.queries import actor_of
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Crumb, crumbs, today
from mainport.web.catalogue.academy.visits import home_of
from mainport.web.catalogue.records import dates, labels, show
from mainport.web.catalogue.records.markup import script
from mainport.web.catalogue.records.show import in_languages, plain
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import number, words

PAGE_SIZE = 30


@require_safe
def course(request: HttpRequest, key: str) -> Page | HttpResponse:
    return _page(request, Record.Kind.COURSE, key)


@require_safe
def programme(request: HttpRequest, key: str) -> Page | HttpResponse:
    return _page(request, Record.Kind.PROGRAMME, key)


def _page(request: HttpRequest, kind: str, key: str) -> Page | HttpResponse:
    by = actor_of(request.user)
    record = show.seek(request, by, kind, key)
    if isinstance(record, HttpResponse):
        return record
    said = queries.value_of(record)
    assert isinstance(said, Course | Programme)
    coming, past = queries.offerings_of(record, today())
    companions = queries.companions_of(record, said)
    origins = queries.origins_of(record)
    context, name = show.site()
    exported = show.shown(record, name)
    public = record.state == Record.State.PUBLISHED
    if isinstance(said, Course):
        node, named = jsonld.course(said, exported), "Course"
        context |= _of_course(said)
    else:
        below = {show.address_of(one.key): first(one.titles, exported.language, "nl") for one in companions}
        node, named = jsonld.programme(said, exported, below), "EducationalOccupationalProgram"
    at_once = public and isinstance(said, Course)
    links = signposting.of_page(signposting.of_learning(exported, named), exported)
    context |= {
        "page_title": words(plain(record.titles)),
        "breadcrumbs": show.crumbs_of(record),
        "record": record,
        "title": plain(record.titles),
        "is_course": isinstance(said, Course),
        "descriptions": in_languages(said.descriptions),
        "provider": said.provider.name if said.provider else record.provider,
        "provider_url": show.provider_url(record.provider) if record.provider else "",
        "provider_ror": ror_address(said.provider.ror) if said.provider else "",
        "level": labels.level(said.level),
        "hours": number(float(said.hours)) if said.hours else "",
        "credits": number(float(said.credits)) if said.credits else "",
        "taught_in": [labels.language(code) for code in said.languages if code != UNKNOWN],
        "dates": dates.dates([one for one in coming if not one.row.cancelled], home_of(request)),
        "cancelled": [dates.called_off(one) for one in coming if one.row.cancelled],
        "past": len(past),
        "companions": [
            {"title": plain(one.titles), "url": reverse(one.kind, kwargs={"key": one.key}), "demo": one.demo}
            for one in companions
        ],
        "url": said.url,
        "code": said.code,
        "save_url": url_or_nothing("course_save", key=record.key) if at_once else "",
        "enrol_url": url_or_nothing("course_enrol", key=record.key) if at_once and (coming or said.url) else "",
        "origins": [
            {
                "title": plain(one.raw.repository.title),
                "url": one.raw.repository.url if one.raw.repository.url.startswith(("https://", "http://")) else "",
                "at": one.raw.fetched_at,
            }
            for one in origins
        ],
        "public": public,
        "jsonld": script(node) if public else "",
        "jsonld_url": reverse(f"{kind}_jsonld", kwargs={"key": record.key}) if public else "",
    }
    return Page(
        "catalogue/records/learning.html",
        context,
        _data(record, exported.address, companions),
        [_row(record, one) for one in (*coming, *past)] or [_row(record, None)],
        headers={"Link": signposting.header(links)} if public else {"X-Robots-Tag": "noindex"},
    )


def _of_course(said: Course) -> dict[str, Any]:
    """What only a course says: what one learns, for whom it is, its place on the agenda."""
    names = show.places({Kind.TASK: [said.task], Kind.SECTOR: [said.sector], Kind.GOAL: [said.goal]})
    return {
        "outcomes": [plain(one) for one in said.outcomes],
        "admission": in_languages(said.admission),
        "competences": _competences(said.competences),
        "digcomp": {"title": framework().title, "url": f"https://doi.org/{framework().doi}"},
        "mode": labels.MODES[said.mode],
        "subjects": [(one, show.search_url(tab="courses", subject=one)) for one in said.subjects],
        "on_agenda": list(names.values()),
    }


def _competences(found: Sequence[Competence]) -> list[dict[str, Any]]:
    """In the order of the framework, by area, each with its level in words."""
    levels = {one.number: one for one in framework().levels}
    wanted = {one.code: one.level for one in found}
    areas = []
    for area in framework().areas:
        items = [
            {
                "code": one.code,
                "label": one.label,
                "question": one.question,
                "band": levels[wanted[one.code]].band if wanted[one.code] in levels else None,
                "level": levels[wanted[one.code]].label if wanted[one.code] in levels else None,
                "number": wanted[one.code],
            }
            for one in area.competences
            if one.code in wanted
        ]
        if items:
            areas.append({"label": area.label, "items": items})
    return areas


def _data(record: Record, address: str, companions: Sequence[Record]) -> dict[str, Any]:
    return {
        "key": record.key,
        "kind": record.kind,
        "address": address,
        "state": record.state,
        "demo": record.demo,
        "changed_at": record.changed_at,
        **{name: value for name, value in record.content.items() if name != "provenance"},
        "together_with": [one.key for one in companions],
    }


def _row(record: Record, one: Given | None) -> dict[str, Any]:
    said = one.value if one else None
    return {
        "key": record.key,
        "title": words(plain(record.titles)),
        "provider": record.provider,
        "offering": one.row.key if one else "",
        "starts": said.starts if said else "",
        "ends": said.ends if said else "",
        "place": "; ".join(map(dates.place_name, said.places)) if said else "",
        "price": one.row.price if one else "",
        "language": " ".join(said.languages) if said else "",
        "mode": said.mode.value if said else "",
        "url": said.url if said else "",
        "demo": record.demo,
    }


# --- Who gives them ---


@require_safe
def provider_list(request: HttpRequest) -> Page:
    """Everybody who gives courses here."""
    found = queries.providers()
    context, _name = show.site()
    context |= {
        "page_title": _("Who gives courses"),
        "breadcrumbs": _learning_crumbs(Crumb(_("Who gives courses"))),
        "providers": [{"name": name, "count": count, "url": show.provider_url(name)} for name, count in found],
        "learn_url": url_or_nothing("learn"),
    }
    rows = [{"provider": name, "count": count} for name, count in found]
    return Page("catalogue/records/providers.html", context, {"providers": rows}, rows)


@require_safe
def provider(request: HttpRequest, slug: str) -> Page:
    """All that one provider gives."""
    name = queries.provider_named(slug)
    if name is None:
        raise Http404(slug)
    rows = queries.to_learn().filter(provider=name).order_by("kind", "key")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context, _site = show.site()
    context |= {
        "page_title": name,
        "breadcrumbs": _learning_crumbs(Crumb(_("Who gives courses"), reverse("provider_list")), Crumb(name)),
        "name": name,
        "page_obj": page,
        "courses": [_line(record) for record in page],
        "works_url": show.search_url(tab="research", organisation=name),
    }
    data = [
        {"key": record.key, "kind": record.kind, "title": record.titles, "demo": record.demo}
        for record in page.object_list
    ]
    flat = [{**row, "title": words(plain(row["title"]))} for row in data]
    return Page(
        "catalogue/records/provider.html",
        context,
        {"provider": name, "count": page.paginator.count, "page": page.number, "items": data},
        flat,
    )


def _learning_crumbs(*more: Crumb) -> list[Crumb]:
    learn = url_or_nothing("learn")
    return crumbs(*([Crumb(_("Courses"), learn)] if learn else []), *more)


def _line(record: Record) -> show.Line:
    descriptions = plain(record.content.get("descriptions") or {})
    return show.Line(
        title=plain(record.titles),
        url=reverse(record.kind, kwargs={"key": record.key}),
        type=_("Course") if record.kind == Record.Kind.COURSE else _("Programme"),
        who=labels.level(str(record.content.get("level", ""))),
        when="",
        text=words(descriptions),
        demo=record.demo,
        lang="" if get_language() in descriptions else next(iter(descriptions), ""),
    )
