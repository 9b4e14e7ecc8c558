"""What the region consists of, as frozen values: nothing here knows the database.

Staff, teams and employers are named by short keys; `fill` turns them into records.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wants to work."""

    given_name: str
    family_name: str
    birth_date: date
    gender: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer or branch in a unit's directory; `trades` is the work it has."""

    key: str
    name: str
    city: str
    industry: str
    trades: tuple[str, ...]
    size: str = ""
    parent: str | None = None
    contact_person: str = ""
    learned: str = ""
    register_number: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Hours a week and pay an hour, from a day on."""

    first_day: date
    weekly_hours: Decimal
    pay: Decimal | None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Days away from a job."""

    first_day: date
    last_day: date
    paid: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """A job or placement; names and codes are those of the record."""

    employer: str
    title: str
    occupation: str
    first_day: date
    last_day: date | None = None
    end_known_on: date | None = None
    placement: str = "competitive"
    permanence: str = "permanent"
    time_limit_origin: str = ""
    open_to_all: bool | None = True
    at_least_minimum: bool | None = True
    going_rate: bool | None = True
    employer_of_record: str = "employer"
    normal_rights: bool | None = True
    held_at_referral: bool = False
    fits_preference: str = "yes"
    found_by: str = "specialist"
    disclosure: str = "none"
    end_reason: str = ""
    end_words: str = ""
    note: str = ""
    paid_hours: Decimal | None = None
    terms: tuple[Terms, ...] = ()
    absences: tuple[Absence, ...] = ()

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact with the person; `attended` None where nobody could meet (a message)."""

    day: date
    staff: str
    mode: str = "in_person"
    place: str = "community"
    minutes: int | None = 60
    phase: str = "job_search"
    attended: bool | None = True
    with_clinician: bool = False
    with_caseworker: bool = False
    with_family: bool = False
    place_words: str = ""
    note: str = ""
    initiated_by: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A contact with an employer."""

    day: date
    staff: str
    employer: str
    mode: str = "in_person"
    made_by: str = "specialist"
    with_hiring_role: bool | None = None
    stage: str = ""
    fits_plan: bool | None = None
    outcome: str = ""
    learned: str = ""
    next_step: str = ""
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Words about a person."""

    day: date
    staff: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A referral that did not go on, or nearly not."""

    day: date
    by_role: str
    reason: str
    words: str
    decided_by: str = ""
    person_informed: bool = True


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the episode, both days inside; no staff means waiting for a specialist."""

    staff: str | None
    first_day: date
    last_day: date | None = None
    ended_because: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """One episode of one person with all that happened in it.

    Contacts and visits are drawn before `quiet_from`; after it only what is written
    down happened. `together_from` is when treatment and employment began to meet.
    """

    person: Person
    unit: str
    team: str
    trade: str
    referred_on: date
    referral_source: str
    referral_words: str
    clinician: str | None = None
    at_referral: str = "out_of_work"
    accepted_on: date | None = None
    entered_on: date | None = None
    profile_started_on: date | None = None
    exited_on: date | None = None
    exit_reason: str = ""
    goal: str = ""
    goal_seen_on: date | None = None
    step_down_offered_on: date | None = None
    states: tuple[tuple[str, date], ...] = ()
    holders: tuple[Holder, ...] = ()
    jobs: tuple[Job, ...] = ()
    contacts: tuple[Contact, ...] = ()
    visits: tuple[Visit, ...] = ()
    notes: tuple[Note, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    quiet_from: date | None = None
    together_from: date | None = None

    def holder_on(self, day: date) -> str | None:
        """Return who has the episode on `day`."""
        for holder in self.holders:
            in_time = holder.last_day is None or day <= holder.last_day
            if holder.first_day <= day and in_time:
                return holder.staff
        return None

    def job_on(self, day: date) -> Job | None:
        """Return the job held on `day`, the one begun first."""
        return next((job for job in self.jobs if job.holds_on(day)), None)

    def state_on(self, day: date) -> str:
        """Return the state decided for `day`."""
        entered = [state for state, since in self.states if since <= day]
        return entered[-1] if entered else "active"


@dataclass(frozen=True, slots=True)
class Attendance:
    """Whether a specialist was at a treatment team's weekly meeting."""

    day: date
    team: str
    staff: str
    present: bool


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """All that one IPS unit recorded. `visits` are those made for nobody in particular."""

    unit: str
    employers: tuple[Employer, ...]
    lives: tuple[Life, ...]
    visits: tuple[Visit, ...]
    attendance: tuple[Attendance, ...]
