"""The vocabulary of measures: words over facts, each in plain Python and in Ibis.

Ibis itself is loaded when a word is first asked for as an expression.
"""

from collections.abc import Mapping
from types import MappingProxyType

from braid.kernel.errors import InputFault
from braid.method.measures.reference.access import ACCESS, BEGUN_EPISODES, IN_EDUCATION
from braid.method.measures.reference.after_payment import (
    CLAIM_ANSWERS,
    CONTACTS_AROUND_PAYMENT,
    JOB_ENDS,
)
from braid.method.measures.reference.attachments import ATTACHED_CASELOADS
from braid.method.measures.reference.attendance import MEETINGS_ATTENDED
from braid.method.measures.reference.caseloads import (
    CASELOAD_AND_POSTS,
    CASELOAD_TEAMS,
)
from braid.method.measures.reference.collaboration import CASEWORKER_CONTACT
from braid.method.measures.reference.contact_weeks import (
    CONTACT_WEEKS,
    CURRENT_EPISODES,
    LEFT_ALONE,
)
from braid.method.measures.reference.contacts import CONTACT_MINUTES
from braid.method.measures.reference.contracts import (
    ENGAGED,
    FULL_DAY_STARTS,
    TRAJECTORIES,
)
from braid.method.measures.reference.counselling import (
    COUNSELLED_CHANGES,
    COUNSELLED_STARTS,
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
from braid.method.measures.reference.engagement import (
    DISCLOSURE_TALKS,
    PROFILE_UPDATES,
    PROFILES_KEPT,
)
from braid.method.measures.reference.followed import (
    ENOUGH_MONTHS,
    WORK_OR_EDUCATION,
)
from braid.method.measures.reference.held_jobs import HELD_JOBS
from braid.method.measures.reference.hour_bands import SUSTAINED_HOURS
from braid.method.measures.reference.job_support import (
    SUPPORT_AFTER_STARTS,
    SUPPORTS_GIVEN,
)
from braid.method.measures.reference.job_variety import VARIETY
from braid.method.measures.reference.jobs import CURRENT_JOBS, SERVED
from braid.method.measures.reference.kinds import MEETINGS_OF_KIND
from braid.method.measures.reference.leading import (
    FINAL_REVIEWS,
    LEADERSHIP_REPORTS,
    QUARTERS_REPORTED,
    STEERING_MEETINGS,
)
from braid.method.measures.reference.learning import LASTING_EDUCATION
from braid.method.measures.reference.meetings import (
    DECISIONS,
    DISCUSSED,
    MEETING_WEEKS,
)
from braid.method.measures.reference.month_ends import CASELOAD_AT_MONTH_ENDS
from braid.method.measures.reference.national_returns import (
    CLOSED_REFERRALS,
    FIRST_CONTACTS,
    OPEN_REFERRALS,
)
from braid.method.measures.reference.offices import OFFICE_DAYS
from braid.method.measures.reference.outreach import REACHED_OUT
from braid.method.measures.reference.pathway import DAYS_TO, LATER_STEPS
from braid.method.measures.reference.phases import PHASES_DELIVERED
from braid.method.measures.reference.repeats import (
    EMPLOYER_STARTS,
    REPEATED_STARTS,
    START_HOURS,
)
from braid.method.measures.reference.research import RESEARCH
from braid.method.measures.reference.search_contacts import (
    EMPLOYER_VISITS,
    FITTING_CONTACTS,
    LOGGED_SEARCHES,
)
from braid.method.measures.reference.sectors import (
    CLINICIAN_CONTACTS,
    JOINT_CONTACTS,
    PLANS_SEEN,
    QUESTIONS,
)
from braid.method.measures.reference.specialist_weeks import (
    JOB_SEEKERS,
    LEAVE_WEEKS,
    SIGNED_WEEKS,
)
from braid.method.measures.reference.staff_time import WEEKS_WORKED, WORKING_TIME
from braid.method.measures.reference.starts import JOB_STARTS, WAITS
from braid.method.measures.reference.supervising import (
    GROUP_SUPERVISION,
    POSTS_OF_UNIT,
    TEAM_VISITS,
)
from braid.method.measures.reference.sustained import SUSTAINED_DAYS
from braid.method.measures.reference.team_contact import (
    SHARED_DOCUMENTS,
    TEAM_MEETINGS,
)
from braid.method.measures.reference.tenures import KEPT_JOBS, TENURES
from braid.method.measures.reference.units import LATEST_REVIEWS, UNIT_QUARTERS
from braid.method.measures.reference.worked_periods import SUSTAINED_PERIODS
from braid.method.measures.reference.working_days import REFERRAL_STEPS
from braid.method.measures.reference.working_time import (
    JOB_CENTRE_CONTACTS,
    LOGGED_TIME,
)
from braid.method.measures.reference.zero_exclusion import (
    DEPARTURES,
    REFERRING_CLINICIANS,
    REFUSALS,
)
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
            CASELOAD_AT_MONTH_ENDS,
            WORKING_TIME,
            WEEKS_WORKED,
            PHASES_DELIVERED,
            ATTACHED_CASELOADS,
            MEETINGS_ATTENDED,
            TEAM_MEETINGS,
            SHARED_DOCUMENTS,
            CASEWORKER_CONTACT,
            GROUP_SUPERVISION,
            POSTS_OF_UNIT,
            TEAM_VISITS,
            REFUSALS,
            DEPARTURES,
            REFERRING_CLINICIANS,
            QUARTERS_REPORTED,
            LEADERSHIP_REPORTS,
            FINAL_REVIEWS,
            STEERING_MEETINGS,
            COUNSELLED_STARTS,
            COUNSELLED_CHANGES,
            DISCLOSURE_TALKS,
            PROFILES_KEPT,
            PROFILE_UPDATES,
            LOGGED_SEARCHES,
            FITTING_CONTACTS,
            EMPLOYER_VISITS,
            LEAVE_WEEKS,
            SIGNED_WEEKS,
            JOB_SEEKERS,
            VARIETY,
            SUPPORTS_GIVEN,
            SUPPORT_AFTER_STARTS,
            LOGGED_TIME,
            JOB_CENTRE_CONTACTS,
            REACHED_OUT,
            LEFT_ALONE,
            REPEATED_STARTS,
            EMPLOYER_STARTS,
            START_HOURS,
            CONTACTS_AROUND_PAYMENT,
            JOB_ENDS,
            CLAIM_ANSWERS,
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
