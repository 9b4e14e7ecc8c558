"""The vocabulary of measures: words over facts, each in plain Python and in Ibis.

Ibis itself is loaded when a word is first asked for as an expression.
"""

from collections.abc import Mapping
from types import MappingProxyType

from braid.kernel.errors import InputFault
from braid.method.measures.reference.access import ACCESS, BEGUN_EPISODES, IN_EDUCATION
from braid.method.measures.reference.caseloads import (
    CASELOAD_AND_POSTS,
    CASELOAD_TEAMS,
)
from braid.method.measures.reference.contact_weeks import (
    CONTACT_WEEKS,
    CURRENT_EPISODES,
)
from braid.method.measures.reference.contacts import CONTACT_MINUTES
from braid.method.measures.reference.contracts import (
    ENGAGED,
    FULL_DAY_STARTS,
    TRAJECTORIES,
)
from braid.method.measures.reference.counts import COUNTS
from braid.method.measures.reference.courses import (
    EXITS,
    REFERRALS,
    REFUSALS_AND_REFERRALS,
)
from braid.method.measures.reference.drift import (
    JOBS_BEGUN,
    PROPOSALS_AND_PEOPLE,
    TIME_BEFORE_WORK,
)
from braid.method.measures.reference.employer_contacts import (
    EMPLOYER_CONTACTS_AND_POSTS,
    FIRST_EMPLOYER_CONTACT,
)
from braid.method.measures.reference.employment_rate import ARRIVALS
from braid.method.measures.reference.followed import (
    ENOUGH_MONTHS,
    WORK_OR_EDUCATION,
)
from braid.method.measures.reference.held_jobs import HELD_JOBS
from braid.method.measures.reference.hour_bands import SUSTAINED_HOURS
from braid.method.measures.reference.jobs import CURRENT_JOBS, SERVED
from braid.method.measures.reference.kinds import MEETINGS_OF_KIND
from braid.method.measures.reference.learning import LASTING_EDUCATION
from braid.method.measures.reference.meetings import (
    DECISIONS,
    DISCUSSED,
    MEETING_WEEKS,
)
from braid.method.measures.reference.national_returns import (
    CLOSED_REFERRALS,
    FIRST_CONTACTS,
    OPEN_REFERRALS,
)
from braid.method.measures.reference.offices import OFFICE_DAYS
from braid.method.measures.reference.pathway import DAYS_TO, LATER_STEPS
from braid.method.measures.reference.research import RESEARCH
from braid.method.measures.reference.sectors import (
    CLINICIAN_CONTACTS,
    JOINT_CONTACTS,
    PLANS_SEEN,
    QUESTIONS,
)
from braid.method.measures.reference.starts import JOB_STARTS, WAITS
from braid.method.measures.reference.sustained import SUSTAINED_DAYS
from braid.method.measures.reference.tenures import KEPT_JOBS, TENURES
from braid.method.measures.reference.units import LATEST_REVIEWS, UNIT_QUARTERS
from braid.method.measures.reference.worked_periods import SUSTAINED_PERIODS
from braid.method.measures.reference.working_days import REFERRAL_STEPS
from braid.method.measures.words import Asked, Parameter, Word

__all__ = ["WORDS", "Asked", "Parameter", "Word", "get"]

WORDS: Mapping[str, Word] = MappingProxyType(
    {
        word.name: word
        for word in (
            CASELOAD_AND_POSTS,
            CASELOAD_TEAMS,
            CONTACT_MINUTES,
            EMPLOYER_CONTACTS_AND_POSTS,
            FIRST_EMPLOYER_CONTACT,
            CURRENT_JOBS,
            SERVED,
            JOB_STARTS,
            WAITS,
            COUNTS,
            MEETING_WEEKS,
            DISCUSSED,
            DECISIONS,
            QUESTIONS,
            CLINICIAN_CONTACTS,
            PLANS_SEEN,
            JOINT_CONTACTS,
            OFFICE_DAYS,
            REFERRALS,
            REFUSALS_AND_REFERRALS,
            EXITS,
            JOBS_BEGUN,
            PROPOSALS_AND_PEOPLE,
            TIME_BEFORE_WORK,
            ACCESS,
            BEGUN_EPISODES,
            IN_EDUCATION,
            CONTACT_WEEKS,
            CURRENT_EPISODES,
            HELD_JOBS,
            TENURES,
            KEPT_JOBS,
            ARRIVALS,
            UNIT_QUARTERS,
            LATEST_REVIEWS,
            FIRST_CONTACTS,
            OPEN_REFERRALS,
            CLOSED_REFERRALS,
            REFERRAL_STEPS,
            SUSTAINED_DAYS,
            SUSTAINED_PERIODS,
            SUSTAINED_HOURS,
            RESEARCH,
            WORK_OR_EDUCATION,
            ENOUGH_MONTHS,
            LASTING_EDUCATION,
            MEETINGS_OF_KIND,
            ENGAGED,
            FULL_DAY_STARTS,
            TRAJECTORIES,
            LATER_STEPS,
            DAYS_TO,
        )
    }
)
"""Every word by its name."""


def get(name: str) -> Word:
    """Return a word. Raises: InputFault (`word_unknown`) for a name that is none."""
    if name not in WORDS:
        raise InputFault(
            f"There is no word '{name}' for measures. Known are {', '.join(WORDS)}.",
            field="word",
            reason="word_unknown",
        )
    return WORDS[name]
