"""A week of working time: proposed, adjusted, saved at once, read by two alike."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.errors import InputFault, Refused, Stale
from braid.work import commands, queries, time_rules
from braid.work.models import TimeEntry
from braid.work.time_rules import Done, Where
from tests.cast import TODAY
from tests.factories.work import (
    AppointmentFactory,
    ContactFactory,
    EmployerContactFactory,
    EmployerFactory,
    TimeEntryFactory,
)

MONDAY = TODAY  # 5 October 2026 is a Monday
DAY = timedelta(days=1)
SUPPORT = Where("employment", "community")
OFFICE = Where("administration")


def rows():
    return TimeEntry.objects.all().system("the test looks")


@pytest.fixture
def ada(as_):
    return as_("ada")


def sent(page):
    """Return the week's form as it stands on the page."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page.content.decode()):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        name = given.get("name", "")
        if name.startswith("on_") or name in {"seen", "length"}:
            found[name] = given.get("value", "")
    return found


def logged(world):
    """Log what Ada did on Monday and Tuesday."""
    own = {"staff": world.ada.user}
    ContactFactory(episode=world.pat_episode, day=MONDAY, minutes=45, **own)
    ContactFactory(episode=world.quinn_episode, day=MONDAY, minutes=30, **own)
    ContactFactory(episode=world.pat_episode, day=MONDAY, minutes=None, **own)
    employer = EmployerFactory(unit=world.north)
    visit = EmployerContactFactory(
        unit=world.north, employer=employer, day=MONDAY, **own
    )
    AppointmentFactory(
        episode=None,
        unit=world.north,
        with_whom="employer",
        day=MONDAY,
        minutes=90,
        state="kept",
        employer_contact=visit,
        **own,
    )
    EmployerContactFactory(
        unit=world.north, employer=employer, day=MONDAY, mode="phone", **own
    )
    AppointmentFactory(
        episode=None,
        unit=world.north,
        with_whom="clinic",
        day=MONDAY + DAY,
        minutes=60,
        state="kept",
        **own,
    )
    ContactFactory(
        episode=world.pat_episode, day=MONDAY, minutes=99, staff=world.ben.user
    )


def test_a_week_is_proposed_from_what_was_logged(world):
    logged(world)
    proposed = queries.proposed_week(world.ada.actor, world.north.pk, MONDAY)
    assert proposed == {
        (MONDAY, SUPPORT): 75,
        (MONDAY, Where("employment", "employer_site")): 90,
        (MONDAY, Where("employment", "remote")): 30,
        (MONDAY + DAY, Where("meeting", "treatment_office")): 60,
    }


def test_a_proposed_week_is_saved_as_it_stands(ada, world):
    logged(world)
    page = ada.get(reverse("work:time"))
    assert "Nothing is saved yet." in page.content.decode()
    assert not rows().exists()
    assert ada.post(reverse("work:time"), sent(page)).status_code == 302
    written = queries.written_week(world.ada.actor, world.north.pk, MONDAY)
    assert queries.as_minutes(written) == queries.proposed_week(
        world.ada.actor, world.north.pk, MONDAY
    )


def test_the_rest_of_the_days_is_filled_with_one_activity(ada, world):
    logged(world)
    form = sent(ada.get(reverse("work:time")))
    ada.post(reverse("work:time"), form | {"rest": "administration", "length": "444"})
    by_day = time_rules.by_day(
        queries.as_minutes(
            queries.written_week(world.ada.actor, world.north.pk, MONDAY)
        )
    )
    assert by_day == {MONDAY: 444, MONDAY + DAY: 444}


def test_what_is_emptied_is_gone_and_what_is_changed_is_changed(world):
    first = {(MONDAY, SUPPORT): 60, (MONDAY, OFFICE): 30}
    ada, unit = world.ada.actor, world.north
    commands.save_week(actor=ada, unit=unit, monday=MONDAY, minutes=first, seen="")
    seen = commands.version(queries.written_week(ada, unit.pk, MONDAY))
    second = {(MONDAY, SUPPORT): 75, (MONDAY, OFFICE): 0, (MONDAY + DAY, OFFICE): 10}
    total = commands.save_week(
        actor=ada, unit=unit, monday=MONDAY, minutes=second, seen=seen
    )
    assert total == 85
    found = queries.as_minutes(queries.written_week(ada, unit.pk, MONDAY))
    assert found == {(MONDAY, SUPPORT): 75, (MONDAY + DAY, OFFICE): 10}


def test_a_week_that_was_saved_elsewhere_meanwhile_is_told(ada, world):
    logged(world)
    form = sent(ada.get(reverse("work:time")))
    assert ada.post(reverse("work:time"), form).status_code == 302
    again = ada.post(reverse("work:time"), form)
    assert again.status_code == 422
    assert "Somebody changed this" in again.content.decode()


def test_a_day_has_no_more_than_twenty_four_hours(ada, world):
    logged(world)
    form = sent(ada.get(reverse("work:time")))
    cells = [name for name in form if name.startswith("on_20261005")][:2]
    answer = ada.post(reverse("work:time"), form | dict.fromkeys(cells, "800"))
    assert answer.status_code == 422
    assert "has more than 24 hours" in answer.content.decode()
    assert not rows().exists()


