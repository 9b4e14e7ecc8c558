"""People who sign in, the roles that they have, and how they are invited."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from braid.access.choices import DigestEvery, RoleChoice
from braid.access.models.organisations import Organisation, Team
from braid.kernel.ids import new_id


class UserManager(BaseUserManager["User"]):
    """Makes users; there is no superuser."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who works with Braid.

    Staff named in a roster exist before they have an e-mail address; they can be
    invited later, and sign in only then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    theme = models.CharField(_("appearance"), max_length=5, blank=True)
    digest_every = models.CharField(
        _("a mail of what is new and due"),
        max_length=5,
        choices=DigestEvery.choices,
        default=DigestEvery.DAY,
    )
    digest_sent_on = models.DateField(null=True, blank=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                condition=Q(email__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ", 1)[0]


class Membership(models.Model):
    """A role that somebody has in a team, or in an organisation as its steward.

    `fte` is the share of full time in that team; periods include both days. `ended_at` is
    the instant at which somebody was cut off, within the last day.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    team = models.ForeignKey(
        Team,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=20, choices=RoleChoice.choices)
    fte = models.DecimalField(
        _("share of full time"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        ordering = ["user__name", "first_day"]
        indexes = [models.Index(fields=["team", "role"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(fte__isnull=True) | Q(fte__gt=0, fte__lte=2),
                name="membership_fte_plausible",
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=False) | Q(role="steward"),
                name="membership_names_a_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

    def is_over(self, today: date) -> bool:
        """Say whether it ended before `today`, or at once."""
        ended = self.last_day is not None and self.last_day < today
        return ended or self.ended_at is not None


class Invitation(models.Model):
    """A link by which somebody sets a password; kept as a hash, used once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return str(self.pk)
