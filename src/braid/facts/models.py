"""Which snapshots of the facts there are. The files hold the facts; a row says so."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.kernel.ids import new_id


class Snapshot(models.Model):
    """Facts as they were frozen once; the row is written when its files are complete."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    schema = models.CharField(_("schema"), max_length=20)
    as_of = models.DateField(_("as of"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    units = models.JSONField(_("units"), default=list)
    rows = models.JSONField(_("rows"), default=dict)
    hash = models.CharField(_("hash of the content"), max_length=64)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return Path(settings.BRAID_DATA) / "facts" / str(self.pk)
