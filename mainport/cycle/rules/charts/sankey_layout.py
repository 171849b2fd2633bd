# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where the parts of a Sankey stand: money that flows through columns, from who pays to what it is spent on.

A flow over more columns passes each of them through a place of its own (Sugiyama et al. 1981). Columns are put in
the order with the fewest crossings found by barycentres (weighted by amount), then moved towards what they are tied
to, without overlap. Each node has room for its label. The same layout serves a page of paper and a telephone: only
the width differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .drawing import LEADING, WIDTH, Number, labelled, wrapped

#: A node is drawn at least so tall, and a flow so thick: what is small stays seen.
LEAST_NODE, LEAST_FLOW = 3.0, 0.8
GAP = 8.0
SWEEPS = 16


@dataclass(frozen=True)
class Node:
    """What money comes from, goes through or ends in. `column` counts from 0; `kind` is for its colour."""

    key: str
    title: str
    column: int
    kind: str = ""


@dataclass(frozen=True)
class Flow:
    """Money from a node to one in a later column."""

    source: str
    target: str
    amount: Number


@dataclass(frozen=True)
class PlacedNode:
    """A node as a bar with its label: `label_x` is where its lines begin or, with `anchor` end, where they end."""

    key: str
    title: str
    kind: str
    column: int
    amount: float
    x: float
    y: float
    width: float
    height: float
    label: tuple[str, ...]
    figure: str
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class PlacedFlow:
    """A flow as the path of a ribbon, to be filled."""

    source: str
    target: str
    amount: float
    kind: str
    path: str
    thickness: float


@dataclass(frozen=True)
class Layout:
    width: float
    height: float
    label_size: float
    nodes: tuple[PlacedNode, ...]
    flows: tuple[PlacedFlow, ...]


@dataclass
class _Stop:
    """A node, or the passage of a flow through a column between its ends."""

    key: str
    column: int
    node: Node | None
    amount: float = 0.0
    slot: float = 0.0  # the room it takes
    bar: float = 0.0
    y: float = 0.0  # the top of its room
    into: list[_Leg] = field(default_factory=list)
    out: list[_Leg] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return self.y + self.slot / 2


@dataclass
class _Leg:
    """A part of a flow, from one column to the next."""

    source: _Stop
    target: _Stop
    amount: float
    thick: float = 0.0
    from_y: float = 0.0
    to_y: float = 0.0


def lay_out(
    nodes: Sequence[Node],
    flows: Sequence[Flow],
    *,
    language: str,
    unit: str = "€",
    width: float = WIDTH,
    height: float = 420.0,
    label_size: float = 0.0,
) -> Layout:
    """Place the nodes and flows in so much width; `height` is what the tallest column of bars gets, and the whole
    grows with the labels. Nodes without flows are left out.

    Raises ValueError for a flow that names no node, doesn't go forward, or is below zero.
    """
    size = label_size or (12.5 if width >= 480 else 11.0)
    used = [flow for flow in flows if flow.amount != 0]
    stops, chains = _stops(nodes, used)
    if not chains:
        return Layout(width, 0.0, size, (), ())
    columns = _columns(stops)
    left, right, bar, text = _measures(width, len(columns))
    labels = {
        stop.key: wrapped(stop.node.title, text(stop.column), size, 4 if left else 3)
        for stop in stops.values()
        if stop.node is not None
    }
    _size(columns, labels, size, height)
    _order(columns)
    tall = _place(columns)
    _thread(columns)
    step = (width - left - right - bar) / max(len(columns) - 1, 1)
    x_of = [left + step * place for place in range(len(columns))]
    placed = tuple(
        _placed_node(stop, x_of, bar, labels[stop.key], size, labelled(stop.amount, language, unit), wide=left > 0)
        for column in columns
        for stop in column
        if stop.node is not None
    )
    ribbons = tuple(_placed_flow(flow, legs, nodes, x_of, bar) for flow, legs in zip(used, chains, strict=True))
    return Layout(width, round(tall, 1), size, placed, tuple(sorted(ribbons, key=lambda one: -one.thickness)))


