"""Closed lists of the people room; the values are those of the facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralSource(models.TextChoices):
    CLINICIAN = "clinician", _("clinician")
    SELF = "self", _("the person themself")
    CASEWORKER = "caseworker", _("caseworker")
    FAMILY = "family", _("family")
    OTHER = "other", _("somebody else")


class ReferralWay(models.TextChoices):
    """A live referral was sent here by who refers; the others were noted afterwards."""

    LIVE = "live", _("sent here")
    PHONE = "phone", _("by phone")
    MEETING = "meeting", _("in a meeting")
    LETTER = "letter", _("by letter or e-mail")
    ENQUIRY = "enquiry", _("through the page for everybody")


class AtReferral(models.TextChoices):
    OUT_OF_WORK = "out_of_work", _("out of work")
    EMPLOYED_SEEKING = "employed_seeking", _("in work, wants another job")
    EMPLOYED_RETENTION = "employed_retention", _("in work, wants to keep the job")
    EDUCATION = "education", _("in education")
    UNKNOWN = "unknown", _("not known")


class ExitReason(models.TextChoices):
    OWN_WISH = "own_wish", _("own wish")
    MOVED = "moved", _("moved away")
    WORKING_NO_SUPPORT_NEEDED = (
        "working_no_support_needed",
        _("working, no support needed"),
    )
    TRANSFERRED = "transferred", _("transferred")
    LOST_CONTACT = "lost_contact", _("lost contact")
    MISSED_APPOINTMENTS = "missed_appointments", _("missed appointments")
    TIME_LIMIT = "time_limit", _("time limit of the service")
    NOT_ELIGIBLE = "not_eligible", _("not eligible")
    DECEASED = "deceased", _("died")
    OTHER = "other", _("other")


class Gender(models.TextChoices):
    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    OTHER = "other", _("other")
    UNDISCLOSED = "undisclosed", _("not told")


class EpisodeState(models.TextChoices):
    """Only what somebody decides; searching and working follow from jobs."""

    REFERRED = "referred", _("referred")
    WAITING = "waiting", _("waiting")
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    STEPPED_DOWN = "stepped_down", _("stepped down")
    EXITED = "exited", _("exited")
    NOT_STARTED = "not_started", _("not started")


class EndedBecause(models.TextChoices):
    HANDOVER = "handover", _("handed over")
    SPECIALIST_LEFT = "specialist_left", _("the specialist left")
    EXIT = "exit", _("the episode ended")


class RefusalStage(models.TextChoices):
    REFERRAL = "referral", _("at referral")
    INTAKE = "intake", _("at intake")
    SERVICE = "service", _("during the service")


class RefusalKind(models.TextChoices):
    """How a referral or service did not go on; waiting is no refusal but a state."""

    REFUSED = "refused", _("refused")
    NOT_YET = "not_yet", _("“not yet”")
    DELAYED = "delayed", _("delayed")


class RefusalReason(models.TextChoices):
    NOT_READY = "not_ready", _("“not ready”")
    SYMPTOMS = "symptoms", _("symptoms")
    SUBSTANCE_USE = "substance_use", _("substance use")
    COGNITION = "cognition", _("cognition")
    CRIMINAL_RECORD = "criminal_record", _("criminal record")
    WORK_HISTORY = "work_history", _("work history")
    NON_ADHERENCE = "non_adherence", _("does not follow treatment")
    APPEARANCE = "appearance", _("appearance")
    NO_CAPACITY = "no_capacity", _("no free place")
    OUTSIDE_AREA = "outside_area", _("lives outside the area")
    CHANGED_MIND = "changed_mind", _("the person changed their mind")
    NOT_REACHED = "not_reached", _("could not be reached")
    ALREADY_EMPLOYED = "already_employed", _("has a job, wants no support in it")
    FUNDER_RULE = "funder_rule", _("a funder's rule")
    OTHER = "other", _("other")


class NoteKind(models.TextChoices):
    """What a note is about; it decides its class of information, and so its audience."""

    WORK_GOALS = "work_goals", _("work and goals")
    CONVERSATION = "conversation", _("a conversation")
    HEALTH_AT_WORK = "health_at_work", _("health at work")


class HowItGoes(models.TextChoices):
    """An answer by a face and a word; never a score."""

    WELL = "well", _("well")
    SO_SO = "so_so", _("so-so")
    HARD = "hard", _("hard")


class EnquiryBy(models.TextChoices):
    """Who wrote that somebody wants to work, from outside."""

    SELF = "self", _("I want to work myself")
    FAMILY = "family", _("I write for somebody in my family")
    OTHER = "other", _("I write for somebody else")


class EnquiryState(models.TextChoices):
    OPEN = "open", _("waiting for an answer")
    REFERRED = "referred", _("taken up as a referral")
    CLOSED = "closed", _("closed")


class Section(models.TextChoices):
    """The sections of the career profile, in the order in which they are talked about."""

    GOAL = "a", _("The goal")
    EDUCATION = "b", _("School and training")
    LICENCES = "c", _("Licences and certificates")
    PAST_JOBS = "d", _("Jobs so far")
    STRENGTHS = "e", _("Strengths and interests")
    NETWORK = "f", _("Family and friends")
    MENTAL_HEALTH = "g", _("Mental health at work")
    PHYSICAL_HEALTH = "h", _("Body and stamina")
    COGNITION = "i", _("Attention, memory and pace")
    SUBSTANCE_USE = "j", _("Alcohol, drugs and places to avoid")
    DAILY_LIFE = "k", _("Everyday life")
    LEGAL_RECORD = "l", _("Legal record")
    BENEFITS = "m", _("Benefits")
    DISCLOSURE = "n", _("What an employer may know")
    SEARCH = "o", _("How we search")
    SOURCES = "p", _("Where this comes from")


class Characteristics(models.TextChoices):
    """The groups that figures are compared by; the keys are those of the facts."""

    DIAGNOSIS_GROUP = "diagnosis_group", _("diagnosis group")
    BENEFIT_AT_ENTRY = "benefit_at_entry", _("benefit when the episode began")
    PRIOR_WORK = "prior_work", _("paid work in the five years before")
    ORIGIN = "origin", _("where the family comes from")
    DISTANCE_BAND = "distance_band", _("way to the nearest town with jobs")
    EDUCATION_LEVEL = "education_level", _("highest education")


class AnswerKind(models.TextChoices):
    """The class of information of an answer, and so its audience."""

    WORK_GOALS = "work_goals", _("goals and plans for work")
    JOBS = "jobs", _("work history")
    BENEFITS = "benefits", _("benefits and money")
    HEALTH_AT_WORK = "health_at_work", _("health that matters at work")
    CONVERSATION = "conversation", _("said in confidence")


class UpdateBecause(models.TextChoices):
    """Why the career profile was looked at again."""

    NEW_JOB = "new_job", _("a new job")
    JOB_END = "job_end", _("a job that ended")
    COURSE = "course", _("school or training")
    INSIGHT = "insight", _("something we learned")
    AGREED = "agreed", _("read together and found right")


class AgreedHow(models.TextChoices):
    OWN_ACCOUNT = "own_account", _("in the own account")
    SIGNED = "signed", _("signed on paper")
    SAID = "said", _("said in a meeting")


class TargetKind(models.TextChoices):
    OCCUPATION = "occupation", _("occupation")
    INDUSTRY = "industry", _("industry")


class Owner(models.TextChoices):
    """Who does something."""

    APPLICANT = "applicant", _("applicant")
    SPECIALIST = "specialist", _("specialist")
    CLINICIAN = "clinician", _("clinician")
    CASEWORKER = "caseworker", _("caseworker")
    COUNSELLOR = "counsellor", _("counsellor")
    FAMILY = "family", _("family")
    OTHER = "other", _("somebody else")
