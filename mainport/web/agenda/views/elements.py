# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The page of any element of the agenda."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mainport.agenda import queries
from mainport.agenda.models import Element, Report
from mainport.agenda.queries import Gone, Neighbourhood
from mainport.agenda.rules.elements import PILLARS, PLANNED, Kind
from mainport.agenda.rules.status import Reason, Standing
from mainport.board import queries as board
from mainport.core.queries import actor_of
from mainport.cycle.queries import money
from mainport.monitor.queries.measured import measured
from mainport.web.agenda import labels, of_learnt, standing
from mainport.web.agenda.addresses import url_of
from mainport.web.agenda.bands import Subject, bands, learnt, plan, to_do_rows
from mainport.web.agenda.bands import measured as measured_band
from mainport.web.agenda.bands import money as money_band
from mainport.web.agenda.editing import editing
from mainport.web.agenda.facts import facts, pointed_at, row, source_json, to_json
from mainport.web.agenda.views.home import figure_of
from mainport.web.agenda.views.parts import crumbs_to, site_of, title_of, today
from mainport.web.board.of_body import of_body
from mainport.web.money import of_element, of_party
from mainport.web.monitor import signs
from mainport.web.monitor.kept import kept
from mainport.web.pages import Page
from mainport.web.region import of_place

#: Kinds whose page is a dashboard of the tasks below.
GROUPS = (Kind.GOAL, Kind.SECTOR, Kind.CHAPTER, Kind.THEME)
#: Small charts on the page of a group; all of them stand on its dashboard.
SMALL = 6
#: Kinds whose page has the five bands.
BANDED = (Kind.TASK, Kind.FLAGSHIP, Kind.PROJECT)

_TEMPLATES = {
    **dict.fromkeys(GROUPS, "agenda/group.html"),
    **dict.fromkeys(BANDED, "agenda/task.html"),
    Kind.PARTNER: "agenda/partner.html",
    Kind.ORGANISATION: "agenda/partner.html",
    Kind.PLACE: "agenda/place.html",
    Kind.FIGURE: "agenda/figure.html",
    Kind.CONTRIBUTION: "agenda/contribution.html",
    Kind.FUND: "agenda/fund.html",
    Kind.BODY: "agenda/body.html",
}
#: Fields that the pages of these kinds show above their facts.
_SHOWN_ELSEWHERE = {
    **dict.fromkeys(BANDED, ("lead", "partners", "partners_count", "start", "end", "budget")),
    Kind.PLACE: ("precision",),
    Kind.CONTRIBUTION: ("per_year",),
}


def element_page(kind: Kind) -> Callable[..., Page | HttpResponse]:
    """The view of one kind: 404 for what never was, 410 for what was taken out."""

    def page(request: HttpRequest, key: str) -> Page | HttpResponse:
        try:
            element = queries.element_at(kind, key)
        except ObjectDoesNotExist:
            raise Http404(f"{kind}:{key}") from None
        except Gone as gone:
            return _gone(request, gone)
        around = queries.neighbourhood(element)
        context: dict[str, Any] = {
            **site_of(around.above[0]),
            "element": element,
            "page_title": title_of(element),
            "breadcrumbs": crumbs_to(element, around.above),
            "previous": _neighbour(around, -1),
            "next": _neighbour(around, +1),
            "facts": facts(around, leave_out=_SHOWN_ELSEWHERE.get(kind, ())),
            "pointed": pointed_at(around),
            "history_url": reverse("element_history", kwargs={"kind": element.kind, "key": element.key}),
            "editing": editing(
                actor_of(request.user),
                element,
                around.plan,
                around.targets("lead", around.plan) if around.plan else (),
            ),
        }
        data = to_json(element, around)
        below = [child for child in around.children() if child.kind != Kind.PLAN]
        if kind in PLANNED:
            _add_planned(request, around, context, data)
        if kind == Kind.FIGURE:
            context["figure"] = figure_of(element)
        if kind == Kind.CONTRIBUTION:
            years = of_party.of_contributions([element])
            context["years"] = years.tables.get(element.uid)
            data["contribution_years"] = years.data
        if kind == Kind.FUND:
            context["fund"] = of_party.of_fund(element, today())
            data["money"] = context["fund"]["data"]
        if kind in (Kind.PARTNER, Kind.ORGANISATION):
            _add_party(request, around, context, data)
        if kind == Kind.PLACE:
            context["around"] = of_place.of_place(around)
            data["around"] = of_place.as_data(context["around"])
        if kind == Kind.BODY:
            shown, told = of_body(actor_of(request.user), element)
            context |= shown
            data |= told
        return Page(
            template=_TEMPLATES.get(kind, "agenda/element.html"),
            context=context,
            data=data,
            rows=[row(element), *(row(child) for child in below)],
        )

    return require_safe(page)


