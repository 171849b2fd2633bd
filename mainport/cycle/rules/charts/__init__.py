# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The charts of a paper: figures in, a drawing and its description out.

Direct labels, the colours of Okabe and Ito (told apart by the colour-blind) with a pattern or a line style beside
each, bars from zero, and no text that runs out of its drawing. Titles stand in the document, not in the drawing.
"""

from .bars import Series, bars, stacked
from .drawing import WIDTH, Drawing, labelled, written
from .lines import Line, Target, lines
from .sankey import sankey
from .sankey_layout import Flow, Layout, Node, PlacedFlow, PlacedNode, lay_out

__all__ = [
    "WIDTH",
    "Drawing",
    "Flow",
    "Layout",
    "Line",
    "Node",
    "PlacedFlow",
    "PlacedNode",
    "Series",
    "Target",
    "bars",
    "labelled",
    "lay_out",
    "lines",
    "sankey",
    "stacked",
    "written",
]
