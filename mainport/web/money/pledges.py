# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the partners pledged as the agenda has it, each with the chapter in which it stands, and the funds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from mainport.agenda import queries
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.cycle.queries.money import Tree
from mainport.web.agenda.bands import BigFigure
from mainport.web.agenda.facts import row, source_json
from mainport.web.templatetags.mainport import euro, number, words


@dataclass(frozen=True)
class Pledge:
    """One contribution; `share` is its part of all, in whole percents, for the bar."""

    element: Element
    partners: list[Element]
    share: int
    bar: int


def pledges(tree: Tree) -> dict[str, Any]:
    """For the page: pledges, their sums, and the funds. One query."""
    contributions = [e for e in tree.elements.values() if e.kind == Kind.CONTRIBUTION]
    paid_by = queries.links_of(contributions, "partners")
    per_year = sum(c.attributes["per_year"] for c in contributions)
    total = sum(c.attributes["total"] for c in contributions)
    most = max((c.attributes["per_year"] for c in contributions), default=0) or 1
    found = [
        Pledge(
            element=c,
            partners=paid_by.get(c.pk, {}).get("partners", []),
            share=round(100 * c.attributes["per_year"] / per_year) if per_year else 0,
            bar=round(100 * c.attributes["per_year"] / most),
        )
        for c in contributions
    ]
    return {
        "pledges": found,
        "per_year": per_year,
        "total": total,
        "chart_title": _chart_title(found),
        "figures": _figures(contributions, per_year, total),
        "funds": [e for e in tree.elements.values() if e.kind == Kind.FUND],
        "sources": list({c.source.pk: c.source for c in contributions if c.source}.values()),
    }


def payers_of(found: Sequence[Pledge]) -> dict[str, str]:
    """By the uid of a contribution who pay it; of a joint one it is said that it is."""
    jointly = _("jointly")
    return {
        one.element.uid: " + ".join(words(partner.title) for partner in one.partners)
        + (f" ({jointly})" if len(one.partners) > 1 else "")
        for one in found
        if one.partners
    }


def data_of(pledged: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "per_year": pledged["per_year"],
        "total": pledged["total"],
        "currency": "EUR",
        "contributions": [
            {
                "uid": p.element.uid,
                "title": p.element.title,
                "partners": [partner.uid for partner in p.partners],
                **{name: p.element.attributes[name] for name in ("per_year", "years", "total")},
                "source": source_json(p.element),
            }
            for p in pledged["pledges"]
        ],
        "funds": [
            {"uid": e.uid, "title": e.title, "amount": e.attributes.get("amount"), "source": source_json(e)}
            for e in pledged["funds"]
        ],
    }


def rows_of(pledged: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        row(
            p.element,
            partners=", ".join(words(partner.title) for partner in p.partners),
            **{name: p.element.attributes[name] for name in ("per_year", "years", "total")},
        )
        for p in pledged["pledges"]
    ]


def _figures(contributions: Sequence[Element], per_year: int, total: int) -> list[BigFigure]:
    if not contributions:
        return []
    source = contributions[0].source
    where: dict[str, Any] = {"source": words(source.title), "source_url": source.url} if source else {}
    return [
        BigFigure(number(per_year), _("a year, from all partners together"), "euro", **where),
        BigFigure(number(total), _("in all, for the years of the agenda"), "euro", **where),
        BigFigure(number(len(contributions)), _("contributions")),
    ]


def _chart_title(pledges: Sequence[Pledge]) -> str:
    """What the bars show, in a sentence."""
    if not pledges:
        return ""
    ordered = sorted(pledges, key=lambda pledge: -pledge.element.attributes["per_year"])
    first = ordered[0]
    largest = first.element.attributes["per_year"]
    if largest == ordered[-1].element.attributes["per_year"]:
        return _("Every contribution is the same: %(amount)s a year") % {"amount": euro(largest)}
    others = [len(list(same)) for _amount, same in groupby(ordered[1:], key=lambda p: p.element.attributes["per_year"])]
    payer = (
        _("%(first)s and %(last)s")
        % {
            "first": ", ".join(words(p.title) for p in first.partners[:-1]),
            "last": words(first.partners[-1].title),
        }
        if len(first.partners) > 1
        else words(first.partners[0].title)
    )
    if len(others) == 1:
        return _("%(payer)s pays %(share)s %% of the base financing; all other contributions are the same") % {
            "payer": payer,
            "share": first.share,
        }
    return _("%(payer)s pays the most: %(share)s %% of the base financing") % {"payer": payer, "share": first.share}
