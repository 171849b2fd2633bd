# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The five paths of a place as flows: from where people grew up, by where they studied, to where they live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mainport.cycle.rules.charts.sankey_layout import Flow, Layout, Node, lay_out
from mainport.talent.rules.paths import PATHS, Path, PathCounts
from mainport.web.talent.show import whole

WIDE, NARROW = 1080.0, 330.0


@dataclass(frozen=True)
class Drawn:
    size: str
    layout: Layout
    lines: list[tuple[str, str, float, float, bool]]  # text, anchor, x, y, whether it is a figure


@dataclass(frozen=True)
class Sankey:
    title: str
    description: str
    drawings: list[Drawn]


def path_word(path: Path) -> str:
    """What a path is called, seen from where somebody grew up."""
    return {
        Path.MOVED_STAYED: _("Left to study, and stayed there"),
        Path.MOVED_RETURNED: _("Left to study, and came back"),
        Path.MOVED_ELSEWHERE: _("Left to study, then on to a third place"),
        Path.STAYED_LEFT: _("Studied at home, then left"),
        Path.REMAINED: _("Studied at home, and stayed"),
    }[path]


def whole_told(places: Sequence[PathCounts]) -> list[PathCounts]:
    """The places of which all five paths are told: with one kept back the others would seem to be everybody."""
    return [place for place in places if None not in place.counts]


def sankey(places: Sequence[PathCounts], where: str) -> Sankey | None:
    """Of these places, those whose five paths are told. None where there are none."""
    told = whole_told(places)
    counts = {path: sum(place.counts[at] or 0.0 for place in told) for at, path in enumerate(PATHS)}
    everybody = sum(counts.values())
    if not everybody:
        return None
    if len(told) < len(places):
        where = _("%(where)s, as far as all five paths are told (%(told)s of %(all)s places)") % {
            "where": where,
            "told": len(told),
            "all": len(places),
        }
    nodes = [
        Node("grew", _("Grew up here"), 0, "grew"),
        Node("home", _("Studied here"), 1, "here"),
        Node("away", _("Studied elsewhere"), 1, "away"),
        Node("lives", _("Live here"), 2, "here"),
        Node("study", _("Live where they studied"), 2, "away"),
        Node("third", _("Live elsewhere"), 2, "third"),
    ]
    flows = [
        Flow("grew", "home", counts[Path.REMAINED] + counts[Path.STAYED_LEFT]),
        Flow("grew", "away", sum(counts[one] for one in PATHS[:3])),
        Flow("home", "lives", counts[Path.REMAINED]),
        Flow("home", "third", counts[Path.STAYED_LEFT]),
        Flow("away", "study", counts[Path.MOVED_STAYED]),
        Flow("away", "lives", counts[Path.MOVED_RETURNED]),
        Flow("away", "third", counts[Path.MOVED_ELSEWHERE]),
    ]
    stays = counts[Path.MOVED_RETURNED] + counts[Path.REMAINED]
    title = _(
        "%(where)s: of %(count)s graduates who grew up there and whose path is known, %(stays)s live there at 28"
    ) % {
        "where": where,
        "count": whole(everybody),
        "stays": whole(stays),
    }
    named = "; ".join(f"{path_word(path)}: {whole(count)}" for path, count in counts.items())
    return Sankey(
        title,
        _("Flow diagram. %(named)s.") % {"named": named},
        [_draw("wide", nodes, flows), _draw("narrow", nodes, flows)],
    )


def _draw(size: str, nodes: Sequence[Node], flows: Sequence[Flow]) -> Drawn:
    layout = lay_out(
        nodes,
        flows,
        language=get_language() or "en",
        unit="",
        width=WIDE if size == "wide" else NARROW,
        height=320.0 if size == "wide" else 280.0,
        label_size=14.0,
    )
    lines = [
        (words, node.anchor, node.label_x, round(node.label_y + place * 14 * 1.25, 1), words is node.figure)
        for node in layout.nodes
        for place, words in enumerate([*node.label, node.figure])
    ]
    return Drawn(size, layout, lines)
