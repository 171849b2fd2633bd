# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Money on the page of a task, flagship, project, goal or sector: what it costs, who pays, what is uncovered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mainport.agenda.rules.elements import Kind
from mainport.cycle.queries.money import BASE, Measure, OfElements, Sheet
from mainport.web.agenda.addresses import url_of
from mainport.web.money.show import (
    Name,
    RowShown,
    Table,
    amount,
    budget_source,
    ledger,
    measured,
    percent,
    table,
    totals_url,
)
from mainport.web.templatetags.mainport import euro, words

_SHOWN = (
    Measure.BUDGETED,
    Measure.PROMISED,
    Measure.RECEIVED,
    Measure.COMMITTED,
    Measure.SPENT,
    Measure.PAID,
)


def figure(found: OfElements, today: date) -> dict[str, Any]:
    """The figure of the band: what it costs this year, or in the last year that has a budget."""
    sheet, origin = found.sheet, found.origin
    budgeted = [year for year in sheet.years if sheet.sum(Measure.BUDGETED, year=year)]
    year = max((one for one in budgeted if one <= today.year), default=max(budgeted, default=0))
    if not year:
        value, label = sheet.sum(Measure.SPENT), _("spent in all years")
        if not value:
            value, label = sheet.sum(Measure.SOUGHT, Measure.PROMISED), _("sought from funds or promised by them")
        return {"value": euro(value), "label": label, "source": ledger(origin), "demo": origin.demo}
    source, url = budget_source(origin.budget(year), origin)
    return {
        "value": euro(sheet.sum(Measure.BUDGETED, year=year)),
        "label": _("is the budget of %(year)s") % {"year": year},
        "source": source,
        "source_url": url,
        "demo": origin.demo,
    }


def context(found: OfElements, *, inside: bool) -> dict[str, Any]:
    """For the body of the band. `inside`: whether it is told apart further by what lies in it."""
    sheet = found.sheet
    budgeted, spent = sheet.sum(Measure.BUDGETED), sheet.sum(Measure.SPENT)
    open_ = sheet.uncovered()
    return {
        "sentence": _sentence(sheet, open_),
        "spent": min(percent(spent, budgeted), 100) if budgeted else None,
        "spent_words": _("%(spent)s of %(budgeted)s") % {"spent": euro(spent), "budgeted": euro(budgeted)},
        "uncovered": euro(open_) if open_ else "",
        "years": _by_year(sheet),
        "payers": _by_payer(found),
        "source": ledger(found.origin),
        "invented": found.origin.demo,
        "totals_url": totals_url(by="element", then="fund") if inside else "",
    }


def _sentence(sheet: Sheet, open_: Decimal) -> str:
    """Who pays, in a sentence."""
    base, all_of_it = sheet.sum(Measure.BUDGETED, fund=BASE), sheet.sum(Measure.BUDGETED)
    if not all_of_it:
        return _("There is no budget for this in any year.")
    covered = _("All of it is covered.") if not open_ else _("%(amount)s is not covered yet.") % {"amount": euro(open_)}
    if base == all_of_it:
        return _("The partners pay all of it together, out of the base.")
    if not base:
        return _("Funds are to pay all of it.") + " " + covered
    return (
        _("The partners pay %(share)s %% of the budget of all years together, funds are to pay the rest.")
        % {"share": percent(base, all_of_it)}
        + " "
        + covered
    )


def _by_year(sheet: Sheet) -> Table:
    rows = [
        (Name(str(year)), [*(sheet.sum(one, year=year) for one in _SHOWN), sheet.uncovered(year=year)])
        for year in sheet.years
    ]
    return table(
        _("Year by year, in euro"),
        pgettext("money", "Year"),
        [*measured(*_SHOWN), pgettext("money", "Uncovered")],
        rows,
    )


def _by_payer(found: OfElements) -> Table:
    """The partners together, then each fund."""
    sheet = found.sheet
    shown = (Measure.BUDGETED, Measure.SOUGHT, Measure.PROMISED, Measure.SPENT)
    by = {one: sheet.by("fund", one) for one in shown}
    keys = sorted({key for amounts in by.values() for key in amounts}, key=lambda key: (key != BASE, key))
    rows = []
    for key in keys:
        title = found.funds.get(key)
        name = Name(words(title), url_of(f"{Kind.FUND}:{key}")) if title else Name(key)
        if key == BASE:
            name = Name(_("Base: the partners together"))
        cells = [*(by[one].get(key, Decimal(0)) for one in shown), sheet.uncovered(fund=key)]
        rows.append(RowShown(name, [amount(cell) for cell in cells]))
    return Table(
        _("Who pays, in all years, in euro"), _("Out of"), [*measured(*shown), pgettext("money", "Uncovered")], rows
    )


def as_data(found: OfElements) -> dict[str, Any] | None:
    """The same as data; None where nothing is booked."""
    if not found.sheet.rows:
        return None
    sheet = found.sheet
    return {
        "ledger_through": found.origin.through,
        "demo": found.origin.demo,
        "years": [
            {
                "year": year,
                **{measure.value: sheet.sum(measure, year=year) for measure in _SHOWN},
                "uncovered": sheet.uncovered(year=year),
            }
            for year in sheet.years
        ],
        "by_fund": {one.value: sheet.by("fund", one) for one in (Measure.BUDGETED, Measure.PROMISED, Measure.SPENT)},
        "uncovered": sheet.uncovered(),
    }
