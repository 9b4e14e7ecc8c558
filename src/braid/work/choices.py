"""Closed lists of the work room; the values are those of the facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("phone")
    VIDEO = "video", _("video")
    MESSAGE = "message", _("message")


class Place(models.TextChoices):
    COMMUNITY = "community", _("out in the community")
    EMPLOYER_SITE = "employer_site", _("at the workplace")
    HOME = "home", _("at home")
    JOB_CENTRE = "job_centre", _("job centre")
    IPS_OFFICE = "ips_office", _("IPS office")
    TREATMENT_OFFICE = "treatment_office", _("treatment office")
    REMOTE = "remote", _("at a distance")


class Phase(models.TextChoices):
    INTAKE = "intake", _("intake")
    ENGAGEMENT = "engagement", _("engagement")
    ASSESSMENT = "assessment", _("career profile")
    JOB_SEARCH = "job_search", _("job search")
    COACHING = "coaching", _("coaching")
    FOLLOW_ALONG = "follow_along", _("support in the job")


class InitiatedBy(models.TextChoices):
    APPLICANT = "applicant", _("applicant")
    SPECIALIST = "specialist", _("specialist")
    CLINICIAN = "clinician", _("clinician")
    CASEWORKER = "caseworker", _("caseworker")
    EMPLOYER = "employer", _("employer")
    OTHER = "other", _("somebody else")


class MadeBy(models.TextChoices):
    SPECIALIST = "specialist", _("specialist")
    APPLICANT = "applicant", _("applicant")
    BOTH = "both", _("both together")
    OTHER = "other", _("somebody else")


class VisitStage(models.TextChoices):
    INTRODUCE = "introduce", _("introduce, ask for twenty minutes")
    LEARN = "learn", _("learn the business")
    MATCH = "match", _("present a match")


class Outcome(models.TextChoices):
    NONE = "none", _("nothing yet")
    FOLLOW_UP = "follow_up", _("follow up")
    INTERVIEW = "interview", _("interview")
    OFFER = "offer", _("job offer")
    REFUSED = "refused", _("no")


class Size(models.TextChoices):
    UNDER_10 = "under_10", _("under 10")
    TEN_TO_49 = "10_49", _("10 to 49")
    FIFTY_TO_249 = "50_249", _("50 to 249")
    FROM_250 = "250_up", _("250 and more")


class Placement(models.TextChoices):
    COMPETITIVE = "competitive", _("ordinary job")
    SELF_EMPLOYED = "self_employed", _("self-employed")
    AGENCY = "agency", _("temp agency")
    APPRENTICESHIP = "apprenticeship", _("apprenticeship")
    PAID_INTERNSHIP = "paid_internship", _("paid internship")
    UNPAID_INTERNSHIP = "unpaid_internship", _("unpaid internship")
    WORK_TRIAL = "work_trial", _("work trial")
    WAGE_SUBSIDY = "wage_subsidy", _("wage subsidy")
    FLEX_JOB = "flex_job", _("flex-job")
    WAGE_COMPENSATION = "wage_compensation", _("wage compensation")
    SET_ASIDE = "set_aside", _("set-aside or sheltered")
    TRANSITIONAL = "transitional", _("transitional employment")
    VOLUNTEERING = "volunteering", _("volunteering")
    FAMILY_BUSINESS = "family_business", _("family business")
    INSTITUTION = "institution", _("work inside an institution")


class Permanence(models.TextChoices):
    PERMANENT = "permanent", _("permanent")
    FIXED_TERM = "fixed_term", _("fixed term")
    SEASONAL = "seasonal", _("seasonal")
    ON_CALL = "on_call", _("on call")


class TimeLimitOrigin(models.TextChoices):
    EMPLOYER = "employer", _("the employer")
    PROGRAMME = "programme", _("a programme or scheme")


class EmployerOfRecord(models.TextChoices):
    EMPLOYER = "employer", _("the employer")
    AGENCY = "agency", _("a temp agency")
    PROGRAMME = "programme", _("a programme or scheme")


class FitsPreference(models.TextChoices):
    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class FoundBy(models.TextChoices):
    SPECIALIST = "specialist", _("specialist")
    APPLICANT = "applicant", _("applicant")
    FAMILY = "family", _("family")
    ADVERT = "advert", _("advert")
    AGENCY = "agency", _("temp agency")
    JOB_CENTRE = "job_centre", _("job centre")
    OTHER = "other", _("other")


class Disclosure(models.TextChoices):
    NONE = "none", _("nothing told")
    SUPPORT_ONLY = "support_only", _("that support exists")
    HEALTH = "health", _("the health condition")


class EndReason(models.TextChoices):
    QUIT_WITH_NOTICE = "quit_with_notice", _("gave notice")
    QUIT = "quit", _("left without notice")
    LAID_OFF = "laid_off", _("laid off")
    DISMISSED = "dismissed", _("dismissed")
    CONTRACT_ENDED = "contract_ended", _("contract ended")
    SEASON_ENDED = "season_ended", _("season ended")
    BETTER_JOB = "better_job", _("a better job")
    EDUCATION = "education", _("education")
    HEALTH = "health", _("health")
    OTHER = "other", _("other")


class PayUnit(models.TextChoices):
    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")
    WEEK = "week", _("a week")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class PaidWorkSource(models.TextChoices):
    PAYSLIP = "payslip", _("payslip")
    REGISTER = "register", _("register")
    EMPLOYER = "employer", _("employer")
    SELF_REPORT = "self_report", _("self-report")
    SCHEDULE = "schedule", _("rota")
