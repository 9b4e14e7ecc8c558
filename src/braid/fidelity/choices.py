"""Closed lists of the fidelity room; where the facts have a list, the values are its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReviewMode(models.TextChoices):
    """Who rates; never mixed in one line of a trend without a mark."""

    INDEPENDENT = "independent", _("independent review")
    GUIDED = "guided", _("guided self-assessment")
    SELF = "self", _("self-assessment")


class ReviewStatus(models.TextChoices):
    """How far a review is."""

    PLANNED = "planned", _("planned")
    RATING = "rating", _("being rated")
    CONSENSUS = "consensus", _("consensus")
    MODERATED = "moderated", _("moderated, with the service")
    ANSWERED = "answered", _("answered by the service")
    FINAL = "final", _("final")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Seat(models.TextChoices):
    """What somebody does in a review."""

    LEAD = "lead", _("lead reviewer")
    REVIEWER = "reviewer", _("reviewer")
    MODERATOR = "moderator", _("moderator")
    CONTACT = "contact", _("contact person of the service")
    EXECUTIVE = "executive", _("executive")


RATERS = (Seat.LEAD, Seat.REVIEWER)
READERS = (
    *RATERS,
    Seat.MODERATOR,
)  # of ratings and evidence, before the service is told


class RatingStage(models.TextChoices):
    """Which version of a score it is; every version stays."""

    COMPUTED = "computed", _("computed from the record")
    RATER = "rater", _("rated alone")
    CONSENSUS = "consensus", _("agreed by the reviewers")
    MODERATED = "moderated", _("moderated")
    FINAL = "final", _("final, after the answer of the service")


class RatingStatus(models.TextChoices):
    """Whether an item has a score, and why it has none."""

    SCORED = "scored", _("scored")
    NO_FIT = "no_fit", _("cannot be rated, does not fit")
    INSUFFICIENT = "insufficient", _("not enough evidence")


class EvidenceKind(models.TextChoices):
    """How evidence was gathered."""

    INTERVIEW = "interview", pgettext_lazy("of a review", "interview")
    OBSERVATION = "observation", _("observation")
    DOCUMENT = "document", _("document")
    CHART = "chart", _("record that was sampled")
    INFORMATION_SYSTEM = "information_system", _("figures")


class Progress(models.TextChoices):
    """How far an action of the plan is."""

    OPEN = "open", _("not begun")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")
