"""Words in working days: how soon a referral is answered, started and planned."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from braid.method.measures.reference.equity import Groups
from braid.method.measures.words import GROUP, Asked, Parameter, Row, Tables, Word

MONDAY = date(1970, 1, 5)
A_WEEK, AT_WORK = 7, 5


class WorkingDays:
    """The working days of each unit: Monday to Friday, but for those off in its country.

    The calendar of the facts names the days off; where it has none, no day is off.
    """

    def __init__(self, tables: Tables) -> None:
        countries = {row["org_id"]: row["country"] for row in tables["organisations"]}
        self._of_unit = {
            row["team_id"]: countries.get(row["org_id"]) for row in tables["teams"]
        }
        self._off: dict[str, list[date]] = {}
        for row in tables["calendar"]:
            if not row["working"] and row["day"].weekday() < AT_WORK:
                self._off.setdefault(row["country"], []).append(row["day"])

    def between(self, unit: str, first: date, later: date) -> int:
        """Return the working days after `first`, up to and with `later`."""
        off = self._off.get(self._of_unit.get(unit) or "", ())
        days_off = sum(first < day <= later for day in off)
        return max(0, weekdays_by(later) - weekdays_by(first) - days_off)


def weekdays_by(day: date) -> int:
    """Return the days from Monday to Friday since Monday 5 January 1970, with `day`."""
    weeks, past = divmod((day - MONDAY).days, A_WEEK)
    return weeks * AT_WORK + min(past + 1, AT_WORK)


def _within(what: str, days: int) -> Parameter:
    return Parameter(f"Working days within which {what}.", days, "number")


STEPS = {
    "acknowledged": ("accepted_on", "acknowledge_within"),
    "started": ("entered_on", "start_within"),
    "planned": ("profile_started_on", "plan_within"),
}
"""Each step with the column of its day and the parameter that says how soon."""
REFERRAL_STEPS = Word(
    name="referral_steps",
    family="working_days",
    about="Referrals of the period, and whether they were acknowledged (accepted), "
    "started (first meaningful contact) and planned (vocational profile) in time, in "
    "working days after the day of referral. A step is due once it was taken or its time "
    "is over.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "referrals": "referrals",
        "people": "people referred, each once",
        "starts": "referrals with a first meaningful contact by the last day of the facts",
        "people_started": "people with such a start, each once",
        "acknowledged_due": "referrals to be acknowledged by then",
        "acknowledged_in_time": "of these, acknowledged in time",
        "started_due": "referrals to be started by then",
        "started_in_time": "of these, started in time",
        "planned_due": "referrals to have a plan by then",
        "planned_in_time": "of these, with a plan in time",
    },
    parameters={
        "acknowledge_within": _within("a referral is acknowledged", 2),
        "start_within": _within("the person is met and starts", 15),
        "plan_within": _within("needs are assessed and a plan is made", 20),
        "group": GROUP,
    },
)


def referral_steps(
    tables: Tables,
    asked: Sequence[Asked],
    acknowledge_within: int = 2,
    start_within: int = 15,
    plan_within: int = 20,
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is REFERRAL_STEPS."""
    days = WorkingDays(tables)
    limits = {
        "acknowledged": acknowledge_within,
        "started": start_within,
        "planned": plan_within,
    }
    rows = []
    for each in asked:
        referred = [
            row
            for row in tables["episodes"]
            if row["referred_on"] and each.days.contains(row["referred_on"])
        ]
        first = _first_of_people(referred)
        started = [row for row in referred if _by(row["entered_on"], each.as_of)]
        first_start = _first_of_people(started)
        rows += [
            REFERRAL_STEPS.row(
                period=each.period,
                unit_id=row["unit_id"],
                episode_id=row["episode_id"],
                person_key=row["person_key"],
                referrals=1,
                people=int(row["episode_id"] in first),
                starts=int(_by(row["entered_on"], each.as_of)),
                people_started=int(row["episode_id"] in first_start),
                **_steps(row, each.as_of, days, limits),
            )
            for row in referred
        ]
    return Groups(tables, group).told(rows)


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


def _first_of_people(episodes: Iterable[Row]) -> set[str]:
    """Return the earliest of the episodes of every person."""
    found: dict[Any, tuple[date, str]] = {}
    for row in episodes:
        person = row["unit_id"], row["person_key"]
        this = row["referred_on"], row["episode_id"]
        found[person] = min(found.get(person, this), this)
    return {episode for _, episode in found.values()}


def _steps(
    row: Row, as_of: date, days: WorkingDays, limits: dict[str, int]
) -> dict[str, int]:
    found = {}
    for step, (column, _) in STEPS.items():
        day = row[column] if _by(row[column], as_of) else None
        taken = days.between(row["unit_id"], row["referred_on"], day or as_of)
        in_time = taken <= limits[step]
        found[f"{step}_in_time"] = int(day is not None and in_time)
        found[f"{step}_due"] = int(day is not None or not in_time)
    return found
