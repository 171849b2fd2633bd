# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The page of money: where it comes from and where it goes, in a year and in all years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from mainport.agenda.rules.elements import Kind
from mainport.cycle.models import Party
from mainport.cycle.queries import money as queries
from mainport.cycle.queries.money import BASE, Group, Measure, Origin, Sheet
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.bands import BigFigure
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.money.drawing import sankey
from mainport.web.money.pledges import data_of, payers_of, pledges, rows_of
from mainport.web.money.show import (
    ZERO,
    Name,
    Names,
    RowShown,
    Table,
    amount,
    budget_source,
    ledger,
    measured,
    percent,
    table,
    when_of,
)
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import euro

ALL = "all"


@dataclass(frozen=True)
class Choice:
    """A year that can be chosen."""

    label: str
    query: str
    current: bool


@dataclass(frozen=True)
class Bar:
    """What is budgeted and spent for a goal or sector, as lengths of a hundred."""

    name: Name
    budgeted: int
    spent: int
    words: str


@require_safe
def money(request: HttpRequest) -> Page:
    """What partners pledged by the agenda, and what the ledger says of one year or of all."""
    tree, origin, payers = queries.tree(), queries.origin(), queries.payers()
    sheet = queries.read(by=("year", "fund", "element"))
    partners = queries.of_parties([key for key, party in payers.items() if is_contributor(party)])
    pledged = pledges(tree)
    names = Names(tree, payers, payers_of(pledged["pledges"]))
    year = chosen_year(request, sheet.years)
    context: dict[str, Any] = {
        "page_title": _("Money"),
        "breadcrumbs": crumbs(Crumb(_("Money"))),
        **pledged,
        "booked": bool(sheet.years),
        "totals_url": reverse("money_totals"),
    }
    data = data_of(pledged)
    if sheet.years:
        part = sheet if year is None else sheet.of(year=year)
        partners = partners if year is None else partners.of(year=year)
        groups = tree.groups(part, Measure.BUDGETED, Measure.COMMITTED, Measure.SPENT)
        context |= _year_parts(part, sheet, partners, names, origin, year, groups)
        data |= as_data(part, sheet, groups, origin, year)
    return Page(template="money/overview.html", context=context, data=data, rows=rows_of(pledged))


def is_contributor(party: Party) -> bool:
    return party.element.startswith(f"{Kind.CONTRIBUTION}:")


def chosen_year(request: HttpRequest, years: Sequence[int]) -> int | None:
    """The year that was asked for; else this year or the latest with money; None for all."""
    asked = request.GET.get("year", "")
    if asked == ALL or not years:
        return None
    if asked.isdecimal() and int(asked) in years:
        return int(asked)
    return max((year for year in years if year <= timezone.localdate().year), default=years[-1])


def choices(years: Sequence[int], year: int | None) -> list[Choice]:
    found = [Choice(str(one), f"?year={one}", one == year) for one in years]
    return [*found, Choice(_("All years"), f"?year={ALL}", year is None)]


def _year_parts(
    part: Sheet, sheet: Sheet, partners: Sheet, names: Names, origin: Origin, year: int | None, groups: Sequence[Group]
) -> dict[str, Any]:
    when = when_of(year)
    return {
        "when": when,
        "year": year,
        "choices": choices(sheet.years, year),
        "year_figures": figures(part, origin, year),
        "source": ledger(origin),
        "invented": origin.demo,
        "sankey": sankey(queries.flows(part, partners, names.tree), part, names, when),
        "bars": _bars(groups, names),
        "bars_title": _bars_title(groups, part),
        "by_goal": _by_goal(groups, names, when),
        "by_fund": _by_fund(part, names, when),
        "by_partner": _by_partner(partners, names, when),
        "by_year": _by_year(sheet),
        "ways": ways(),
    }


def ways() -> list[tuple[str, str]]:
    """Where a reader goes on to: what this installation has of it."""
    found = [
        (_("Sub-totals by anything"), url_or_nothing("money_totals")),
        (_("Decisions about the budget"), url_or_nothing("decision_list")),
        (_("Yearly papers: plans, budgets, accounts and reports"), url_or_nothing("yearly_paper_list")),
    ]
    return [(label, url) for label, url in found if url]


# --- Figures ---


def figures(part: Sheet, origin: Origin, year: int | None) -> list[BigFigure]:
    """The six figures of a year, the largest questions first."""
    demo, books = origin.demo, ledger(origin)
    source, url = budget_source(origin.budget(year), origin)
    budgeted, spent = part.sum(Measure.BUDGETED), part.sum(Measure.SPENT)
    promised, received = part.beyond_base(Measure.PROMISED), part.beyond_base(Measure.RECEIVED)
    drawn, open_ = part.leverage(), part.uncovered()
    share = percent(spent, budgeted)
    found = [
        BigFigure(euro(part.sum(Measure.PLEDGED)), _("pledged by the partners"), source=books),
        BigFigure(euro(budgeted), _("budgeted"), source=source, source_url=url, demo=demo),
        BigFigure(
            euro(spent),
            _("spent, %(share)s %% of the budget") % {"share": share} if budgeted else _("spent"),
            source=books,
            demo=demo,
        ),
        BigFigure(
            euro(promised),
            _("promised by funds; %(received)s of it was received") % {"received": euro(received)},
            source=books,
            demo=demo,
        ),
    ]
    if drawn.promised is not None:
        label = _("promised by funds for each euro of base money in the budget")
        if drawn.realised is not None:
            label = _(
                "promised by funds for each euro of base money in the budget; %(realised)s came in for each euro spent"
            ) % {"realised": euro(drawn.realised)}
        found.append(BigFigure(euro(drawn.promised), label, source=books, demo=demo))
    if budgeted:
        label = _("still uncovered: budgeted out of funds that have not promised it")
        found.append(BigFigure(euro(open_), label, source=books, demo=demo))
    return found


