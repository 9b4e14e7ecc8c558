"""The applicant's account, what is told there, and what is asked of the organisation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.access.choices import NoticeKind, RequestKind, RequestState
from braid.access.models.append_only import AppendOnlyModel
from braid.access.models.organisations import Organisation
from braid.kernel.ids import new_id


class ApplicantAccount(models.Model):
    """Whose account it is; by it somebody acts as the applicant."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="applicant_account",
    )
    applicant_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class ApplicantInvitation(models.Model):
    """A code by which an applicant opens an account; kept as a hash, used once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    applicant_id = models.UUIDField(db_index=True)
    code_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    misses = models.PositiveSmallIntegerField(default=0)  # wrong dates of birth

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return str(self.pk)


class Notice(models.Model):
    """Something that the applicant is told on their own page. No names, no values."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    applicant_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="+"
    )
    at = models.DateTimeField()
    record_key = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["applicant_id", "seen_at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}"


class SubjectRequest(models.Model):
    """What an applicant asks under the law: a copy, a correction, erasure, restriction."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    applicant_id = models.UUIDField(db_index=True)
    kind = models.CharField(
        _("what is asked"), max_length=12, choices=RequestKind.choices
    )
    words = models.TextField(_("in own words"), blank=True)
    made_at = models.DateTimeField()
    due_on = models.DateField(_("answer due"))
    state = models.CharField(
        max_length=10, choices=RequestState.choices, default=RequestState.RECEIVED
    )  # the last entry's state, kept by the command for lists

    class Meta:
        ordering = ["due_on"]
        indexes = [models.Index(fields=["organisation", "state"])]

    def __str__(self) -> str:
        return f"{self.due_on} {self.kind}"


class RequestEntry(AppendOnlyModel):
    """A state that a request came into, with words for the applicant."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(
        SubjectRequest, on_delete=models.CASCADE, related_name="entries"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RequestState.choices)
    words = models.TextField(_("answer"), blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "number"], name="request_entry_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class ErasedSubject(AppendOnlyModel):
    """The tombstone of somebody who was erased: a key that stands for nobody any more."""

    applicant_id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    erased_at = models.DateTimeField()
    reason = models.CharField(max_length=20)

    class Meta:
        ordering = ["erased_at"]

    def __str__(self) -> str:
        return str(self.pk)
