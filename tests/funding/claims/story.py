"""North claims from the fund: what the stories of claims begin with.

Ben and Bea supervise North, Nia sits at the fund's desk. The contract pays a profile
and a job start; the amounts are invented for these tests.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from braid.access.models import Team
from braid.access.policy import Role
from braid.funding import commands
from braid.funding.commands.agreements import Agreed, Value
from braid.funding.models import Agreement, Claim
from braid.funding.rules import Said
from braid.work.models import Job
from tests.cast import TODAY, World, _member
from tests.factories.access import OrganisationFactory, TeamFactory
from tests.factories.work import EvidenceFactory, JobFactory, JobTermsFactory

CONTRACT = "us-or-vr-ips"
DAY = date(2026, 9, 7)  # Pat's first day


@dataclass
class Story:
    """What a story needs at hand."""

    world: World
    desk: Team
    agreement: Agreement
    job: Job | None = None

    def paper(self, kind: str = "employer_letter", label: str = "", **more):
        """A paper about Pat's job, a week after it began."""
        return EvidenceFactory(
            job=self.job, kind=kind, label=label, received_on=DAY + timedelta(7), **more
        )

    def papers(self) -> None:
        """Everything that the contract asks for."""
        self.paper("other", "profile_document", document__sha256="b" * 64)
        self.paper(document__sha256="c" * 64)

    def run(self, by: str = "ben", **more):
        return commands.run(
            actor=getattr(self.world, by).actor,
            agreement=self.agreement,
            today=TODAY,
            **more,
        )

    def claims(self, **only) -> list[Claim]:
        rows = Claim.objects.system("the test looks").filter(is_live=True, **only)
        return list(rows.order_by("number"))

    def step(self, claim: Claim, to: str, by: str, **said):
        commands.take_step(
            actor=getattr(self.world, by).actor,
            claim=claim,
            to=to,
            said=Said(**said),
            today=TODAY,
        )
        claim.refresh_from_db()
        return claim

    def paid(self, claim: Claim) -> Claim:
        """Take a claim all the way to its payment."""
        self.step(claim, "released", "bea")
        self.step(claim, "submitted", "ben")
        self.step(claim, "accepted", "nia")
        return self.step(claim, "paid", "nia", payment_reference="FV-1", day=TODAY)


def make_story(world: World) -> Story:
    """Return the story on 5 October 2026: Pat began to work in September."""
    fund = OrganisationFactory(name="Fund", slug="fund", sector="funder", country="dk")
    desk = TeamFactory(organisation=fund, name="Desk", slug="desk", kind="other")
    _member(world, "nia", Role.FUNDER, desk)
    _member(world, "bea", Role.SUPERVISOR, world.north)
    agreement = commands.make_agreement(
        actor=world.ben.actor,
        unit=world.north,
        funder=desk,
        agreed=Agreed(contract=CONTRACT, first_day=date(2026, 1, 1)),
    )
    story = Story(world, desk, agreement)
    bind(story, "PROFILE", "300.00")
    bind(story, "PLACEMENT", "800.00")
    return story


def bind(story: Story, parameter: str, value: str, by: str = "ben"):
    return commands.bind(
        actor=getattr(story.world, by).actor,
        agreement=story.agreement,
        version=1,
        given=Value(parameter, value, "invented, for these tests", "Ben", TODAY),
    )


def begin_to_work(world: World, episode=None, first_day: date = DAY):
    """Let somebody begin a job of 20 hours a week, and return the job."""
    job = JobFactory(
        episode=episode or world.pat_episode,
        first_day=first_day,
        placement="competitive",
        permanence="permanent",
        open_to_all=True,
        at_least_minimum=True,
        going_rate=True,
        employer_of_record="employer",
        normal_rights=True,
    )
    JobTermsFactory(job=job, first_day=first_day, weekly_hours=Decimal(20))
    return job
