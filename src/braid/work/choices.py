"""Closed lists of the work room; the values are those of the facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class Decision(models.TextChoices):
    """What an employer may be told, from least to most."""

    NOTHING = "nothing", _("nothing: no contact in my name")
    APPROACH = "approach", _("employers may be asked about work, without my name")
    NAME = "name", _("my name, nothing more")
    SUPPORT = "support", _("that I have help from an employment specialist")
    HEALTH = "health", _("something about my health, in agreed words")


class Told(models.TextChoices):
    """What an employer was told about somebody."""

    NOTHING = "nothing", _("no name")
    NAME = "name", _("the name")
    SUPPORT = "support", _("that support exists")
    HEALTH = "health", _("something about health")


class DisclosureItemKind(models.TextChoices):
    """Pieces of information, each decided by itself."""

    NAME = "name", _("my name")
    CONTACT = "contact", _("how to reach me")
    SUPPORT = "support", _("that a specialist helps me")
    MENTAL_HEALTH = "mental_health", _("that I have a mental health condition")
    DIAGNOSIS = "diagnosis", _("what it is called")
    TREATMENT = "treatment", _("treatment and medicine")
    ADJUSTMENTS = "adjustments", _("what I need at work")
    GAPS = "gaps", _("gaps in my CV")
    LEGAL_RECORD = "legal_record", _("my legal record")
    BENEFITS = "benefits", _("my benefits")


class Channel(models.TextChoices):
    ONLINE = "online", _("online")
    LETTER = "letter", _("letter or e-mail")
    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("phone")
    AGENCY = "agency", _("temp agency")
    OTHER = "other", _("another way")


class ApplicationResult(models.TextChoices):
    SENT = "sent", _("waiting for an answer")
    INTERVIEW = "interview", _("interview")
    OFFER = "offer", _("job offer")
    REFUSED = "refused", _("no")
    NO_ANSWER = "no_answer", _("never answered")
    WITHDRAWN = "withdrawn", _("taken back")


class LeadState(models.TextChoices):
    OPEN = "open", _("open")
    TAKEN = "taken", _("taken")
    CLOSED = "closed", _("over")


class AppointmentWith(models.TextChoices):
    APPLICANT = "applicant", _("an applicant")
    EMPLOYER = "employer", _("an employer")
    CLINIC = "clinic", _("the treatment team")
    JOB_CENTRE = "job_centre", _("the job centre")
    OTHER = "other", _("somebody else")


class AppointmentState(models.TextChoices):
    PLANNED = "planned", _("planned")
    KEPT = "kept", pgettext_lazy("an appointment", "kept")
    MISSED = "missed", _("did not come")
    CANCELLED = "cancelled", _("called off")


class Activity(models.TextChoices):
    EMPLOYMENT = "employment", _("employment support")
    OTHER_SERVICES = "other_services", _("other services")
    ADMINISTRATION = "administration", _("administration")
    MEETING = "meeting", _("meetings")
    TRAVEL = "travel", _("on the way")
    LEAVE = "leave", _("leave")


class SupportKind(models.TextChoices):
    ON_SITE = "on_site", _("at the workplace")
    OFF_SITE = "off_site", _("away from the workplace")
    EMPLOYER_CONTACT = "employer_contact", _("talking with the employer")
    TRAVEL = "travel", _("the way to work")
    ADJUSTMENT = "adjustment", _("an adjustment at work")
    REPORTING = "reporting", _("reporting pay and hours")
    TEAM_HELP = "team_help", _("help from the treatment team")
    OTHER = "other", _("something else")


class GivenBy(models.TextChoices):
    SPECIALIST = "specialist", _("specialist")
    TREATMENT_TEAM = "treatment_team", _("treatment team")
    FAMILY = "family", _("family")
    EMPLOYER = "employer", _("employer")
    PEER = "peer", _("peer")
    OTHER = "other", _("somebody else")


class TermsReason(models.TextChoices):
    MORE_HOURS = "more_hours", _("more hours")
    FEWER_HOURS = "fewer_hours", _("fewer hours")
    RAISE = "raise", _("a rise in pay")
    NEW_TITLE = "new_title", _("a new task or title")
    CONTRACT = "contract", _("a new contract")
    HEALTH = "health", _("health")
    EMPLOYER = "employer", _("the employer wished it")
    OTHER = "other", _("something else")


class AbsenceKind(models.TextChoices):
    SICKNESS = "sickness", _("sickness")
    LEAVE = "leave", _("leave")
    HOLIDAY = "holiday", _("holiday")
    OTHER = "other", _("something else")


class AbsencePay(models.TextChoices):
    FULL = "full", _("full pay")
    PART = "part", _("part pay")
    NONE = "none", _("no pay")


class EvidenceKind(models.TextChoices):
    PAYSLIP = "payslip", _("payslip")
    CONTRACT = "contract", _("contract")
    EMPLOYER_LETTER = "employer_letter", _("letter from the employer")
    REGISTER_EXTRACT = "register_extract", _("extract from a register")
    SELF_DECLARATION = "self_declaration", _("own declaration")
    INVOICE = "invoice", _("invoice")
    OTHER = "other", _("another paper")


class EducationLevel(models.TextChoices):
    SCHOOL = "school", _("school")
    VOCATIONAL = "vocational", _("vocational training")
    HIGHER = "higher", _("higher education")
    COURSE = "course", _("a course")