def _stops(nodes: Sequence[Node], flows: Sequence[Flow]) -> tuple[dict[str, _Stop], list[list[_Leg]]]:
    """Nodes that money passes, with passages between; and each flow as the legs it is made of."""
    known = {node.key: node for node in nodes}
    stops: dict[str, _Stop] = {}
    chains = []

    def stop_of(key: str) -> _Stop:
        if key not in known:
            raise ValueError(f"a flow names {key!r}, which is no node")
        return stops.setdefault(key, _Stop(key, known[key].column, known[key]))

    for number, flow in enumerate(flows):
        amount = float(flow.amount)
        begin, end = stop_of(flow.source), stop_of(flow.target)
        if amount < 0:
            raise ValueError(f"the flow from {flow.source!r} to {flow.target!r} is below zero")
        if begin.column >= end.column:
            raise ValueError(f"the flow from {flow.source!r} to {flow.target!r} doesn't go to a later column")
        legs, before = [], begin
        for column in range(begin.column + 1, end.column + 1):
            key = f"\0{number}:{column}"
            after = end if column == end.column else stops.setdefault(key, _Stop(key, column, None))
            leg = _Leg(before, after, amount)
            before.out.append(leg)
            after.into.append(leg)
            legs.append(leg)
            before = after
        chains.append(legs)
    for stop in stops.values():
        stop.amount = max(sum(leg.amount for leg in stop.into), sum(leg.amount for leg in stop.out))
    return stops, chains


def _columns(stops: dict[str, _Stop]) -> list[list[_Stop]]:
    """The stops by column, largest first to begin with; empty columns fall away."""
    by_column: dict[int, list[_Stop]] = defaultdict(list)
    for stop in stops.values():
        by_column[stop.column].append(stop)
    columns = [sorted(by_column[column], key=lambda stop: (-stop.amount, stop.key)) for column in sorted(by_column)]
    for place, column in enumerate(columns):
        for stop in column:
            stop.column = place
    return columns


def _measures(width: float, count: int) -> tuple[float, float, float, Callable[[int], float]]:
    """Margins for the labels of the outer columns, the width of a bar, and how wide a column's labels may be.

    Wide: the first column's labels stand before it and the last one's behind it. Narrow: all stand behind their bar,
    over the flows.
    """
    wide = width >= 480
    bar = 12.0 if wide else 7.0
    side = min(width * 0.25, 190.0) if wide else 0.0
    right = side if wide else (width - bar) / count
    step = (width - side - right - bar) / max(count - 1, 1)

    def text(column: int) -> float:
        if wide and column in {0, count - 1}:
            return side - 8
        return (right if column == count - 1 else step) - bar - 10

    return side, right, bar, text


def _size(columns: list[list[_Stop]], labels: dict[str, tuple[str, ...]], size: float, height: float) -> None:
    """How tall each bar is, and the room it takes with its label and figure."""
    largest = max(sum(stop.amount for stop in column) for column in columns)
    scale = height / largest
    for column in columns:
        for stop in column:
            stop.bar = max(stop.amount * scale, LEAST_NODE if stop.node else LEAST_FLOW)
            lines = len(labels[stop.key]) + 1 if stop.node else 0
            stop.slot = max(stop.bar, lines * size * LEADING)
            for leg in stop.out:
                leg.thick = max(leg.amount * scale, LEAST_FLOW)


def _order(columns: list[list[_Stop]]) -> None:
    """Put each column in the order that crosses least: forth and back by barycentre, the best of all kept."""
    best, fewest = [list(column) for column in columns], _crossings(columns)
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        forth = sweep % 2 == 0
        places = range(1, len(columns)) if forth else range(len(columns) - 2, -1, -1)
        for place in places:
            beside = columns[place - 1 if forth else place + 1]
            rank = {id(stop): number for number, stop in enumerate(beside)}
            columns[place].sort(key=lambda stop, rank=rank, forth=forth: _centre(stop, rank, forth))  # type: ignore[misc]
        crossings = _crossings(columns)
        if crossings < fewest:
            best, fewest = [list(column) for column in columns], crossings
    for place, column in enumerate(best):
        columns[place][:] = column


def _centre(stop: _Stop, rank: dict[int, int], forth: bool) -> float:
    legs = stop.into if forth else stop.out
    weight = sum(leg.amount for leg in legs)
    if not weight:
        return float("inf")
    return sum(rank[id(leg.source if forth else leg.target)] * leg.amount for leg in legs) / weight


def _crossings(columns: list[list[_Stop]]) -> float:
    """How much crosses how much, summed over the spaces between columns: by a tree of sums, as there may be many."""
    found = 0.0
    for before, after in pairwise(columns):
        rank = {id(stop): number for number, stop in enumerate(after)}
        tree = [0.0] * (len(after) + 1)
        passed = 0.0
        for stop in before:
            legs = sorted((rank[id(leg.target)], leg.amount) for leg in stop.out)
            for place, amount in legs:
                found += amount * (passed - _sum(tree, place + 1))
            for place, amount in legs:
                passed += amount
                index = place + 1
                while index < len(tree):
                    tree[index] += amount
                    index += index & -index
    return found


def _sum(tree: list[float], index: int) -> float:
    found = 0.0
    while index:
        found += tree[index]
        index -= index & -index
    return found


