"""The profile of a review: a row for each item, its score now and that of last time.

It is drawn as SVG in the colours of the charts, which a page turns into its own by day
and by night; on paper shapes tell the marks apart, so that it can be printed in grey.
The table with the same scores must stand beside it.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe

from braid.web.charts.drawing import SVG, Drawing
from braid.web.charts.theme import ACCENT, EDGE, INK, INK_2, LINE, SURFACE

LOWEST, HIGHEST = 1, 5
LETTERS = "Atkinson Hyperlegible Next, DejaVu Sans, sans-serif"
OPEN, NO_FIT = "open", "no_fit"
TOP, KEY, BOTTOM = 26, 22, 8  # heights of the scale, of a line of the key, of the end
NUMBER = 18  # where the number of an item ends


@dataclass(frozen=True, slots=True)
class Mark:
    """An item: its score, `open` where it has none, and that of last time."""

    no: int
    title: str
    score: int | None
    text: str
    how: str = "scored"
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The items of a section under its title."""

    title: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A kind of mark and what it stands for."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All items by section. `is_joined`: a line joins the scores of now and last time."""

    groups: tuple[Group, ...]
    keys: tuple[Key, ...]
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """How wide the drawing is, where its scale begins, and how high its rows are."""

    name: str
    width: int
    left: int
    right: int
    row: int
    words: int  # letters of a line of a title
    is_above: bool  # titles stand above their marks

    @property
    def step(self) -> float:
        return (self.width - self.left - self.right) / (HIGHEST - LOWEST)

    def x(self, score: int) -> float:
        return self.left + (score - LOWEST) * self.step


WIDE = Room("wide", 720, 360, 60, 26, 40, is_above=False)
NARROW = Room("narrow", 330, 34, 64, 46, 36, is_above=True)


def drawing(profile: Profile, alt: str) -> Drawing:
    """Return a profile as a page shows it, on a desk and on a phone."""
    return Drawing(_on_page(profile, WIDE), _on_page(profile, NARROW), alt)


def _on_page(profile: Profile, room: Room) -> SafeString:
    root = _drawn(profile, room)
    for name in ("width", "height"):  # as wide as its room
        del root.attrib[name]
    root.set("class", f"chart-drawing chart-{room.name}")
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    return mark_safe(_text(root))  # noqa: S308 - shapes of ours and escaped text


def svg_file(profile: Profile) -> str:
    """Return a profile as a file that needs nothing else."""
    return _text(_drawn(profile, WIDE))


def png_file(profile: Profile, fonts: str) -> bytes:
    """Return a profile as a picture of twice its size, in the letters of a folder."""
    import vl_convert

    vl_convert.register_font_directory(fonts)
    drawn: bytes = vl_convert.svg_to_png(svg_file(profile), scale=2)
    return drawn


def _text(root: ET.Element) -> str:
    return ET.tostring(root, encoding="unicode")


def _drawn(profile: Profile, room: Room) -> ET.Element:
    rows = sum(len(group.marks) for group in profile.groups)
    body = room.row * rows + round(room.row * 1.15) * len(profile.groups)
    height = TOP + body + KEY * len(profile.keys) + BOTTOM + KEY // 2
    root = ET.Element(
        "svg",
        {
            "xmlns": SVG,
            "viewBox": f"0 0 {room.width} {height}",
            "width": str(room.width),
            "height": str(height),
            "font-family": LETTERS,
        },
    )
    _scale(root, room, TOP + body)
    y = float(TOP)
    for group in profile.groups:
        y += room.row * 1.15
        _words(root, 0, y - 8, group.title, weight="600")
        for mark in group.marks:
            _row(root, room, y, mark, is_joined=profile.is_joined)
            y += room.row
    y += KEY
    for key in profile.keys:
        _key(root, y, key)
        y += KEY
    return root


def _scale(root: ET.Element, room: Room, bottom: float) -> None:
    for score in range(LOWEST, HIGHEST + 1):
        x = room.x(score)
        _add(root, "line", x1=x, x2=x, y1=TOP, y2=bottom, stroke=LINE)
        _words(root, x, TOP - 8, str(score), fill=INK_2, anchor="middle")


