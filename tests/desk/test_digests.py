"""The mail for those who do not sign in often: daily or weekly, in their words, no names."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from braid.access import accounts
from braid.access.models import User
from braid.access.policy import Information
from braid.desk.todo import digest, news
from braid.desk.todo.news import New
from braid.people.models import Episode
from tests.cast import TODAY
from tests.consents import agree, withdraw
from tests.factories.access import (
    ApplicantInvitationFactory,
    MembershipFactory,
    NoticeFactory,
    UserFactory,
)
from tests.factories.teamwork import MeetingFactory, QuestionFactory, TaskFactory
from tests.factories.work import AppointmentFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)  # a Monday


@pytest.fixture(autouse=True)
def mails(settings, today):
    settings.BRAID_MAILS = True
    settings.BRAID_ADDRESS = "https://braid.example"
    return mail.outbox


def of(world, name):
    return [one for one in mail.outbox if getattr(world, name).user.email in one.to]


def wants(world, name, every):
    User.objects.filter(pk=getattr(world, name).user.pk).update(digest_every=every)


def ask(world, **given):
    known = {"unit": world.north, "of_team": world.east, "text": "Does Pat sleep?"}
    return QuestionFactory(**{**known, **given})


def ask_about_pat(world, **given):
    return ask(world, episode=world.pat_episode, **given)


def ask_about_nobody(world, **given):
    return ask(world, episode=None, kind="", by_team=world.north, **given)


def test_a_clinician_is_told_what_waits_in_the_words_of_the_clinic(world):
    ask_about_nobody(world)
    MeetingFactory(unit=world.north, team=world.east, day=TODAY + DAY)

    digest.send_all(NOW)

    (letter,) = of(world, "cora")
    assert "Request: 1 waiting for your answer" in letter.body
    assert "https://braid.example/questions/" in letter.body
    assert "1 meeting ahead" in letter.body
    assert "sleep" not in letter.body


def test_what_a_colleague_left_unanswered_is_everybodys_once_it_is_passed_on(world):
    """Given to Eli and passed on, a question waits in Cora's mail too."""
    eli = UserFactory(name="Eli Clinician", email="eli@example.org")
    asked = ask_about_nobody(world, of_staff=eli)
    assert news.found(world.cora.actor, TODAY, TODAY)[New.QUESTION] == frozenset()

    asked.escalated_on = TODAY
    asked.save()
    assert news.found(world.cora.actor, TODAY, TODAY)[New.QUESTION] == {asked.pk}
    assert news.found(world.ola.actor, TODAY, TODAY)[New.QUESTION] == frozenset()


def test_the_job_centre_reads_its_own_words(world):
    ask_about_nobody(world, of_team=world.job_centre, of_sector="employment")

    digest.send_all(NOW)

    (letter,) = of(world, "dev")
    assert "Inquiry: 1 waiting for your answer" in letter.body


def test_what_is_about_somebody_counts_as_long_as_they_agree(world):
    ask_about_pat(world)
    assert news.found(world.cora.actor, TODAY, TODAY)[New.QUESTION] == frozenset()

    agree(world, world.pat, world.cora, Information.IDENTITY, Information.ATTENDANCE)
    digest.send_all(NOW)
    (letter,) = of(world, "cora")
    assert "1 waiting for your answer" in letter.body
    for word in ("Pat", "Lund", "sleep"):
        assert word not in letter.body + letter.subject

    withdraw(world, world.pat, world.cora)
    digest.send_all(NOW + DAY)
    assert len(of(world, "cora")) == 1


def test_a_decision_of_ones_own_is_there_when_it_is_due(world):
    meeting = MeetingFactory(unit=world.north, team=world.east, day=TODAY - 7 * DAY)
    TaskFactory(
        episode=None,
        unit=world.north,
        meeting=meeting,
        staff=world.cora.user,
        sector="mental_health",
        due_on=TODAY + 3 * DAY,
    )
    digest.send_all(NOW)
    assert of(world, "cora") == []

    wants(world, "cora", "week")
    digest.send_all(NOW)
    (letter,) = of(world, "cora")
    assert "Agreed action: 1 of yours due" in letter.body


