"""The look of charts: our colours by day, our letters, and as few lines as possible.

Files carry these colours. On a page `pictures.css` turns each into its token, so that
a chart follows the reader's choice of day or night.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

INK, INK_2, LINE, EDGE = "#1d2430", "#566072", "#e3e6ea", "#838b98"
ACCENT, ACCENT_BG, QUIET, SURFACE = "#234a6b", "#e8eff5", "#f1f0ec", "#ffffff"
TOKENS: Mapping[str, str] = {
    INK: "ink",
    INK_2: "ink-2",
    LINE: "line",
    EDGE: "edge",
    ACCENT: "accent",
    ACCENT_BG: "accent-bg",
    QUIET: "quiet-bg",
    SURFACE: "surface",
}
"""The token of the design system behind each colour."""
FONT = "Atkinson Hyperlegible Next, Liberation Sans, sans-serif"
TEXT = 14
CURVES = ((ACCENT, [1, 0]), (INK_2, [7, 4]), (INK, [2, 4]))
"""Colour and dashes of each curve: never the colour alone."""
BANDS = (ACCENT_BG, QUIET, QUIET)


@dataclass(frozen=True, slots=True)
class Size:
    """The room for marks, in pixels; words stand around it."""

    name: str
    width: int
    height: int
    labels: int  # columns whose words fit beneath one another's neighbours
    words: int  # letters that fit into a line above a chart in a file


WIDE = Size("wide", 560, 230, 8, 84)
NARROW = Size("narrow", 250, 190, 4, 40)


def config() -> dict[str, Any]:
    """Return the settings that all charts share."""
    words = {"labelFont": FONT, "titleFont": FONT}
    return {
        "background": None,
        "font": FONT,
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "font": FONT,
            "subtitleFont": FONT,
            "color": INK,
            "subtitleColor": INK_2,
            "fontSize": 18,
            "subtitleFontSize": 13,
            "subtitlePadding": 6,
            "offset": 18,
        },
        "axis": {
            **words,
            "domain": False,
            "ticks": False,
            "grid": False,
            "labelColor": INK_2,
            "labelFontSize": TEXT,
            "labelPadding": 8,
            "titleColor": INK_2,
            "titleFontSize": TEXT,
            "titleFontWeight": "normal",
        },
        "axisY": {"grid": True, "gridColor": LINE, "tickCount": 4},
        "axisX": {"domain": True, "domainColor": EDGE, "labelAngle": 0},
        "text": {"font": FONT, "fontSize": TEXT, "color": INK},
    }