# --- Where it goes ---


def _bars(groups: Sequence[Group], names: Names) -> list[Bar]:
    most = max((max(one.amounts[Measure.BUDGETED], one.amounts[Measure.SPENT]) for one in groups), default=ZERO) or 1
    return [
        Bar(
            names.group(one.uid),
            budgeted=round(100 * one.amounts[Measure.BUDGETED] / most),
            spent=round(100 * one.amounts[Measure.SPENT] / most),
            words=_("%(spent)s of %(budgeted)s")
            % {"spent": euro(one.amounts[Measure.SPENT]), "budgeted": euro(one.amounts[Measure.BUDGETED])},
        )
        for one in groups
    ]


def _bars_title(groups: Sequence[Group], part: Sheet) -> str:
    budgeted, spent = part.sum(Measure.BUDGETED), part.sum(Measure.SPENT)
    over = sum(one.amounts[Measure.SPENT] > one.amounts[Measure.BUDGETED] for one in groups)
    said = _("%(share)s %% of the budget was spent") % {"share": percent(spent, budgeted)}
    if over:
        return said + ngettext(
            "; %(count)s goal or sector spent more than its budget",
            "; %(count)s goals and sectors spent more than their budget",
            over,
        ) % {"count": over}
    return _("%(said)s; no goal or sector went over its budget") % {"said": said}


def _by_goal(groups: Sequence[Group], names: Names, when: str) -> Table:
    shown = (Measure.BUDGETED, Measure.COMMITTED, Measure.SPENT)
    rows: list[RowShown] = []
    sums = [ZERO] * 4
    for group in groups:
        cells = [*(group.amounts[one] for one in shown), group.uncovered]
        sums = [before + cell for before, cell in zip(sums, cells, strict=True)]
        rows.append(RowShown(names.group(group.uid), [amount(cell) for cell in cells], head=True))
        for line in group.lines:
            name = Name(_("for the whole of it")) if line.uid == group.uid else names.element(line.uid)
            parts = [*(line.amounts[one] for one in shown), line.uncovered]
            rows.append(RowShown(name, [amount(cell) for cell in parts], sub=True))
    return Table(
        caption=_("Budget and spending by goal and sector, %(when)s, in euro") % {"when": when},
        first=_("Goal or sector, and under it what it pays for"),
        columns=[*measured(*shown), pgettext("money", "Uncovered")],
        rows=rows,
        total=[amount(one) for one in sums],
    )


# --- Where it comes from ---


def _by_fund(part: Sheet, names: Names, when: str) -> Table:
    shown = (Measure.SOUGHT, Measure.PROMISED, Measure.RECEIVED, Measure.BUDGETED, Measure.SPENT)
    by = {one: part.by("fund", one) for one in shown}
    keys = sorted({key for amounts in by.values() for key in amounts if key}, key=lambda key: (key != BASE, key))
    return table(
        _("By fund, %(when)s, in euro") % {"when": when},
        _("Fund"),
        [*measured(*shown), pgettext("money", "Uncovered")],
        [(names.fund(key), [*(by[one].get(key, ZERO) for one in shown), part.uncovered(fund=key)]) for key in keys],
    )


def _by_partner(part: Sheet, names: Names, when: str) -> Table:
    shown = (Measure.PLEDGED, Measure.INVOICED, Measure.RECEIVED)
    by = {one: part.by("party", one) for one in shown}
    keys = sorted({key for amounts in by.values() for key in amounts}, key=lambda k: (-by[shown[0]].get(k, ZERO), k))
    rows = []
    for key in keys:
        cells = [by[one].get(key, ZERO) for one in shown]
        rows.append((names.party(key), [*cells, cells[1] - cells[2]]))
    return table(
        _("Contributions of partners, %(when)s, in euro") % {"when": when},
        _("Contribution"),
        [*measured(*shown), pgettext("money", "Outstanding")],
        rows,
    )


def _by_year(sheet: Sheet) -> Table:
    shown = (Measure.PLEDGED, Measure.BUDGETED, Measure.SPENT)
    rows = []
    for year in sheet.years:
        part = sheet.of(year=year)
        funds = [part.beyond_base(one) for one in (Measure.PROMISED, Measure.RECEIVED)]
        rows.append((Name(str(year), f"?year={year}"), [*(part.sum(one) for one in shown), *funds, part.uncovered()]))
    return table(
        _("All years, in euro"),
        _("Year"),
        [
            *measured(*shown),
            _("Promised by funds"),
            _("Received of funds"),
            pgettext("money", "Uncovered"),
        ],
        rows,
    )


# --- The same as data ---


def as_data(part: Sheet, sheet: Sheet, groups: Sequence[Group], origin: Origin, year: int | None) -> dict[str, Any]:
    drawn = part.leverage()
    return {
        "year": year,
        "years": [
            {"year": one, **{measure.value: sheet.sum(measure, year=one) for measure in Measure}} for one in sheet.years
        ],
        "ledger_through": origin.through,
        "demo": origin.demo,
        "sums": {measure.value: part.sum(measure) for measure in Measure},
        "uncovered": part.uncovered(),
        "leverage": {"promised": drawn.promised, "realised": drawn.realised},
        "by_goal": [
            {"uid": one.uid, **{m.value: a for m, a in one.amounts.items()}, "uncovered": one.uncovered}
            for one in groups
        ],
        "by_fund": {m.value: part.by("fund", m) for m in Measure if part.by("fund", m)},
    }
