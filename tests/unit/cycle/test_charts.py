# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Charts of a paper: what they show, that their text fits, and where a Sankey puts its parts."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mainport.cycle.rules.charts import (
    Flow,
    Layout,
    Line,
    Node,
    Series,
    Target,
    bars,
    lay_out,
    lines,
    sankey,
    stacked,
    written,
)  # fmt: skip
from mainport.cycle.rules.charts.drawing import LEADING, step_of, text_width, wrapped
from tests.papers import HOSTILE, drawings

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


@pytest.mark.parametrize(("value", "language", "unit", "said"), [
    (1_050_000, "nl", "€", "€\u00a01.050.000"), (1_050_000, "en", "€", "€1,050,000"), (-0.5, "nl", "€", "−€\u00a00,50"),
    (3.5, "nl", "%", "3,5\u00a0%"), (3.5, "en", "%", "3.5%"), (12, "nl", "banen", "12\u00a0banen"), (0, "en", "", "0"),
])  # fmt: skip
def test_numbers_are_written_as_the_language_does(value: float, language: str, unit: str, said: str) -> None:
    assert written(value, language, unit) == said


@pytest.mark.parametrize("number", range(4))
def test_a_drawing_is_the_same_twice_and_stays_in_its_box(number: int) -> None:
    _, drawing = drawings()[number]
    assert drawing == drawings()[number][1]
    root = etree.fromstring(drawing.svg.encode())
    width, height = (float(part) for part in root.get("viewBox", "").split()[2:])
    assert root.get("aria-label") == drawing.description
    for element in root.iter(f"{SVG}text"):
        x, y, size = (float(element.get(name, "0")) for name in ("x", "y", "font-size"))
        wide = text_width(element.text or "", size)
        left = {"end": x - wide, "middle": x - wide / 2}.get(element.get("text-anchor", ""), x)
        assert left >= -8, element.text
        assert left + wide <= width + 8, element.text
        assert 0 < y <= height


def test_bars_begin_at_zero_and_say_each_figure() -> None:
    drawing = bars(["A", "B"], [Series("Saldo", (100, -50))], language="nl")
    rects = [
        (float(one.get("x", 0)), float(one.get("width", 0)))
        for one in etree.fromstring(drawing.svg.encode()).iter(f"{SVG}rect")
    ]
    (right, long), (left, short) = rects
    assert left + short == pytest.approx(right, abs=0.2)
    assert long == pytest.approx(2 * short, abs=0.3)
    assert {"€\u00a0100", "−€\u00a050"} <= set(texts(drawing.svg))
    assert drawing.description == "Staven. A: Saldo €\u00a0100; B: Saldo −€\u00a050."


def test_series_differ_by_pattern_too() -> None:
    drawing = stacked(["A"], [Series(str(number), (1,)) for number in range(4)], language="en")
    assert len(re.findall("<pattern", drawing.svg)) == 3
    with pytest.raises(ValueError, match="below zero"):
        stacked(["A"], [Series("x", (-1,))], language="en")
    with pytest.raises(ValueError, match="1 values for 2 labels"):
        bars(["A", "B"], [Series("x", (1,))], language="en")


def test_many_bars_are_described_by_their_extremes() -> None:
    drawing = bars([f"K{n}" for n in range(33)], [Series("Begroot", tuple(range(33)))], language="nl")
    assert drawing.description == "Staven, 33 rijen. Begroot: het meest K32 (€\u00a032), het minst K0 (€\u00a00)."


def test_a_line_breaks_where_there_is_no_figure_and_shows_its_target() -> None:
    drawing = lines(["2021", "2022", "2023"], [Line("Banen", (1, None, 3))], language="en", target=Target("2026", 5))
    assert "Target 2026: 5" in texts(drawing.svg)
    assert "2026" in texts(drawing.svg)
    stroke = next(one for one in etree.fromstring(drawing.svg.encode()).iter(f"{SVG}path") if one.get("stroke"))
    assert stroke.get("d", "").count("M") == 2
    assert drawing.description == "Line, 2021–2026. Banen: from 1 in 2021 to 3 in 2023. Agreed for 2026: 5."
    assert lines(["2021"], [Line("Banen", (None,))], language="nl").description.endswith("nog geen cijfer.")


def test_labels_at_the_ends_of_lines_dont_overlap() -> None:
    drawing = lines(["1", "2"], [Line(f"Regio {n}", (5, 5 + n / 100)) for n in range(6)], language="nl")
    found = sorted(
        float(one.get("y", 0)) for one in etree.fromstring(drawing.svg.encode()).iter(f"{SVG}text")
        if (one.text or "").startswith("Regio")
    )  # fmt: skip
    assert all(later - earlier >= 15 for earlier, later in pairwise(found))


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_others_stay_text(text: str) -> None:
    clean = re.sub("[\x00-\x08\ud800]", "", text)
    for drawing in (
        bars([clean], [Series(clean, (1,)), Series("b", (2,))], language="nl"),
        lines([clean], [Line(clean, (1,))], language="nl"),
        sankey([Node("a", clean, 0), Node("b", clean, 1)], [Flow("a", "b", 5)], language="nl"),
    ):
        root = etree.fromstring(drawing.svg.encode())
        names = {etree.QName(one).localname for one in root.iter()}
        assert names <= {"svg", "g", "defs", "pattern", "rect", "path", "line", "text"}


