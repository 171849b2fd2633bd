# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The alliance as an organisation of IATI: what it may spend and spent in each year, and its papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from lxml import etree

from mainport.agenda.rules.elements import Element, Kind
from mainport.core.rules.languages import EVERY_LANGUAGE
from mainport.cycle.exports.iati.names import Names, every
from mainport.cycle.exports.iati.writing import (
    DEMO,
    document,
    language_of,
    narrate,
    node,
    now,
    org,
    period,
    value,
)
from mainport.cycle.models import Paper
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code

#: DocumentCategory, by the agenda's key of the paper.
_CATEGORIES = {
    "annual-report": "B01",
    "annual-accounts": "B01",
    "annual-plan": "B02",
    "implementation-agenda": "B02",
    "budget": "B04",
}


def organisation(names: Names, *, demo: bool) -> etree._Element:
    root = etree.Element("iati-organisation")
    language_of(root, names.languages[0])
    root.set("default-currency", "EUR")
    root.set("last-updated-datetime", now())
    node(root, "organisation-identifier").text = names.organisation
    narrate(node(root, "name"), names.us.name, DEMO if demo else None)
    org(root, "reporting-org", names.us)
    funds = _titles(names, Kind.FUND)
    for year, lines in _by_year(Code.BUDGETED, "fund").items():
        _year(root, "total-budget", "budget-line", year, {key: (funds.get(key), of) for key, of in lines.items()})
    for year, lines in _by_year(Code.EXPENDITURE, "fund").items():
        _year(root, "total-expenditure", "expense-line", year, {key: (funds.get(key), of) for key, of in lines.items()})
    _documents(root, names)
    return root


def _titles(names: Names, kind: Kind) -> dict[str, Mapping[str, str]]:
    return {element.key: element.title for element in names.agenda.elements.values() if element.kind is kind}


def _by_year(code: Code, dimension: str) -> dict[int, dict[str, Decimal]]:
    found: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    for one in totals([code], by=("year", dimension)):
        year, key = one.key
        if one.amount:
            found[year][key] = one.amount
    return dict(sorted(found.items()))


def _year(
    root: etree._Element,
    name: str,
    line_name: str,
    year: int,
    lines: Mapping[str, tuple[Mapping[str, str] | None, Decimal]],
) -> None:
    """A year's total, and what it consists of."""
    first = date(year, 1, 1)
    above = node(root, name, status="2" if name == "total-budget" else None)
    period(above, first, date(year, 12, 31))
    value(above, sum((amount for _title, amount in lines.values()), Decimal(0)), first)
    for key, (title, amount) in sorted(lines.items()):
        if key:
            line = node(above, line_name, ref=key)
            value(line, amount, first)
            narrate(line, title or every(key))


def _documents(root: etree._Element, names: Names) -> None:
    """The alliance's site, and the papers of its cycle that were decided."""
    for language in names.languages:
        document(root, names.page(names.alliance, language), names.alliance.title, "B16", language)
    kinds = {element.key: element for element in names.agenda.elements.values() if element.kind is Kind.PAPER}
    for paper in Paper.objects.filter(state=Paper.State.DECIDED).order_by("year", "kind"):
        if kind := kinds.get(paper.kind):
            for language in names.languages:
                title = _title(kind, paper.year, demo=paper.demo)
                day = paper.decided_at.date() if paper.decided_at else None
                document(root, names.page(kind, language), title, _CATEGORIES.get(kind.key, "B02"), language, day)


def _title(kind: Element, year: int, *, demo: bool) -> dict[str, str]:
    behind = DEMO if demo else {}
    return {
        language: f"{words} {year}{behind.get(language, behind.get(EVERY_LANGUAGE, ''))}"
        for language, words in kind.title.items()
    }
