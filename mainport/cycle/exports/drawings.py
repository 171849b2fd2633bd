# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Drawings on their way into a file: made safe, in its font, and as pictures where a format knows no SVG."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from lxml import etree

from mainport.cycle.rules import charts

from .prepared import WIDE

SVG = "http://www.w3.org/2000/svg"
#: Drawings fit on a page (mm), with their title above them.
HIGH = 205.0
#: Dots per inch of pictures: sharp in print, small in a file.
DOTS = 200

_SHAPES = {"path", "rect", "line", "circle", "ellipse", "polyline", "polygon", "text", "tspan"}
_ALLOWED = _SHAPES | {"svg", "g", "defs", "pattern", "title", "desc", "clipPath", "linearGradient", "stop", "use"}
_SIZE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Unreadable(ValueError):
    """This is no drawing that we can put into a paper."""


def tree(svg: str) -> Any:
    """The drawing as a tree of known elements, without anything that runs, loads or styles from outside.

    Raises Unreadable for what is no SVG.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"a drawing is no XML: {error}") from error
    if root.tag != f"{{{SVG}}}svg" or root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("a drawing is no SVG, or has a DOCTYPE")
    for element in list(root.iter()):
        known = isinstance(element.tag, str) and etree.QName(element).namespace == SVG
        if not known or etree.QName(element).localname not in _ALLOWED:
            if (parent := element.getparent()) is not None:
                parent.remove(element)
            continue
        for attribute, value in list(element.attrib.items()):
            name = etree.QName(attribute).localname
            outside = "url(" in value and not value.startswith("url(#")
            elsewhere = name == "href" and not value.startswith("#")
            if name.startswith("on") or name == "style" or outside or elsewhere:
                del element.attrib[attribute]
    return root


def size(svg: str) -> tuple[float, float]:
    """How wide and high the drawing is on paper, in mm: as wide as the text, unless it would be too high."""
    box = _SIZE.findall(str(tree(svg).get("viewBox", "")))
    if len(box) != 4 or not float(box[2]) or not float(box[3]):
        raise Unreadable("a drawing has no viewBox")
    width, height = float(box[2]), float(box[3])
    # Charts are drawn for the width of the text: narrower ones keep the size of their letters.
    scale = min(WIDE / max(width, charts.WIDTH), HIGH / height)
    return round(width * scale, 2), round(height * scale, 2)


def in_font(svg: str, font: str) -> str:
    """The drawing, safe and in a font that is at hand."""
    root = tree(svg)
    root.set("font-family", font)
    for name in ("role", "aria-label"):
        root.attrib.pop(name, None)
    return etree.tostring(root, encoding="unicode")


@cache
def _picture_page() -> bytes:
    return b"""
#let drawings = json(bytes(sys.inputs.drawings))
#set page(margin: 0pt, width: auto, height: auto)
#for drawing in drawings {
  page(image(bytes(drawing.svg), format: "svg", width: drawing.width * 1mm))
}
"""


def pictures(svgs: Sequence[str]) -> list[bytes]:
    """The drawings as PNG, in one go."""
    if not svgs:
        return []
    from . import pdf

    drawings = [{"svg": in_font(pdf.displayable(svg), pdf.FONT), "width": size(svg)[0]} for svg in svgs]
    made = pdf.compiler().compile(
        _picture_page(), format="png", ppi=DOTS, sys_inputs={"drawings": json.dumps(drawings, ensure_ascii=False)}
    )
    return [made] if isinstance(made, bytes) else list(made)
