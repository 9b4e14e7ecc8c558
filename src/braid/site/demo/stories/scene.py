"""Days that count from today, and short ways to write down what happened."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from braid.kernel.dates import iso_week_start
from braid.site.demo.cast import ADA
from braid.site.demo.days import DAY, weekday_ago
from braid.site.demo.values import Contact, Holder, Terms, Visit

CORA = "cora.winther"
TEAM, UNIT = "team-oest", "ips-nord"
TUESDAY = 1


@dataclass(frozen=True, slots=True)
class Scene:
    """Today, and the days and events that count from it."""

    today: date

    def ago(self, days: int) -> date:
        """Return about this many days ago: the weekday before, if it is a weekend."""
        return weekday_ago(self.today, days, days + 1, days + 2)

    def recent(self, *days: int) -> date:
        """Return the first of these distances that is a weekday."""
        return weekday_ago(self.today, *days)

    @property
    def next_tuesday(self) -> date:
        """Return the Tuesday that comes, in one to seven days."""
        monday = iso_week_start(self.today)
        tuesday = monday + TUESDAY * DAY
        return tuesday if tuesday > self.today else tuesday + 7 * DAY

    @property
    def next_monday(self) -> date:
        return iso_week_start(self.today) + 7 * DAY


def met(
    day: date, note: str = "", *, phase: str = "job_search", **more: object
) -> Contact:
    """Return a contact face to face; `more` are its other fields."""
    return Contact(day=day, staff=ADA, phase=phase, note=note, **more)  # type: ignore[arg-type]


def rang(day: date, note: str = "", *, answered: bool = True) -> Contact:
    """Return a call, answered or not."""
    minutes = 10 if answered else None
    return Contact(
        day, ADA, "phone", "remote", minutes, "follow_along", answered, note=note
    )


def called_on(day: date, employer: str, **more: object) -> Visit:
    """Return a visit to an employer."""
    return Visit(day=day, staff=ADA, employer=employer, fits_plan=True, **more)  # type: ignore[arg-type]


def terms(first: date, hours: int, pay: str, last: date | None = None) -> tuple[Terms]:
    return (Terms(first, Decimal(hours), Decimal(pay), last),)


def since(day: date) -> tuple[Holder, ...]:
    """Return Ada as the holder from a day on."""
    return (Holder(ADA, day),)
