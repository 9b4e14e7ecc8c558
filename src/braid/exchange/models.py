"""Imports: the files that were brought, what was decided about them, what they made.

Rows of a roster are never kept here: a plan is made again from the stored files. A link
remembers which record a row became, so that a later version of the file finds it and
the import can be taken back.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from braid.access.records import Record, Scoped
from braid.exchange.choices import BatchState, Does, LinkKind
from braid.exchange.sealed import SealedJSONField, SealedTextField
from braid.kernel.ids import new_id


class ImportBatch(Record):
    """One import: files, setup, layout and answers, from reading to commit or undo."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField(_("as of"), null=True, blank=True)
    layout_id = models.CharField(max_length=60, blank=True)
    setup = models.JSONField(default=dict)
    layout = models.JSONField(null=True)
    answers: Any = SealedJSONField(default=list)
    plan_hash = models.CharField(max_length=64, blank=True)
    planned_from = models.CharField(max_length=64, blank=True)
    summary = models.JSONField(default=dict)
    state = models.CharField(
        max_length=12, choices=BatchState.choices, default=BatchState.READING
    )  # the last entry's state, kept by `commands.enter_state` for lists
    rows_read = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField(default=timezone.now)
    commit_began_at = models.DateTimeField(null=True, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("exchange:batch", args=[self.pk])


class ImportEntry(Scoped):
    """A state that an import came into, and why; never changed."""

    unit_path = "batch__unit"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="entries"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=BatchState.choices)
    said = models.JSONField(null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"], name="import_entry_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class ImportFile(Scoped):
    """A file of an import under the name it came with; its bytes are stored by hash."""

    unit_path = "batch__unit"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField(_("name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size"))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "name"], name="import_file_once")
        ]

    def __str__(self) -> str:
        return self.name


class ImportedRow(Scoped):
    """Which record a row of a file became, and how the record stood then.

    `row_version` is that of the record and its parts together after the import.
    `parts_removed` counts parts that an update took away and undo cannot bring back.
    """

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="rows"
    )
    kind = models.CharField(max_length=18, choices=LinkKind.choices)
    applicant_key = models.UUIDField(null=True)
    number: Any = SealedTextField(blank=True)  # a client number as it was typed
    key = models.TextField(blank=True)
    occurrence = models.PositiveIntegerField(default=1)
    fingerprint = models.CharField(max_length=64, blank=True)
    values_hash = models.CharField(max_length=64, blank=True)
    does = models.CharField(max_length=8, choices=Does.choices)
    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()
    row_version = models.PositiveIntegerField(default=1)
    parts_removed = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=255, blank=True)
    sheet = models.CharField(max_length=255, blank=True)
    row = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["unit", "kind"]),
            models.Index(fields=["batch", "record_kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


class KeptLayout(Record):
    """A table whose mapping somebody corrected; used again for tables like it."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)
    table = models.JSONField()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "signature"], name="kept_layout_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class KeptAnswer(Record):
    """What the service said about a row; the same row next month is not asked again."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="kept_answers"
    )
    fingerprint = models.CharField(max_length=64)
    field = models.CharField(max_length=40, blank=True)
    answer: Any = SealedJSONField()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "fingerprint", "field"], name="kept_answer_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CalendarFeed(models.Model):
    """An address under which a calendar reads one's own appointments.

    Kept as a hash: whoever has the address reads the feed, so it is shown once and can
    be taken back. It speaks for one role at one organisation, as that stands at each
    fetch.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(max_length=20)
    organisation = models.ForeignKey(
        "access.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    label = models.CharField(_("for which device"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    with_initials = models.BooleanField(_("initials of the person"), default=False)
    made_at = models.DateTimeField(_("made"))
    fetched_at = models.DateTimeField(_("last read"), null=True, blank=True)
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return str(self.pk)
