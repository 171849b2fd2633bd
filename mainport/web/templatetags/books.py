# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How the books say amounts, accounts and what the keys of a cell are called."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mainport.cycle.queries.naming import Names
from mainport.cycle.rules.chart import CostType
from mainport.cycle.rules.ledger import Cell, Sort
from mainport.web.agenda.addresses import url_of
from mainport.web.cycle import labels, show
from mainport.web.templatetags.mainport import _locale

register = template.Library()


@register.filter
def amount(value: Decimal | None) -> str:
    """Euro in a column that says so: cents where there are any."""
    if value is None:
        return ""
    return format_decimal(value, format="#,##0.00" if value % 1 else "#,##0", locale=_locale())


@register.filter
def cents(value: Decimal | None) -> str:
    """Euro in a column of the ledger or the bank: always with two digits."""
    return "" if value is None else format_decimal(value, format="#,##0.00", locale=_locale())


@register.filter
def element(names: Names, uid: str) -> str | SafeString:
    """What of the agenda a cell is for, with the way to its page while the agenda has it."""
    name = show.element_name(names, uid)
    return format_html('<a class="nl-link" href="{}">{}</a>', url_of(uid), name) if uid in names.elements else name


@register.filter
def element_name(names: Names, uid: str) -> str:
    return show.element_name(names, uid)


@register.filter
def fund(names: Names, key: str) -> str:
    return show.fund_name(names, key)


@register.filter
def party(names: Names, key: str) -> str:
    return show.party_name(names, key)


@register.filter
def cell(names: Names, found: Cell) -> str:
    """The account of a cell with what is told apart on it."""
    return show.cell_name(names, found)


@register.filter
def account(code: str) -> str:
    return labels.account(code)


@register.filter
def sort(value: str) -> str:
    return str(labels.SORTS[Sort(value)])


@register.filter
def cost(value: str) -> str:
    return str(labels.COSTS[CostType(value)]) if value else ""
