"""The cast: named people whom every test knows, wholly invented.

Ada (specialist, North), Ben (her supervisor), Cora (clinician of the linked team), Dev
(caseworker), Kit (counsellor of the job centre), Una (counsellor of North), Femi
(funder), Rui (reviewer), Eve (evaluator), Sam (data steward), Blake (caseworker whom Pat
has blocked), Ola (specialist of another provider: the stranger), Pat and Quinn
(applicants of North; Pat has an account, `pat_account`).
The day is Monday 5 October 2026.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from braid.access.models import Organisation, Team, TeamLink, User
from braid.access.policy import Actor, Role
from braid.people.models import Applicant, Episode
from tests.factories.access import (
    ApplicantAccountFactory,
    BlockFactory,
    MembershipFactory,
    OrganisationFactory,
    TeamFactory,
    UserFactory,
)
from tests.factories.people import (
    ApplicantFactory,
    CaseloadSpellFactory,
    CaseworkSpellFactory,
    EpisodeFactory,
    TreatmentSpellFactory,
)
from tests.factories.work import DisclosureDecisionFactory

TODAY = date(2026, 10, 5)
SINCE = date(2024, 1, 2)


@dataclass
class Member:
    """A member of the cast: the person, and the actor that the person is."""

    user: User
    actor: Actor


@dataclass
class World:
    """Everything the stories happen in."""

    havnelund: Organisation
    north: Team
    east: Team
    job_centre: Team
    elsewhere: Team
    cast: dict[str, Member] = field(default_factory=dict)
    pat: Applicant | None = None
    quinn: Applicant | None = None
    pat_episode: Episode | None = None
    quinn_episode: Episode | None = None

    def __getattr__(self, name: str) -> Member:
        try:
            return self.__dict__["cast"][name]
        except KeyError:
            raise AttributeError(name) from None


def _member(
    world: World, name: str, role: Role, team: Team | None, organisation=None
) -> None:
    user = UserFactory(
        name=f"{name.title()} {role.value.title()}", email=f"{name}@example.org"
    )
    held_by = organisation or team.organisation
    MembershipFactory(
        user=user, team=team, organisation=held_by, role=role.value, first_day=SINCE
    )
    actor = Actor(
        id=user.pk,
        role=role,
        organisation=held_by.pk,
        teams=frozenset({team.pk}) if team else frozenset(),
        name=user.name,
        country=held_by.country,
        day=TODAY,
    )
    world.cast[name] = Member(user, actor)


def make_world() -> World:
    """Return the world on 5 October 2026: Pat and Quinn are on Ada's caseload."""
    havnelund = OrganisationFactory(name="Havnelund", slug="havnelund", country="dk")
    region = OrganisationFactory(
        name="Region", slug="region", sector="mental_health", country="dk"
    )
    other = OrganisationFactory(name="Elsewhere", slug="elsewhere", country="dk")
    north = TeamFactory(
        organisation=havnelund, name="North", slug="north", kind="ips_unit"
    )
    east = TeamFactory(
        organisation=region, name="East", slug="east", kind="treatment_team"
    )
    centre = TeamFactory(
        organisation=havnelund, name="Job centre", slug="centre", kind="job_centre"
    )
    elsewhere = TeamFactory(
        organisation=other, name="South", slug="south", kind="ips_unit"
    )
    TeamLink.objects.create(unit=north, team=east)
    TeamLink.objects.create(unit=north, team=centre)
    world = World(havnelund, north, east, centre, elsewhere)
    _member(world, "ada", Role.SPECIALIST, north)
    _member(world, "ben", Role.SUPERVISOR, north)
    _member(world, "cora", Role.CLINICIAN, east)
    _member(world, "dev", Role.CASEWORKER, centre)
    _member(world, "kit", Role.COUNSELLOR, centre)
    _member(world, "una", Role.COUNSELLOR, north)
    _member(world, "femi", Role.FUNDER, centre)
    _member(world, "rui", Role.REVIEWER, centre)
    _member(world, "eve", Role.EVALUATOR, centre)
    _member(world, "ola", Role.SPECIALIST, elsewhere)
    _member(world, "sam", Role.STEWARD, None, havnelund)
    _member(world, "blake", Role.CASEWORKER, centre)
    world.pat, world.pat_episode = _on_caseload(world, "Pat", "Lund", date(1990, 4, 12))
    world.quinn, world.quinn_episode = _on_caseload(
        world, "Quinn", "Bruun", date(1984, 11, 3)
    )
    _block(world, world.pat, world.blake)
    _account(world, "pat_account", world.pat)
    return world


def _block(world: World, applicant: Applicant, member: Member) -> None:
    BlockFactory(
        organisation=world.havnelund,
        applicant_id=applicant.pk,
        user=member.user,
        name=member.user.name,
    )
    member.actor = replace(
        member.actor, hidden=member.actor.hidden | frozenset({applicant.pk})
    )


def _account(world: World, name: str, applicant: Applicant) -> None:
    """Give an applicant an account; it is a member of the cast of its own."""
    user = UserFactory(name=applicant.name, email=f"{name}@example.org")
    ApplicantAccountFactory(
        user=user, applicant_id=applicant.pk, organisation=world.havnelund
    )
    actor = Actor(
        id=user.pk,
        role=Role.APPLICANT,
        organisation=world.havnelund.pk,
        name=user.name,
        country=world.havnelund.country,
        day=TODAY,
        own=applicant.pk,
    )
    world.cast[name] = Member(user, actor)


def _on_caseload(
    world: World, given: str, family: str, birth_date: date
) -> tuple[Applicant, Episode]:
    applicant = ApplicantFactory(
        organisation=world.havnelund,
        given_name=given,
        family_name=family,
        birth_date=birth_date,
    )
    episode = EpisodeFactory(
        applicant=applicant,
        unit=world.north,
        referred_on=date(2026, 8, 3),
        accepted_on=date(2026, 8, 10),
        entered_on=date(2026, 8, 17),
        state="active",
    )
    CaseloadSpellFactory(
        episode=episode,
        specialist=world.ada.user,
        first_day=date(2026, 8, 10),
    )
    TreatmentSpellFactory(episode=episode, team=world.east, first_day=date(2026, 8, 3))
    CaseworkSpellFactory(
        episode=episode,
        team=world.job_centre,
        caseworker=world.dev.user,
        first_day=date(2026, 8, 3),
    )
    # Both agreed early on that employers may be asked about work, without a name.
    DisclosureDecisionFactory(
        episode=episode,
        discussed_on=date(2026, 8, 10),
        agreed_on=date(2026, 8, 10),
        agreed_how="said",
    )
    return applicant, episode
