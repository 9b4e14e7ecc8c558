"""Closed lists of the documents room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.documents.rules import Problem


class DocumentKind(models.TextChoices):
    """What a document is about: its class of information, and so its audience."""

    WORK_GOALS = "work_goals", _("goals and plans for work, such as a CV")
    JOBS = "jobs", _("a job, such as a contract or a payslip")
    ATTENDANCE = "attendance", _("meetings and the course in IPS")
    BENEFITS = "benefits", _("benefits and money")
    HEALTH_AT_WORK = "health_at_work", _("health that matters at work")
    TREATMENT = "treatment", _("treatment")
    CONVERSATION = "conversation", _("said or written in confidence")
    IDENTITY = "identity", _("a signed agreement")


# What a signature proves belongs to the sharing itself: read by whoever may see to it.
SIGNATURE = DocumentKind.IDENTITY


PROBLEMS = {
    Problem.EMPTY: _("The file is empty. Choose the file again."),
    Problem.TOO_LARGE: _(
        "The file is larger than 10 MB. Bring it in parts, or scan it more coarsely."
    ),
    Problem.UNKNOWN: _(
        "This kind of file is not taken, whatever its name says. Bring a PDF, a JPEG or "
        "PNG picture, plain text, or a document or spreadsheet of an office program "
        "(.docx, .xlsx, .odt, .ods)."
    ),
    Problem.DAMAGED: _(
        "The file is damaged. Open it in the program that made it and save it again."
    ),
    Problem.MACROS: _(
        "The file holds a program (macros or other files within it). Save it without "
        "and bring it again."
    ),
    Problem.FETCHES: _(
        "The file fetches something from elsewhere when it is opened. Save it as PDF "
        "and bring that."
    ),
    Problem.LOCKED: _(
        "The file is locked with a password. Save it without one and bring it again; "
        "it is encrypted here."
    ),
    Problem.TOO_MANY_PIXELS: _(
        "The picture has more than 50 million pixels. Make it smaller and bring it again."
    ),
    Problem.UNSAFE: _(
        "The file is packed in a way that could do harm. Save it again in an office "
        "program and bring that file."
    ),
    Problem.NOT_A_PICTURE: _(
        "This is no picture of a paper. Bring a photo or a scan: JPEG, PNG or PDF."
    ),
}
