# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Looking back: the versions of an element, what changed between two days, the agenda of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.agenda import queries
from mainport.agenda.models import Version
from mainport.agenda.queries import history
from mainport.agenda.rules import elements as rules
from mainport.agenda.rules.difference import Change, Sort
from mainport.agenda.rules.elements import PILLARS, Agenda, Kind
from mainport.agenda.rules.nesting import nest
from mainport.agenda.rules.summary import counts
from mainport.core.queries import actor_of
from mainport.web.agenda.addresses import url_of
from mainport.web.agenda.history_forms import DayForm, DaysForm, end_of, last_month
from mainport.web.agenda.history_words import Authors, Line, Titles, lines, titles_for
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words

VERSIONS_A_PAGE = 20
CHANGES_A_PAGE = 25


@dataclass(frozen=True)
class Turn:
    """One change of one element, as a page shows it; `version` where one act made it."""

    change: Change
    lines: list[Line]
    version: Version | None = None
    by: str = ""

    @property
    def sort(self) -> str:
        return self.change.sort.value

    @property
    def element(self) -> rules.Element:
        return self.change.element

    @property
    def history_url(self) -> str:
        return reverse("element_history", kwargs={"kind": self.element.kind, "key": self.element.key})


# --- The versions of one element ---


@require_safe
def element_history(request: HttpRequest, kind: str, key: str) -> Page:
    """Every version of an element, the newest first, also of one that was removed."""
    pages = Paginator(queries.versions(f"{kind}:{key}"), VERSIONS_A_PAGE)
    page_obj = pages.get_page(request.GET.get("page"))
    if not pages.count:
        raise Http404(f"{kind}:{key}")
    first = page_obj.start_index() - 1
    # One more than is shown: the version before tells what the last one changed.
    versions = list(queries.versions(f"{kind}:{key}")[first : first + VERSIONS_A_PAGE + 1])
    shown = versions[:VERSIONS_A_PAGE]
    changes = [
        _change(version, before) for version, before in zip(shown, [*versions[1:], None][: len(shown)], strict=True)
    ]
    titles = titles_for(changes)
    authors = Authors(shown, actor_of(request.user))
    turns = [
        Turn(change, lines(change, titles), version, authors.of(version))
        for change, version in zip(changes, shown, strict=True)
    ]
    latest = turns[0].element
    return Page(
        template="agenda/history/element.html",
        context={
            "element": latest,
            "turns": turns,
            "page_obj": page_obj,
            "removed": page_obj.number == 1 and turns[0].change.sort is Sort.REMOVED,
            "breadcrumbs": crumbs(Crumb(titles.of(latest.uid), url_of(latest)), Crumb(_("History"))),
        },
        data={
            "uid": latest.uid,
            "page": page_obj.number,
            "pages": pages.num_pages,
            "versions": [_turn_json(turn) for turn in turns],
        },
        rows=[row for turn in turns for row in _rows(turn)],
    )


def _change(version: Version, before: Version | None) -> Change:
    """What a version changed of the one before it."""
    old, new = (rules.Element.from_json(one.snapshot) if one and one.snapshot else None for one in (before, version))
    sort = Sort.REMOVED if new is None else Sort.ADDED if old is None else Sort.CHANGED
    return Change(sort, version.uid, old, new)


def _turn_json(turn: Turn) -> dict[str, Any]:
    version = turn.version
    assert version is not None
    return {
        "version": version.pk,
        "at": version.at,
        "until": version.until,
        "by": turn.by,
        "why": version.why,
        **{name: value for name, value in turn.change.to_json().items() if name != "id"},
    }


def _rows(turn: Turn) -> Iterable[dict[str, Any]]:
    """A line of the table for each field that differs."""
    about: dict[str, Any] = {"change": turn.sort, "uid": turn.element.uid, "title": words(turn.element.title)}
    if turn.version:
        about |= {"at": turn.version.at.isoformat(), "by": turn.by, "why": turn.version.why}
    for line in turn.lines or [Line("", "", "", "")]:
        yield about | {"field": line.label, "old": line.old, "new": line.new}


# --- Between two days ---


