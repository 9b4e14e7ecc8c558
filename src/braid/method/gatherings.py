"""Standing meetings: when the next one is due, and what fidelity evidence they yield.

Pure. Limits are data of the jurisdiction pack, as those of other clocks. A meeting that
is late is a prompt to hold one, never a mark against anybody.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from braid.kernel.dates import add_months
from braid.method.clocks import ClockLimit

TREATMENT_TEAM = "treatment_team"
VOCATIONAL_UNIT = "vocational_unit"
SUPERVISION = "supervision"
FIELD_MENTORING = "field_mentoring"
PRACTITIONERS = "practitioners"
JOB_CENTRE = "job_centre"
STEERING = "steering"
OUTCOME_REVIEW = "outcome_review"

# The clock of field mentoring for somebody new, or whom the supervisor chose it for.
NEW_IN_POST = "field_mentoring_new"
NEW_MONTHS = 6
CLOCKS: Mapping[str, str] = {
    TREATMENT_TEAM: "team_meeting",
    VOCATIONAL_UNIT: "unit_meeting",
    SUPERVISION: "supervision",
    FIELD_MENTORING: "field_mentoring",
    PRACTITIONERS: "practitioners_meeting",
    JOB_CENTRE: "job_centre_meeting",
    STEERING: "steering_group",
    OUTCOME_REVIEW: "outcome_review",
}
"""The clock of each kind of meeting; their numbers are C14 to C18."""
KINDS = (*CLOCKS.values(), NEW_IN_POST)

State = Literal["ok", "soon", "due", "overdue"]


@dataclass(frozen=True, slots=True)
class Due:
    """By when the next meeting is to be held; `due_on` None: none was held yet."""

    due_on: date | None
    warn_on: date | None
    source: str

    def state(self, today: date) -> State:
        """Say how near it is: `soon` from the warning day, `due` on the last."""
        if self.due_on is None or today == self.due_on:
            return "due"
        if today > self.due_on:
            return "overdue"
        return "ok" if self.warn_on is None or today < self.warn_on else "soon"


def due(limit: ClockLimit, last_on: date | None, agreed_on: date | None = None) -> Due:
    """Return when the next meeting is due, counted from the day of the last one.

    `agreed_on`: the day that was agreed for the next one; it goes before the limit.
    """
    if agreed_on is not None and (last_on is None or agreed_on > last_on):
        due_on: date | None = agreed_on
    else:
        due_on = None if last_on is None else limit.due(last_on)
    warn_on = None if due_on is None else due_on - timedelta(limit.warn_before)
    return Due(due_on, warn_on, limit.source)


def mentoring_clock(since: date | None, today: date) -> str:
    """Return the clock of field mentoring: monthly in the first six months in post."""
    if since is not None and today < add_months(since, NEW_MONTHS):
        return NEW_IN_POST
    return CLOCKS[FIELD_MENTORING]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting that was held, as far as evidence asks.

    `specialists`: how many were there. `leader`: a supervisor was. `executive`: somebody
    of the management of the provider or of mental health was.
    """

    day: date
    specialists: int = 0
    leader: bool = False
    executive: bool = False
    in_person: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """In how many of the last parts of time a meeting was held that counts.

    `item`: of the IPS-25 scale, with its component. `counted`: the days of the meetings
    that count, `left_out` of those that do not; both lie in `first_day` to `last_day`.
    """

    item: str
    held: int
    wanted: int
    first_day: date
    last_day: date
    counted: tuple[date, ...]
    left_out: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What an item asks of a kind of meeting: in each of `parts`, one that counts."""

    item: str
    parts: int
    months: int  # how long a part is; 0 for a week
    counts: Callable[[Sitting], bool] = lambda sitting: True

    def begin(self, last_day: date, parts: int) -> date:
        """Return the first of the last `parts` parts of time up to `last_day`."""
        after = last_day + timedelta(1)
        if not self.months:
            return after - timedelta(weeks=parts)
        return add_months(after, -self.months * parts)


RULES: Mapping[str, Rule] = {
    VOCATIONAL_UNIT: Rule("7", 4, 0, lambda one: one.leader and one.specialists >= 2),
    SUPERVISION: Rule("8b", 4, 0),
    FIELD_MENTORING: Rule("8d", 4, 3),
    OUTCOME_REVIEW: Rule("8e", 4, 3),
    STEERING: Rule("11c", 4, 3, lambda one: one.executive),
    JOB_CENTRE: Rule("6", 6, 1, lambda one: one.in_person),
}
"""What the scale asks of each kind; of a kind without a row it counts no meetings."""


def evidence(kind: str, sittings: Iterable[Sitting], today: date) -> Evidence | None:
    """Return what the meetings of one kind show, up to and with `today`.

    Window: the last parts of time of the item, whole weeks or months back from today,
    both ends included. Unit: parts of time, not meetings: two in one week are one week.
    Source: IPS-25, items 6, 7, 8 and 11, paraphrased.
    """
    rule = RULES.get(kind)
    if rule is None:
        return None
    edges = [rule.begin(today, number) for number in range(rule.parts, -1, -1)]
    within = sorted(
        (one for one in sittings if edges[0] <= one.day <= today),
        key=lambda one: one.day,
    )
    counted = tuple(one.day for one in within if rule.counts(one))
    held = sum(
        any(first <= day < after for day in counted) for first, after in pairwise(edges)
    )
    left_out = tuple(one.day for one in within if not rule.counts(one))
    return Evidence(rule.item, held, rule.parts, edges[0], today, counted, left_out)
