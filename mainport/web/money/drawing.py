# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The flows as a drawing for a wide screen and one for a narrow, and as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mainport.cycle.queries.money import Flows, Measure, Sheet, narrow
from mainport.cycle.rules.charts import Flow, Layout, Node, lay_out
from mainport.web.money.show import Name, Names, RowShown, Table, amount, percent
from mainport.web.templatetags.mainport import euro

#: Beside a class for its size: what one of them is drawn for.
WIDE, NARROW = 1080.0, 330.0
#: Flows that the description names; the table has them all.
NAMED = 6


@dataclass(frozen=True)
class Drawn:
    size: str
    layout: Layout
    lines: list[tuple[str, str, float, float, str, bool]]  # text, anchor, x, y, kind, whether it is a figure


@dataclass(frozen=True)
class Sankey:
    title: str
    description: str
    drawings: list[Drawn]
    table: Table
    beyond: str


def sankey(found: Flows, sheet: Sheet, names: Names, when: str) -> Sankey | None:
    """None where nothing flows."""
    if not found.flows:
        return None
    titles = {node.key: names.node(node.key) for node in found.nodes}
    return Sankey(
        title=_title(found, sheet, titles, when),
        description=_described(found, titles),
        drawings=[_draw("wide", found, titles, WIDE), _draw("narrow", narrow(found), titles, NARROW)],
        table=_table(found, titles, when),
        beyond=euro(found.beyond) if found.beyond else "",
    )


def _draw(size: str, found: Flows, titles: dict[str, Name], width: float) -> Drawn:
    layout = lay_out(
        [Node(node.key, titles[node.key].words, node.column, node.kind) for node in found.nodes],
        [Flow(flow.source, flow.target, flow.amount) for flow in found.flows],
        language=get_language() or "en",
        width=width,
        height=460.0 if size == "wide" else 300.0,
        label_size=14.0,
    )
    lines = [
        (words, node.anchor, node.label_x, round(node.label_y + place * 14 * 1.25, 1), node.kind, words is node.figure)
        for node in layout.nodes
        for place, words in enumerate([*node.label, node.figure])
    ]
    return Drawn(size, layout, lines)


def _title(found: Flows, sheet: Sheet, titles: dict[str, Name], when: str) -> str:
    """What is seen, in a sentence."""
    budgeted = sheet.sum(Measure.BUDGETED)
    goals = {node.key for node in found.nodes if node.kind == "goal"}
    into: dict[str, Decimal] = {}
    for flow in found.flows:
        if flow.target in goals:
            into[flow.target] = into.get(flow.target, Decimal(0)) + flow.amount
    if not into:
        return _("Partners pledged %(amount)s %(when)s; nothing of it was budgeted") % {
            "amount": euro(sheet.sum(Measure.PLEDGED)),
            "when": when,
        }
    most = max(into, key=lambda key: into[key])
    return _("%(share)s %% of the budget %(when)s comes out of the base; most goes to “%(goal)s”: %(part)s %%") % {
        "share": percent(sheet.sum(Measure.BUDGETED, fund="base"), budgeted),
        "when": when,
        "goal": titles[most].words,
        "part": percent(into[most], budgeted),
    }


def _described(found: Flows, titles: dict[str, Name]) -> str:
    largest = sorted(found.flows, key=lambda flow: (-flow.amount, flow.source, flow.target))[:NAMED]
    named = "; ".join(
        _("%(source)s to %(target)s: %(amount)s")
        % {"source": titles[f.source].words, "target": titles[f.target].words, "amount": euro(f.amount)}
        for f in largest
    )
    return _("Flow diagram of %(count)s flows of money. The largest: %(named)s.") % {
        "count": len(found.flows),
        "named": named,
    }


def _table(found: Flows, titles: dict[str, Name], when: str) -> Table:
    """Each flow under what it comes from, in the order of the columns."""
    place: Callable[[str], int] = {node.key: at for at, node in enumerate(found.nodes)}.__getitem__
    rows: list[RowShown] = []
    for node in found.nodes:
        out = sorted((f for f in found.flows if f.source == node.key), key=lambda f: place(f.target))
        if out:
            rows.append(RowShown(titles[node.key], [amount(sum((f.amount for f in out), Decimal(0)))], head=True))
            rows += [RowShown(titles[f.target], [amount(f.amount)], sub=True) for f in out]
    return Table(
        caption=_("From where to where, %(when)s, in euro") % {"when": when},
        first=_("From, and under it: to"),
        columns=[_("Euro")],
        rows=rows,
    )
