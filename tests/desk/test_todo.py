"""One list for each person, and a mail a day that names nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from braid.access.models import AuditEntry
from braid.desk.todo import digest
from braid.teamwork.models import Snooze, Task
from tests.cast import TODAY
from tests.desk.test_pages import text
from tests.factories.people import PlanActionFactory
from tests.factories.teamwork import TaskFactory

LIST = "/todo/"
DAY = timedelta(days=1)
NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)


def page(client, address=LIST):
    return text(client.get(address))


@pytest.fixture
def task(world):
    return TaskFactory(
        episode=world.pat_episode,
        unit=world.north,
        staff=world.ada.user,
        text="Ask for the contract",
        due_on=TODAY - DAY,
    )


def test_ada_adds_a_task_and_ticks_it_off_with_one_tap(world, as_):
    ada = as_("ada")
    ada.post(
        "/todo/new/",
        {
            "text": "Ask for the contract",
            "person": world.pat_episode.pk,
            "staff": world.ada.user.pk,
            "due_on": "2026-10-05",
        },
    )
    made = Task.objects.system("test").get()
    assert (made.episode, made.staff, made.unit) == (
        world.pat_episode,
        world.ada.user,
        world.north,
    )
    assert "Ask for the contract" in page(ada)
    ada.post(reverse("desk:task_done", args=[made.pk]))
    made.refresh_from_db()
    assert made.done_on == TODAY
    assert "Done just now" in page(ada)
    ada.post(reverse("desk:task_done", args=[made.pk]))
    made.refresh_from_db()
    assert made.done_on is None


def test_a_task_is_given_to_somebody_else(world, as_, task):
    as_("ada").post(
        reverse("desk:task", args=[task.pk]),
        {"staff": world.ben.user.pk, "row_version": 1},
    )
    assert "Ask for the contract" not in page(as_("ada"))
    assert "Ask for the contract" in page(as_("ben"))


def test_it_is_never_given_to_somebody_of_another_unit(world, as_, task):
    answer = as_("ada").post(
        reverse("desk:task", args=[task.pk]),
        {"staff": world.ola.user.pk, "row_version": 1},
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("due", "title"),
    [
        pytest.param(-1, "Overdue", id="yesterday"),
        pytest.param(0, "Today", id="today"),
        pytest.param(6, "This week", id="sunday"),
        pytest.param(7, "Later, or without a day", id="next monday"),
    ],
)
def test_each_thing_stands_where_its_day_is(world, as_, task, due, title):
    task.due_on = TODAY + due * DAY
    task.save()
    groups = as_("ada").get(LIST).context["groups"]
    named = {
        str(group.title)
        for group in groups
        for item, _pill, _state in group.lines
        if item.what == "task"
    }
    assert named == {title}


def test_a_step_of_a_plan_is_ticked_off_from_the_list(world, as_):
    step = PlanActionFactory(
        episode=world.pat_episode, owner="specialist", text="Call the bakery"
    )
    ada = as_("ada")
    assert "Call the bakery" in page(ada)
    ada.post(reverse("desk:todo_step", args=[world.pat_episode.pk, step.pk]))
    step.refresh_from_db()
    assert step.done_on == TODAY


def put_off(client, task, **given):
    address = f"/todo/put-off/?kind=task&episode={task.episode_id}&record={task.pk}"
    asked = {"until_on": "2026-10-12", "reason": "She is on holiday", **given}
    return client.post(address, asked)


def test_a_reminder_is_put_off_with_a_reason_and_comes_back(world, as_, task):
    ada = as_("ada")
    assert put_off(ada, task).status_code == 302
    shown = page(ada)
    assert "Put off until" in shown
    assert "She is on holiday" in shown
    kept = Snooze.objects.system("test").get()
    ada.post(reverse("desk:take_up_again", args=[kept.pk]))
    assert "She is on holiday" not in page(ada)
    assert AuditEntry.objects.filter(action="reminder_put_off").count() == 1


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"until_on": "2026-10-05"}, id="today"),
        pytest.param({"until_on": "2027-10-05"}, id="a year"),
        pytest.param({"reason": ""}, id="no reason"),
        pytest.param({"reason": "   "}, id="blank reason"),
    ],
)
def test_it_is_not_put_off_for_ever_or_without_a_reason(as_, task, given):
    assert put_off(as_("ada"), task, **given).status_code == 422
    assert not Snooze.objects.system("test").exists()


def test_a_clock_is_put_off_for_two_weeks_at_most(world, as_):
    ada = as_("ada")
    clocks = [
        item
        for group in ada.get(LIST).context["groups"]
        for item, _pill, _state in group.lines
        if item.what == "clock"
    ]
    assert clocks
    address = clocks[0].put_off_url
    late = {"until_on": "2026-10-20", "reason": "Agreed"}
    assert ada.post(address, late).status_code == 422
    soon = {"until_on": "2026-10-07", "reason": "Agreed"}
    assert ada.post(address, soon).status_code == 302


def test_a_reminder_that_does_not_run_is_not_there(as_, task):
    assert as_("ada").get("/todo/put-off/?kind=task").status_code == 404
    assert as_("ola").get(
        f"/todo/put-off/?kind=task&episode={task.episode_id}&record={task.pk}"
    ).status_code in (403, 404)


def test_ben_sees_the_list_of_the_unit_and_ada_only_hers(world, as_, task):
    task.staff = world.ben.user
    task.save()
    assert "Ask for the contract" not in page(as_("ada"), f"{LIST}?whose=unit")
    task.staff = world.ada.user
    task.save()
    assert "Ask for the contract" in page(as_("ben"), f"{LIST}?whose=unit")


def test_the_number_of_queries_does_not_grow(
    world, as_, task, django_assert_max_num_queries
):
    ada = as_("ada")
    ada.get(LIST)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        ada.get(LIST)
    for _number in range(8):
        TaskFactory(episode=world.pat_episode, unit=world.north, staff=world.ada.user)
        PlanActionFactory(episode=world.pat_episode, owner="specialist")
    with django_assert_max_num_queries(len(few)):
        ada.get(LIST)


# The daily mail.


@pytest.fixture
def mails(settings):
    settings.BRAID_MAILS = True
    settings.BRAID_ADDRESS = "https://braid.example"
    return mail.outbox


def of(world, outbox, name):
    return [one for one in outbox if one.to == [getattr(world, name).user.email]]


def test_the_mail_counts_and_names_nobody(world, today, task, mails):
    digest.send_all(NOW)
    (letter,) = of(world, mails, "ada")
    assert "1 task" in letter.body
    assert "https://braid.example/todo/" in letter.body
    for word in ("Pat", "Lund", "contract", "Ask"):
        assert word not in letter.body + letter.subject


def test_one_a_day_at_most(world, today, task, mails):
    digest.send_all(NOW)
    digest.send_all(NOW)
    assert len(of(world, mails, "ada")) == 1
    digest.send_all(NOW + DAY)
    assert len(of(world, mails, "ada")) == 2


def test_none_for_who_does_not_want_it(world, as_, task, mails):
    answers = {"language": "", "theme": "", "digest_every": "never"}
    assert as_("ada").post("/appearance/", answers).status_code == 302
    digest.send_all(NOW)
    assert of(world, mails, "ada") == []


def test_none_where_nothing_is_due(world, today, mails):
    for member in world.cast.values():
        member.user.refresh_from_db()
    digest.send_all(NOW)
    assert of(world, mails, "sam") == []
    assert of(world, mails, "pat_account") == []


def test_what_is_put_off_is_not_counted(world, as_, today, task, mails):
    counted = digest.due(world.ada.actor, today)
    put_off(as_("ada"), task)
    assert digest.due(world.ada.actor, today)["task"] == counted["task"] - 1


def test_the_mail_is_in_the_language_of_the_reader(world, today, task, mails):
    world.ada.user.language = "da"
    world.ada.user.save()
    digest.send_all(NOW)
    assert of(world, mails, "ada")


def test_without_a_mail_server_nothing_is_claimed(world, today, task, settings):
    settings.BRAID_MAILS = False
    assert digest.send_all(NOW) == 0
    world.ada.user.refresh_from_db()
    assert world.ada.user.digest_sent_on is None
