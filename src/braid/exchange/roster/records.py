"""What a row of a roster becomes: values in the words of the facts.

Days are dates, `last_day` is inclusive, `exited_on` is the first day off the caseload.
A code is a value of the closed lists of the facts, or None where it is not known.
`..._text` keeps the service's own word beside a code. `person` is the key of a person
and `episode` the key of an episode, both of the same plan.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["caseload", "contacts", "employer_contacts", "jobs", "meetings"]
KINDS: tuple[Kind, ...] = (
    "caseload",
    "contacts",
    "employer_contacts",
    "jobs",
    "meetings",
)


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """An applicant. `key` is the client number, else `Family, Given (birth date)`."""

    key: str
    client_number: str | None
    given_name: str
    family_name: str
    birth_date: date | None
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CaseloadSpell:
    """Who has the person from day to day; `specialist` None: nobody named."""

    specialist: str | None
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class EpisodeRecord:
    """A referral and what came of it; not accepted: `accepted_on` is None.

    `key` names it within one plan: contacts and jobs point at it.
    """

    key: str
    person: str
    referred_on: date | None
    referral_source: str | None
    source_text: str
    at_referral: str
    accepted_on: date | None
    entered_on: date | None
    profile_started_on: date | None
    first_job_on: date | None
    exited_on: date | None
    exit_reason: str | None
    exit_reason_text: str
    treatment_team: str | None
    caseload: tuple[CaseloadSpell, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A support contact, kept or not. `minutes` None: not known."""

    person: str
    episode: str | None
    day: date
    specialist: str | None
    mode: str | None
    mode_text: str
    place: str | None
    place_text: str
    minutes: int | None
    attended: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class EmployerContactRecord:
    """A contact with an employer; `person` None: for nobody in particular."""

    day: date
    specialist: str | None
    employer: str
    spoke_to: str
    mode: str | None
    mode_text: str
    person: str | None
    episode: str | None
    outcome: str | None
    outcome_text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Hours and pay of a job in a time; None: not known."""

    first_day: date
    last_day: date | None
    weekly_hours: Decimal | None
    pay: Decimal | None
    pay_unit: str | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job or placement of any kind; `last_day` None: it goes on."""

    person: str
    episode: str | None
    employer: str
    title: str
    placement: str | None
    placement_text: str
    permanence: str | None
    first_day: date
    last_day: date | None
    terms: tuple[Terms, ...]
    pay_text: str
    paid_hours: Decimal | None
    held_at_referral: bool
    end_reason: str | None
    end_reason_text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """Whether a specialist was at a treatment team's meeting."""

    day: date
    team: str | None
    specialist: str | None
    present: bool | None
    note: str = ""


Record = (
    EpisodeRecord | ContactRecord | EmployerContactRecord | JobRecord | MeetingRecord
)
