"""North's action plan: Ben writes it, both sides read it, the score stands beside it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from braid.access.models import Membership
from braid.fidelity import commands, queries
from braid.fidelity.actions import reading
from braid.fidelity.commands.planning import Intent
from braid.fidelity.models import PlannedAction
from braid.kernel.errors import InputFault, Refused, Stale
from tests.cast import TODAY
from tests.factories.fidelity import PlannedActionFactory, ReviewFactory
from tests.factories.teamwork import (
    AttendanceFactory,
    GroupFactory,
    GroupMemberFactory,
    MeetingFactory,
    TaskFactory,
)
from tests.fidelity.told_reviews import reviewed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PAGE = "/fidelity-actions/north/"
WISH = Intent(
    scale="ips-25",
    item=17,
    target=4,
    what="Two mornings a week for employers",
    due_on=TODAY + timedelta(60),
    owner_words="Ada and Ben",
)
SENT = {
    "item": "17",
    "what": "Two mornings a week for employers",
    "target": "4",
    "owner_words": "Ada and Ben",
    "due_on": "2026-12-01",
}


@pytest.fixture
def action(world) -> PlannedAction:
    return commands.add_action(actor=world.ben.actor, unit=world.north, intent=WISH)


# ---- Who ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ada", "ben", "cora", "dev", "eve", "sam"])
def test_both_sides_and_the_office_read_the_plan(as_, action, name):
    answer = as_(name).get(PAGE)
    assert answer.status_code == 200
    assert "Two mornings a week" in answer.content.decode()


@pytest.mark.parametrize("name", ["ola", "femi", "una", "rui"])
def test_nobody_else_does(as_, action, name):
    assert as_(name).get(PAGE).status_code in (403, 404)


@pytest.mark.parametrize("name", ["ada", "cora", "dev", "ola"])
def test_only_who_oversees_the_unit_writes(as_, world, action, name):
    client = as_(name)
    for address in (
        f"{PAGE}new/",
        f"/fidelity-action/{action.pk}/",
        f"/fidelity-action/{action.pk}/progress/",
    ):
        assert client.post(address, SENT).status_code in (403, 404)
    assert PlannedAction.objects.system("a test").count() == 1
    with pytest.raises(Refused):
        commands.add_action(
            actor=getattr(world, name).actor, unit=world.north, intent=WISH
        )


def test_who_reads_sees_no_way_to_write(as_, action):
    assert "How does it go?" in as_("ben").get(PAGE).content.decode()
    assert "How does it go?" not in as_("cora").get(PAGE).content.decode()


def test_who_took_an_action_on_says_how_it_goes_and_changes_nothing_else(as_, world):
    wish = replace(WISH, owner=world.ada.user)
    own = commands.add_action(actor=world.ben.actor, unit=world.north, intent=wish)
    ada, address = as_("ada"), f"/fidelity-action/{own.pk}/"
    page = ada.get(PAGE).content.decode()
    assert f"{address}progress/" in page
    assert f'"{address}"' not in page
    form = {"progress": "under_way", "text": "Two visits made.", "row_version": "1"}
    assert ada.post(f"{address}progress/", form).status_code == 302
    own.refresh_from_db()
    (note,) = own.notes.system("a test")
    assert (own.progress, note.text) == ("under_way", "Two visits made.")
    assert note.created_by_id == world.ada.user.pk
    assert ada.post(address, SENT).status_code == 403
    for name in ("cora", "dev"):
        assert as_(name).post(f"{address}progress/", form).status_code == 403


def test_who_left_the_unit_says_nothing_of_the_action_any_more(as_, world):
    wish = replace(WISH, owner=world.ada.user)
    own = commands.add_action(actor=world.ben.actor, unit=world.north, intent=wish)
    Membership.objects.filter(user=world.ada.user).update(last_day=TODAY - timedelta(1))
    form = {"progress": "done", "row_version": "1"}
    address = f"/fidelity-action/{own.pk}/progress/"
    assert as_("ada").post(address, form).status_code in (302, 403, 404)
    own.refresh_from_db()
    assert own.progress == "open"


# ---- Writing -----------------------------------------------------------------------------


def test_ben_adds_an_action(as_, world):
    answer = as_("ben").post(f"{PAGE}new/", SENT | {"owner": str(world.ada.user.pk)})
    assert answer.status_code == 302
    (made,) = reading.of_unit(world.ben.actor, world.north)
    assert (made.item, made.target, made.owner) == (17, 4, world.ada.user)
    assert made.due_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"what": ""}, "This field is required", id="nothing to do"),
        pytest.param({"what": "   "}, "This field is required", id="only spaces"),
        pytest.param({"owner_words": ""}, "Nobody is named", id="nobody"),
        pytest.param({"item": "26"}, "Select a valid choice", id="no such item"),
        pytest.param({"target": "6"}, "Select a valid choice", id="no such score"),
        pytest.param({"target": "1"}, "Select a valid choice", id="no target at all"),
        pytest.param({"due_on": "soon"}, "Enter a valid date", id="no day"),
        pytest.param({"due_on": "20260-01-01"}, "valid date", id="a year too long"),
        pytest.param({"owner": "x"}, "Select a valid choice", id="no such person"),
    ],
)
def test_what_cannot_be_is_said_and_kept(as_, change, said):
    answer = as_("ben").post(f"{PAGE}new/", SENT | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not PlannedAction.objects.system("a test").exists()


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ({"item": 26}, "item_unknown"),
        ({"scale": "ips-y"}, "item_unknown"),
        ({"target": 9}, "target_out_of_range"),
        ({"target": 1}, "target_out_of_range"),
        ({"what": " "}, "no_text"),
        ({"owner_words": " "}, "no_owner"),
    ],
)
def test_the_command_refuses_what_no_form_would_send(world, wish, reason):
    given = {name: getattr(WISH, name) for name in WISH.__slots__} | wish
    with pytest.raises(InputFault) as fault:
        commands.add_action(
            actor=world.ben.actor, unit=world.north, intent=Intent(**given)
        )
    assert fault.value.reason == reason


def test_who_was_slower_is_told_and_overwrites_nothing(as_, world, action):
    ben = as_("ben")
    address = f"/fidelity-action/{action.pk}/"
    form = SENT | {"row_version": "1"}
    assert ben.post(address, form | {"target": "5"}).status_code == 302
    answer = ben.post(address, form | {"what": "Something else"})
    assert answer.status_code == 422
    assert "Somebody changed this" in answer.content.decode()
    action.refresh_from_db()
    assert (action.target, action.what) == (5, WISH.what)
    with pytest.raises(Stale):
        commands.note_progress(
            actor=world.ben.actor,
            action=action,
            progress="done",
            text="",
            today=TODAY,
            row_version=1,
        )


def test_an_owner_who_has_left_stays_until_another_is_chosen(as_, world, action):
    PlannedAction.objects.system("a test").update(owner=world.cora.user)
    form = SENT | {"row_version": "1", "owner": str(world.cora.user.pk)}
    assert as_("ben").post(f"/fidelity-action/{action.pk}/", form).status_code == 302
    action.refresh_from_db()
    assert action.owner == world.cora.user


def test_progress_is_noted_and_done_closes(as_, action):
    ben = as_("ben")
    address = f"/fidelity-action/{action.pk}/progress/"
    sent = {"progress": "under_way", "text": "First mornings held", "row_version": "1"}
    assert ben.post(address, sent).status_code == 302
    page = ben.get(PAGE).content.decode()
    assert "First mornings held" in page
    assert ben.post(address, sent | {"progress": "done", "row_version": "2"})
    action.refresh_from_db()
    assert (action.progress, action.closed_on) == ("done", TODAY)
    assert "Two mornings" not in ben.get(PAGE).content.decode()
    assert "Two mornings" in ben.get(f"{PAGE}?which=closed").content.decode()


def test_what_is_late_says_how_late(as_, world):
    PlannedActionFactory(unit=world.north, due_on=TODAY - timedelta(3), what="Late one")
    PlannedActionFactory(unit=world.north, due_on=TODAY, what="Due today")
    late = as_("ben").get(f"{PAGE}?which=late").content.decode()
    assert "3 days late" in late
    assert "Due today" not in late


# ---- Where actions come from -------------------------------------------------------------


@pytest.fixture
def advised(world):
    return reviewed(world.north, but={17: 2}, advice={17: "See employers each week."})


def test_a_recommendation_becomes_an_action_with_one_tap(as_, world, advised):
    ben = as_("ben")
    page = ben.get(PAGE).content.decode()
    address = f"{PAGE}new/?review={advised.pk}&amp;item=17"
    assert address in page
    form = ben.get(address.replace("&amp;", "&")).content.decode()
    assert "See employers each week." in form
    assert 'value="3" ' in form.replace("checked", " ") or 'value="3"' in form
    assert ben.post(address.replace("&amp;", "&"), SENT).status_code == 302
    (made,) = reading.of_unit(world.ben.actor, world.north)
    assert made.review == advised
    assert address not in ben.get(PAGE).content.decode()


def test_what_the_service_was_not_told_is_recommended_to_nobody(as_, world):
    hidden = reviewed(world.north, advice={3: "Hush."}, status="consensus")
    client = as_("ben")
    assert "Hush." not in client.get(PAGE).content.decode()
    found = client.get(f"{PAGE}new/?review={hidden.pk}&item=3")
    assert found.status_code == 404


@pytest.mark.parametrize(
    "query", ["review=x&item=1", "decision=x", "item=x", "item=99"]
)
def test_an_address_that_names_nothing_breaks_nothing(as_, world, query):
    assert as_("ben").get(f"{PAGE}new/?{query}").status_code in (200, 404)


def test_another_units_review_is_not_found(as_, world):
    other = reviewed(world.elsewhere, advice={1: "Not yours."})
    assert as_("ben").get(f"{PAGE}new/?review={other.pk}&item=1").status_code == 404


@pytest.fixture
def steering(world):
    group = GroupFactory(unit=world.north, kind="steering", name="Steering")
    GroupMemberFactory(group=group, user=world.ben.user, part="administration")
    return MeetingFactory(
        unit=world.north, team=None, kind="steering", group=group, day=TODAY
    )


def test_what_a_meeting_decided_is_carried_out_once(as_, world, steering):
    """A decision that is to raise an item is no second plan: it becomes an action."""
    task = TaskFactory(
        unit=world.north,
        meeting=steering,
        text="Free two mornings",
        item="17",
        staff=world.ada.user,
    )
    ben = as_("ben")
    address = f"{PAGE}new/?decision={task.pk}"
    assert "Free two mornings" in ben.get(PAGE).content.decode()
    assert ben.post(address, SENT).status_code == 302
    (made,) = reading.of_unit(world.ben.actor, world.north)
    assert made.decision_id == task.pk
    assert "Decided at a meeting, not in the plan" not in ben.get(PAGE).content.decode()
    assert ben.get(address).status_code == 404
    with pytest.raises(InputFault) as fault:
        commands.add_action(
            actor=world.ben.actor, unit=world.north, intent=WISH, decision_id=task.pk
        )
    assert fault.value.reason == "decision_planned"


def test_the_steering_groups_page_shows_the_plan(as_, action, steering):
    page = as_("ben").get(f"/meetings/at/{steering.pk}/").content.decode()
    assert "Action plan for fidelity" in page
    assert WISH.what in page
    assert PAGE in page


def test_the_plan_says_what_it_is_evidence_of(as_, world, action, steering):
    """Item 11: a steering group with management that meets and works with the plan."""
    AttendanceFactory(meeting=steering, staff=world.ben.user, present=True)
    found = reading.evidence(
        world.ben.actor,
        world.north,
        reading.of_unit(world.ben.actor, world.north),
        TODAY,
    )
    assert (found.written, found.noted, found.held, found.wanted) == (1, 0, 1, 4)
    page = as_("ben").get(PAGE).content.decode()
    assert "1 of the last 4 quarters" in page
    outside = reading.evidence(world.sam.actor, world.north, [], TODAY)
    assert outside.held is None


# ---- The score beside it -----------------------------------------------------------------


def test_the_live_score_stands_beside_the_target(as_, world, action):
    """Item 1 of two people for one full-time specialist: the record scores it."""
    Membership.objects.filter(user=world.ada.user).update(fte=1)
    PlannedActionFactory(
        unit=action.unit, item=1, target=5, what="Keep caseloads small"
    )
    ben = as_("ben")
    assert "by the record: 5" not in ben.get(PAGE).content.decode()
    page = ben.get(f"{PAGE}?scores=1").content.decode()
    assert "by the record: 5" in page
    assert "target reached" in page
    assert "/fidelity/north/items/1/" in page


def test_more_actions_ask_no_more(as_, world, action, django_assert_max_num_queries):
    ben = as_("ben")
    ben.get(PAGE)
    with django_assert_max_num_queries(60) as few:
        ben.get(PAGE)
    for number in range(8):
        PlannedActionFactory(unit=world.north, what=f"Action {number}")
    with django_assert_max_num_queries(len(few)):
        ben.get(PAGE)


# ---- What is due -------------------------------------------------------------------------


def test_an_own_action_stands_on_the_owners_list(as_, world):
    PlannedActionFactory(
        unit=world.north, owner=world.ada.user, due_on=TODAY, what="Ring the bakeries"
    )
    PlannedActionFactory(unit=world.north, owner=world.ben.user, what="Not hers")
    page = as_("ada").get("/todo/").content.decode()
    assert "Ring the bakeries" in page
    assert "Not hers" not in page


@pytest.mark.parametrize(
    ("score", "held", "country", "due_on"),
    [
        pytest.param(4, date(2026, 4, 20), "us", date(2027, 4, 28), id="good: yearly"),
        pytest.param(3, date(2026, 4, 20), "us", date(2026, 10, 28), id="fair: half"),
        pytest.param(3, date(2026, 4, 20), "nl", date(2028, 4, 28), id="two years"),
        pytest.param(5, date(2026, 4, 20), "dk", date(2027, 4, 28), id="by the scale"),
    ],
)
def test_the_next_review_is_due_by_the_rule_of_the_country(
    world, score, held, country, due_on
):
    world.north.organisation.country = country
    world.north.organisation.save()
    world.north.refresh_from_db()
    reviewed(world.north, score, on=held)
    found = queries.next_review(world.ben.actor, world.north)
    assert found.due_on == due_on
    assert found.source


def test_before_the_first_review_nothing_is_due(world):
    found = queries.next_review(world.ben.actor, world.north)
    assert (found.due_on, found.state(TODAY)) == (None, "unknown")


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 8, 28), "ok"),
        (date(2026, 8, 29), "soon"),
        (date(2026, 10, 28), "due"),
        (date(2026, 10, 29), "overdue"),
    ],
)
def test_how_near_the_next_review_is(world, today, state):
    reviewed(world.north, 3)
    assert queries.next_review(world.ben.actor, world.north).state(today) == state


def test_a_review_that_is_near_stands_on_the_supervisors_list_until_planned(as_, world):
    reviewed(world.north, 3)
    ben, said = as_("ben"), "The next fidelity review is not planned yet"
    assert said in ben.get("/todo/").content.decode()
    assert said not in as_("ada").get("/todo/").content.decode()
    ReviewFactory(unit=world.north, status="planned")
    assert said not in ben.get("/todo/").content.decode()
