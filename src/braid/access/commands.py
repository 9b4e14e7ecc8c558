"""Writing who is who: organisations, teams, memberships, invitations, sign-in choices."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from braid.access import appointing, audit, queries
from braid.access.choices import Sector, TeamKind
from braid.access.models import (
    Invitation,
    Membership,
    Organisation,
    Team,
    TeamLink,
    User,
)
from braid.access.policy import Action, Actor, Role
from braid.access.sign_in import queries as signing_in
from braid.access.sign_in import restoring, sessions
from braid.kernel.errors import InputFault

FIRST_RUN = "first-run"
INVITATION_DAYS = 14


def _free_slug(model: type[Organisation] | type[Team], name: str) -> str:
    base = slugify(name) or "team"
    slug, number = base[:55], 2
    while model.objects.filter(slug=slug).exists():
        slug, number = f"{base[:55]}-{number}", number + 1
    return slug


@transaction.atomic
def create_organisation(
    *, actor: Actor | None, name: str, sector: Sector, country: str, slug: str = ""
) -> Organisation:
    """Make an organisation. Without an actor only in an empty installation."""
    if actor is None and not queries.is_empty_installation():
        raise InputFault(
            _("Braid is already set up. Sign in as a data steward instead.")
        )
    organisation = Organisation.objects.create(
        slug=slug or _free_slug(Organisation, name),
        name=name,
        sector=sector,
        country=country.lower(),
    )
    if actor is None or actor.id is None:
        # Its own chain begins with it.
        actor = setup_actor(organisation, actor.system if actor else FIRST_RUN)
    audit.record(actor, "organisation_created", organisation)
    return organisation


def setup_actor(organisation: Organisation, task: str = FIRST_RUN) -> Actor:
    """Return the audited actor of the first run or of the shell, for one organisation."""
    return Actor(
        id=None,
        role=Role.STEWARD,
        organisation=organisation.pk,
        country=organisation.country,
        system=task,
    )


@transaction.atomic
def set_up(
    *,
    organisation: str,
    sector: str,
    country: str,
    unit: str,
    name: str,
    email: str,
    password: str,
    now: datetime,
) -> User:
    """Set up an empty installation: organisation, IPS unit, first data steward.

    The first steward is also the unit's supervisor, so that a small unit can begin
    with one person; either role can be ended later.
    """
    made = create_organisation(
        actor=None, name=organisation, sector=Sector(sector), country=country
    )
    actor = setup_actor(made)
    team = create_team(
        actor=actor, organisation=made, name=unit, kind=TeamKind.IPS_UNIT
    )
    today = timezone.localdate(now)
    steward = add_steward(
        actor=actor, organisation=made, name=name, email=email, first_day=today
    )
    add_member(
        actor=actor,
        team=team,
        role=Role.SUPERVISOR,
        name=name,
        email=email,
        first_day=today,
    )
    user = steward.user
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def create_team(
    *,
    actor: Actor,
    organisation: Organisation,
    name: str,
    kind: TeamKind,
    slug: str = "",
) -> Team:
    """Make a team of the organisation."""
    queries.require(actor, Action.MANAGE_MEMBERS, organisation.subject())
    team = Team.objects.create(
        organisation=organisation,
        slug=slug or _free_slug(Team, name),
        name=name,
        kind=kind,
    )
    audit.record(actor, "team_created", team)
    return team


@transaction.atomic
def link_team(*, actor: Actor, unit: Team, team: Team) -> None:
    """Say that the unit works with this treatment team or job centre."""
    queries.require(actor, Action.MANAGE_MEMBERS, unit.subject())
    _link, created = TeamLink.objects.get_or_create(unit=unit, team=team)
    if created:
        audit.record(actor, "team_linked", unit)


@transaction.atomic
def add_partner_team(*, actor: Actor, unit: Team, name: str, kind: TeamKind) -> Team:
    """Find or make the treatment team or job centre `name` that the unit works with.

    A team named in a roster stands in the unit's organisation until its own
    organisation is known to Braid.
    """
    queries.require(actor, Action.MANAGE_MEMBERS, unit.subject())
    team = Team.objects.filter(units__unit=unit, name__iexact=name, kind=kind).first()
    if team is None:
        team = Team.objects.create(
            organisation=unit.organisation,
            slug=_free_slug(Team, name),
            name=name,
            kind=kind,
        )
        audit.record(actor, "team_created", team)
        link_team(actor=actor, unit=unit, team=team)
    return team


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    team: Team,
    role: Role,
    name: str,
    first_day: date,
    email: str | None = None,
    fte: Decimal | None = None,
    last_day: date | None = None,
) -> Membership:
    """Give somebody a role in a team; the person is found by e-mail, else made.

    Without an e-mail address the person exists as staff and cannot sign in.
    """
    ground = queries.require(actor, Action.MANAGE_MEMBERS, team.subject())
    if not actor.system and role not in appointing.gives(ground, team.kind):
        raise InputFault(
            _(
                "This role is not given in this team, or not by you. Choose another role "
                "or team, or ask a data steward."
            ),
            field="role",
        )
    if last_day is not None and last_day < first_day:
        raise InputFault(
            _("The last day is before the first. Check both dates of the membership.")
        )
    user = queries.user_by_email(email) if email else None
    _must_be_another(actor, user)
    if user is None:
        user = User(name=name, email=email or None)
        user.set_unusable_password()
        user.save()
    membership = Membership.objects.create(
        user=user,
        organisation_id=team.organisation_id,
        team=team,
        role=role.value,
        fte=fte,
        first_day=first_day,
        last_day=last_day,
    )
    audit.record(actor, "member_added", membership)
    return membership


def _must_be_another(actor: Actor, user: User | None) -> None:
    if user is not None and user.pk == actor.id:
        raise InputFault(
            _("Nobody gives themselves a role. Ask somebody else who manages members."),
            field="email",
        )


@transaction.atomic
def add_steward(
    *, actor: Actor, organisation: Organisation, name: str, email: str, first_day: date
) -> Membership:
    """Make somebody data steward of an organisation."""
    queries.require(actor, Action.MANAGE_MEMBERS, organisation.subject())
    user = queries.user_by_email(email) or User(name=name, email=email)
    _must_be_another(actor, user)
    if user._state.adding:
        user.set_unusable_password()
        user.save()
    membership = Membership.objects.create(
        user=user,
        organisation=organisation,
        role=Role.STEWARD.value,
        first_day=first_day,
    )
    audit.record(actor, "member_added", membership)
    return membership


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, last_day: date) -> None:
    """End a role; the person keeps every other one."""
    _must_manage(actor, membership)
    if last_day < membership.first_day:
        raise InputFault(
            _("The last day is before the first. Check the last day of the membership.")
        )
    membership.last_day = last_day
    _end(actor, membership)


@transaction.atomic
def cut_off(*, actor: Actor, membership: Membership, now: datetime) -> None:
    """End a role at once; the day on which it ends still counts as one of work."""
    _must_manage(actor, membership)
    today = timezone.localdate(now)
    ends = min(membership.last_day or today, today)
    membership.last_day = max(ends, membership.first_day)
    membership.ended_at = now
    _end(actor, membership)


def _must_manage(actor: Actor, membership: Membership) -> None:
    subject = (membership.team or membership.organisation).subject()
    queries.require(actor, Action.MANAGE_MEMBERS, subject)
    if membership.ended_at is not None:
        raise InputFault(
            _("This role has ended for good. Give the person a role anew instead.")
        )


def _end(actor: Actor, membership: Membership) -> None:
    membership.save(update_fields=["last_day", "ended_at"])
    if not signing_in.has_a_place(membership.user_id, timezone.localdate()):
        sessions.end_all(membership.user_id)
    audit.record(actor, "membership_ended", membership)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, actor: Actor, membership: Membership, email: str, now: datetime) -> str:
    """Return the secret of a link by which the member sets a password, once.

    Only the hash is kept. An earlier open invitation of the same person ends. Who signs
    in already is told, at the address that they have had so far.
    """
    subject = (membership.team or membership.organisation).subject()
    queries.require(actor, Action.MANAGE_MEMBERS, subject)
    user = membership.user
    if signing_in.keeps_own_way(user, actor.organisation):
        raise InputFault(
            _(
                "This person signs in already, and works for another organisation too. "
                "They can act here with the sign-in that they have."
            )
        )
    restoring.must_be_allowed(actor, user)
    restoring.must_keep_address(actor, user, email)
    other = queries.user_by_email(email)
    if other is not None and other.pk != user.pk:
        raise InputFault(
            _("This e-mail address belongs to somebody else here. Use another address.")
        )
    if signing_in.signs_in(user):
        restoring.tell(user.email, restoring.told_of_invitation())
    if user.email != email:
        user.email = email
        user.save(update_fields=["email"])
    user.invitations.filter(accepted_at__isnull=True).delete()
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        user=user,
        token_hash=token_hash(token),
        invited_by_id=actor.id,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    audit.record(actor, "member_invited", membership)
    return token


def open_invitation(token: str, now: datetime) -> Invitation | None:
    """Return the invitation behind a link, unless used or out of date."""
    return (
        Invitation.objects.select_related("user")
        .filter(
            token_hash=token_hash(token), accepted_at__isnull=True, expires_at__gt=now
        )
        .first()
    )


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str, now: datetime) -> User:
    """Set the password and close the invitation."""
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    close_invitation(invitation=invitation, now=now)
    return user


def close_invitation(*, invitation: Invitation, now: datetime) -> None:
    """Let an invitation be used up; the person has a way to sign in now."""
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    membership = invitation.user.memberships.select_related("organisation").first()
    if membership is not None:
        actor = Actor(
            id=invitation.user_id,
            role=Role(membership.role),
            organisation=membership.organisation_id,
        )
        audit.record(actor, "invitation_accepted", invitation)


def choose_appearance(
    *, user: User, language: str, theme: str, digest_every: str
) -> None:
    """Keep the language, light or dark, and how often somebody wants the mail."""
    user.language, user.theme = language, theme
    user.digest_every = digest_every
    user.save(update_fields=["language", "theme", "digest_every"])