def test_wrapped_lines_fit_and_long_words_break() -> None:
    lines_ = wrapped("Rijksinstituutvoorvolksgezondheid en milieu", 90, 14)
    assert all(text_width(line, 14) <= 90 for line in lines_)
    assert wrapped("een twee drie vier vijf", 40, 14, 2)[-1].endswith("…")


@given(st.floats(0.001, 1e12))
def test_a_step_is_round_and_gives_few_lines(span: float) -> None:
    assert 1 <= span / step_of(span) <= 5.01


# The layout of a Sankey.

amounts = st.integers(1, 10**7)
NAMES = ("Kort", "Rijksuniversiteit Groningen", "Een zeer lange naam, over regels heen")


@st.composite
def streams(draw: st.DrawFn) -> tuple[list[Node], list[Flow]]:
    columns = [draw(st.integers(1, 9)) for _ in range(draw(st.integers(2, 4)))]
    nodes = [
        Node(f"{place}:{number}", draw(st.sampled_from(NAMES)), place, "abc"[place % 3])
        for place, many in enumerate(columns) for number in range(many)
    ]  # fmt: skip
    flows = []
    for _ in range(draw(st.integers(1, 30))):
        source = draw(st.sampled_from([node for node in nodes if node.column < len(columns) - 1]))
        target = draw(st.sampled_from([node for node in nodes if node.column > source.column]))
        flows.append(Flow(source.key, target.key, draw(amounts)))
    return nodes, flows


def _spans(layout: Layout) -> dict[int, list[tuple[float, float]]]:
    """The room that each node takes with its label, by column."""
    found = defaultdict(list)
    for node in layout.nodes:
        lines_ = len(node.label) + 1
        middle = node.y + node.height / 2
        tall = lines_ * layout.label_size * LEADING
        found[node.column].append((middle - max(tall, node.height) / 2, middle + max(tall, node.height) / 2))
    return found


@settings(max_examples=60, deadline=None)
@given(streams(), st.sampled_from([320.0, 640.0, 1100.0]))
def test_nothing_of_a_sankey_overlaps_or_falls_out(given_: tuple[list[Node], list[Flow]], width: float) -> None:
    nodes, flows = given_
    layout = lay_out(nodes, flows, language="nl", width=width)
    assert layout == lay_out(nodes, flows, language="nl", width=width)
    used = {flow.source for flow in flows} | {flow.target for flow in flows}
    assert {node.key for node in layout.nodes} == used
    assert len(layout.flows) == len(flows)
    for spans in _spans(layout).values():
        for (_, end), (begin, _) in pairwise(sorted(spans)):
            assert begin >= end - 4, spans
    for node in layout.nodes:
        assert node.height >= 0.8
        assert node.y >= -8
        assert node.y + node.height <= layout.height + 8
        assert 0 <= node.x <= width
        into = sum(float(flow.amount) for flow in flows if flow.target == node.key)
        out = sum(float(flow.amount) for flow in flows if flow.source == node.key)
        assert node.amount == max(into, out)
        wide = max(text_width(line, layout.label_size) for line in node.label)
        left = node.label_x - wide if node.anchor == "end" else node.label_x
        assert left >= -1
        assert left + wide <= width + 8


def test_the_order_crosses_as_little_as_can_be() -> None:
    nodes = [Node(f"a{n}", f"a{n}", 0) for n in range(6)] + [Node(f"b{n}", f"b{n}", 1) for n in range(6)]
    layout = lay_out(nodes, [Flow(f"a{n}", f"b{5 - n}", 10 + n) for n in range(6)], language="nl")
    at = {node.key: node.y for node in layout.nodes}
    order = sorted(range(6), key=lambda n: at[f"a{n}"])
    assert order == sorted(range(6), key=lambda n: at[f"b{5 - n}"])


@pytest.mark.parametrize(("flow", "said"), [
    (Flow("a", "zz", 1), "no node"), (Flow("b", "a", 1), "later column"), (Flow("a", "b", -1), "below zero"),
])  # fmt: skip
def test_flows_that_cant_be_are_refused(flow: Flow, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        lay_out([Node("a", "A", 0), Node("b", "B", 1)], [flow], language="nl")


def test_a_sankey_without_flows_is_empty() -> None:
    drawing = sankey([Node("a", "A", 0)], [], language="en")
    assert drawing.description == "Flow diagram without flows."


def test_four_years_are_four_times_as_wide_as_one() -> None:
    drawing = lines(
        ["2014", "2018", "2019"],
        [Line("a", (1, 2, 3))],
        language="en",
        moments=[2014, 2018, 2019],
        target=Target("2024", 4, moment=2024),
    )
    path = re.search(r'd="M([\d.]+),\S+ L([\d.]+),\S+ L([\d.]+),', drawing.svg)
    assert path
    first, second, third = (float(number) for number in path.groups())
    assert (second - first) / (third - second) == pytest.approx(4, abs=0.05)
    with pytest.raises(ValueError, match="1 moments for 2 periods"):
        lines(["2014", "2018"], [Line("a", (1, 2))], language="en", moments=[2014])
