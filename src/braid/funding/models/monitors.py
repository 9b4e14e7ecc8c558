"""What was asked about a figure that is watched, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.funding.held import MoneyRecord
from braid.funding.models.agreements import Agreement


class MonitorNote(MoneyRecord):
    """A review note: a figure of an agreement that somebody wants to talk about.

    It names a monitor, never a person. One that a flag opened by itself (`is_raised`)
    says what the flag says, in the words of the day. Both parties read it; it changes no
    payment.
    """

    unit_path = "agreement__unit"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="monitor_notes"
    )
    monitor = models.CharField(_("figure"), max_length=40)
    as_of = models.DateField(_("as of"))
    question = models.TextField(_("what to talk about"))
    answer = models.TextField(_("what came of it"), blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    is_raised = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-as_of", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(answer=""),
                name="monitor_note_closed_with_answer",
            ),
            models.UniqueConstraint(
                fields=["agreement", "monitor"],
                condition=Q(is_raised=True, closed_on__isnull=True),
                name="monitor_note_raised_once",
            ),
        ]

    def __str__(self) -> str:
        return self.monitor
