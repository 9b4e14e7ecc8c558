"""Organisations, teams, people who work in them, and the audit of what they do."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from braid.access.choices import RoleChoice, Sector, TeamKind
from braid.access.policy import Subject
from braid.kernel.errors import BraidError
from braid.kernel.ids import new_id


class Organisation(models.Model):
    """A body that holds records or takes part: a hospital, a municipality, a provider."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    country = models.CharField(_("country"), max_length=2)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def subject(self) -> Subject:
        return Subject(information=None, organisation=self.pk)


class Team(models.Model):
    """A group of people within an organisation; an IPS unit is a team of its own kind."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="teams"
    )
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=TeamKind.choices)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def subject(self, information: Any = None) -> Subject:
        return Subject(
            information=information,
            organisation=self.organisation_id,
            care=frozenset({self.pk}),
        )


class TeamLink(models.Model):
    """An IPS unit and a treatment team or job centre that it works with."""

    unit = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="links")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="units")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "team"], name="team_link_once"),
            models.CheckConstraint(
                condition=~Q(unit=F("team")), name="team_link_between_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} – {self.team_id}"


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

    `fte` is the share of full time in that team; periods include both days.
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


class AuditEntry(AppendOnlyModel):
    """Who did or opened what, on which ground. Keys, never names and never values.

    A list is one entry with the number of people on the page and a digest of their
    sorted keys; opening a person is one entry with the applicant's key.
    """

    organisation_id = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.UUIDField(null=True)
    system = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    record_kind = models.CharField(max_length=60, blank=True)
    record_key = models.CharField(max_length=64, blank=True)
    applicant_key = models.UUIDField(null=True)
    information = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    count = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["applicant_key", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


class Change(AppendOnlyModel):
    """One field of one record that was changed: old, new, who, when, to which version."""

    record_kind = models.CharField(max_length=60)
    record_key = models.UUIDField()
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
