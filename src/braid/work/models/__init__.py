"""Employers and what is done with them, contacts, jobs, and the search for them."""

from braid.work.models.contacts import Contact, EmployerContact
from braid.work.models.diary import Appointment, TimeEntry
from braid.work.models.disclosure import DisclosureDecision, DisclosureItem
from braid.work.models.education import Education
from braid.work.models.employers import DistinctEmployers, Employer
from braid.work.models.jobs import Absence, Job, JobTerms, OfJob, PaidWork
from braid.work.models.search import Application, Lead
from braid.work.models.support import (
    Evidence,
    JobEndReview,
    JobProblem,
    JobSupportPlan,
    PlannedSupport,
    Support,
)

__all__ = [
    "Absence",
    "Application",
    "Appointment",
    "Contact",
    "DisclosureDecision",
    "DisclosureItem",
    "DistinctEmployers",
    "Education",
    "Employer",
    "EmployerContact",
    "Evidence",
    "Job",
    "JobEndReview",
    "JobProblem",
    "JobSupportPlan",
    "JobTerms",
    "Lead",
    "OfJob",
    "PaidWork",
    "PlannedSupport",
    "Support",
    "TimeEntry",
]