def _gone(request: HttpRequest, gone: Gone) -> HttpResponse:
    context = {
        "element": gone.element,
        "version": gone.version,
        "history_url": reverse("element_history", kwargs={"kind": gone.element.kind, "key": gone.element.key}),
        "parent": gone.element.parent if gone.element.parent and not gone.element.parent.removed_at else None,
    }
    return render(request, "agenda/gone.html", context, status=410)


def _neighbour(around: Neighbourhood, step: int) -> Element | None:
    """The next or previous one of its kind under the same parent."""
    keys = [element.pk for element in around.beside]
    at = keys.index(around.element.pk) + step
    return around.beside[at] if 0 <= at < len(keys) else None


# --- What is planned and reported on ---


def _add_planned(request: HttpRequest, around: Neighbourhood, context: dict[str, Any], data: dict[str, Any]) -> None:
    """State, milestones and reports; for a group the tasks below, else the five bands."""
    element, day = around.element, today()
    actor = actor_of(request.user)
    kind = Kind(element.kind)
    within = queries.milestones_within(element, day)
    standings = queries.standings_around(around, day, within)
    holders = {element.pk, *(plan.pk for plan in around.children(Kind.PLAN))}
    milestones = [view for view in within if view.element.parent_id in holders]
    parties = [link.target for link in around.links if link.target.kind in (Kind.PARTNER, Kind.ORGANISATION)]
    titles = standing.titles_of([element, *around.below, *parties, *(view.element for view in milestones)])
    reports = [r for r in queries.reports_on(element, actor) if r.state == Report.State.APPROVED]
    _name_organisations(reports, titles)
    stands = standings[element.uid]
    said = standing.say(stands, titles | {report.organisation.key: str(report.organisation) for report in reports})
    indicators = measured(in_full=True).of([element.uid, *(e.uid for e in around.below)])
    # What can be seen comes first; the order of the agenda stays.
    shown = sorted(indicators, key=lambda one: not one.with_values)[: SMALL if kind in GROUPS else None]
    subject = Subject(
        element=element,
        around=around,
        milestones=milestones,
        reports=reports,
        today=day,
        edit_url=context["editing"].plan.url if context["editing"].plan else "",
        indicators=kept(shown),
        all_indicators=indicators,
        dashboard_url=reverse(f"{kind}_dashboard", kwargs={"key": element.key}) if kind in GROUPS else "",
        decisions=board.in_brief(elements=[element.pk, *(e.pk for e in around.below)]),
        money=money.of_elements([element.uid, *(e.uid for e in around.below if e.kind != Kind.PLAN)]),
        learnt=of_learnt.read(element, around.below),
    )
    decisive = stands.because_of if stands.reason is Reason.REPORT else None
    context |= {
        "standing": said,
        "standing_demo": any(e.demo for e in around.below if e.kind == Kind.PLAN),
        "report": next((report for report in reports if report.organisation.key == decisive), None),
    }
    data |= {
        "standing": said.to_json(),
        "milestones": [_milestone_json(view) for view in milestones],
        "reports": [_report_json(report) for report in reports],
        "indicators": [one.key for one in indicators],
        "measured": signs.to_json(indicators),
        "money": of_element.as_data(subject.money) if subject.money else None,
        "decisions": [{"key": one.key, "date": one.day, "title": one.title} for one in subject.decisions],
        "to_do": [
            {"decision": one.decision, "organisation": one.organisation, "words": one.words, "due": one.due}
            for one in subject.to_do
        ],
        **of_learnt.as_data(subject.learnt),
    }
    if kind in GROUPS:
        context |= _group(around, standings, titles, subject)
    else:
        context |= {"bands": bands(subject), "parts": _parts(around, standings)}


def _name_organisations(reports: Iterable[Report], titles: Mapping[str, str]) -> None:
    """Give each report its organisation's title in the reader's language, as the agenda has it."""
    for report in reports:
        key = report.organisation.key
        report.organisation_title = titles.get(key, report.organisation.name)  # type: ignore[attr-defined]


def _group(
    around: Neighbourhood, standings: dict[str, Standing], titles: dict[str, str], subject: Subject
) -> dict[str, Any]:
    """Themes with their tasks, then the tasks without a theme, flagships, places."""
    tasks = around.all_below(Kind.TASK)
    return {
        "tree": branches(around, standings),
        "tasks": tasks,
        "flagships": around.all_below(Kind.FLAGSHIP),
        "places": [link.element for link in around.pointing if link.role == "sector"],
        "measured": measured_band(subject),
        "money": money_band(subject),
        "bands": ([plan(subject)] if around.plan or subject.milestones or subject.reports else [])
        + ([learnt(subject)] if subject.decisions or subject.learnt else []),
        "print_one_url": reverse("print_one", kwargs={"uid": around.element.uid})
        if around.element.kind in PILLARS
        else "",
    }


