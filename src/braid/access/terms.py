"""The closed lists of which the policy speaks: roles, actions, classes, purposes, grounds.

Everybody else imports them from `access/policy.py`.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a team or organisation."""

    SPECIALIST = "specialist"
    SUPERVISOR = "supervisor"
    CLINICIAN = "clinician"
    CLINICAL_MANAGER = "clinical_manager"
    CASEWORKER = "caseworker"
    COUNSELLOR = "counsellor"
    REVIEWER = "reviewer"
    FUNDER = "funder"
    EVALUATOR = "evaluator"
    STEWARD = "steward"
    APPLICANT = "applicant"


class Action(StrEnum):
    """What somebody wants to do."""

    READ = "read"
    RECORD = "record"
    CO_WRITE = "co_write"
    CONFIRM = "confirm"
    TAKE_PART = "take_part"
    SUPERVISE = "supervise"
    REFER = "refer"
    ASSIGN = "assign"
    SHARE = "share"
    INVITE = "invite"
    BLOCK = "block"
    SET_ASIDE = "set_aside"
    BREAK_GLASS = "break_glass"
    ASK = "ask"
    ANSWER = "answer"
    REVIEW_ACCESS = "review_access"
    OVERSEE = "oversee"
    RATE = "rate"
    SEE_AMOUNTS = "see_amounts"
    CLAIM = "claim"
    RELEASE = "release"
    PAY = "pay"
    SETTLE = "settle"
    KEEP_EMPLOYERS = "keep_employers"
    IMPORT = "import"
    MANAGE_MEMBERS = "manage_members"


class Information(StrEnum):
    """The class of what is asked about a person; a closed list."""

    IDENTITY = "identity"
    CONTACT_DETAILS = "contact_details"
    WORK_GOALS = "work_goals"
    JOBS = "jobs"
    ATTENDANCE = "attendance"
    BENEFITS = "benefits"
    HEALTH_AT_WORK = "health_at_work"
    TREATMENT = "treatment"
    CONVERSATION = "conversation"
    STATISTICAL = "statistical"


class Purpose(StrEnum):
    """What somebody works at; bound to the sign-in, switched by an audited step."""

    IPS_SUPPORT = "ips_support"
    TREATMENT = "treatment"
    JOB_SEARCH_SUPPORT = "job_search_support"
    BENEFIT_DECISION = "benefit_decision"
    BENEFIT_CONTROL = "benefit_control"
    BENEFITS_COUNSELLING = "benefits_counselling"
    FIDELITY_REVIEW = "fidelity_review"
    FUNDING = "funding"
    EVALUATION = "evaluation"
    ADMINISTRATION = "administration"
    OWN_AFFAIRS = "own_affairs"


class Ground(StrEnum):
    """Why an answer is yes."""

    OWN_RECORD = "own_record"
    OWN_CARE = "own_care"
    CONSENT = "consent"
    DUTY = "duty"
    BROKEN_GLASS = "broken_glass"
    OFFICE = "office"
    INVITED = "invited"
