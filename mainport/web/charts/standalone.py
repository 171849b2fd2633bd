# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A line chart as a drawing of its own: with its title above it, its source under it, and its colours in it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from mainport.web.charts.lines import Drawing
from mainport.web.charts.plane import Tick

_MARGIN = 20.0
#: Height of a line of the title and of the foot, and how many letters fit in one of each at our width.
_TITLE_LINE, _FOOT_LINE = 25.0, 19.0
_TITLE_LETTERS, _FOOT_LETTERS = 74, 104

#: The colours of css/tokens.css and the strokes of css/agenda.css and css/monitor.css, for there are no other files.
STYLE = """
svg{--s:#fbfaf7;--i:#1b2420;--g:#5d6661;--a:#7f8882;--r:#e4e6df;--t:#1b2420;\
--1:#0072b2;--2:#c25000;--3:#007f5c;--4:#a8528a;--5:#9a7200;--6:#2c7fb0;\
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-size:14px}
@media (prefers-color-scheme:dark){svg{--s:#111714;--i:#e9eeea;--g:#a9b4ae;--a:#76847c;--r:#27312c;--t:#e9eeea;\
--1:#63b4ea;--2:#f08a4b;--3:#3fc79c;--4:#dd9ac5;--5:#e3b94f;--6:#9ad0f5}}
svg svg{overflow:visible}.sheet{fill:var(--s)}
.title{fill:var(--i);font-size:19px;font-weight:700}.foot{fill:var(--g);font-size:13px}
.mainport-chart__axis{stroke:var(--a)}.mainport-chart__grid{stroke:var(--r)}
.mainport-chart__tick-label{fill:var(--g);font-variant-numeric:tabular-nums}
.mainport-chart__label{fill:var(--i);font-weight:600}
.mainport-chart__line{fill:none;stroke:var(--c);stroke-linejoin:round;stroke-width:2.5}
.mainport-chart__area{fill:var(--c);fill-opacity:.16}.mainport-chart__point{fill:var(--c)}
.mainport-chart__target{fill:none;stroke:var(--t);stroke-dasharray:6 4;stroke-width:1.5}
.mainport-chart__series--1{--c:var(--1)}.mainport-chart__series--2{--c:var(--2)}
.mainport-chart__series--3{--c:var(--3)}.mainport-chart__series--4{--c:var(--4)}
.mainport-chart__series--5{--c:var(--5)}.mainport-chart__series--6{--c:var(--6)}
.mainport-chart__series--2 .mainport-chart__line{stroke-dasharray:8 4}
.mainport-chart__series--3 .mainport-chart__line{stroke-dasharray:2 4;stroke-linecap:round}
.mainport-lines__name{fill:var(--c)}
.mainport-chart__line.mainport-lines__expected{stroke-dasharray:2 5;stroke-linecap:round}
.mainport-lines__whisker{stroke:var(--1);stroke-width:1.5}
.mainport-lines__loose{fill:var(--s);stroke:var(--1);stroke-width:2}
.mainport-lines__replaced{stroke:var(--g);stroke-dasharray:4 3;stroke-width:1.5}
.mainport-lines__was{fill:var(--s);stroke:var(--g);stroke-dasharray:3 2;stroke-width:2}
.mainport-lines__past{fill:var(--g);font-style:italic;paint-order:stroke;stroke:var(--s);stroke-width:4px}
.mainport-lines__mark{fill:var(--t)}
.mainport-lines__mark--interim{fill:var(--s);stroke:var(--t);stroke-width:2}
"""
#: By which a content security policy allows this style and no other.
STYLE_SOURCE = f"'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"


@dataclass(frozen=True)
class Sheet:
    """The whole drawing; each line of words has its height."""

    width: float
    height: float
    left: float
    title: tuple[Tick, ...]
    top: float
    drawing: Drawing
    foot: tuple[Tick, ...]


def sheet(*, title: str, foot: Sequence[str], drawing: Drawing) -> Sheet:
    heads = wrap(title, _TITLE_LETTERS)
    feet = [part for line in foot for part in wrap(line, _FOOT_LETTERS)]
    top = _MARGIN + len(heads) * _TITLE_LINE + 8
    below = top + drawing.height + 8
    return Sheet(
        width=drawing.width + 2 * _MARGIN,
        height=below + len(feet) * _FOOT_LINE + _MARGIN,
        left=_MARGIN,
        title=tuple(Tick(_MARGIN + 18 + at * _TITLE_LINE, part) for at, part in enumerate(heads)),
        top=top,
        drawing=drawing,
        foot=tuple(Tick(below + 14 + at * _FOOT_LINE, part) for at, part in enumerate(feet)),
    )