def branches(around: Neighbourhood, standings: dict[str, Standing]) -> list[dict[str, Any]]:
    """What lies below, nested, each with its state and its lead; plans and places of it are shown otherwise."""
    plans = {e.parent_id: e for e in around.below if e.kind == Kind.PLAN}
    leads = {link.element_id: link.target for link in around.links if link.role == "lead"}
    kinds = (Kind.GOAL, Kind.THEME, Kind.TASK)

    def branch(parent: Element) -> list[dict[str, Any]]:
        return [
            {
                "element": e,
                "state": standings[e.uid].state.value if e.uid in standings else "no-plan",
                "lead": leads.get(plans[e.pk].pk) if e.pk in plans else None,
                "plan": plans.get(e.pk),
                "below": branch(e),
            }
            for e in around.below
            if e.parent_id == parent.pk and e.kind in kinds
        ]

    return branch(around.element)


def _parts(around: Neighbourhood, standings: dict[str, Standing]) -> list[dict[str, Any]]:
    """What hangs below a task, flagship or project: tasks, flagships, projects, each kind under its heading."""
    found = []
    for kind in BANDED:
        children = around.children(kind)
        if children:
            items = [
                {"element": e, "state": standings[e.uid].state.value if e.uid in standings else ""} for e in children
            ]
            found.append({"label": labels.several(kind) if len(children) > 1 else labels.one(kind), "items": items})
    return found


def _milestone_json(view: Any) -> dict[str, Any]:
    return {
        "uid": view.element.uid,
        "title": view.element.title,
        "due": view.element.attributes["due"],
        "owner": view.owner,
        "reached_on": view.reached_on,
        "overdue": view.overdue,
        "source": source_json(view.element) if view.element.source_id else None,
    }


def _report_json(report: Report) -> dict[str, Any]:
    return {
        "period": report.period.key,
        "organisation": report.organisation.key,
        "status": report.status,
        "words": report.words,
        "language": report.language,
        "approved_at": report.reviewed_at,
        "demo": report.demo,
        "evidence": [{"title": e.title, "url": e.url} for e in report.evidence.all() if e.url],
    }


# --- Partners and organisations ---


def _add_party(request: HttpRequest, around: Neighbourhood, context: dict[str, Any], data: dict[str, Any]) -> None:
    """What it pledged, what it reported, and what it must still do after decisions."""
    decisions = board.in_brief(organisation=around.element.key)
    own = [one for decision in decisions for one in decision.to_do if one.organisation == around.element.key]
    own.sort(key=lambda one: (one.due, one.id))
    context["to_do"] = to_do_rows(own)
    data["to_do"] = [{"decision": one.decision, "words": one.words, "due": one.due} for one in own]
    contributions = [link.element for link in around.pointing if link.element.kind == Kind.CONTRIBUTION]
    with_whom = queries.links_of(contributions, "partners")
    pointed = pointed_at(around, leave_out=[("partners", Kind.CONTRIBUTION)])
    years = of_party.of_contributions(contributions)
    data["contribution_years"] = years.data
    context |= {
        "pledged": [
            {
                "element": contribution,
                "years": years.tables.get(contribution.uid),
                "together": [
                    party
                    for party in with_whom.get(contribution.pk, {}).get("partners", [])
                    if party.pk != around.element.pk
                ],
            }
            for contribution in contributions
        ],
        "pointed": pointed,
        "leads": next((len(p.items) for p in pointed if p.label == str(labels.POINTED_AT["lead", Kind.PLAN])), 0),
        "reports": queries.reports_of(around.element.key),
    }
    data["contributions"] = [
        {"uid": c.uid, **{name: c.attributes[name] for name in ("per_year", "years", "total")}} for c in contributions
    ]
    data["reports"] = [{"element": r.element.uid, **_report_json(r)} for r in context["reports"]]


# --- What has no page of its own ---


@require_safe
def milestone(request: HttpRequest, key: str) -> HttpResponse:
    """A milestone stands in the list of what it belongs to."""
    try:
        element = queries.element_at(Kind.MILESTONE, key)
    except ObjectDoesNotExist:
        raise Http404(f"milestone:{key}") from None
    except Gone as gone:
        return _gone(request, gone)
    assert element.parent is not None
    return redirect(f"{url_of(element.parent).partition('#')[0]}#milestone-{key}")


@require_safe
def plan_page(request: HttpRequest, key: str) -> HttpResponse:
    """A plan is a band of the page of what it plans."""
    try:
        element = queries.element_at(Kind.PLAN, key)
    except ObjectDoesNotExist:
        raise Http404(f"plan:{key}") from None
    except Gone as gone:
        return _gone(request, gone)
    return redirect(url_of(element))
