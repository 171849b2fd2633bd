# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The home page: the ambition, all tasks in a matrix, key figures, what changed, what one can do here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from mainport.agenda import queries
from mainport.agenda.models import Element, Report
from mainport.agenda.queries import Happening
from mainport.agenda.rules.difference import Sort
from mainport.agenda.rules.elements import PILLARS, Kind
from mainport.agenda.rules.status import Standing
from mainport.core.queries import actor_of
from mainport.monitor.queries.measured import Brief, Measured, measured
from mainport.web.agenda import labels, standing
from mainport.web.agenda.addresses import url_of, url_or_nothing
from mainport.web.agenda.bands import BigFigure
from mainport.web.agenda.editing import editing
from mainport.web.agenda.facts import row, source_json
from mainport.web.agenda.standing import Said
from mainport.web.agenda.views.parts import Card, today
from mainport.web.monitor import signs
from mainport.web.monitor.signs import Sign
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import euro, euro_short, is_code, number, say, words

#: More cells than this in one row are no longer read at a glance; the rest is one link to the tree.
CELLS = 24
#: Key figures of the agenda that the home page shows.
FIGURES = 4

_KINDS = (
    *PILLARS,
    Kind.PARTNER,
    Kind.ORGANISATION,
    Kind.THEME,
    Kind.TASK,
    Kind.FLAGSHIP,
    Kind.CONTRIBUTION,
    Kind.FIGURE,
    Kind.PLACE,
)


@dataclass(frozen=True)
class Cell:
    """A task as the matrix shows it."""

    code: str
    title: str | SafeString
    url: str
    state: str
    measured: Sign


@dataclass(frozen=True)
class MatrixRow:
    """A pillar with all tasks below it, at any depth."""

    label: str | SafeString
    kind: str
    url: str
    standing: Said
    measured: str
    tasks: tuple[Cell, ...]
    more: int
    more_url: str


@dataclass(frozen=True)
class News:
    """One line of what changed lately."""

    at: datetime
    parts: tuple[tuple[str, str | SafeString, str], ...]  # word before, title, address
    words: str
    demo: bool
    state: str = ""
    language: str = ""


@require_safe
def home(request: HttpRequest) -> Page | HttpResponse:
    found = list(queries.elements(Kind.ALLIANCE, *_KINDS).select_related("source"))
    alliance = next((element for element in found if element.kind == Kind.ALLIANCE), None)
    if alliance is None:
        return render(request, "agenda/empty.html", {"alliance": None, "demo": False})
    standings = queries.standings(today())
    of_kind = {kind: [element for element in found if element.kind == kind] for kind in _KINDS}
    known = measured()
    matrix = matrix_of(found, standings, known)
    whole = standing.say(standings.get(alliance.uid), standing.titles_of(of_kind[Kind.TASK]))
    figures = of_kind[Kind.FIGURE]
    return Page(
        template="agenda/home.html",
        context={
            "page_title": _("Home"),
            "agenda": alliance,
            "cover": _cover(of_kind),
            "counted": _counted(of_kind),
            "matrix": matrix,
            "tasks": len(of_kind[Kind.TASK]),
            "tallies": _with_addresses(whole.counts),
            "measured": signs.counted(signs.sign_of(known.of([task.uid])) for task in of_kind[Kind.TASK]),
            "tally": signs.tally(known.all),
            "indicator_changes_url": reverse("monitor_changes") if known.all else "",
            "figures": [figure_of(figure) for figure in figures[:FIGURES]],
            "more_figures": len(figures) > FIGURES,
            "news": _news(standing.titles_of(of_kind[Kind.PARTNER] + of_kind[Kind.ORGANISATION])),
            "cards": _cards(of_kind, len(known.all)),
            "day": today(),
            "editing": editing(actor_of(request.user), alliance),
        },
        data={
            "alliance": {"id": alliance.key, "title": alliance.title, "ambition": alliance.attributes["ambition"]},
            "source": source_json(alliance),
            "counts": {kind.value: len(elements) for kind, elements in of_kind.items()},
            "standing": whole.to_json(),
            "measured": signs.to_json(known.all),
            "pillars": [_pillar_json(e, standings, _below(e, found, known)) for e in found if e.kind in PILLARS],
            "figures": [{"id": f.key, "title": f.title, **f.attributes, "source": source_json(f)} for f in figures],
        },
        rows=(
            row(task, state=_state(task, standings), **_measured_row(known.of([task.uid])))
            for task in of_kind[Kind.TASK]
        ),
    )


