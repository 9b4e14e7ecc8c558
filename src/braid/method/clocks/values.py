"""What clocks ask about, and how long they run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from braid.kernel.dates import add_months

Unit = Literal["day", "month"]

FIRST_CONTACT = "first_contact"
RAPID_SEARCH = "rapid_search"
BEFORE_START = "before_start"
AFTER_START = "after_start"
FIRST_MONTH = "first_month"
STABLE_WORK = "stable_work"
JOB_LOSS = "job_loss"
INACTIVITY = "inactivity"
STEP_DOWN_REVIEW = "step_down_review"
PROFILE = "profile"
DISCLOSURE_TALK = "disclosure_talk"
SEARCH_PLAN = "search_plan"
PLAN_REVIEW = "plan_review"
COUNSELLING = "counselling"
ASK_AGAIN = "ask_again"
LOOK_AGAIN = "look_again"
KINDS = (
    FIRST_CONTACT,
    RAPID_SEARCH,
    BEFORE_START,
    AFTER_START,
    FIRST_MONTH,
    STABLE_WORK,
    JOB_LOSS,
    INACTIVITY,
    STEP_DOWN_REVIEW,
    PROFILE,
    DISCLOSURE_TALK,
    SEARCH_PLAN,
    PLAN_REVIEW,
    COUNSELLING,
    ASK_AGAIN,
    LOOK_AGAIN,
)
# Talks whose day may pass without anybody being left alone: shown after the others.
UNHURRIED = frozenset({PROFILE, DISCLOSURE_TALK, SEARCH_PLAN, PLAN_REVIEW})
# A message, or an attempt that was not answered, is no contact.
CONTACT_MODES = frozenset({"in_person", "phone", "video"})
# The first month is four weeks, each with its own contact.
WEEK, FIRST_WEEKS = 7, 28


@dataclass(frozen=True, slots=True)
class ClockLimit:
    """How long a clock runs, when it warns, and where the number comes from.

    `warn_before` counts days before the due day. `mark` is S (seen in the source),
    R (general knowledge, to be checked) or H (decision of the house).
    """

    kind: str
    limit: int
    unit: Unit
    warn_before: int
    owner: str
    source: str
    mark: str = ""

    def due(self, start: date) -> date:
        """Return the last day that is still in time when the clock began on `start`."""
        if self.unit == "month":
            return add_months(start, self.limit)
        return start + timedelta(self.limit)


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """One contact with the applicant; `attended` None is not known."""

    day: date
    mode: str | None
    attended: bool | None


@dataclass(frozen=True, slots=True)
class Talks:
    """Which conversations an episode has had, and which were promised for a day.

    `profile_drafted`: the first sections of the career profile are touched.
    `disclosure_on`: the first talk on what an employer may know. `plan_seen_on`: when the
    search plan in force was agreed or last looked at. `counselling_due_on`: by when
    benefits counselling waits. `ask_again_on`: the day promised with a “not yet”.
    `look_again_on`: the day promised with a pause or a wait.
    """

    profile_drafted: bool = False
    disclosure_on: date | None = None
    plan_seen_on: date | None = None
    counselling_due_on: date | None = None
    ask_again_on: date | None = None
    look_again_on: date | None = None


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """What the clocks ask of an episode, already selected by the caller.

    `state` is referred, waiting, active, paused, stepped_down, exited or not_started;
    referred is followed as waiting is. `in_person_days` are the days
    of attended contacts face to face: the latest one ever, and all since the first
    day of the newest job. `first_employer_contact_on` is the first face-to-face
    employer contact made for this person. `seeks_job` is false for somebody who came
    to keep the job he or she has.
    """

    episode_id: UUID
    referred_on: date | None
    entered_on: date | None
    exited_on: date | None
    state: str
    last_attended_on: date | None = None
    in_person_days: tuple[date, ...] = ()
    first_employer_contact_on: date | None = None
    step_down_offered_on: date | None = None
    seeks_job: bool = True
    talks: Talks = Talks()


@dataclass(frozen=True, slots=True)
class JobSpell:
    """One job of the person. `end_known_on` is when its end became known."""

    job_id: UUID
    employer: str
    first_day: date
    last_day: date | None = None
    end_known_on: date | None = None


def last_attended_on(contacts: Iterable[ContactFacts]) -> date | None:
    """Return the day of the last attended contact: in person, by phone or video.

    Missing: a contact is attended only when that was recorded; a mode that is not
    known is taken as one of the three.
    """
    modes = CONTACT_MODES | {None}
    return max(
        (c.day for c in contacts if c.attended and c.mode in modes), default=None
    )


def in_person_days(contacts: Iterable[ContactFacts]) -> tuple[date, ...]:
    """Return the days with an attended contact face to face, in order."""
    return tuple(
        sorted({c.day for c in contacts if c.attended and c.mode == "in_person"})
    )
