"""Colours can be told apart: WCAG 2.2 AA in the light and in the dark."""

import re
from pathlib import Path

import pytest

import braid.web

CSS = Path(braid.web.__file__).parent / "static" / "web" / "braid.css"
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)",
        CSS.read_text(encoding="utf-8"),
    )
}
TEXT, GRAPHIC = 4.5, 3.0
SURFACES = ("bg", "surface", "raised")
STRANDS = ("strand-health", "strand-employment", "strand-applicant")

PAIRS = [
    *(("ink", ground, TEXT) for ground in (*SURFACES, "quiet-bg", "accent-bg")),
    *(("ink-2", ground, TEXT) for ground in (*SURFACES, "quiet-bg")),
    *(("accent", ground, TEXT) for ground in (*SURFACES, "quiet-bg", "accent-bg")),
    *(("accent-strong", ground, TEXT) for ground in (*SURFACES, "accent-bg")),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("good", "good-bg", TEXT),
    ("warn", "warn-bg", TEXT),
    ("bad", "bad-bg", TEXT),
    ("ink", "bad-bg", TEXT),
    ("on-bad", "bad", TEXT),
    *(
        (state, ground, TEXT)
        for state in ("good", "warn", "bad")
        for ground in SURFACES
    ),
    *(("edge", ground, GRAPHIC) for ground in SURFACES),
    *((strand, "surface", GRAPHIC) for strand in STRANDS),
]


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_as_the_guidelines_do():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "ground", "least"), PAIRS, ids=lambda value: str(value)
)
def test_front_stands_out_from_ground(
    front: str, ground: str, least: float, theme: int
):
    assert contrast(TOKENS[front][theme], TOKENS[ground][theme]) >= least


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_three_strands_differ_from_one_another(theme: int):
    colours = [TOKENS[strand][theme] for strand in STRANDS]
    assert len(set(colours)) == 3


def test_every_pill_takes_its_colours_from_the_tokens_checked_here():
    css = (CSS.parent / "components.css").read_text(encoding="utf-8")
    used = set(
        re.findall(
            r"^\.pill[a-z-]* \{.*?background: var\(--([a-z0-9-]+)\); "
            r"color: var\(--([a-z0-9-]+)\)",
            css,
            re.MULTILINE,
        )
    )
    assert len(used) == 5
    assert {(front, ground, TEXT) for ground, front in used} <= set(PAIRS)
