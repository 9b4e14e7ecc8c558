"""Closed lists of the access room; the values are those of the facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    MENTAL_HEALTH = "mental_health", _("mental health")
    EMPLOYMENT = "employment", _("employment")
    IPS_PROVIDER = "ips_provider", _("IPS provider")
    FUNDER = "funder", _("funder")
    OTHER = "other", _("other")


class TeamKind(models.TextChoices):
    IPS_UNIT = "ips_unit", _("IPS unit")
    TREATMENT_TEAM = "treatment_team", _("treatment team")
    JOB_CENTRE = "job_centre", _("job centre")
    OTHER = "other", _("other")


class RoleChoice(models.TextChoices):
    """The policy's roles with their names for people."""

    SPECIALIST = "specialist", _("employment specialist")
    SUPERVISOR = "supervisor", _("supervisor")
    CLINICIAN = "clinician", _("clinician")
    CLINICAL_MANAGER = "clinical_manager", _("manager in mental health")
    CASEWORKER = "caseworker", _("caseworker")
    COUNSELLOR = "counsellor", _("benefits counsellor")
    REVIEWER = "reviewer", _("fidelity reviewer")
    FUNDER = "funder", _("funder")
    EVALUATOR = "evaluator", _("evaluator")
    STEWARD = "steward", _("data steward")
    APPLICANT = "applicant", _("applicant")


class DigestEvery(models.TextChoices):
    """How often somebody wants a mail of what is new and due."""

    NEVER = "never", _("never")
    DAY = "day", _("every day")
    WEEK = "week", _("once a week")


class PurposeChoice(models.TextChoices):
    """The policy's purposes with their names for people."""

    IPS_SUPPORT = "ips_support", _("support to find and keep a job")
    TREATMENT = "treatment", _("treatment")
    JOB_SEARCH_SUPPORT = (
        "job_search_support",
        _("help from the job centre to find work"),
    )
    BENEFIT_DECISION = "benefit_decision", _("a decision about a benefit")
    BENEFIT_CONTROL = "benefit_control", _("control of a benefit")
    BENEFITS_COUNSELLING = "benefits_counselling", _("advice about money and benefits")
    FIDELITY_REVIEW = "fidelity_review", _("review of the service")
    FUNDING = "funding", _("payment of the service")
    EVALUATION = "evaluation", _("study of the service")
    ADMINISTRATION = "administration", _("running the organisation")
    OWN_AFFAIRS = "own_affairs", _("own affairs")


class InformationChoice(models.TextChoices):
    """The policy's classes of information with their names for people."""

    IDENTITY = "identity", _("name and date of birth")
    CONTACT_DETAILS = "contact_details", _("phone, e-mail and address")
    WORK_GOALS = "work_goals", _("goals and plans for work")
    JOBS = "jobs", _("jobs, past and present")
    ATTENDANCE = "attendance", _("meetings and the course in IPS")
    BENEFITS = "benefits", _("benefits and money")
    HEALTH_AT_WORK = "health_at_work", _("health that matters at work")
    TREATMENT = "treatment", _("treatment notes")
    CONVERSATION = "conversation", _("what was said in confidence")
    STATISTICAL = "statistical", _("figures without names")


class GroundChoice(models.TextChoices):
    """The policy's grounds with their names for people."""

    OWN_RECORD = "own_record", _("one's own record")
    OWN_CARE = "own_care", _("own care")
    CONSENT = "consent", _("consent")
    DUTY = "duty", _("duty by law")
    BROKEN_GLASS = "broken_glass", _("emergency")
    OFFICE = "office", _("running the organisation")
    INVITED = "invited", _("invited in person")


class ConsentKind(models.TextChoices):
    GIVEN = "given", _("given")
    EXTENDED = "extended", _("extended")
    NARROWED = "narrowed", _("narrowed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ConsentWay(models.TextChoices):
    SPOKEN = "spoken", _("in a conversation")
    PAPER = "paper", _("on paper")
    OWN_ACCOUNT = "own_account", _("in the own account")


class EmergencyReason(models.TextChoices):
    LIFE_OR_HEALTH = "life_or_health", _("danger to life or health")
    DANGER_TO_OTHERS = "danger_to_others", _("danger to somebody else")
    CRISIS_CONTACT = "crisis_contact", _("the person asked for help in a crisis")
    WORKPLACE = "workplace", _("acute situation at work")
    OTHER = "other", _("something else")


class ReviewVerdict(models.TextChoices):
    JUSTIFIED = "justified", _("justified")
    NOT_JUSTIFIED = "not_justified", _("not justified")


class FindingState(models.TextChoices):
    OPEN = "open", _("open")
    ASKED = "asked", _("reason asked for")
    ANSWERED = "answered", _("reason given")
    CLOSED = "closed", _("closed")


class SignChoice(models.TextChoices):
    """The signs of `access/unusual.py` with their names for people."""

    OWN_RECORD = "own_record", _("their own record")
    BLOCKED = "blocked", _("tried although the applicant has blocked them")
    SAME_ADDRESS = "same_address", _("lives in the same street")
    NO_RELATION = "no_relation", _("nobody of their teams works with the applicant")
    BROKEN_GLASS = "broken_glass", _("emergency access")
    BURST = "burst", _("opened very many people within an hour")
    AFTER_END = "after_end", _("somebody else's applicant, after the support had ended")
    SAME_SURNAME = "same_surname", _("same surname")
    OWN_AFTER_END = "own_after_end", _("after the support had ended")
    COMMON_SURNAME = "common_surname", _("same surname, one that many people have")
    NOT_OWN_CASELOAD = "not_own_caseload", _("a colleague's applicant")
    NIGHT = "night", _("at night")
    WEEKEND = "weekend", _("at the weekend")


class NoticeKind(models.TextChoices):
    GLASS_BROKEN = "glass_broken", _("emergency access")
    BLOCK_SET_ASIDE = "block_set_aside", _("a block was set aside")
    CONSENT_ASKED = "consent_asked", _("somebody asks for your consent")
    CONSENT_ENDS = "consent_ends", _("a consent ends soon")
    REQUEST_ANSWERED = "request_answered", _("your request was answered")
    DISCLOSED = "disclosed", _("something was passed on by law")


class RequestKind(models.TextChoices):
    COPY = "copy", _("a copy of my data")
    CORRECTION = "correction", _("something is wrong")
    ERASURE = "erasure", _("erase my data")
    RESTRICTION = "restriction", _("keep my data, but do not use them")


class RequestState(models.TextChoices):
    RECEIVED = "received", _("received")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
