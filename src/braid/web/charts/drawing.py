"""Charts as SVG for pages, and as SVG and PNG files. Vega is loaded with the first one.

What Vega writes is taken apart and only what a drawing needs is kept: no scripts, no
styles, no addresses. A page therefore shows it under its strict content policy.
"""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe

from braid.web.charts.pictures import Picture
from braid.web.charts.theme import NARROW, SURFACE, WIDE, Size

KEPT = 600  # drawings of a process
HEAVIEST = 60_000  # bytes of a chart on a page
SVG = "http://www.w3.org/2000/svg"
# What a drawing is made of; all else is left out.
SHAPES = frozenset({"svg", "g", "path", "line", "rect", "text", "tspan", "circle"})
LOOK = frozenset(
    {
        *("d", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "width", "height"),
        *("viewBox", "transform", "fill", "fill-opacity", "stroke", "stroke-width"),
        *("stroke-dasharray", "stroke-miterlimit", "opacity", "text-anchor"),
        *("font-family", "font-size", "font-weight"),
    }
)
AS_IS = frozenset({("opacity", "1"), ("stroke-miterlimit", "10")})
NUMBER = re.compile(r"-?\d+\.\d{2,}")
NOTHING = re.compile(r"M0,0h[\d.]+v[\d.]+h-[\d.]+Z|")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as a page shows it; `alt` says what is found, in a sentence."""

    wide: SafeString
    narrow: SafeString
    alt: str


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a chart in a file: its name, what was found, where from."""

    title: str
    lines: tuple[str, ...]


def draw(picture: Picture, alt: str) -> Drawing:
    """Return a chart in both widths. Equal pictures are drawn once a process."""
    return Drawing(_on_page(picture, WIDE), _on_page(picture, NARROW), alt)


@lru_cache(maxsize=KEPT)
def _on_page(picture: Picture, size: Size) -> SafeString:
    root = _drawn(picture, size, None)
    for name in ("width", "height"):  # as wide as its room
        root.attrib.pop(name, None)
    root.set("class", f"chart-drawing chart-{size.name}")
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    return mark_safe(_text(root))  # noqa: S308 - written anew from shapes and escaped text


def svg_file(picture: Picture, caption: Caption) -> str:
    """Return a chart as a file that needs nothing else, its words above it."""
    root = _drawn(picture, WIDE, caption)
    root.set("role", "img")
    title = ET.Element("title")
    title.text = " ".join((caption.title, *caption.lines[:1]))
    ground = ET.Element("rect", {"width": "100%", "height": "100%", "fill": SURFACE})
    root.insert(0, ground)
    root.insert(0, title)
    return _text(root)


def png_file(picture: Picture, caption: Caption) -> bytes:
    """Return a chart as a picture of twice its size in pixels."""
    import vl_convert

    drawn: bytes = vl_convert.svg_to_png(svg_file(picture, caption), scale=2)
    return drawn


def _drawn(picture: Picture, size: Size, caption: Caption | None) -> ET.Element:
    import vl_convert

    from braid.web.charts.specs import spec

    title = caption.title if caption else ""
    lines = tuple(
        part
        for line in (caption.lines if caption else ())
        for part in textwrap.wrap(line, size.words) or [""]
    )
    written = json.dumps(spec(picture, size, title, lines))
    # Vega's own output, of values that were written as JSON: no entities, no documents.
    root = ET.fromstring(vl_convert.vegalite_to_svg(written))  # noqa: S314
    return _kept(root)


def _kept(found: ET.Element) -> ET.Element:
    """Return an element with only its shape and its look, and those within it."""
    name = found.tag.removeprefix(f"{{{SVG}}}")
    kept = ET.Element(name)
    if name == "svg":
        kept.set("xmlns", SVG)
    for key, value in found.attrib.items():
        if key in LOOK and (key, value) not in AS_IS:
            kept.set(key, NUMBER.sub(lambda n: f"{float(n[0]):.1f}", value))
    if name == "text" and "stroke" in kept.attrib:  # a halo, behind the letters
        kept.set("paint-order", "stroke")
    kept.text = found.text
    for child in found:
        if _is_seen(child):
            below = _kept(child)
            if below.tag != "g" or len(below):
                kept.append(below)
    return kept


def _is_seen(element: ET.Element) -> bool:
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name not in SHAPES or element.get("display") == "none":
        return False
    if (
        name == "path"
        and "fill" not in element.attrib
        and "stroke" not in element.attrib
    ):
        return False
    return name != "path" or not NOTHING.fullmatch(element.get("d", ""))


def _text(root: ET.Element) -> str:
    return ET.tostring(root, encoding="unicode")
