# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Money on the pages of partners, contributions and funds: what one pays, what was asked of the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.cycle.queries import money as queries
from mainport.cycle.queries.money import Measure, YearOfContribution
from mainport.web.agenda.addresses import url_of
from mainport.web.money import labels
from mainport.web.money.show import Name, Table, amount, ledger, measured, table
from mainport.web.templatetags.mainport import euro, is_code, say, words


@dataclass(frozen=True)
class Years:
    """By the uid of a contribution its years, as a table; and all of them as data."""

    tables: Mapping[str, Table]
    data: list[dict[str, Any]]


def of_contributions(found: Sequence[Element]) -> Years:
    """Those without money in the ledger are left out. Two queries."""
    years = queries.contributions([one.uid for one in found])
    uids = {year.contribution for year in years}
    return Years(
        {uid: _years([one for one in years if one.contribution == uid]) for uid in uids},
        [asdict(one) | {"outstanding": one.outstanding} for one in years],
    )


def _years(years: Sequence[YearOfContribution]) -> Table:
    return table(
        _("The contribution year by year, in euro"),
        pgettext("money", "Year"),
        [*measured(Measure.PLEDGED, Measure.INVOICED), pgettext("money", "Paid"), pgettext("money", "Outstanding")],
        [(Name(str(one.year)), [one.pledged, one.invoiced, one.paid, one.outstanding]) for one in years],
    )


def of_fund(fund: Element, today: date) -> dict[str, Any]:
    """What was sought from a fund, promised and received, for what, and its deadlines ahead. Seven queries."""
    sheet, origin = queries.of_fund(fund.key), queries.origin()
    grants, deadlines = queries.grants_of(fund.key), queries.deadlines_of(fund.key, today)
    named = {row.element for row in sheet.rows} | {grant.element for grant in grants}
    keys = [uid.partition(":")[2] for uid in named]
    kinds = (Kind.GOAL, Kind.SECTOR, Kind.CHAPTER, Kind.THEME, Kind.TASK, Kind.FLAGSHIP, Kind.PROJECT)
    elements = {e.uid: e for e in agenda.elements(*kinds).filter(key__in=keys)} if keys else {}

    def name(uid: str) -> Name:
        element = elements.get(uid)
        if element is None:
            return Name(uid.partition(":")[2])
        code = f"{element.key} " if is_code(element.key) else ""
        return Name(f"{code}{words(element.title)}", url_of(element))

    promised, received = sheet.sum(Measure.PROMISED), sheet.sum(Measure.RECEIVED)
    return {
        "figure": {
            "value": euro(promised),
            "label": _("promised in all years; %(received)s of it was received") % {"received": euro(received)},
            "source": ledger(origin),
            "demo": any(grant.demo for grant in grants),
        },
        "years": _years_of_fund(sheet) if sheet.years else None,
        "grants": [
            {
                "title": say(grant.title),
                "for": name(grant.element),
                "year": grant.year,
                "state": labels.GRANTS[grant.state],
                "sought": amount(grant.sought),
                "promised": amount(grant.promised) if grant.promised is not None else "",
                "demo": grant.demo,
            }
            for grant in grants
        ],
        "deadlines": [
            {
                "day": one.day,
                "words": one.words or _("Account for what was spent of it"),
                "grant": say(one.grant.title),
                "demo": one.grant.demo,
            }
            for one in deadlines
        ],
        "source": ledger(origin),
        "data": _data_of_fund(sheet, grants, deadlines),
    }


#: What the page of a fund tells of each year.
_OF_FUND = (Measure.SOUGHT, Measure.PROMISED, Measure.INVOICED, Measure.RECEIVED)


def _years_of_fund(sheet: queries.Sheet) -> Any:
    def row(year: int) -> list[Any]:
        return [
            *(sheet.sum(one, year=year) for one in _OF_FUND),
            sheet.sum(Measure.BUDGETED, year=year),
            sheet.uncovered(year=year),
        ]

    return table(
        _("Year by year, in euro"),
        pgettext("money", "Year"),
        [*measured(*_OF_FUND), *measured(Measure.BUDGETED), pgettext("money", "Uncovered")],
        [(Name(str(year)), row(year)) for year in sheet.years],
    )


def _data_of_fund(sheet: queries.Sheet, grants: Iterable[Any], deadlines: Iterable[Any]) -> dict[str, Any]:
    return {
        "years": [{"year": year, **{one.value: sheet.sum(one, year=year) for one in _OF_FUND}} for year in sheet.years],
        "grants": [
            {
                "key": grant.key,
                "title": grant.title,
                "element": grant.element,
                "year": grant.year,
                "state": grant.state.value,
                "sought": grant.sought,
                "promised": grant.promised,
                "demo": grant.demo,
            }
            for grant in grants
        ],
        "deadlines": [{"day": one.day, "grant": one.grant.key, "words": one.words} for one in deadlines],
    }
