"""What somebody typed and did not send, and forms that were sent already."""

from django.conf import settings
from django.db import models

from braid.kernel.ids import new_id


class Draft(models.Model):
    """What somebody typed into a form and did not send yet; sealed, and soon deleted.

    `form` names the page and what it is about, `sealed` holds the fields.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    form = models.CharField(max_length=200)
    applicant_id = models.UUIDField(null=True, db_index=True)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "form"], name="draft_once_a_form")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SentForm(models.Model):
    """The key of a form that was saved, so that the same one saves nothing twice."""

    id = models.UUIDField(primary_key=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    saved_at = models.DateTimeField()
    where = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["saved_at"])]

    def __str__(self) -> str:
        return str(self.pk)
