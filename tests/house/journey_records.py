"""The 25 records of IPS: where each is kept, and which fidelity items it is evidence for.

Facts are not named here: they follow from what the rooms give (`facts/registry.py`). The
items are those of the 25-item scale by their numbers.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """One record of the field, the models that keep it, and the items it feeds.

    `derived` says how it follows from others, where nothing of its own is kept;
    `missing` that no page keeps it yet; `without_facts` why it gives none.
    """

    number: int
    name: str
    models: tuple[str, ...] = ()
    items: tuple[int, ...] = ()
    derived: str = ""
    missing: str = ""
    without_facts: str = ""


RECORDS = (
    Kept(
        1,
        "Referral",
        ("people.Episode", "people.EpisodeEntry", "people.Enquiry"),
        (9,),
    ),
    Kept(2, "Zero-exclusion log", ("people.Refusal",), (9,)),
    Kept(
        3,
        "First meaningful contact, and every contact after it",
        ("work.Contact", "work.Appointment"),
        (5, 6, 22, 24, 25),
    ),
    Kept(
        4,
        "Career profile",
        ("people.ProfileAnswer", "people.PastJob", "people.ProfileUpdate"),
        (14,),
    ),
    Kept(
        5,
        "Disclosure discussion and plan",
        ("work.DisclosureDecision", "work.DisclosureItem"),
        (13,),
    ),
    Kept(
        6,
        "Benefits counselling",
        (
            "benefits.Counselling",
            "benefits.Benefit",
            "benefits.Calculation",
            "benefits.PayerQuestion",
            "benefits.ReportingDuty",
            "benefits.EarningsMonth",
        ),
        (12,),
    ),
    Kept(
        7,
        "Individual job-search plan",
        ("people.SearchPlan", "people.PlanTarget", "people.PlanAction"),
        (16,),
    ),
    Kept(
        8,
        "Rapid-search clock",
        items=(15,),
        derived="from the entry to the first face-to-face employer contact",
    ),
    Kept(
        9,
        "Employer contact",
        ("work.EmployerContact", "work.Employer", "work.Lead"),
        (15, 16, 17, 18),
    ),
    Kept(
        10,
        "Application and interview",
        ("work.Application",),
        (16,),
        without_facts="the facts have no table of applications",
    ),
    Kept(11, "Job start", ("work.Job", "work.Evidence", "work.PaidWork"), (19, 20, 21)),
    Kept(
        12,
        "Job-support plan, and support given",
        (
            "work.JobSupportPlan",
            "work.PlannedSupport",
            "work.Support",
            "work.JobProblem",
        ),
        (22, 23),
    ),
    Kept(13, "Job change", ("work.JobTerms",), (12, 22)),
    Kept(14, "Job end", ("work.JobEndReview",), (14, 22)),
    Kept(15, "Absence and leave", ("work.Absence",)),
    Kept(
        16,
        "Step-down and handover",
        ("people.StepDownPlan", "people.Handover", "people.CaseloadSpell"),
        (1, 3, 23),
    ),
    Kept(17, "Exit", ("people.Episode", "people.EpisodeEntry"), (23, 25)),
    Kept(
        18,
        "Treatment-team meeting",
        (
            "teamwork.Meeting",
            "teamwork.Attendance",
            "teamwork.Discussion",
            "teamwork.MeetingNote",
            "teamwork.NotYetReferred",
            "teamwork.Question",
            "teamwork.Task",
            "people.TreatmentSpell",
        ),
        (4, 5),
    ),
    Kept(
        19,
        "Unit meeting",
        ("teamwork.Meeting", "teamwork.Attendance", "teamwork.Cover"),
        (7,),
    ),
    Kept(20, "Individual supervision", ("teamwork.Meeting", "teamwork.Task"), (8,)),
    Kept(21, "Field mentoring", ("teamwork.Meeting", "teamwork.Observation"), (8,)),
    Kept(
        22,
        "Steering group",
        (
            "teamwork.Meeting",
            "teamwork.Attendance",
            "teamwork.Group",
            "teamwork.GroupMember",
            "teamwork.Matter",
            "teamwork.Task",
        ),
        (11,),
    ),
    Kept(
        23,
        "Fidelity review",
        (
            "fidelity.Review",
            "fidelity.Seat",
            "fidelity.Step",
            "fidelity.Meeting",
            "fidelity.Piece",
            "fidelity.Chart",
            "fidelity.Evidence",
            "fidelity.Rating",
            "fidelity.Correction",
            "fidelity.Passage",
            "fidelity.Answer",
            "fidelity.PlannedAction",
            "fidelity.ProgressNote",
        ),
        (11,),
    ),
    Kept(24, "Quarterly outcome report", ("outcomes.Release", "outcomes.Shared")),
    Kept(25, "Consent ledger", ("access.ConsentEntry", "access.Sharing")),
)
# What the rooms keep beside the records of the field.
BESIDES = {
    "documents.Document",
    "people.Applicant",
    "people.Characteristic",
    "people.Residence",
    "people.CaseworkSpell",
    "people.Identifier",
    "people.Note",
    "people.OwnWords",
    "people.TreatmentNote",
    "people.PlanSeen",
    "teamwork.AnswerLink",
    "teamwork.Proposal",
    "teamwork.Snooze",
    "teamwork.Told",
    "work.DistinctEmployers",
    "work.Education",
    "work.TimeEntry",
}
