"""Closed lists of the benefits room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Trigger(models.TextChoices):
    """What makes counselling due."""

    WORRY = "worry", _("a worry about benefits")
    PROFILE = "profile", _("talked about in the career profile")
    OFFER = "offer", _("a job offer")
    START = "start", _("a job start")
    CHANGE = "change", _("a change of hours or pay")
    END = "end", _("a job that ended")
    HOUSEHOLD = "household", _("a change in the household")
    RULES = "rules", _("rules that changed")
    REVIEW = "review", _("the agreed look again")


class Answer(models.TextChoices):
    ACCEPTED = "accepted", _("yes, please")
    LATER = "later", _("later")
    DECLINED = "declined", _("no, thank you")


class Member(models.TextChoices):
    """Whose benefit it is; no names of a household are kept."""

    APPLICANT = "applicant", _("the applicant")
    PARTNER = "partner", _("the partner")
    CHILD = "child", _("a child")
    OTHER = "other", _("somebody else at home")


class Verified(models.TextChoices):
    """From where a benefit is known."""

    TOLD = "told", _("told, not yet checked")
    LETTER = "letter", _("letter seen")
    CALL = "call", _("called the payer")
    PORTAL = "portal", _("seen in the payer's portal")
    STATEMENT = "statement", _("statement of the payer")


class Period(models.TextChoices):
    WEEK = "week", _("a week")
    FOUR_WEEKS = "four_weeks", _("four weeks")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class CalculationState(models.TextChoices):
    QUEUED = "queued", _("being worked out")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be worked out")


class Delivered(models.TextChoices):
    IN_PERSON = "in_person", _("handed over and talked through")
    ACCOUNT = "account", _("in the own account")
    POST = "post", _("sent by post")
