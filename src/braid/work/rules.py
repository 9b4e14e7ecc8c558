"""Decisions about work, pure: a job's class through the decision table, and norms."""

from typing import Any

from braid.method.competitive import FLAGGED, JobFacts, Profile, Switches, Verdict
from braid.method.competitive import competitive as decision_table
from braid.method.disclosure import Decided, Limit, may_be_told

__all__ = [
    "COUNTED_AS_CODED",
    "EMPLOYER_CONTACTS_A_WEEK",
    "Decided",
    "Limit",
    "facts",
    "may_be_told",
    "verdict",
]

# Face-to-face employer contacts a week and specialist, not divided by FTE (IPS-25,
# item 17; clock C6 of the practice page).
EMPLOYER_CONTACTS_A_WEEK = 6
# Placement codes that count when the service's own coding is taken (profile as_coded).
COUNTED_AS_CODED = FLAGGED | {"competitive", "agency"}


def facts(job: Any) -> JobFacts:
    """Return the fields of a job that the decision table asks for; blank is not known."""
    return JobFacts(
        placement=job.placement or None,
        permanence=job.permanence or None,
        time_limit_origin=job.time_limit_origin or None,
        open_to_all=job.open_to_all,
        at_least_minimum=job.at_least_minimum,
        going_rate=job.going_rate,
        employer_of_record=job.employer_of_record or None,
        normal_rights=job.normal_rights,
        held_at_referral=job.held_at_referral,
    )


def verdict(job: Any, switches: Switches, profile: Profile = "strict") -> Verdict:
    """Return whether a job is competitive employment, with its reasons."""
    return decision_table(facts(job), switches, profile)
