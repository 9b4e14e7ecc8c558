"""What counts as competitive employment: the decision table of IPS, with reasons.

Source: the core test of competitive employment in the IPS supported-employment
literature (an ordinary job that anyone could apply for, at no less than the minimum
wage and the rate of colleagues, with the employer, without a limit set by a service,
with a worker's normal rights). Codes are those of the facts tables.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from braid.kernel.dates import days_between, iso_week_start
from braid.kernel.errors import InputFault

Profile = Literal["strict", "as_coded"]
Test = Literal["T1", "T2", "T3", "T4", "T5"]
Answer = bool | None

NEVER = frozenset(
    {
        "unpaid_internship",
        "work_trial",
        "set_aside",
        "transitional",
        "volunteering",
        "institution",
    }
)
SUBSIDISED = frozenset({"wage_subsidy", "flex_job", "wage_compensation"})
# These count when the tests hold, and are shown apart or looked at again.
FLAGGED = frozenset(
    {"self_employed", "apprenticeship", "paid_internship", "family_business"}
)
PLACEMENTS = NEVER | SUBSIDISED | FLAGGED | {"competitive", "agency"}

ALL_TESTS: tuple[Test, ...] = ("T1", "T2", "T3", "T4", "T5")
# The tests that are asked of a placement; of any other, all five.
ASKED: Mapping[str, tuple[Test, ...]] = MappingProxyType(
    {
        "self_employed": ("T4",),
        **dict.fromkeys(SUBSIDISED, ("T1", "T2", "T4")),
    }
)
_OUTSIDE_PROGRAMME: Mapping[str | None, bool] = MappingProxyType(
    {"employer": True, "agency": True, "programme": False}
)
# A spell this long, or still open, is taken as a start when hours are not recorded.
ENOUGH_DAYS = 7


class Class(StrEnum):
    """The class of a job segment."""

    COMPETITIVE = "competitive"
    NON_COMPETITIVE = "non_competitive"
    SUBSIDISED = "subsidised"
    UNDETERMINED = "undetermined"
    EDUCATION = "education"


@dataclass(frozen=True, slots=True)
class JobFacts:
    """What is known of one segment of a job. None is not known, never a guess."""

    placement: str | None
    permanence: str | None = None
    time_limit_origin: str | None = None
    open_to_all: Answer = None
    at_least_minimum: Answer = None
    going_rate: Answer = None
    employer_of_record: str | None = None
    normal_rights: Answer = None
    held_at_referral: bool = False


@dataclass(frozen=True, slots=True)
class Switches:
    """Whether a country counts its subsidised placements; the default is no."""

    wage_subsidy: bool = False
    flex_job: bool = False
    wage_compensation: bool = False

    def counts(self, placement: str) -> bool:
        """Say whether this subsidised placement counts."""
        return bool(getattr(self, placement))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a slug with the test, the fact and the placement that it speaks of."""

    slug: str
    test: str = ""
    fact: str = ""
    placement: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The class of a segment, whether it counts as competitive work, and why.

    `flags` are the tests left open. `stream` is `retention` for a job held at
    referral, which may count as work and is never a job start.
    """

    cls: Class
    counts: bool
    flags: tuple[Test, ...] = ()
    stream: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def in_queue(self) -> bool:
        """Say whether an answer still missing would decide it."""
        return self.cls is Class.UNDETERMINED or (bool(self.flags) and not self.counts)


EDUCATION = Verdict(Class.EDUCATION, False, reasons=(Reason("education"),))


def competitive(
    job: JobFacts, switches: Switches | None = None, profile: Profile = "strict"
) -> Verdict:
    """Return the class of a job segment, whether it counts, and the reasons.

    Profile: `strict` leaves a job undetermined while a test is open; `as_coded` takes
    the service's own placement code and flags the open tests. A known "no" beats the
    code in both. Subsidised placements stay in their class whatever the tests say.
    Raises: InputFault (`placement_unknown`) for a code outside the closed list.
    """
    stream = "retention" if job.held_at_referral else ""
    code = job.placement
    if code is None:
        why = Reason("placement_not_known", fact="placement")
        return Verdict(Class.UNDETERMINED, False, (), stream, (why,))
    if code not in PLACEMENTS:
        raise InputFault(
            "This kind of placement is not in the list. Choose one of the list.",
            field="placement",
            reason="placement_unknown",
        )
    if code in NEVER:
        why = Reason("placement_never_counts", placement=code)
        return Verdict(Class.NON_COMPETITIVE, False, (), stream, (why,))
    subsidised = code in SUBSIDISED
    own = Class.SUBSIDISED if subsidised else Class.COMPETITIVE
    if subsidised and not (switches or Switches()).counts(code):
        why = Reason("switch_off", placement=code)
        return Verdict(own, False, (), stream, (why,))
    failed, open_ = _tested(job, code)
    if failed:
        cls = own if subsidised else Class.NON_COMPETITIVE
        return Verdict(cls, False, (), stream, failed)
    flags = tuple(test for test in ALL_TESTS if test in {r.test for r in open_})
    if flags and profile == "strict":
        cls = own if subsidised else Class.UNDETERMINED
        return Verdict(cls, False, flags, stream, open_)
    return Verdict(own, True, flags, stream, (*_why_counted(code), *open_))


def _why_counted(code: str) -> tuple[Reason, ...]:
    if code in SUBSIDISED:
        return (Reason("switch_on", placement=code),)
    if code in FLAGGED:
        return (Reason("counts_flagged", placement=code),)
    return (Reason("counts", placement=code),)


def _tested(job: JobFacts, code: str) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return the reasons for each "no", and those for each open answer."""
    asked = ASKED.get(code, ALL_TESTS)
    answers = [each for each in _answers(job) if each[0] in asked]
    failed = [
        Reason("test_failed", test, fact) for test, fact, a in answers if a is False
    ]
    open_ = [Reason("test_open", test, fact) for test, fact, a in answers if a is None]
    return tuple(failed), tuple(open_)


