"""Documents about an applicant: the row here, the bytes sealed in a file of their own.

The room knows whose a document is by a key only, and who may read it by its class.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.access.records import Record
from braid.documents.choices import DocumentKind


class Document(Record):
    """A file about an applicant, held by the team that keeps it.

    `kind` is its class of information, `also` are further classes of what a document
    made here holds: who reads it may read each of them. The bytes are sealed with the
    applicant's own key (`storage.py`); `sha256` and `size` are those of the bytes in
    clear.
    """

    unit_path = "team"
    applicant_path = "applicant_id"
    information = Information.CONVERSATION  # the narrowest; `kind` says which it is

    applicant_id = models.UUIDField(db_index=True)
    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    kind: Any = models.CharField(
        _("what it is about"), max_length=16, choices=DocumentKind.choices
    )
    also = models.CharField(max_length=120, blank=True)  # each between spaces
    title = models.CharField(_("title"), max_length=150)
    file_name = models.CharField(_("file"), max_length=150)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size"))
    template = models.CharField(max_length=60, blank=True)  # made here, from which one
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-day", "-created_at"]
        indexes = [models.Index(fields=["applicant_id", "team"])]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"

    @property
    def classes(self) -> tuple[Information, ...]:
        """Every class that somebody must be allowed to read in order to open it."""
        return tuple(Information(one) for one in (self.kind, *self.also.split()))