@pytest.mark.parametrize(
    ("minutes", "fault"),
    [
        pytest.param({(MONDAY, SUPPORT): 1440}, None, id="a whole day"),
        pytest.param(
            {(MONDAY, SUPPORT): 1440, (MONDAY, OFFICE): 1}, InputFault, id="one more"
        ),
        pytest.param({(MONDAY + 7 * DAY, SUPPORT): 5}, InputFault, id="another week"),
    ],
)
def test_what_a_week_can_hold(world, minutes, fault):
    def save():
        commands.save_week(
            actor=world.ada.actor,
            unit=world.north,
            monday=MONDAY,
            minutes=minutes,
            seen="",
        )

    if fault is None:
        save()
        assert rows().exists()
        return
    with pytest.raises(fault):
        save()
    assert not rows().exists()


def test_a_stale_version_is_refused_by_the_command(world):
    TimeEntryFactory(unit=world.north, staff=world.ada.user, day=MONDAY)
    with pytest.raises(Stale):
        commands.save_week(
            actor=world.ada.actor,
            unit=world.north,
            monday=MONDAY,
            minutes={},
            seen="",
        )
    assert rows().count() == 1


def test_time_of_another_unit_is_not_written(world):
    with pytest.raises(Refused):
        commands.save_week(
            actor=world.ola.actor,
            unit=world.north,
            monday=MONDAY,
            minutes={(MONDAY, SUPPORT): 5},
            seen="",
        )


def test_days_without_time_are_shown_up_to_today(ada, world):
    last_week = MONDAY - 7 * DAY
    TimeEntryFactory(unit=world.north, staff=world.ada.user, day=last_week)
    page = ada.get(reverse("work:time"), {"week": last_week.isoformat()})
    assert page.context["gaps"] == [last_week + n * DAY for n in range(1, 5)]
    this_week = ada.get(reverse("work:time"))
    assert this_week.context["gaps"] == [MONDAY]


@pytest.mark.parametrize("page", ["time", "diary", "time_totals"])
@pytest.mark.parametrize("week", ["<script>", "0001-01-01", "9999-12-31"])
def test_a_nonsense_week_is_this_week(ada, page, week):
    found = ada.get(reverse(f"work:{page}"), {"week": week})
    this_week = ada.get(reverse(f"work:{page}"))
    for name in ("week_number", "earlier", "last"):
        assert found.context.get(name) == this_week.context.get(name)


def test_the_supervisor_and_the_specialist_read_the_same_line(as_, world):
    for staff, minutes in ((world.ada.user, 90), (world.ben.user, 30)):
        TimeEntryFactory(
            unit=world.north,
            staff=staff,
            day=MONDAY,
            minutes=minutes,
            place="community",
        )
    TimeEntryFactory(unit=world.elsewhere, staff=world.ola.user, day=MONDAY)
    address = reverse("work:time_totals")
    own, unit = (as_(name).get(address).context["rows"] for name in ("ada", "ben"))
    assert [line["name"] for line in own] == ["Ada Specialist"]
    assert [line["name"] for line in unit] == ["Ada Specialist", "Ben Supervisor"]
    assert own[0] == unit[0]
    assert own[0]["total"] == "1:30"


def test_more_entries_take_no_more_queries(ada, world):
    logged(world)
    with CaptureQueriesContext(connection) as few:
        ada.get(reverse("work:time"))
    for number in range(6):
        ContactFactory(
            episode=world.pat_episode, day=MONDAY + number * DAY, staff=world.ada.user
        )
    with CaptureQueriesContext(connection) as many:
        ada.get(reverse("work:time"))
    assert len(many) <= len(few)


places = st.sampled_from([SUPPORT, OFFICE, Where("travel")])
days = st.sampled_from(time_rules.week(MONDAY))
weeks = st.dictionaries(st.tuples(days, places), st.integers(1, 600))


@given(st.lists(st.builds(Done, days, places, st.none() | st.integers(0, 300))))
def test_no_minute_is_lost_or_made(done):
    proposed = time_rules.propose(done)
    assert sum(proposed.values()) == sum(each.minutes or 0 for each in done)


@given(weeks, st.integers(0, 1440))
def test_filling_up_takes_nothing_away_and_makes_no_impossible_day(week, length):
    filled = time_rules.with_rest(week, length, OFFICE)
    before, after = time_rules.by_day(week), time_rules.by_day(filled)
    assert set(before) == set(after)
    assert all(after[day] == max(before[day], length) for day in before)
    assert set(time_rules.impossible(filled)) == set(time_rules.impossible(week))


@given(weeks)
def test_a_gap_is_a_working_day_without_time(week):
    found = set(time_rules.gaps(week, MONDAY, MONDAY + 6 * DAY))
    assert found | set(time_rules.by_day(week)) >= set(time_rules.week(MONDAY)[:5])
    assert not found & set(time_rules.by_day(week))
