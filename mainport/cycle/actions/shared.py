# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the actions of money have in common: amounts, and finding what they name."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import PLANNED, Kind
from mainport.cycle.models import Party
from mainport.cycle.rules.amounts import Unreadable, euro
from mainport.cycle.rules.chart import CostType
from mainport.cycle.rules.refusals import refuse

#: The fund that the partners' own contributions are.
BASE = "base"
#: What money can be for.
PAYABLE_KINDS = (*PLANNED, Kind.ALLIANCE)


def amount_of(value: Any, field: str = "amount") -> Decimal:
    """An amount above zero in whole cents. Raises Refused."""
    try:
        amount = euro(value)
    except Unreadable as error:
        raise refuse(field, value, f"an amount in whole cents: {error}") from error
    if amount <= 0:
        raise refuse(field, amount, "an amount above zero")
    return amount


def require_element(uid: str, field: str = "element") -> Element:
    """What of the agenda the money is for. Raises Refused."""
    kind, _, key = uid.partition(":")
    found = agenda.elements().filter(kind=kind, key=key).first() if kind in PAYABLE_KINDS else None
    if found is None:
        raise refuse(field, uid, "the uid of a goal, sector, task, flagship or project of the agenda")
    return found


def require_fund(key: str, field: str = "fund", *, base: bool = True) -> str:
    """The key of a fund of the agenda; with `base` also the partners' own money. Raises Refused."""
    if not agenda.elements(Kind.FUND).filter(key=key).exists() or (key == BASE and not base):
        raise refuse(field, key, "the key of a fund of the agenda" + ("" if base else ", not of the base financing"))
    return key


def require_cost(cost: str, field: str = "cost") -> str:
    if cost not in list(CostType):
        raise refuse(field, cost, ", ".join(CostType))
    return cost


def require_year(year: Any, field: str = "year") -> int:
    if not isinstance(year, int) or not 2000 <= year <= 2200:
        raise refuse(field, year, "a year from 2000 to 2200")
    return year


def require_words(words: str, field: str = "words", longest: int = 300) -> str:
    found = words.strip()
    if not found or len(found) > longest:
        raise refuse(field, found[:60], f"from 1 to {longest} characters")
    return found


def party_of_element(element: Element) -> Party:
    """The party that stands for a contribution or a fund of the agenda; made where there is none yet."""
    name = element.title.get("nl") or next(iter(element.title.values()))
    party, _ = Party.objects.get_or_create(
        element=element.uid, defaults={"key": f"{element.kind}-{element.key}"[:90], "name": name[:200]}
    )
    return party