@require_safe
def changes(request: HttpRequest) -> Page:
    """What was added, changed and removed between the ends of two days; without days the last month."""
    given = {name: request.GET[name] for name in ("from", "to") if request.GET.get(name)}
    form = DaysForm(last_month() | given)
    found: list[Change] = []
    first = None
    if form.is_valid():
        first, second = (end_of(form.cleaned_data[name]) for name in ("from", "to"))
        found = history.changes_between(first, second)
    pages = Paginator(found, CHANGES_A_PAGE)
    page_obj = pages.get_page(request.GET.get("page"))
    titles = titles_for(page_obj.object_list)
    tally = Counter(change.sort.value for change in found)
    return Page(
        template="agenda/history/changes.html",
        context={
            "form": form,
            "turns": [_turn(change, titles) for change in page_obj.object_list],
            "tally": [(sort.value, tally[sort.value]) for sort in Sort if tally[sort.value]],
            "page_obj": page_obj,
            "nothing_before": bool(found) and first is not None and not history.existed(first),
            "on_url": f"{reverse('agenda_on')}?on={form['from'].value()}",
            "breadcrumbs": crumbs(Crumb(_("What changed"))),
        },
        data={
            "from": form["from"].value(),
            "to": form["to"].value(),
            "errors": form.errors.get_json_data(),
            "counts": tally,
            "changes": [change.to_json() for change in found],
        },
        rows=_all_rows(found),
        status=200 if form.is_valid() else 400,
    )


def _turn(change: Change, titles: Titles) -> Turn:
    """Of what is new or gone its title is enough here; its history tells all."""
    return Turn(change, lines(change, titles) if change.sort is Sort.CHANGED else [])


def _all_rows(found: list[Change]) -> Iterable[dict[str, Any]]:
    titles = titles_for(found) if found else Titles({}, {})
    for change in found:
        yield from _rows(_turn(change, titles))


# --- The agenda of a day ---


@dataclass(frozen=True)
class Standing:
    """One line of the tree of a day."""

    element: rules.Element
    depth: int
    url: str


@dataclass(frozen=True)
class Part:
    """A goal, sector or chapter with all that hung below it."""

    head: Standing
    rows: list[Standing]


@require_safe
def agenda_on(request: HttpRequest) -> Page:
    """The agenda as it stood at the end of a day; without a day, today."""
    today = timezone.localdate()
    form = DayForm({"on": request.GET.get("on") or today.isoformat()})
    day: date = form.cleaned_data["on"] if form.is_valid() else today
    found = queries.agenda_on(end_of(day)) if form.is_valid() else None
    return Page(
        template="agenda/history/agenda_on.html",
        context={
            "form": form,
            "day": day,
            "is_past": day < today,
            "found": found,
            "alliance_then": found.alliance if found else None,
            "parts": _parts(found) if found else [],
            "others": _others(found) if found else [],
            "began": history.began(),
            "compare_url": f"{reverse('changes')}?from={day.isoformat()}&to={today.isoformat()}",
            "breadcrumbs": crumbs(Crumb(_("The agenda on a day"))),
        },
        data={
            "on": day.isoformat(),
            "errors": form.errors.get_json_data(),
            "counts": counts(found.elements.values()) if found else {},
            "agenda": nest(found) if found else None,
        },
        rows=[_element_row(element) for element in found.elements.values()] if found else [],
        status=200 if form.is_valid() else 400,
    )


_TREE = (Kind.GOAL, Kind.THEME, Kind.TASK, Kind.FLAGSHIP, Kind.PROJECT)


def _parts(agenda: Agenda) -> list[Part]:
    """The tree of tasks: each pillar with what hangs below it, from top to bottom."""
    parts: list[Part] = []
    depths: dict[str, int] = {}
    for element in agenda.elements.values():
        above = depths.get(element.parent or "")
        if above is None and element.kind in PILLARS:
            depths[element.uid] = 0
            parts.append(Part(Standing(element, 0, url_of(element)), []))
        elif above is not None and element.kind in _TREE:
            depths[element.uid] = above + 1
            parts[-1].rows.append(Standing(element, min(above + 1, 6), url_of(element)))
    return parts


def _others(agenda: Agenda) -> list[tuple[str, int]]:
    """How many there were of every kind beside the tree."""
    tally = Counter(element.kind for element in agenda.elements.values())
    return [(kind.value, tally[kind]) for kind in Kind if tally[kind] and kind not in (*PILLARS, *_TREE, Kind.ALLIANCE)]


def _element_row(element: rules.Element) -> dict[str, Any]:
    return {
        "uid": element.uid,
        "kind": element.kind.value,
        "id": element.key,
        "parent": element.parent or "",
        **{f"title_{language}": text for language, text in sorted(element.title.items())},
    }
