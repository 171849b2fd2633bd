# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How pages of money name things and lay them out: names, amounts, tables, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.cycle.models import Party
from mainport.cycle.queries.money import BASE, InForce, Measure, Origin, Tree
from mainport.cycle.queries.money.flows import KEPT, OUTSIDE, RESERVE, UNCOVERED
from mainport.web.agenda.addresses import url_of, url_or_nothing
from mainport.web.money import labels
from mainport.web.templatetags.mainport import is_code, words

ZERO = Decimal("0.00")


def amount(value: Decimal | int) -> str:
    """An amount in a table: cents, two of them, only where there are any."""
    return number_format(value, decimal_pos=2 if value % 1 else 0, force_grouping=True)


def percent(part: Decimal, whole: Decimal) -> int:
    return round(100 * part / whole) if whole else 0


# --- Names ---


@dataclass(frozen=True)
class Name:
    words: str
    url: str = ""
    demo: bool = False


@dataclass(frozen=True)
class Names:
    """What the ledger's keys stand for, for one reader: whom `parties` doesn't have is a supplier."""

    tree: Tree
    parties: Mapping[str, Party]
    #: By the uid of a contribution who pay it; without, it goes by its own title.
    payers: Mapping[str, str] = field(default_factory=dict)

    def party(self, key: str) -> Name:
        if not key:
            return Name(_("Nobody in particular"))
        party = self.parties.get(key)
        if party is None:
            return Name(_("Suppliers"))
        element = self.tree.elements.get(party.element)
        if element is None:
            return Name(party.name, demo=party.demo)
        return Name(self.payers.get(element.uid) or words(element.title), url_of(element))

    def fund(self, key: str) -> Name:
        if key == BASE:
            return Name(_("Base: the partners together"))
        element = self.tree.elements.get(f"{Kind.FUND}:{key}")
        return _of(element) if element else Name(key or _("No fund in particular"))

    def element(self, uid: str) -> Name:
        element = self.tree.elements.get(uid)
        if element:
            return _of(element)
        return Name(uid.partition(":")[2] or _("Nothing in particular"))

    def group(self, uid: str) -> Name:
        return self.element(uid) if uid else Name(_("Outside goals and sectors"))

    def node(self, key: str) -> Name:
        """What a node of the flows stands for."""
        fixed = {
            BASE: pgettext("money", "Base"),
            RESERVE: _("From the reserve"),
            KEPT: _("Not budgeted: to the reserve"),
            UNCOVERED: _("Not covered yet"),
            OUTSIDE: _("Outside goals and sectors"),
        }
        if key in fixed:
            return Name(fixed[key])
        sort, _colon, rest = key.partition(":")
        if sort == "party":
            return self.party(rest)
        return self.fund(rest) if sort == Kind.FUND else self.element(key)


def _of(element: Element) -> Name:
    code = f"{element.key} " if element.kind == Kind.TASK and is_code(element.key) else ""
    return Name(f"{code}{words(element.title)}", url_of(element), element.demo)


# --- Tables ---


@dataclass(frozen=True)
class RowShown:
    name: Name
    cells: Sequence[str]
    sub: bool = False  # a part of the row above
    head: bool = False  # has parts below it


@dataclass(frozen=True)
class Table:
    """A table of euros: each cell as text, in the order of the columns."""

    caption: str
    first: str
    columns: Sequence[str]
    rows: Sequence[RowShown]
    total: Sequence[str] = ()

    @property
    def shown(self) -> list[tuple[RowShown, list[tuple[str, str]]]]:
        """Each row with its cells by the name of their column."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]

    @property
    def total_labelled(self) -> list[tuple[str, str]]:
        return list(zip(self.columns, self.total, strict=True))


def table(
    caption: str,
    first: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Name, Sequence[Decimal]]],
) -> Table:
    """Rows with the sum of each column under them."""
    rows = list(rows)
    sums = [sum((cells[place] for _name, cells in rows), ZERO) for place in range(len(columns))]
    return Table(
        caption=caption,
        first=first,
        columns=columns,
        rows=[RowShown(name, [amount(cell) for cell in cells]) for name, cells in rows],
        total=[amount(one) for one in sums] if len(rows) > 1 else (),
    )


def measured(*measures: Measure) -> list[str]:
    return [str(labels.MEASURES[measure]) for measure in measures]


# --- Sources ---


def ledger(origin: Origin) -> str:
    return _("Ledger, movements 1 to %(last)s") % {"last": number_format(origin.through, force_grouping=True)}


def budget_source(budget: InForce | None, origin: Origin) -> tuple[str, str]:
    """The budget in force and the page of its decision; else the ledger."""
    if budget is None:
        return ledger(origin), ""
    version = _("Budget of %(year)s, version %(version)s") % {"year": budget.year, "version": budget.version}
    return version, url_or_nothing("decision", key=budget.decision) if budget.decision else ""


def when_of(year: int | None) -> str:
    """In 2025; in all years."""
    return _("in %(year)s") % {"year": year} if year else _("in all years")


def totals_url(**query: str) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse('money_totals')}{'?' if asked else ''}{asked}"
