"""Blocks, broken glass, restrictions: what stands beside or above consent."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from braid.access.choices import EmergencyReason, ReviewVerdict
from braid.access.models.organisations import Organisation
from braid.kernel.ids import new_id


class Block(models.Model):
    """Somebody to whom the applicant does not exist: a member of Braid, or a name.

    A name blocks everybody of that name, also those who come later; it is compared by a
    keyed hash (`secrets.keyed_hash`) of the name without case and needless spaces.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    applicant_id = models.UUIDField(db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150)
    name_hash = models.CharField(max_length=64, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["set_at"]
        indexes = [
            models.Index(fields=["user", "lifted_at"]),
            models.Index(fields=["name_hash", "lifted_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(name_hash=""),
                name="block_names_somebody",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class BlockSetAside(models.Model):
    """In an emergency two persons together set a block aside, until an instant."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="set_aside")
    reason = models.CharField(max_length=20, choices=EmergencyReason.choices)
    words = models.TextField(_("what happened"))
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    first_role = models.CharField(max_length=20)  # the second has another
    first_at = models.DateTimeField()
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    second_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("first_by")),
                name="set_aside_by_two",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class BrokenGlass(models.Model):
    """Emergency access to one applicant for one hour, told and reviewed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    applicant_id = models.UUIDField(db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )  # for which it was broken
    holder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )  # that holds the record; its steward is told and reviews
    reason = models.CharField(
        _("reason"), max_length=20, choices=EmergencyReason.choices
    )
    words = models.TextField(_("what happened"))
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # when the applicant was told
    not_told_because = models.TextField(blank=True)
    review_due_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verdict = models.CharField(max_length=14, choices=ReviewVerdict.choices, blank=True)
    review_words = models.TextField(_("conclusion"), blank=True)

    class Meta:
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["user", "expires_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("opened_at")), name="glass_closes_later"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("user")),
                name="glass_reviewed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Restriction(models.Model):
    """A record that is kept and not used: the name stays, everything else is closed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    applicant_id = models.UUIDField(db_index=True)
    reason = models.TextField(_("reason"))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["set_at"]

    def __str__(self) -> str:
        return str(self.pk)
