"""The fidelity evidence that meetings yield, in a line: item, parts of time, the days."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from braid.access.policy import Actor
from braid.desk.gatherings.kinds import SHAPES
from braid.kernel.dates import add_months
from braid.method import gatherings as method
from braid.method.gatherings import Evidence
from braid.teamwork.queries import gatherings
from braid.teamwork.queries.gatherings import Held, Series

# The longest window of an item is a year; a day more loses nothing.
WINDOW_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting behind the figure, and whether it counts."""

    day: date
    url: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What the meetings show: the sentence, what counts, over which days, the rows."""

    text: str
    counts: str
    first_day: date
    last_day: date
    rows: tuple[Row, ...]


def line(actor: Actor, series: Series, history: list[Held], today: date) -> Line | None:
    """Return the evidence of a series of meetings; None where no item counts them."""
    if series.kind not in method.RULES:
        return None
    since = add_months(today, -WINDOW_MONTHS) - timedelta(1)
    sittings = gatherings.sittings_of(actor, series, since, today)
    found = method.evidence(series.kind, sittings, today)
    if found is None:
        return None
    urls = {one.day: reverse("desk:gathering", args=[one.id]) for one in history}
    days = dict.fromkeys(found.counted, True) | {
        day: False for day in found.left_out if day not in found.counted
    }
    rows = (Row(day, urls.get(day, ""), counts) for day, counts in days.items())
    return Line(
        text=_sentence(series.kind, found),
        counts=str(SHAPES[series.kind].counts),
        first_day=found.first_day,
        last_day=found.last_day,
        rows=tuple(sorted(rows, key=lambda row: row.day, reverse=True)),
    )


def _sentence(kind: str, found: Evidence) -> str:
    values = {"item": found.item, "held": found.held, "wanted": found.wanted}
    match method.RULES[kind].months:
        case 0:
            said = _("Fidelity item %(item)s: %(held)s of the last %(wanted)s weeks.")
        case 1:
            said = _("Fidelity item %(item)s: %(held)s of the last %(wanted)s months.")
        case _:
            said = _(
                "Fidelity item %(item)s: %(held)s of the last %(wanted)s quarters."
            )
    return said % values