def _row(
    root: ET.Element, room: Room, top: float, mark: Mark, *, is_joined: bool
) -> None:
    """Draw an item: its title, a rail, the marks on it, and the scores in figures."""
    y = top + (room.row - 13 if room.is_above else room.row / 2)
    _title(root, room, top, mark)
    rail = {"x1": room.x(LOWEST), "x2": room.x(HIGHEST), "y1": y, "y2": y}
    if mark.how == OPEN:
        _add(root, "line", **rail, stroke=INK_2, stroke_dasharray="3 5")
    else:
        _add(root, "line", **rail, stroke=LINE)
    if mark.last is not None:
        _last(root, room, y, mark, is_joined=is_joined)
    if mark.score is not None:
        kind = NO_FIT if mark.how == NO_FIT else "now"
        _shape(root, kind, room.x(mark.score), y)
    end = room.x(HIGHEST) + 18
    _words(root, end, y + 5, mark.text, weight="600")
    if mark.last is not None:
        _words(root, end + 16, y + 5, f"({mark.last})", fill=INK_2)


def _last(
    root: ET.Element, room: Room, y: float, mark: Mark, *, is_joined: bool
) -> None:
    if mark.last is None:
        return
    was = room.x(mark.last)
    if is_joined and mark.score is not None and mark.score != mark.last:
        ends = {"x1": was, "x2": room.x(mark.score), "y1": y, "y2": y}
        _add(root, "line", **ends, stroke=EDGE, stroke_width=3)
    kind = "last" if is_joined else "apart"
    _shape(root, f"{kind}_same" if mark.last == mark.score else kind, was, y)


def _title(root: ET.Element, room: Room, top: float, mark: Mark) -> None:
    """Write the number and the title of an item, in one line or in two."""
    lines = textwrap.wrap(mark.title, room.words, max_lines=2, placeholder="…")
    at = top + 14 if room.is_above else top + room.row / 2 + 5 - 6 * (len(lines) - 1)
    _words(root, NUMBER, at, str(mark.no), fill=INK_2, anchor="end")
    for n, line in enumerate(lines):
        _words(root, NUMBER + 8, at + 13 * n, line, size=12 if len(lines) > 1 else 13)


def _key(root: ET.Element, y: float, key: Key) -> None:
    if key.kind == OPEN:
        _add(
            root, "line", x1=0, x2=26, y1=y, y2=y, stroke=INK_2, stroke_dasharray="3 5"
        )
    else:
        _shape(root, key.kind, 13, y)
    _words(root, 36, y + 5, key.text, fill=INK_2)


def _shape(root: ET.Element, kind: str, x: float, y: float) -> None:
    """Draw a mark: a disc for now, a ring for last time, a diamond where it is apart.

    Where both stand on the same score, that of last time is drawn around that of now.
    """
    outline: dict[str, Any] = {"fill": SURFACE, "stroke": INK_2, "stroke_width": 2}
    if kind == "now":
        _add(root, "circle", cx=x, cy=y, r=6.5, fill=ACCENT)
    elif kind == NO_FIT:
        _add(root, "rect", x=x - 6, y=y - 6, width=12, height=12, fill=INK)
    elif kind.startswith("last"):
        r = 9.5 if kind == "last_same" else 5.5
        _add(root, "circle", cx=x, cy=y, r=r, **outline)
    else:
        r = 12 if kind == "apart_same" else 7
        corners = f"M{x} {y - r} L{x + r} {y} L{x} {y + r} L{x - r} {y} Z"
        _add(root, "path", d=corners, **outline)


def _words(
    root: ET.Element,
    x: float,
    y: float,
    text: str,
    *,
    size: int = 13,
    weight: str = "400",
    fill: str = INK,
    anchor: str = "start",
) -> None:
    made = _add(root, "text", x=x, y=y, font_size=size, fill=fill)
    made.set("font-weight", weight)
    made.set("text-anchor", anchor)
    made.text = text


def _add(root: ET.Element, tag: str, **look: float | str) -> ET.Element:
    said = {
        name.replace("_", "-"): f"{value:g}" if isinstance(value, float) else str(value)
        for name, value in look.items()
    }
    return ET.SubElement(root, tag, said)
