"""Closed lists of the teamwork room; the values are those of the facts."""

from collections.abc import Mapping

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.access.choices import Sector
from braid.teamwork.rules import Bar


class MeetingKind(models.TextChoices):
    TREATMENT_TEAM = "treatment_team", _("treatment-team meeting")
    VOCATIONAL_UNIT = "vocational_unit", _("unit meeting")
    SUPERVISION = "supervision", _("supervision")
    FIELD_MENTORING = "field_mentoring", _("field mentoring")
    PRACTITIONERS = "practitioners", _("practitioners' meeting")
    JOB_CENTRE = "job_centre", _("job-centre meeting")
    STEERING = "steering", _("steering group")
    OUTCOME_REVIEW = "outcome_review", _("outcome review")


class GroupPart(models.TextChoices):
    """What a member of a standing group stands for."""

    SPECIALIST = "specialist", _("employment specialist")
    SUPERVISOR = "supervisor", _("supervisor")
    ADMINISTRATION = "administration", _("management of the IPS provider")
    APPLICANT = "applicant", _("applicants")
    FAMILY = "family", _("families")
    CLINICAL_DIRECTOR = "clinical_director", _("management of mental health")
    CLINICIAN = "clinician", _("clinician")
    JOB_CENTRE = "job_centre", _("job centre")
    CASEWORKER = "caseworker", _("caseworker")
    INSURANCE_PHYSICIAN = "insurance_physician", _("insurance physician")
    LABOUR_EXPERT = "labour_expert", _("labour expert")
    FUNDER = "funder", _("funder")
    LOCAL_BUSINESS = "local_business", _("local business")
    OTHER = "other", _("other")


class NotYetOutcome(models.TextChoices):
    """What came of somebody who was not referred yet."""

    REFERRED = "referred", _("referred")
    DOES_NOT_WANT = "does_not_want", _("does not want to work now")
    LEFT = "left", _("no longer with the team")


class QuestionState(models.TextChoices):
    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    TAKEN_BACK = "taken_back", _("taken back")


class QuestionKind(models.TextChoices):
    """The class of what is asked and answered; a question about nobody has none."""

    WORK_GOALS = "work_goals", _("goals and plans for work")
    JOBS = "jobs", _("jobs, past and present")
    ATTENDANCE = "attendance", _("meetings and the course in IPS")
    BENEFITS = "benefits", _("benefits and money")
    HEALTH_AT_WORK = "health_at_work", _("health that matters at work")
    TREATMENT = "treatment", _("treatment")


SIDES: Mapping[str, Promise] = {
    Sector.IPS_PROVIDER: _("IPS unit"),
    Sector.MENTAL_HEALTH: _("treatment team"),
    Sector.EMPLOYMENT: _("job centre"),
    Sector.OTHER: _("benefits counsellor"),
}
BARS: Mapping[Bar, Promise] = {
    Bar.RESTRICTED: _(
        "This record is kept, but must not be used for now. Nothing can be asked until "
        "the restriction ends."
    ),
    Bar.TREATMENT_ELSEWHERE: _(
        "Treatment is asked of the treatment team only. Choose the treatment team, or "
        "ask about something else."
    ),
    Bar.RECEIVER_NOT_KNOWING: _(
        "They may not know whom this is about: the person has not agreed to it. Talk "
        "with the person first, or ask in general."
    ),
    Bar.RECEIVER_NOT_READING: _(
        "They may not read this: the person has not agreed to it. Ask about something "
        "that they may read, or talk with the person first."
    ),
    Bar.ASKER_NOT_READING: _(
        "You may not read the answer: the person has not agreed to it. Talk with the "
        "person first, or ask about something else."
    ),
}


class ProposalKind(models.TextChoices):
    INTERNSHIP = "internship", _("an internship")
    WAGE_SUBSIDY = "wage_subsidy", _("a job with a wage subsidy")
    COURSE = "course", _("a course first")
    WORK_TRIAL = "work_trial", _("a work trial")
    POSTPONE = "postpone", _("to wait with work")
    OTHER = "other", _("something else instead of a job")


class ProposedBy(models.TextChoices):
    """Who proposed it; roles of the facts."""

    CASEWORKER = "caseworker", _("caseworker")
    CLINICIAN = "clinician", _("clinician")
    SPECIALIST = "specialist", _("employment specialist")
    COUNSELLOR = "counsellor", _("benefits counsellor")
    FUNDER = "funder", _("funder")
    FAMILY = "family", _("family")
    EMPLOYER = "employer", _("employer")
    APPLICANT = "applicant", _("the applicant")
    OTHER = "other", _("somebody else")