def _place(columns: list[list[_Stop]]) -> float:
    """Heights: towards what each stop is tied to, in order, never over each other. Gives the height of the whole."""
    tall = max(sum(stop.slot for stop in column) + GAP * (len(column) - 1) for column in columns)
    for column in columns:
        room = tall - sum(stop.slot for stop in column)
        gap = min(room / (len(column) + 1), 60.0) if len(column) > 1 else 0.0
        y = (room - gap * (len(column) - 1)) / 2
        for stop in column:
            stop.y = y
            y += stop.slot + gap
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for column in columns if forth else reversed(columns):
            wished = [_wished(stop, forth) for stop in column]
            for stop, y in zip(column, _apart(wished, [one.slot for one in column], tall), strict=True):
                stop.y = y
    return tall


def _wished(stop: _Stop, forth: bool) -> float:
    """Where a stop would like to begin: level with what it is tied to."""
    legs = stop.into if forth else stop.out
    if not legs:
        return stop.y
    weight = sum(leg.amount for leg in legs)
    middle = sum((leg.source if forth else leg.target).middle * leg.amount for leg in legs) / weight
    return middle - stop.slot / 2


def _apart(wished: list[float], slots: list[float], tall: float) -> list[float]:
    """The places nearest to the wished ones, in order, a gap apart and within the height (pool adjacent violators)."""
    offsets, offset = [], 0.0
    for slot in slots:
        offsets.append(offset)
        offset += slot + GAP
    most = max(tall - (offset - GAP), 0.0)
    pools: list[tuple[float, int]] = []
    for wish, before in zip(wished, offsets, strict=True):
        total, count = wish - before, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            more, many = pools.pop()
            total, count = total + more, count + many
        pools.append((total, count))
    free = [min(max(total / count, 0.0), most) for total, count in pools for _ in range(count)]
    return [place + before for place, before in zip(free, offsets, strict=True)]


def _thread(columns: list[list[_Stop]]) -> None:
    """Where on its stops each leg begins and ends: in the order of what it comes from and goes to."""
    for column in columns:
        for stop in column:
            stop.out.sort(key=lambda leg: leg.target.middle)
            stop.into.sort(key=lambda leg: leg.source.middle)
            y = stop.middle - sum(leg.thick for leg in stop.out) / 2
            for leg in stop.out:
                leg.from_y = y
                y += leg.thick
            y = stop.middle - sum(leg.thick for leg in stop.into) / 2
            for leg in stop.into:
                leg.to_y = y
                y += leg.thick


def _placed_node(
    stop: _Stop, x_of: list[float], bar: float, label: tuple[str, ...], size: float, figure: str, *, wide: bool
) -> PlacedNode:
    assert stop.node is not None
    before = wide and stop.column == 0
    # Thin flows are drawn thicker than they are: the bar covers all that it holds.
    thick = max(stop.bar, sum(leg.thick for leg in stop.out), sum(leg.thick for leg in stop.into))
    x = x_of[stop.column]
    return PlacedNode(
        key=stop.key, title=stop.node.title, kind=stop.node.kind, column=stop.column, amount=stop.amount,
        x=round(x, 1), y=round(stop.middle - thick / 2, 1), width=bar, height=round(thick, 1),
        label=label, figure=figure,
        label_x=round(x - 6 if before else x + bar + 6, 1),
        label_y=round(stop.middle - len(label) * size * LEADING / 2 + size * 0.35, 1),
        anchor="end" if before else "start",
    )  # fmt: skip


def _placed_flow(flow: Flow, legs: list[_Leg], nodes: Sequence[Node], x_of: list[float], bar: float) -> PlacedFlow:
    """The ribbon of a flow: along its upper edge, and back along its lower one."""
    there, back = "", ""
    for number, leg in enumerate(legs):
        begin = x_of[leg.source.column] + (bar if leg.source.node else bar / 2)
        end = x_of[leg.target.column] + (0 if leg.target.node else bar / 2)
        half = (begin + end) / 2
        start = f"M{begin:.1f},{leg.from_y:.1f}" if number == 0 else f"L{begin:.1f},{leg.from_y:.1f}"
        there += f"{start} C{half:.1f},{leg.from_y:.1f} {half:.1f},{leg.to_y:.1f} {end:.1f},{leg.to_y:.1f} "
        low_from, low_to = leg.from_y + leg.thick, leg.to_y + leg.thick
        under = f"C{half:.1f},{low_to:.1f} {half:.1f},{low_from:.1f} {begin:.1f},{low_from:.1f}"
        back = f"L{end:.1f},{low_to:.1f} {under} {back}"
    kind = next(node.kind for node in nodes if node.key == flow.source)
    return PlacedFlow(flow.source, flow.target, float(flow.amount), kind, f"{there}{back}z", legs[0].thick)
