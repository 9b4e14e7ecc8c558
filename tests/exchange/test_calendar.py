"""Calendar feeds: made, read without signing in, and taken back. They name nobody."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
import vobject
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import TODAY
from tests.consents import agree
from tests.factories.access import BlockFactory, MembershipFactory, UserFactory
from tests.factories.exchange import CalendarFeedFactory
from tests.factories.teamwork import MeetingFactory, QuestionFactory, TaskFactory
from tests.factories.work import AppointmentFactory, EmployerFactory

from braid.access import keyring, secrets
from braid.access.models import AuditEntry, Membership
from braid.access.policy import Information
from braid.exchange.models import CalendarFeed
from braid.work import commands as work

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TOKEN = "an-address-of-Ada-for-tests-that-nobody-can-guess"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def feed_of(world, today):
    """Give a member of the cast a feed; return its address."""

    def made(name, token=TOKEN, **given):
        member = getattr(world, name)
        CalendarFeedFactory(
            user=member.user,
            role=member.actor.role.value,
            organisation_id=member.actor.organisation,
            token_hash=secrets.keyed_hash("calendar feed", token),
            **given,
        )
        return reverse("exchange:feed", args=[token])

    return made


def read(address, **headers):
    return Client().get(address, headers=headers)


def entries(answer):
    found = vobject.readOne(answer.content.decode())
    return list(getattr(found, "vevent_list", []))


def summaries(answer):
    return sorted(entry.summary.value for entry in entries(answer))


def appointment(world, **given):
    known = {"episode": world.pat_episode, "staff": world.ada.user, "unit": world.north}
    return AppointmentFactory(
        **{**known, "day": TODAY + 3 * DAY, "begins_at": time(10), **given}
    )


def test_ada_makes_an_address_reads_it_from_her_phone_and_takes_it_back(world, as_):
    appointment(world)
    ada = as_("ada")

    made = ada.post(reverse("exchange:feed_new"), {"label": "My phone"})
    page = made.content.decode()
    address = re.search(r'value="http://testserver(/calendar/[^"]+\.ics)"', page)[1]
    assert "webcal://testserver/calendar/" in page
    assert made["Cache-Control"].startswith("max-age=0") or "no-store" in str(
        made["Cache-Control"]
    )

    answer = read(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert summaries(answer) == ["Appointment with an applicant"]

    shown = ada.get(reverse("exchange:feeds")).content.decode()
    assert "My phone" in shown
    assert "last read" in shown
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    assert token not in shown
    stored = CalendarFeed.objects.get()
    assert token not in {str(value) for value in vars(stored).values()}

    ada.post(reverse("exchange:feed_end", args=[stored.pk]))
    assert read(address).status_code == 404
    assert "My phone" not in ada.get(reverse("exchange:feeds")).content.decode()


def test_unknown_taken_back_and_ended_are_answered_alike(world, feed_of):
    gone = feed_of(
        "ada", token="taken-back", ended_at=datetime(2026, 10, 1, tzinfo=UTC)
    )
    ended = feed_of("ben", token="role-ended")
    Membership.objects.filter(user=world.ben.user).update(last_day=TODAY - DAY)
    unknown = reverse("exchange:feed", args=["nobody-has-this"])

    answers = [read(address) for address in (gone, ended, unknown)]

    assert [answer.status_code for answer in answers] == [404] * 3
    bare = {re.sub(rb'nonce="[^"]*"', b"", answer.content) for answer in answers}
    assert len(bare) == 1


def test_a_feed_speaks_for_its_role_alone(world, feed_of):
    """Ada also works in the East team; her feed was made as a specialist of North."""
    address = feed_of("ada")
    MembershipFactory(user=world.ada.user, team=world.east, role="clinician")
    MeetingFactory(unit=world.elsewhere, team=world.east, day=TODAY + DAY)

    assert entries(read(address)) == []

    Membership.objects.filter(user=world.ada.user, role="specialist").update(
        last_day=TODAY - DAY
    )
    assert read(address).status_code == 404


def test_what_stands_in_it_is_ones_own(world, feed_of):
    colleague = UserFactory()
    appointment(world)
    appointment(world, staff=colleague)
    mine = {"episode": world.pat_episode, "staff": world.ada.user}
    TaskFactory(**mine, due_on=TODAY + DAY)
    TaskFactory(**mine, due_on=TODAY + DAY, done_on=TODAY)
    TaskFactory(episode=world.pat_episode, staff=colleague, due_on=TODAY + DAY)
    asked = {"of_team": world.north, "of_sector": "ips_provider", "by_team": world.east}
    QuestionFactory(
        episode=world.pat_episode, unit=world.north, due_on=TODAY + DAY, **asked
    )
    MeetingFactory(unit=world.north, team=world.east, day=TODAY + 2 * DAY)
    MeetingFactory(unit=world.north, kind="vocational_unit", day=TODAY + 2 * DAY)
    MeetingFactory(unit=world.elsewhere, kind="vocational_unit", day=TODAY + 2 * DAY)
    MeetingFactory(
        unit=world.north, kind="supervision", specialist=colleague, day=TODAY + DAY
    )

    assert summaries(read(feed_of("ada"))) == [
        "A question waits for your answer",
        "A task or decision of yours is due",
        "Appointment with an applicant",
        "Treatment-team meeting · East",
        "Unit meeting",
    ]


def test_a_table_at_which_nobody_of_ones_caseload_is_talked_about_is_left_out(
    world, feed_of
):
    other = MeetingFactory(unit=world.north, team=world.elsewhere, day=TODAY + DAY)
    address = feed_of("ada")
    assert summaries(read(address)) == []

    type(other).objects.system("a test").update(led_by=world.ada.user)
    assert summaries(read(address)) == ["Treatment-team meeting · South"]


def test_a_clinician_has_the_meetings_in_the_words_of_the_clinic(world, feed_of):
    MeetingFactory(unit=world.north, team=world.east, day=TODAY + DAY)
    appointment(world)

    assert summaries(read(feed_of("cora"))) == ["Team conference · East"]


def test_a_decision_about_somebody_is_there_as_long_as_they_agree(world, feed_of):
    meeting = MeetingFactory(unit=world.north, team=world.east, day=TODAY - DAY)
    TaskFactory(
        episode=world.pat_episode,
        meeting=meeting,
        staff=world.cora.user,
        sector="mental_health",
        due_on=TODAY + DAY,
    )
    address = feed_of("cora")
    due = "A task or decision of yours is due"
    assert due not in summaries(read(address))

    agree(world, world.pat, world.cora, Information.ATTENDANCE)
    assert due in summaries(read(address))


def test_an_applicant_has_the_appointments_they_come_to(world, feed_of):
    appointment(world)
    appointment(world, with_whom="employer", employer=EmployerFactory(unit=world.north))
    appointment(world, episode=world.quinn_episode)

    answer = read(feed_of("pat_account"))

    assert summaries(answer) == ["Appointment"]
    assert b"URL" not in answer.content


def test_no_name_stands_in_it(world, feed_of):
    employer = EmployerFactory(unit=world.north, name="Bakery Xylander")
    said = {"topic": "her voices", "place_words": "Birch Lane 7", "employer": employer}
    appointment(world, **said)
    appointment(world, with_whom="employer", **said)
    TaskFactory(
        episode=world.pat_episode,
        staff=world.ada.user,
        text="Ring Pat Lund at Bakery Xylander",
        due_on=TODAY,
    )
    MeetingFactory(
        unit=world.north, team=world.east, day=TODAY, place_words="Birch Lane 7"
    )
    QuestionFactory(
        episode=world.pat_episode,
        unit=world.north,
        of_team=world.north,
        of_staff=world.ada.user,
        text="Does Pat sleep?",
        due_on=TODAY,
    )

    for name in ("ada", "ben", "cora", "pat_account"):
        address = feed_of(name, token=f"of-{name}")
        text = read(address).content.decode().replace("\r\n ", "")
        for word in ("Pat", "Lund", "Bruun", "Xylander", "Birch", "voices", "sleep"):
            assert word not in text, (name, word)


def test_initials_stand_there_only_while_the_organisation_lets_them(world, as_):
    appointment(world)
    ada, sam = as_("ada"), as_("sam")
    page, chosen = reverse("exchange:feed_new"), {"label": "x", "with_initials": "on"}

    assert "with_initials" not in ada.get(page).content.decode()
    ada.post(page, chosen)
    assert CalendarFeed.objects.get().with_initials is False

    sam.post(reverse("access:calendar_initials"), {"shown": "on"})
    assert "with_initials" in ada.get(page).content.decode()
    made = ada.post(page, {**chosen, "label": "y"}).content.decode()
    address = re.search(r'value="http://testserver(/calendar/[^"]+)"', made)[1]
    assert summaries(read(address)) == ["Appointment with an applicant · PL"]

    sam.post(reverse("access:calendar_initials"), {"shown": ""})
    assert summaries(read(address)) == ["Appointment with an applicant"]
    assert AuditEntry.objects.filter(action="calendar_initials_ended").exists()


def test_an_applicants_own_calendar_never_has_initials(world, as_):
    world.havnelund.calendar_initials = True
    world.havnelund.save()

    page = as_("pat_account").get(reverse("exchange:feed_new")).content.decode()

    assert "with_initials" not in page


def test_what_was_called_off_says_so_for_thirty_days(world, feed_of):
    slot = appointment(world, day=TODAY + 60 * DAY)
    address = feed_of("ada")
    before = entries(read(address))[0]
    work.cancel_appointment(actor=world.ada.actor, appointment=slot)

    after = entries(read(address))[0]
    assert (before.status.value, after.status.value) == ("CONFIRMED", "CANCELLED")
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) == int(before.sequence.value) + 1

    with time_machine.travel("2026-11-03T07:00:00+00:00", tick=False):
        assert len(entries(read(address))) == 1
    with time_machine.travel("2026-11-05T07:00:00+00:00", tick=False):
        assert entries(read(address)) == []


@pytest.mark.parametrize(
    ("days", "is_there"),
    [(-31, False), (-30, True), (180, True), (181, False)],
    ids=["too long ago", "a month ago", "in half a year", "later"],
)
def test_the_window(world, feed_of, days, is_there):
    appointment(world, day=TODAY + days * DAY)

    assert bool(entries(read(feed_of("ada")))) is is_there


def test_a_calendar_that_has_not_changed_is_not_sent_again(world, feed_of):
    slot = appointment(world)
    address = feed_of("ada")
    first = read(address)
    assert first["Cache-Control"] == "private"

    again = read(address, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]

    work.cancel_appointment(actor=world.ada.actor, appointment=slot)
    changed = read(address, if_none_match=first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_every_reading_is_recorded(world, feed_of):
    appointment(world)
    appointment(world, day=TODAY + DAY)
    address = feed_of("ada")

    etag = read(address)["ETag"]
    read(address, if_none_match=etag)

    rows = AuditEntry.objects.filter(action="calendar_feed_read")
    assert [(row.actor_id, row.role, row.count) for row in rows] == [
        (world.ada.user.pk, "specialist", 1)
    ] * 2
    assert CalendarFeed.objects.get().fetched_at is not None


def test_an_applicant_sees_in_the_log_that_their_own_calendar_was_read(world, feed_of):
    read(feed_of("pat_account"))

    row = AuditEntry.objects.get(action="calendar_feed_read")
    assert (row.applicant_key, row.ground) == (world.pat.pk, "own_record")


def test_who_is_kept_away_from_a_person_has_nothing_of_them(world, feed_of, as_):
    appointment(world)
    address = feed_of("ada")
    assert len(entries(read(address))) == 1

    BlockFactory(
        organisation=world.havnelund, applicant_id=world.pat.pk, user=world.ada.user
    )
    assert entries(read(address)) == []


def test_it_takes_as_many_queries_however_much_stands_in_it(world, feed_of):
    address = feed_of("ada")
    MeetingFactory(unit=world.north, team=world.east, day=TODAY)
    read(address)
    with CaptureQueriesContext(connection) as few:
        read(address)
    for number in range(20):
        appointment(world, day=TODAY + number * DAY)
        MeetingFactory(unit=world.north, team=world.east, day=TODAY + number * DAY)
        TaskFactory(
            episode=world.pat_episode, staff=world.ada.user, due_on=TODAY + number * DAY
        )
    with CaptureQueriesContext(connection) as many:
        assert len(entries(read(address))) == 61

    assert len(many) == len(few) <= 28


def test_guessing_is_slowed_down_and_reading_too_often_as_well(
    world, feed_of, settings
):
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "calendar_unknown": "2/h/ip",
        "calendar_read": "3/h/key",
    }
    guess = reverse("exchange:feed", args=["a-guess"])
    assert [read(guess).status_code for _ in range(4)] == [404, 404, 429, 429]

    # Those who guess take nothing away from those who know.
    address = feed_of("ada")
    answers = [read(address) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0


@pytest.mark.usefixtures("own_keys")
def test_an_address_that_is_read_outlives_the_key_it_was_made_under(feed_of):
    address = feed_of("ada")
    before = CalendarFeed.objects.get().token_hash

    keyring.begin_rotation(datetime(2026, 10, 5, 7, tzinfo=UTC))
    assert read(address).status_code == 200

    after = CalendarFeed.objects.get().token_hash
    assert after != before
    assert after == secrets.keyed_hash("calendar feed", TOKEN)


def test_nobody_ends_somebody_elses(world, as_, feed_of):
    feed_of("ada")
    key = CalendarFeed.objects.get().pk

    assert as_("ben").post(reverse("exchange:feed_end", args=[key])).status_code == 404
    assert CalendarFeed.objects.get().ended_at is None


def test_ten_addresses_are_enough(world, as_, feed_of):
    for number in range(10):
        feed_of("ada", token=f"token-{number}")

    answer = as_("ada").post(reverse("exchange:feed_new"), {"label": "Eleventh"})

    assert answer.status_code == 422
    assert "Take one back first" in answer.content.decode()


def test_a_role_that_has_ended_is_told_in_the_list(world, as_, feed_of):
    feed_of("ada")
    CalendarFeed.objects.update(role="clinician")

    assert (
        "The role has ended"
        in as_("ada").get(reverse("exchange:feeds")).content.decode()
    )


@pytest.mark.parametrize("name", ["sam", "rui", "eve"])
def test_who_reads_no_person_and_sits_at_no_table_has_no_calendar(world, as_, name):
    client = as_(name)

    assert client.get(reverse("exchange:feeds")).status_code == 403
    assert client.get(reverse("exchange:feed_new")).status_code == 403
    assert "/calendar/" not in client.get(reverse("desk:words")).content.decode()


@pytest.mark.parametrize("name", ["ada", "ben", "cora", "dev", "una", "pat_account"])
def test_everybody_else_finds_it_in_their_menu(world, as_, name):
    client = as_(name)

    assert client.get(reverse("exchange:feeds")).status_code == 200
    assert (
        reverse("exchange:feeds") in client.get(reverse("desk:words")).content.decode()
    )


def test_a_name_that_looks_like_a_day_is_no_feed(world, today):
    assert date(2026, 10, 5) == today
    assert read("/calendar/..%2F..%2Fetc.ics").status_code == 404
    assert Client().post(reverse("exchange:feed", args=[TOKEN])).status_code in (
        403,
        405,
    )
