"""Three strands over time: straight where nothing was shared, plaited where they met.

    picture = draw(strands, meetings, marks, first_day=…, last_day=…)
    {% include "web/components/braid_picture.html" with picture=picture %}

The strands stretch with the page while words keep their size, so words are placed in
per cent. Two drawings are made, for a phone and for wider pages; the style sheet shows
the one that fits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.web.days import day_text
from braid.web.pictures.plait import LANES, crossings, longest_gap, weave
from braid.web.pictures.words import Axis, Word, place_marks, place_ticks

LANE_HEIGHTS = (6.0, 37.0, 68.0)
PLAIT_HEIGHT = 74
LETTER = 13  # height of a letter
QUIET_DAYS = 42  # from here on a time side by side is worth a sentence


@dataclass(frozen=True, slots=True)
class Strand:
    """One of the three: its word, and the class that colours it."""

    label: str
    css: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A day on which the strands met, and what it was."""

    day: date
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day worth a word above the strands."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a meeting, or a mark."""

    day: date
    text: str
    is_mark: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A path and the class that colours it; `halo` clears the ground beneath it."""

    css: str
    path: str
    halo: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One SVG: the plait in a box `width` wide, with rows of words above and below."""

    css: str
    width: float
    strands: tuple[Line, ...]
    overs: tuple[Line, ...]
    marks: tuple[Word, ...]
    ticks: tuple[Word, ...]
    plait_height: int = PLAIT_HEIGHT

    @property
    def top(self) -> int:
        """Return the room above the plait, in pixels."""
        return LETTER - int(min(mark.y for mark in self.marks)) if self.marks else 0

    @property
    def height(self) -> int:
        """Return the height of the whole, in pixels, at every width."""
        below = int(max(tick.y for tick in self.ticks)) + 6 if self.ticks else 0
        return self.top + self.plait_height + below


@dataclass(frozen=True, slots=True)
class BraidPicture:
    """The drawings, and what says the same: a title, a description, a table."""

    title: str
    description: str
    strands: tuple[Strand, ...]
    rows: tuple[Row, ...]
    meetings: int
    drawings: tuple[Drawing, ...]
    compact: bool


@dataclass(frozen=True, slots=True)
class Size:
    """A drawing's width, the narrowest it is shown at, and how wide crossings are."""

    css: str
    width: float
    narrowest: float
    least: float
    most: float


SIZES = (
    Size("braid-wide", width=900, narrowest=600, least=14, most=46),
    Size("braid-narrow", width=320, narrowest=280, least=11, most=30),
)


def draw(
    strands: Sequence[Strand],
    meetings: Iterable[Meeting],
    marks: Iterable[Mark] = (),
    *,
    first_day: date,
    last_day: date,
    compact: bool = False,
) -> BraidPicture:
    """Draw a period, both days included; what lies outside it is left out.

    Meetings too near one another for the width share a crossing; words and table
    count every one. `compact` leaves out the words above and below. Raises ValueError
    for a period that ends before it begins, or for other than three strands.
    """
    if len(strands) != LANES:
        raise ValueError(f"A braid has {LANES} strands, not {len(strands)}.")
    axis = Axis(first_day, last_day)
    rows = [Row(one.day, one.title) for one in meetings]
    rows += [Row(one.day, one.label, is_mark=True) for one in marks]
    rows = sorted(
        (row for row in rows if first_day <= row.day <= last_day),
        key=lambda row: row.day,
    )
    days = [row.day for row in rows if not row.is_mark]
    drawings = tuple(_drawing(size, strands, rows, axis, compact) for size in SIZES)
    return BraidPicture(
        title=_title(*(strand.label for strand in strands)),
        description=_description(days, axis, min(len(each.overs) for each in drawings)),
        strands=tuple(strands),
        rows=tuple(reversed(rows)),
        meetings=len(days),
        drawings=drawings,
        compact=compact,
    )


def _title(first: str, second: str, third: str) -> str:
    names = {"first": first, "second": second, "third": third}
    return _("When %(first)s, %(second)s and %(third)s met") % names


def _drawing(
    size: Size,
    strands: Sequence[Strand],
    rows: Sequence[Row],
    axis: Axis,
    compact: bool,
) -> Drawing:
    marks = [(row.day, row.text) for row in rows if row.is_mark and not compact]
    spans = crossings(
        (axis.share(row.day) * size.width for row in rows if not row.is_mark),
        width=size.width,
        least=size.least,
        most=size.most,
    )
    plait = weave(spans, width=size.width, lanes=LANE_HEIGHTS)
    return Drawing(
        css=size.css,
        width=size.width,
        strands=tuple(
            Line(strand.css, path)
            for strand, path in zip(strands, plait.strands, strict=True)
        ),
        overs=tuple(
            Line(strands[number].css, stroke, halo)
            for number, halo, stroke in plait.overs
        ),
        marks=place_marks(marks, axis, width=size.narrowest),
        ticks=() if compact else place_ticks(axis, width=size.narrowest),
    )


def _description(days: Sequence[date], axis: Axis, drawn: int) -> str:
    """Say what the picture shows: how often, when not, and what was merged."""
    between = {
        "first": day_text(axis.first_day),
        "last": day_text(axis.last_day),
    }
    if not days:
        return (
            _("From %(first)s to %(last)s they did not meet: they ran side by side.")
            % between
        )
    sentences = [
        ngettext(
            "From %(first)s to %(last)s they met once.",
            "From %(first)s to %(last)s they met %(count)d times.",
            len(days),
        )
        % {**between, "count": len(days)}
    ]
    ordinals = [day.toordinal() for day in (axis.first_day, *days, axis.last_day)]
    start, end = longest_gap(ordinals)
    if end - start >= QUIET_DAYS:
        sentences.append(
            _("From %(first)s to %(last)s they ran side by side.")
            % {
                "first": day_text(date.fromordinal(start)),
                "last": day_text(date.fromordinal(end)),
            }
        )
    if drawn < len(days):
        sentences.append(_("Meetings close to one another may share a crossing."))
    return " ".join(sentences)
