"""A unit that has lived: every table of the record has rows, some of them odd."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.factories.access import MembershipFactory
from tests.factories.benefits import (
    BenefitFactory,
    CalculationFactory,
    CounsellingFactory,
)
from tests.factories.funding import (
    AgreementFactory,
    CaseFactory,
    ClaimEntryFactory,
    ClaimFactory,
    ClaimPartFactory,
    FunderEventFactory,
)
from tests.factories.outcomes import ReleaseFactory, SharedFactory, UnitQuarterFactory
from tests.factories.people import (
    CharacteristicFactory,
    EpisodeEntryFactory,
    EpisodeFactory,
    HandoverFactory,
    PlanSeenFactory,
    ProfileUpdateFactory,
    RefusalFactory,
    ResidenceFactory,
    SearchPlanFactory,
    StepDownPlanFactory,
)
from tests.factories.teamwork import (
    AttendanceFactory,
    DiscussionFactory,
    MeetingFactory,
    ProposalFactory,
    QuestionFactory,
    TaskFactory,
)
from tests.factories.work import (
    AbsenceFactory,
    ContactFactory,
    DisclosureDecisionFactory,
    EducationFactory,
    EmployerContactFactory,
    EmployerFactory,
    EvidenceFactory,
    JobEndReviewFactory,
    JobFactory,
    JobProblemFactory,
    JobSupportPlanFactory,
    JobTermsFactory,
    PaidWorkFactory,
    SupportFactory,
    TimeEntryFactory,
)


def _planned(episode, job, employer):
    """Let every kind of conversation that the record keeps have taken place."""
    episode.profile_started_on = date(2026, 8, 18)
    episode.save()
    ProfileUpdateFactory(applicant=episode.applicant, day=date(2026, 9, 22))
    day = date(2026, 9, 1)
    plan = SearchPlanFactory(
        episode=episode, agreed_on=day, reviewed_on=date(2026, 10, 1)
    )
    for number in (21, 14):  # two teams: what counts is the day of the first
        PlanSeenFactory(plan=plan, day=date(2026, 9, number))
    SearchPlanFactory(episode=episode)  # a draft is no plan yet
    DisclosureDecisionFactory(episode=episode, employer=employer)
    JobSupportPlanFactory(job=job)
    JobEndReviewFactory(job=job, person_view="It was too early in the morning.")
    StepDownPlanFactory(episode=episode)
    HandoverFactory(episode=episode)
    CounsellingFactory(episode=episode, answer="declined", answered_on=day)
    done = CounsellingFactory(episode=episode, done_on=day)
    CalculationFactory(
        episode=episode, counselling=done, confirmed_at=datetime(2026, 9, 1, tzinfo=UTC)
    )


def _met(world, pat, quinn):
    """Let both sides have met, asked each other, and proposed something else."""
    meeting = MeetingFactory(
        unit=world.north, team=world.east, minutes=45, mode="in_person"
    )
    AttendanceFactory(meeting=meeting, staff=world.ada.user)
    AttendanceFactory(meeting=meeting, staff=None)
    DiscussionFactory(meeting=meeting, episode=pat, to_health_record_on=meeting.day)
    DiscussionFactory(meeting=meeting, episode=quinn, discussed=False)  # only prepared
    DiscussionFactory(meeting=meeting, episode=None, discussed=False, unreferred=True)
    TaskFactory(episode=pat, meeting=meeting, due_on=date(2026, 10, 9))
    QuestionFactory(episode=pat, of_team=world.east, due_on=date(2026, 10, 2))
    QuestionFactory(episode=pat, of_team=world.east, state="taken_back")
    ProposalFactory(episode=pat)
    ProposalFactory(episode=quinn, wanted=None)


def _compared(world, pat, quinn):
    """Let people have told their groups, and the unit what stands beside its figures."""
    CharacteristicFactory(episode=pat)
    CharacteristicFactory(episode=quinn, key="origin", value="rather_not")
    ResidenceFactory(episode=pat, last_day=date(2026, 9, 13))
    ResidenceFactory(episode=pat, area="Nørreby", first_day=date(2026, 9, 14))
    UnitQuarterFactory(unit=world.north, local_unemployment=Decimal("4.1"))
    release = ReleaseFactory(unit=world.north)
    SharedFactory(release=release)
    of_several = ReleaseFactory(unit=world.north)
    type(of_several).objects.filter(pk=of_several.pk).system("of several").update(
        unit=None, units=[]
    )
    of_several.refresh_from_db()
    SharedFactory(release=of_several)


def _claimed(world, pat):
    """Let a funder have agreed to pay for Pat, and a first claim have been sent."""
    agreement = AgreementFactory(unit=world.north)
    case = CaseFactory(episode=pat, contract=agreement.contract)
    FunderEventFactory(episode=pat, agreement=agreement)
    claim = ClaimFactory(agreement=agreement, case=case.token, state="submitted")
    ClaimEntryFactory(claim=claim, number=1)
    ClaimEntryFactory(claim=claim, number=2, state="submitted", day=date(2026, 10, 6))
    ClaimPartFactory(claim=claim)


@pytest.fixture
def lived(world):
    """Pat has a job and Quinn looks for one; somebody in the south has a contact."""
    north, ada = world.north, world.ada.user
    pat, quinn = world.pat_episode, world.quinn_episode
    for number, (state, day) in enumerate(
        [("referred", date(2026, 8, 3)), ("active", date(2026, 8, 10))], start=1
    ):
        EpisodeEntryFactory(episode=pat, number=number, state=state, day=day)
    RefusalFactory(episode=quinn, day=date(2026, 8, 5), decided_by="Dr Holm")
    chain = EmployerFactory(unit=north, size="250_up", industry="47")
    shop = EmployerFactory(unit=north, parent=chain)
    EmployerFactory(unit=north, merged_into=shop)
    ContactFactory(episode=pat, staff=ada, with_family=False, phase="coaching")
    ContactFactory(episode=quinn, staff=None, minutes=None, attended=None, place="")
    EmployerContactFactory(
        unit=north, employer=shop, staff=ada, episode=quinn, outcome="interview"
    )
    EmployerContactFactory(unit=north, employer=chain, staff=ada)
    job = JobFactory(
        episode=pat,
        employer=shop,
        occupation="5223",
        open_to_all=True,
        going_rate=False,
        contracted_daily_hours=Decimal("7.4"),
    )
    JobTermsFactory(job=job, pay=Decimal("148.50"), pay_unit="hour", currency="DKK")
    PaidWorkFactory(job=job, gross=Decimal("4752"))
    AbsenceFactory(job=job, pay="none")
    JobProblemFactory(job=job)
    SupportFactory(job=job)
    EvidenceFactory(job=job, document__sha256="a" * 64)
    EducationFactory(episode=quinn, level="course", mainstream=False)
    TimeEntryFactory(unit=north, staff=ada, place="community")
    BenefitFactory(episode=pat, first_day=date(2026, 1, 5))
    TaskFactory(episode=pat, due_on=date(2026, 10, 12))
    _planned(pat, job, shop)
    _met(world, pat, quinn)
    _compared(world, pat, quinn)
    _claimed(world, pat)
    elsewhere = EpisodeFactory(unit=world.elsewhere)
    ContactFactory(episode=elsewhere, staff=world.ola.user)
    MembershipFactory(
        user=ada, team=world.east, role="clinician", fte=Decimal("0.25"),
        first_day=date(2023, 1, 2), last_day=date(2023, 12, 31),
    )  # fmt: skip
    return world
