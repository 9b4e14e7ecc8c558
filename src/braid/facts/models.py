"""Which snapshots of the facts there are, and the notes that people set beside figures.

The files hold the facts; a row says so.
"""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.facts.held import BesideFigures
from braid.kernel.ids import new_id


class Snapshot(models.Model):
    """Facts as they were frozen once; the row is written when its files are complete.

    Without a hash it was not yet looked at once more for who was erased meanwhile: only
    an erasure finds it, and no page, build or review reads it.
    """

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
    # What a later build goes on from, see `facts/footing.py`; null: it begins afresh.
    footing = models.JSONField(_("footing"), null=True, default=None, editable=False)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return Path(settings.BRAID_DATA) / "facts" / str(self.pk)


class Touched(models.Model):
    """A row of the record that came, changed or went; triggers of the database note it.

    `source` is the table and the column whose value `key` is. A line stays until every
    snapshot that a build may go on from has seen it.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(_("source"), max_length=120)
    key = models.CharField(_("key"), max_length=36)

    def __str__(self) -> str:
        return self.source


class Annotation(BesideFigures):
    """What a steering group or somebody of the unit says about a figure of a quarter."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(_("figure"), max_length=60)
    quarter = models.CharField(_("quarter"), max_length=6)
    text = models.TextField(_("note"))

    class Meta:
        ordering = ["quarter", "created_at"]
        indexes = [models.Index(fields=["unit", "measure", "quarter"])]

    def __str__(self) -> str:
        return f"{self.measure} {self.quarter}"