def _state(element: Element, standings: Mapping[str, Standing]) -> str:
    return standings.get(element.uid, standing.NOTHING_KNOWN).state.value


def _measured_row(briefs: Sequence[Brief]) -> dict[str, Any]:
    tally = signs.tally(briefs)
    return {
        "measured": signs.sign_of(briefs).verdict,
        "indicators": tally.indicators,
        "indicators_connected": tally.connected,
        "indicators_with_target": tally.with_target,
    }


def _below(pillar: Element, elements: Sequence[Element], known: Measured) -> list[Brief]:
    """What measures a pillar or anything below it."""
    return known.of(element.uid for element in elements if element.tree_key.startswith(pillar.tree_key))


def _pillar_json(pillar: Element, standings: Mapping[str, Standing], briefs: Sequence[Brief]) -> dict[str, Any]:
    return {
        "uid": pillar.uid,
        "title": pillar.title,
        "standing": standing.say(standings.get(pillar.uid), {}).to_json(),
        "measured": signs.to_json(briefs),
    }


def matrix_of(elements: Sequence[Element], standings: Mapping[str, Standing], known: Measured) -> list[MatrixRow]:
    """A row for each goal, sector and chapter at the top of the tree; a pillar without tasks has none."""
    tasks = [element for element in elements if element.kind == Kind.TASK]
    titles = standing.titles_of(elements, brief=True)
    alliance = next(element for element in elements if element.kind == Kind.ALLIANCE)
    rows = []
    for pillar in elements:
        if pillar.kind not in PILLARS or pillar.parent_id != alliance.pk:
            continue
        below = [task for task in tasks if task.tree_key.startswith(pillar.tree_key)]
        cells = islice(below, CELLS if len(below) > CELLS + 6 else None)
        shown = tuple(
            Cell(task.key, say(task.title), url_of(task), _state(task, standings), signs.sign_of(known.of([task.uid])))
            for task in cells
        )
        rows.append(
            MatrixRow(
                label=say(pillar.title),
                kind=labels.one(pillar.kind),
                url=url_of(pillar),
                standing=standing.say(standings.get(pillar.uid), titles),
                measured=signs.sentence(_below(pillar, elements, known)),
                tasks=shown,
                more=len(below) - len(shown),
                more_url=f"{reverse('agenda_tree')}?pillar={pillar.uid}",
            )
        )
    return rows


def _with_addresses(tallies: Iterable[standing.Tally]) -> list[standing.Tally]:
    tree = reverse("agenda_tree")
    return [standing.Tally(tally.state, tally.count, f"{tree}?state={tally.state}") for tally in tallies]


def _cover(of_kind: Mapping[Kind, Sequence[Element]]) -> list[BigFigure]:
    """Who, what and how much, as large figures."""
    pledged = of_kind[Kind.CONTRIBUTION]
    counts = [
        (Kind.PARTNER, ngettext("partner", "partners", len(of_kind[Kind.PARTNER]))),
        (Kind.TASK, ngettext("task", "tasks", len(of_kind[Kind.TASK]))),
        (Kind.FLAGSHIP, ngettext("flagship", "flagships", len(of_kind[Kind.FLAGSHIP]))),
    ]
    figures = [BigFigure(number(len(of_kind[kind])), label) for kind, label in counts if of_kind[kind]]
    if pledged:
        source = pledged[0].source
        figures.append(
            BigFigure(
                value=number(sum(c.attributes["per_year"] for c in pledged)),
                unit="euro",
                label=_("base financing a year"),
                source=words(source.title) if source else "",
                source_url=source.url if source else "",
            )
        )
    return figures


def _counted(of_kind: Mapping[Kind, Sequence[Element]]) -> str:
    """What the agenda is made of, in one line: 3 goals, 4 sectors and 33 tasks."""
    parts = []
    for kind in (Kind.GOAL, Kind.SECTOR, Kind.TASK):
        if count := len(of_kind[kind]):
            parts.append(f"{number(count)} {(labels.one(kind) if count == 1 else labels.several(kind)).lower()}")
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def figure_of(element: Element) -> BigFigure:
    """A figure that the agenda states, as a large figure with what it says and where it stands."""
    attributes = element.attributes
    value, unit = _value_and_unit(attributes["value"], words(attributes["unit"]))
    title, area = words(element.title), words(attributes.get("area"))
    qualifier = words(attributes.get("qualifier"))
    return BigFigure(
        value=format_html('<span class="mainport-figure__qualifier">{}</span> {}', qualifier, value)
        if qualifier
        else value,
        unit=unit,
        label=title if area in title else f"{title}, {area}",
        source=words(element.source.title) if element.source else "",
        source_url=url_of(element),
    )