def test_who_referred_is_told_that_there_is_news_but_not_about_whom(world):
    Episode.objects.system("a test").filter(pk=world.pat_episode.pk).update(
        referred_by=world.cora.user, acknowledged_on=TODAY
    )

    digest.send_all(NOW)

    (letter,) = of(world, "cora")
    assert "Referral: news about 1 of yours" in letter.body
    assert f"https://braid.example{reverse('people:sent')}" in letter.body
    assert "Pat" not in letter.body


def test_the_unit_is_told_of_new_decisions(world):
    meeting = MeetingFactory(unit=world.north, kind="steering", day=TODAY - DAY)
    TaskFactory(
        episode=None,
        unit=world.north,
        meeting=meeting,
        for_unit=True,
        text="Rooms at the bakery",
    )

    digest.send_all(NOW)

    (letter,) = of(world, "ada")
    assert "Decision: 1 new, told to the whole unit" in letter.body
    assert "bakery" not in letter.body


def test_an_applicant_who_wants_it_is_told_of_messages_and_appointments(world):
    NoticeFactory(applicant_id=world.pat.pk)
    AppointmentFactory(
        episode=world.pat_episode, unit=world.north, day=TODAY, begins_at=time(14)
    )

    digest.send_all(NOW)

    (letter,) = of(world, "pat_account")
    assert "1 message on your page" in letter.body
    assert "1 appointment ahead" in letter.body
    assert "https://braid.example/me/" in letter.body


def test_somebody_who_works_here_too_gets_nothing_of_their_own_page_at_work(world):
    MembershipFactory(
        user=world.pat_account.user, team=world.elsewhere, role="specialist"
    )
    NoticeFactory(applicant_id=world.pat.pk)

    digest.send_all(NOW)

    assert of(world, "pat_account") == []


def test_a_new_account_of_an_applicant_gets_no_mail_before_it_is_asked_for(world):
    invitation = ApplicantInvitationFactory(applicant_id=world.quinn.pk)

    user = accounts.open_account(
        invitation=invitation,
        name="Quinn Bruun",
        email="quinn@example.org",
        password="a long one for tests 1",
        now=NOW,
    )

    assert user.digest_every == "never"


def test_once_a_week_is_once_a_week(world):
    wants(world, "cora", "week")
    ask_about_nobody(world)

    for day in range(7):
        digest.send_all(NOW + day * DAY)
    assert len(of(world, "cora")) == 1

    digest.send_all(NOW + 7 * DAY)
    assert len(of(world, "cora")) == 2


def test_a_week_in_which_something_came_up_later_has_its_mail_then(world):
    wants(world, "cora", "week")
    digest.send_all(NOW)
    assert of(world, "cora") == []

    ask_about_nobody(world)
    digest.send_all(NOW + 2 * DAY)
    assert len(of(world, "cora")) == 1


@pytest.mark.parametrize("name", ["cora", "dev", "una", "femi", "sam", "pat_account"])
def test_nothing_to_say_no_mail(world, name):
    digest.send_all(NOW)

    assert of(world, name) == []


def test_what_is_met_in_two_roles_counts_once(world):
    MembershipFactory(user=world.ada.user, team=world.north, role="supervisor")
    meeting = MeetingFactory(unit=world.north, kind="steering", day=TODAY - DAY)
    TaskFactory(episode=None, unit=world.north, meeting=meeting, for_unit=True)

    found = digest.gathered(world.ada.user, NOW, TODAY)

    assert len(found.new[New.TOLD]) == 1


def test_everybody_chooses_how_often(world, as_):
    for name in ("cora", "dev", "una", "pat_account"):
        client = as_(name)
        assert "digest_every" in client.get("/appearance/").content.decode()
        client.post(
            "/appearance/", {"language": "", "theme": "", "digest_every": "week"}
        )
        user = User.objects.get(pk=getattr(world, name).user.pk)
        assert user.digest_every == "week", name


def test_how_much_there_is_to_say_costs_no_more_queries(world):
    ask_about_nobody(world)
    with CaptureQueriesContext(connection) as few:
        digest.gathered(world.cora.user, NOW, TODAY + 7 * DAY)
    for number in range(15):
        ask_about_nobody(world)
        MeetingFactory(
            unit=world.north, team=world.east, day=date(2026, 10, 6 + number)
        )
    with CaptureQueriesContext(connection) as many:
        found = digest.gathered(world.cora.user, NOW, TODAY + 7 * DAY)

    assert len(found.new[New.QUESTION]) == 16
    assert len(many) == len(few)
