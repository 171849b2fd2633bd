# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A Sankey on paper: who pays, through which fund and goal, for which task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .drawing import COLOURS, GREY, INK, LEADING, PAPER, WIDTH, Canvas, Drawing, labelled, text_width
from .sankey_layout import Flow, Layout, Node, PlacedNode, lay_out

#: How much of the description names single flows; the table beside the chart has them all.
NAMED = 8


def sankey(
    nodes: Sequence[Node],
    flows: Sequence[Flow],
    *,
    language: str,
    unit: str = "€",
    width: float = WIDTH,
    height: float = 420.0,
    colours: Mapping[str, str] | None = None,
) -> Drawing:
    """The flows in ribbons, coloured by the kind of what they come from, each node with its name and amount."""
    layout = lay_out(nodes, flows, language=language, unit=unit, width=width, height=height)
    kinds = list(dict.fromkeys(node.kind for node in nodes))
    colour = {kind: COLOURS[number % len(COLOURS)] for number, kind in enumerate(kinds)} | dict(colours or {})
    canvas = Canvas(width)
    for flow in layout.flows:
        canvas.path(flow.path, fill=colour[flow.kind], opacity=0.32)
    for node in layout.nodes:
        canvas.rect(node.x, node.y, node.width, node.height, colour[node.kind])
    for node in layout.nodes:
        _label(canvas, node, layout)
    description = _described(nodes, flows, layout, language, unit)
    return Drawing(canvas.svg(layout.height + 6, description), description)


def _label(canvas: Canvas, node: PlacedNode, layout: Layout) -> None:
    """Name and amount, on white where flows pass below them."""
    size = layout.label_size
    last_column = max(one.column for one in layout.nodes)
    lines = [*node.label, node.figure]
    over = node.anchor == "start" and node.label_x < layout.width - 1 and node.column < last_column
    if over:
        wide = max(text_width(line, size) for line in lines)
        top = node.label_y - size
        canvas.rect(node.label_x - 2, top, wide, len(lines) * size * LEADING, PAPER, 0.78)
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        y = node.label_y + number * size * LEADING
        canvas.text(node.label_x, y, line, size=size, anchor=node.anchor, colour=GREY if last else INK)


def _described(nodes: Sequence[Node], flows: Sequence[Flow], layout: Layout, language: str, unit: str) -> str:
    dutch = language == "nl"
    title = {node.key: node.title for node in nodes}
    by_amount = sorted(layout.flows, key=lambda flow: (-flow.amount, flow.source, flow.target))
    link = "naar" if dutch else "to"
    named = "; ".join(
        f"{title[flow.source]} {link} {title[flow.target]}: {labelled(flow.amount, language, unit)}"
        for flow in by_amount[:NAMED]
    )
    outgoing = {flow.target for flow in flows}
    total = sum(float(flow.amount) for flow in flows if flow.source not in outgoing)
    amount = labelled(total, language, unit)
    if not by_amount:
        return "Stroomdiagram zonder stromen." if dutch else "Flow diagram without flows."
    if dutch:
        head = f"Stroomdiagram van {amount} in {len(flows)} stromen"
        return f"{head}. {'De grootste zijn: ' if len(by_amount) > NAMED else ''}{named}."
    head = f"Flow diagram of {amount} in {len(flows)} flows"
    return f"{head}. {'The largest are: ' if len(by_amount) > NAMED else ''}{named}."
