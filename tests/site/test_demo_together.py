"""Working together in the demo: the two lenses differ as the story of the region says."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction

import pytest
from django.db import transaction

from braid.access import queries as access
from braid.access.choices import TeamKind
from braid.access.models import ConsentEntry, Team
from braid.access.policy import Action
from braid.facts import measuring
from braid.facts import queries as facts
from braid.facts.models import Annotation
from braid.method.measures import Asked
from braid.packs import measures
from braid.people.models import Episode, PlanSeen
from braid.site.demo import cast
from braid.site.demo.fill import fill
from braid.site.demo.keys import address
from braid.teamwork.models import (
    Cover,
    Discussion,
    Group,
    GroupMember,
    Matter,
    Meeting,
    NotYetReferred,
    Proposal,
    Question,
    Task,
    Told,
)
from braid.teamwork.models.meetings import BETWEEN_TWO
from tests.site.test_demo_region import TODAY

pytestmark = pytest.mark.django_db

TEST = "a look from the test"
DAY = timedelta(days=1)
YEAR = Asked("year", TODAY - 364 * DAY, TODAY, TODAY)
VEST, OTHERS = "team-vest", ("team-sandhavn", "team-ung")


def every(model):
    return model.objects.system(TEST)


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill(cast.SIZES["demo"], 1, TODAY, token="secret")
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def south(filled, django_db_blocker):
    """The facts of the unit that has the parallel team and the job centre that presses."""
    with django_db_blocker.unblock():
        unit = Team.objects.get(slug="ips-syd")
        drawn = facts.unit_facts(access.system_actor(unit, "test"), unit, TODAY)
    with drawn:
        yield drawn


def of(drawn, measure_id: str, team: str):
    """Return a figure of the last year for a team or a job centre."""
    kind = Team.objects.get(slug=team).kind
    key = "job_centre_id" if kind == TeamKind.JOB_CENTRE else "team_id"
    asked = measuring.measured(measures.load()[measure_id], drawn, periods=[YEAR])
    key_of_team = str(Team.objects.get(slug=team).pk)
    return asked.figures((), {key: key_of_team})[0]


@pytest.mark.parametrize(
    ("measure_id", "apart"),
    [
        ("int_meetings_held", Fraction(3, 10)),
        ("int_colocation_days", Fraction(3, 10)),
        ("int_shared_discussed", Fraction(3, 10)),
        ("int_questions_answered_by_health", Fraction(2, 10)),
        ("int_clinician_referrals", Fraction(3, 10)),
        ("int_clinician_contacts", Fraction(1, 10)),
        ("int_plans_seen", Fraction(1, 10)),
        ("int_joint_contacts", Fraction(1, 10)),
        ("int_decisions_in_time", Fraction(1, 10)),
    ],
)
def test_the_team_that_works_beside_is_below_the_others(south, measure_id, apart):
    beside = of(south, measure_id, VEST).value or 0
    for team in OTHERS:
        assert of(south, measure_id, team).value >= beside + apart


def test_the_unit_answers_every_team_alike(south):
    shares = [
        of(south, "int_questions_answered_by_employment", team).value
        for team in (VEST, *OTHERS)
    ]
    assert min(shares) > Fraction(7, 10)


@pytest.mark.parametrize("measure_id", ["drift_placements", "drift_pre_vocational"])
def test_one_job_centre_presses_for_placements(south, measure_id):
    pressing = of(south, measure_id, "jobcenter-vestermark")
    other = of(south, measure_id, "jobcenter-sandhavn")
    assert pressing.value > other.value


def test_and_proposes_them_many_times_more_often(south):
    pressing = of(south, "drift_proposals", "jobcenter-vestermark")
    other = of(south, "drift_proposals", "jobcenter-sandhavn")
    assert pressing.numerator > 3 * other.numerator


def test_readiness_is_a_reason_mostly_in_one_place(filled):
    """Beside one told story, it is the team that works beside that says so."""
    refused = every(Episode).filter(refusals__reason="not_ready")
    teams = Counter(refused.values_list("treatment__team__slug", flat=True))
    assert teams[VEST] >= 3
    assert teams.total() - teams[VEST] <= 1


@pytest.mark.parametrize("unit", ["ips-nord", "ips-syd"])
def test_each_team_has_a_prepared_meeting_today_or_soon(filled, unit):
    teams = cast.units()[unit].teams
    coming = every(Meeting).filter(
        unit__slug=unit, kind="treatment_team", day__gte=TODAY, closed_on=None
    )
    found = {meeting.team.slug: meeting for meeting in coming}
    assert found.keys() == teams.keys()
    first = found[next(iter(teams))]
    assert first.day == TODAY
    assert first.discussions.system(TEST).filter(discussed=False).count() == 4


@pytest.mark.parametrize("unit", ["ips-nord", "ips-syd"])
def test_the_last_question_to_a_unit_waits_for_it(filled, unit):
    """On any day a new user finds one to answer, and to pass on."""
    last = every(Question).filter(of_team__slug=unit).order_by("-asked_on").first()
    waiting = every(Question).filter(of_team__slug=unit, state="open")
    assert waiting.latest("asked_on").asked_on == last.asked_on


def test_only_what_was_agreed_is_talked_about_or_asked(filled):
    """Who has not agreed to share anything is in no line and no question."""
    given = ConsentEntry.objects.exclude(information=[])
    shared = set(given.values_list("applicant_id", flat=True))
    spoken = every(Discussion).filter(episode__isnull=False)
    asked = every(Question).filter(episode__isnull=False)
    for rows in (spoken, asked):
        people = set(rows.values_list("episode__applicant_id", flat=True))
        assert people
        assert people <= shared
    everybody = set(every(Episode).values_list("applicant_id", flat=True))
    assert len(everybody - shared) > 20  # some share nothing, and pages say so


def test_questions_go_both_ways_and_some_wait_around_today(filled):
    pairs = set(every(Question).values_list("by_sector", "of_sector"))
    for other in ("mental_health", "employment"):
        assert {("ips_provider", other), (other, "ips_provider")} <= pairs
    waiting = every(Question).filter(state="open")
    assert waiting.filter(due_on__gte=TODAY).exists()
    assert waiting.filter(due_on__lt=TODAY).exists()
    assert not every(Question).filter(state="answered", answered_on=None).exists()
    assert not every(Question).filter(answered_on__gte=TODAY).exists()


def test_supervision_stays_between_two(filled):
    between = every(Meeting).filter(kind__in=BETWEEN_TWO)
    assert between.filter(kind="field_mentoring", observation__isnull=False).exists()
    assert not between.filter(specialist=None).exists()
    assert not between.filter(team__isnull=False).exists()
    ada = access.user_by_email(address(cast.ADA))
    actor = access.places(ada, datetime.combine(TODAY, time(7), UTC))[0].actor
    own = Meeting.objects.visible_to(actor, Action.SUPERVISE).filter(
        kind__in=BETWEEN_TWO
    )
    assert set(own.values_list("specialist_id", flat=True)) == {ada.pk}


def test_a_steering_group_has_members_of_both_kinds_and_its_decisions_are_told(filled):
    for group in every(Group).filter(kind="steering"):
        members = every(GroupMember).filter(group=group)
        assert members.filter(user__isnull=False, part="clinical_director").exists()
        assert members.filter(user=None, part="local_business").exists()
        decided = every(Task).filter(meeting__group=group)
        assert decided.filter(for_unit=True).count() >= 6
        assert every(Told).filter(task__in=decided).exists()
        matters = every(Matter).filter(group=group)
        assert matters.filter(settled_on=None).exists()
        assert matters.filter(settled_on__isnull=False).exists()


def test_there_is_something_on_every_list(filled):
    assert every(Group).filter(kind="practitioners").count() == 2
    assert every(Meeting).filter(kind="job_centre", day__lt=TODAY).count() > 20
    assert every(Cover).filter(first_day__lte=TODAY, last_day__gte=TODAY).exists()
    assert every(NotYetReferred).filter(outcome="").exists()
    assert every(NotYetReferred).exclude(outcome="").exists()
    assert every(PlanSeen).count() > 50
    assert every(Proposal).filter(by_role="clinician", kind="postpone").exists()
    assert every(Discussion).filter(to_health_record_on__isnull=False).exists()
    assert every(Discussion).filter(unreferred=True).exists()
    assert set(every(Annotation).values_list("unit__slug", flat=True)) == {"ips-syd"}
    ways = set(every(Episode).values_list("referral_way", flat=True))
    assert ways >= {"live", "phone", "meeting", "letter", "enquiry"}