def _value_and_unit(value: float, unit: str) -> tuple[str, str]:
    """A number and its unit in the reader's notation; an amount of euros is said as one."""
    if not unit.startswith("EUR"):
        return number(value), unit
    amount, after = euro_short(value), unit.removeprefix("EUR").strip()
    if amount.endswith(" euro"):
        return amount.removesuffix(" euro"), f"euro {after}".strip()
    return amount, after


# --- What changed lately ---


def _news(organisations: Mapping[str, str], limit: int = 8) -> list[News]:
    """Changes of the agenda and approved reports together, newest first."""
    found = [_news_of_act(act) for act in queries.lately(limit)]
    found += [_news_of_report(report, organisations) for report in queries.latest_reports(limit)]
    return sorted(found, key=lambda news: news.at, reverse=True)[:limit]


def _news_of_act(act: Happening) -> News:
    before = {Sort.ADDED: _("Added:"), Sort.CHANGED: _("Changed:"), Sort.REMOVED: _("Removed:")}
    parts = [(before[change.sort], say(change.title), url_of(change.uid)) for change in act.changed]
    if not parts:
        line = ngettext(
            "%(count)s element of the agenda was laid down or changed.",
            "%(count)s elements of the agenda were laid down or changed.",
            act.count,
        ) % {"count": number(act.count)}
        parts = [(line, "", "")]
    return News(act.at, tuple(parts), act.why, act.demo or any(change.demo for change in act.changed))


def _news_of_report(report: Report, organisations: Mapping[str, str]) -> News:
    assert report.reviewed_at is not None, "an approved report was reviewed"
    has_code = report.element.kind == Kind.TASK and is_code(report.element.key)
    name = report.element.key if has_code else say(report.element.title)
    before = _("%(organisation)s reported on") % {
        "organisation": organisations.get(report.organisation.key, report.organisation.name)
    }
    return News(
        at=report.reviewed_at,
        parts=((before, name, url_of(report.element)),),
        words=report.words,
        demo=report.demo,
        state=report.status,
        language=report.language,
    )


def _cards(of_kind: Mapping[Kind, Sequence[Element]], indicators: int) -> list[Card]:
    """What one can do here; what this agenda doesn't have is left out."""

    def counted(kind: Kind) -> str:
        count = len(of_kind[kind])
        return f"{number(count)} {(labels.one(kind) if count == 1 else labels.several(kind)).lower()}"

    pledged = sum(c.attributes["total"] for c in of_kind[Kind.CONTRIBUTION])
    cards = [
        Card(reverse("research"), _("Find research"), _("What students and researchers found out for the region.")),
    ]
    if learn := url_or_nothing("learn"):
        text = _("Digital skills, at your level and near you; also for who finds computers hard.")
        cards.append(Card(learn, _("Find a course"), text))
    cards += [
        Card(
            reverse("agenda_tree"),
            _("Find your way in the agenda"),
            _("Every task, by goal, sector, partner and state."),
            counted(Kind.TASK),
        ),
        Card(
            reverse("implementation_agenda"),
            _("See who does what, and when"),
            _("The implementation agenda: leads, partners and milestones."),
        ),
    ]
    if of_kind[Kind.PARTNER]:
        text = _("What each partner pledged, leads and reported.")
        cards.append(Card(reverse("partner_list"), _("Get to know the partners"), text, counted(Kind.PARTNER)))
    if of_kind[Kind.PLACE]:
        text = _("Campuses, test beds and other places, by sector.")
        cards.append(Card(reverse("place_list"), _("See where it happens"), text, counted(Kind.PLACE)))
    if of_kind[Kind.CONTRIBUTION]:
        text = _("Who pays how much, and where co-financing comes from.")
        cards.append(Card(reverse("money"), _("Follow the money"), text, euro(pledged)))
    if indicators:
        text = _("Whether the goals come nearer, with charts, targets and sources.")
        count = ngettext("%(count)s indicator", "%(count)s indicators", indicators) % {"count": number(indicators)}
        cards.append(Card(reverse("indicator_list"), _("See what is measured"), text, count))
    if search := url_or_nothing("search"):
        text = _("Agenda, research and courses, by words of either language.")
        cards.append(Card(search, _("Search everything"), text))
    return cards
