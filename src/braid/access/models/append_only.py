"""What only grows: rows that are written once, and the change log."""

from typing import Any

from django.conf import settings
from django.db import models

from braid.kernel.errors import BraidError


class AppendOnly(BraidError):
    """Somebody tried to change what only grows."""

    code = "append_only"


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are written once."""

    def update(self, **kwargs: Any) -> int:
        raise AppendOnly(
            f"'{self.model.__name__}' rows are written once, never changed."
        )

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly(
            f"'{self.model.__name__}' rows are written once, never deleted."
        )


class AppendOnlyModel(models.Model):
    """A row that can be added and read, nothing else; the database refuses it too."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(f"'{type(self).__name__}' rows are written once.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly(f"'{type(self).__name__}' rows are never deleted.")


class Change(AppendOnlyModel):
    """One field of one record that was changed: old, new, who, when, to which version."""

    record_kind = models.CharField(max_length=60)
    record_key = models.UUIDField()
    # Whom the record is about: by it the log of an erased person is taken away.
    applicant_key = models.UUIDField(null=True, db_index=True)
    row_version = models.PositiveIntegerField()
    field = models.CharField(max_length=60)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["record_kind", "record_key"])]

    def __str__(self) -> str:
        return f"{self.record_kind}.{self.field}"
