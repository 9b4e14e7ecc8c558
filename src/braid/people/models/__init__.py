"""Applicants and their course through IPS.

An episode begins with its referral (ADR 0010): one row from the first wish to work
until the exit. Its state is an append-only list of entries; the present state is the
last of them. Everything else is edited in place, with a row version and a change log.
"""

from braid.people.models.applicants import Applicant, Identifier, applicant_subject
from braid.people.models.episodes import (
    Enquiry,
    Episode,
    EpisodeEntry,
    Refusal,
)
from braid.people.models.equity import Characteristic, Residence
from braid.people.models.plans import (
    Handover,
    PlanAction,
    PlanSeen,
    PlanTarget,
    SearchPlan,
    StepDownPlan,
)
from braid.people.models.profile import PastJob, ProfileAnswer, ProfileUpdate
from braid.people.models.spells import CaseloadSpell, CaseworkSpell, TreatmentSpell
from braid.people.models.writing import Note, OwnWords, TreatmentNote

__all__ = [
    "Applicant",
    "CaseloadSpell",
    "CaseworkSpell",
    "Characteristic",
    "Enquiry",
    "Episode",
    "EpisodeEntry",
    "Handover",
    "Identifier",
    "Note",
    "OwnWords",
    "PastJob",
    "PlanAction",
    "PlanSeen",
    "PlanTarget",
    "ProfileAnswer",
    "ProfileUpdate",
    "Refusal",
    "Residence",
    "SearchPlan",
    "StepDownPlan",
    "TreatmentNote",
    "TreatmentSpell",
    "applicant_subject",
]
