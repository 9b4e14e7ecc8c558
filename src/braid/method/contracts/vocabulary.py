"""The closed vocabulary of contracts: every word that a condition may name.

A file names these words and gives them their arguments; it holds no expressions. A word
gives a day (on which it first holds) or a state (whether it holds on a day that is asked).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from braid.method.contracts.shape import COMPARISONS

Gives = Literal["day", "state", "both"]
"""A day on which it first holds, a state on a day that is asked, or either."""
Asked = Literal["no", "required"]

FUNDER_EVENTS = (
    "consent",
    "request",
    "decision",
    "grant",
    "assignment",
    "purchase_order",
    "end_report",
    "stop_notice",
)
PLAN_EVENTS = (
    "profile_started",
    "profile_updated",
    "search_plan",
    "search_plan_reviewed",
    "benefits_offered",
    "benefits_declined",
    "benefits_counselling",
    "disclosure_discussion",
    "disclosure_plan",
    "job_support_plan",
    "job_end_review",
    "step_down_plan",
    "handover",
    "plan_seen_by_treatment_team",
    "document_to_health_record",
)
AT_REFERRAL = (
    "out_of_work",
    "employed_seeking",
    "employed_retention",
    "education",
    "unknown",
)
BASES = ("referred", "accepted", "entered", "profile")
NAMED_RULES: Mapping[str, str] = MappingProxyType(
    {
        "requester_is_single_municipality": (
            "The request comes from the municipality where the applicant lives, and "
            "not from a joint body; a joint body is named as the one that executes."
        ),
    }
)
"""The checks of a case file that a contract may name, each with what it asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """What a word is given. Choices are the only values; none means any text."""

    about: str
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """A word: what it says, what it gives, what it reads, and what it must be given.

    `comparison` required: exactly one of the four, with a number of `unit`.
    """

    name: str
    about: str
    gives: Gives
    tables: tuple[str, ...]
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    comparison: Asked = "no"
    unit: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys that a file may give it, comparisons among them."""
        compared = COMPARISONS if self.comparison == "required" else ()
        return (*self.arguments, *compared)


def _kinds(choices: tuple[str, ...]) -> Mapping[str, Argument]:
    return {"kind": Argument(about="Which event.", choices=choices)}


def _among(about: str, choices: tuple[str, ...] = ()) -> Mapping[str, Argument]:
    return {"in": Argument(about=about, choices=choices)}


_DEFINED = (
    Defined(
        name="accepted",
        about="The service has accepted the applicant.",
        gives="both",
        tables=("episodes",),
    ),
    Defined(
        name="on_caseload",
        about="The applicant is on the caseload, from the day of the basis to the exit.",
        gives="both",
        tables=("episodes", "caseload"),
        arguments={
            "basis": Argument(about="The day from which it counts.", choices=BASES)
        },
    ),
    Defined(
        name="funder_event",
        about="An event of this contract between provider and funder.",
        gives="both",
        tables=("funder_events",),
        arguments=_kinds(FUNDER_EVENTS),
    ),
    Defined(
        name="plan_event",
        about="An event of the plan, such as the career profile or the search plan.",
        gives="both",
        tables=("plan_events",),
        arguments=_kinds(PLAN_EVENTS),
    ),
    Defined(
        name="appointments",
        about="Attended contacts with the applicant, counted from the entry on.",
        gives="both",
        tables=("contacts",),
        comparison="required",
        unit="appointments",
    ),
    Defined(
        name="contact_minutes",
        about="The minutes of contacts, for what is paid by the unit of time.",
        gives="day",
        tables=("contacts",),
    ),
    Defined(
        name="resident_in",
        about="The applicant lives in one of these areas.",
        gives="state",
        tables=("residence",),
        arguments=_among("The areas."),
    ),
    Defined(
        name="diagnosis_group",
        about="The applicant is in one of these groups of diagnoses.",
        gives="state",
        tables=("groups",),
        arguments=_among("The groups."),
    ),
    Defined(
        name="in_treatment",
        about="A treatment team treats the applicant on the day.",
        gives="state",
        tables=("treatment",),
    ),
    Defined(
        name="at_referral",
        about="What the applicant did when referred.",
        gives="state",
        tables=("episodes",),
        arguments=_among("One of these.", AT_REFERRAL),
    ),
    Defined(
        name="benefit",
        about="A cash benefit is paid.",
        gives="state",
        tables=("benefit_spells",),
        arguments={
            "in": Argument(about="One of these benefits."),
            "at": Argument(
                about="On the day of entry, on the day reached, or on any day of the "
                "month.",
                choices=("entry", "reached", "month"),
            ),
        },
    ),
    Defined(
        name="statement",
        about="A statement with this label has been received.",
        gives="both",
        tables=("evidence",),
        arguments={"label": Argument(about="The label of the statement.")},
    ),
    Defined(
        name="job_start",
        about="The first counted day of a competitive job.",
        gives="day",
        tables=("jobs", "job_terms", "paid_work"),
    ),
    Defined(
        name="in_work",
        about="Days in competitive work.",
        gives="both",
        tables=("jobs", "job_terms", "paid_work", "absences"),
    ),
    Defined(
        name="work_resumed",
        about="The first day really worked, for employers or as self-employed, not later "
        "than the last day of the trajectory.",
        gives="day",
        tables=("jobs", "paid_work"),
    ),
    Defined(
        name="earnings",
        about="Earnings by calendar month.",
        gives="both",
        tables=("paid_work",),
    ),
    Defined(
        name="weekly_hours",
        about="The weekly hours, worked where that is recorded, else agreed.",
        gives="state",
        tables=("paid_work", "job_terms"),
        comparison="required",
        unit="hours a week",
    ),
    Defined(
        name="job_problem_open",
        about="A problem at a job is open on the day.",
        gives="state",
        tables=("job_problems",),
    ),
    Defined(
        name="days_since",
        about="Days from the first of some conditions that exists to the day reached.",
        gives="state",
        tables=(),
        arguments={"since": Argument(about="The conditions, in this order.")},
        comparison="required",
        unit="days",
    ),
)
WORDS: Mapping[str, Defined] = MappingProxyType({word.name: word for word in _DEFINED})
"""Every word that a condition may name."""
