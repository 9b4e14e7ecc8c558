"""A unit that two treatment teams and a job centre work with, and a manager of each."""

from datetime import date, timedelta

import pytest

from braid.access.models import TeamLink
from braid.access.policy import Actor, Role
from tests.cast import SINCE, TODAY, Member
from tests.factories.access import (
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
from tests.factories.teamwork import (
    AttendanceFactory,
    DiscussionFactory,
    MeetingFactory,
    ProposalFactory,
    TaskFactory,
)

DAY = timedelta(1)


@pytest.fixture
def west(world):
    """A second treatment team of the region, whom North works with as well."""
    region = world.east.organisation
    team = TeamFactory(
        organisation=region, name="West", slug="west", kind="treatment_team"
    )
    TeamLink.objects.create(unit=world.north, team=team)
    return team


@pytest.fixture
def managers(world):
    """Lis manages East; Mira a ward of the same region, which no unit works with.

    Otto manages a ward of an organisation that no unit works with at all.
    """
    region, other = world.east.organisation, OrganisationFactory(name="Far away")
    ward = TeamFactory(organisation=region, kind="treatment_team")
    far = TeamFactory(organisation=other, kind="treatment_team")
    for name, team in (("lis", world.east), ("mira", ward), ("otto", far)):
        organisation = team.organisation
        user = UserFactory(name=name.title(), email=f"{name}@example.org")
        MembershipFactory(
            user=user,
            team=team,
            organisation=organisation,
            role=Role.CLINICAL_MANAGER.value,
            first_day=SINCE,
        )
        world.cast[name] = Member(
            user,
            Actor(
                id=user.pk,
                role=Role.CLINICAL_MANAGER,
                organisation=organisation.pk,
                teams=frozenset({team.pk}),
                name=user.name,
                country=organisation.country,
                day=TODAY,
            ),
        )
    return world


def on_caseload(world, number, team, centre=None):
    """Put people on Ada's caseload since August, treated by a team."""
    for n in range(number):
        episode = EpisodeFactory(
            applicant=ApplicantFactory(
                organisation=world.havnelund, given_name=f"Person{n}", family_name="Q"
            ),
            unit=world.north,
            referred_on=date(2026, 8, 3),
            accepted_on=date(2026, 8, 10),
            entered_on=date(2026, 8, 17),
            state="active",
        )
        CaseloadSpellFactory(
            episode=episode, specialist=world.ada.user, first_day=date(2026, 8, 10)
        )
        TreatmentSpellFactory(episode=episode, team=team, first_day=date(2026, 8, 3))
        if centre:
            CaseworkSpellFactory(
                episode=episode, team=centre, first_day=date(2026, 8, 3)
            )
        yield episode


@pytest.fixture
def working(world, west):
    """East met twice in September and talked about Pat; West treats six people.

    One decision was carried out in time, one is late. The job centre proposed an
    internship to Pat, who did not want it, and courses to six others.
    """
    others = list(on_caseload(world, 6, west, world.job_centre))
    for day in (date(2026, 9, 14), date(2026, 9, 21)):
        meeting = MeetingFactory(unit=world.north, team=world.east, day=day)
        AttendanceFactory(meeting=meeting, staff=world.ada.user)
    DiscussionFactory(meeting=meeting, episode=world.pat_episode)
    for due, done in (
        (date(2026, 9, 25), date(2026, 9, 24)),
        (date(2026, 9, 28), None),
    ):
        TaskFactory(
            episode=world.pat_episode, meeting=meeting, due_on=due, done_on=done
        )
    ProposalFactory(episode=world.pat_episode, day=date(2026, 9, 21))
    for episode in others:
        ProposalFactory(
            episode=episode, day=date(2026, 9, 22), kind="course", wanted=True
        )
    return world