def _answers(job: JobFacts) -> list[tuple[Test, str, Answer]]:
    """Return each test with the fact that answers it; T2 is answered by two."""
    limit = _OUTSIDE_PROGRAMME.get(job.time_limit_origin)
    if job.time_limit_origin is None and job.permanence in ("permanent", "on_call"):
        limit = True
    return [
        ("T1", "open_to_all", job.open_to_all),
        ("T2", "at_least_minimum", job.at_least_minimum),
        ("T2", "going_rate", job.going_rate),
        ("T3", "employer_of_record", _OUTSIDE_PROGRAMME.get(job.employer_of_record)),
        ("T4", "time_limit_origin", limit),
        ("T5", "normal_rights", job.normal_rights),
    ]


# Job starts


@dataclass(frozen=True, slots=True)
class Start:
    """Whether a segment is a job start, and what is to be known about the answer.

    `flag`: `hours_unknown` on a start taken from its length; on what is not (yet) a
    start `below_minimum`, `too_short` or `not_begun`; else empty.
    """

    counts: bool
    flag: str = ""


@dataclass(frozen=True, slots=True)
class PaidWork:
    """Hours paid for the days from `first_day` to `last_day`, both inside."""

    first_day: date
    last_day: date
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Segment:
    """A time in one job at one employer, with what the decision table said of it."""

    first_day: date
    last_day: date | None
    employer: str | None
    counts: bool
    held_at_referral: bool = False


def start_counts(
    paid_hours: Decimal | None,
    first_day: date,
    last_day: date | None,
    min_paid_hours: Decimal | None,
    as_of: date,
) -> Start:
    """Say whether a segment that counts is a job start for a definition.

    Unit: paid hours in all, calendar days with both ends. Missing: hours not recorded
    (None) are a start when the spell is open or lasts seven days or more. No minimum
    (None) makes every begun segment a start.
    """
    if as_of < first_day:
        return Start(False, "not_begun")
    if min_paid_hours is None:
        return Start(True)
    if paid_hours is not None:
        enough = paid_hours >= min_paid_hours
        return Start(enough, "" if enough else "below_minimum")
    if last_day is None or days_between(first_day, last_day) + 1 >= ENOUGH_DAYS:
        return Start(True, "hours_unknown")
    return Start(False, "too_short")


def first_paid_day(
    first_day: date, permanence: str | None, paid: Iterable[PaidWork]
) -> date | None:
    """Return the day from which a job counts: on call, that of the first paid shift.

    Missing: with no hours recorded at all, the first day of the job. None when hours
    are recorded and none was paid.
    """
    recorded = sorted(paid, key=lambda each: each.first_day)
    if permanence != "on_call" or not recorded:
        return first_day
    return next((each.first_day for each in recorded if each.hours > 0), None)


def working_weeks(paid: Iterable[PaidWork]) -> set[date]:
    """Return the Mondays of the ISO weeks that a period with paid hours touches."""
    weeks: set[date] = set()
    for each in paid:
        week = iso_week_start(each.first_day)
        while each.hours > 0 and week <= each.last_day:
            weeks.add(week)
            week += timedelta(7)
    return weeks


def job_starts(
    segments: Iterable[Segment], same_employer_gap_days: int = 1
) -> list[date]:
    """Return the first day of each new job that counts, in order.

    A segment carries an earlier one on when both count, are with the same employer
    and fewer than `same_employer_gap_days` whole days lie between them; so a new
    contract from the next day is no new job, and a conversion from a subsidised or
    unpaid segment is one. A segment that begins while the one before it still runs is
    a second job. An employer not known is never the same. A job held at referral, and
    what carries it on, is never a start.
    """
    starts: list[date] = []
    ends: dict[str, date] = {}
    for segment in sorted(segments, key=lambda each: each.first_day):
        if not segment.counts:
            continue
        before = ends.get(segment.employer) if segment.employer else None
        gap = days_between(before, segment.first_day) - 1 if before else None
        carried_on = gap is not None and 0 <= gap < same_employer_gap_days
        if not carried_on and not segment.held_at_referral:
            starts.append(segment.first_day)
        if segment.employer:
            ends[segment.employer] = segment.last_day or date.max
    return starts
