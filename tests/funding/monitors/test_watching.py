"""What is watched without anybody looking: notes that flags open, and figures kept ready."""

import pickle
from datetime import date, timedelta

import pytest
from django.utils import timezone

from braid.access.models import AuditEntry
from braid.access.queries import system_actor
from braid.facts import marks
from braid.funding.models import MonitorNote
from braid.funding.monitors import commands, curves, reading, watching
from braid.kernel.errors import Refused
from braid.method import survival
from braid.packs import jurisdictions, monitors
from braid.site import daily
from tests.cast import TODAY
from tests.desk.test_pages import text
from tests.factories.people import EpisodeFactory, RefusalFactory
from tests.factories.work import JobFactory

LAST = date(2026, 9, 30)  # what both parties may see ends with the month before


@pytest.fixture
def watched(today, story):
    """North's agreement, and twelve ends of jobs that became known late."""
    _late_ends(story, 12)
    return story


def _late_ends(story, number: int) -> None:
    for _ in range(number):
        episode = EpisodeFactory(
            unit=story.world.north,
            accepted_on=date(2026, 1, 5),
            at_referral="out_of_work",
        )
        last = date(2026, 6, 1)
        JobFactory(
            episode=episode,
            first_day=date(2026, 3, 2),
            last_day=last,
            end_known_on=last + timedelta(20),
            placement="competitive",
        )


def notes(**only) -> list[MonitorNote]:
    return list(MonitorNote.objects.system("the test looks").filter(**only))


def ends_of(found) -> list[MonitorNote]:
    return [note for note in found if note.monitor == "job-ends"]


def test_a_flag_opens_one_review_note_however_often_somebody_looks(watched):
    (note,) = ends_of(watching.look(watched.agreement, TODAY))
    assert (note.is_raised, note.as_of, note.created_by) == (True, LAST, None)
    assert "over 14" in note.question
    assert watching.look(watched.agreement, TODAY) == []
    assert len(notes(monitor="job-ends")) == 1
    assert AuditEntry.objects.filter(action="monitor_note_raised").exists()


def test_both_parties_read_the_note_that_a_flag_opened_when_one_of_them_looks(
    watched, as_
):
    page = f"/funding/monitors/{watched.agreement.pk}/"
    shown = text(as_("nia").get(page, {"figures": "1"}))
    assert "opened by its flag" in shown
    assert "opened by its flag" in text(as_("ben").get(page))


def test_the_work_of_the_night_opens_them_too(watched):
    now = timezone.localtime()
    daily.JOBS["monitors"](now)
    daily.JOBS["monitors"](now)
    assert len(notes(monitor="job-ends", is_raised=True)) == 1


def test_a_small_number_opens_no_note_that_a_funder_would_read(today, story):
    _late_ends(story, 2)
    inside = reading.board(story.world.ben.actor, story.agreement, TODAY)
    assert any(one.raised for one in inside.watched if one.monitor.id == "job-ends")
    watching.look(story.agreement, TODAY)
    assert notes(monitor="job-ends") == []


def test_an_agreement_that_is_over_is_watched_no_longer(watched):
    watched.agreement.last_day = date(2026, 9, 1)
    watched.agreement.save()
    assert watching.look_at_all(TODAY) == 0
    assert notes() == []


def test_what_was_talked_about_rests_for_90_days(watched):
    (note,) = ends_of(watching.look(watched.agreement, TODAY))
    commands.close_note(
        actor=watched.world.ben.actor,
        note=note,
        answer="Employers are asked each week now.",
        closed_on=TODAY,
        expected_version=note.row_version,
    )
    said = [("job-ends", "Still late.")]
    actor = system_actor(watched.world.north, "monitors")

    def again(as_of: date) -> list[MonitorNote]:
        return commands.raise_notes(
            actor=actor, agreement=watched.agreement, said=said, as_of=as_of
        )

    assert again(TODAY + timedelta(89)) == []
    assert len(again(TODAY + timedelta(90))) == 1


def test_who_has_nothing_to_do_with_the_agreement_opens_none(watched):
    with pytest.raises(Refused):
        commands.raise_notes(
            actor=watched.world.ada.actor,
            agreement=watched.agreement,
            said=[("access", "Look.")],
            as_of=TODAY,
        )


# ---- What is kept --------------------------------------------------------------------------


def test_what_is_watched_can_be_kept_for_other_processes(watched):
    for inside in (True, False):
        board = reading.board(
            watched.world.ben.actor, watched.agreement, TODAY, inside=inside
        )
        kept = pickle.loads(pickle.dumps(board.watched))
        assert [one.monitor.id for one in kept] == [
            one.id for one in monitors.get().monitors
        ]
        assert (board.exits == ()) or inside


def test_a_board_has_another_name_for_whatever_changes_it(watched):
    pack = monitors.get()

    def name(**other) -> str:
        given = {"day": TODAY, "watches": pack, "shows": True} | other
        return reading._name(watched.agreement, **given)

    names = [
        name(),
        name(day=LAST),
        name(shows=False),
        name(watches=pack.model_copy(update={"monitors": pack.monitors[1:]})),
    ]
    assert len(set(names)) == 4
    assert name() == names[0]


def test_what_is_kept_is_given_again_and_not_worked_out_anew(watched, monkeypatch):
    actor, kept = watched.world.ben.actor, {}
    monkeypatch.setattr(marks, "standing", lambda unit: {"jobs": "as it was"})
    monkeypatch.setattr(
        marks, "following", lambda unit, what, tokens: kept.get((unit, what))
    )
    first = reading.board(actor, watched.agreement, TODAY)
    name = reading._name(watched.agreement, TODAY, monitors.get(), shows=True)
    found = reading._Found(first.watched[:1], (), {})
    kept[watched.agreement.unit_id, name] = marks.Following({}, found)
    assert len(reading.board(actor, watched.agreement, TODAY).watched) == 1
    other = reading.board(watched.world.nia.actor, watched.agreement, TODAY)
    assert len(other.watched) == len(first.watched)


# ---- What a country and a curve say --------------------------------------------------------


def test_what_breaches_zero_exclusion_is_said_by_the_country(today, story, monkeypatch):
    RefusalFactory(
        unit=story.world.north,
        day=date(2026, 9, 1),
        reason="not_ready",
        by_role="specialist",
    )

    def breaches() -> int:
        board = reading.board(story.world.ben.actor, story.agreement, TODAY)
        one = next(each for each in board.watched if each.monitor.id == "refusals")
        return int(one.newest.amounts["breaches"].value)

    assert breaches() == 1
    pack = jurisdictions.of_country("dk")
    told = pack.refusal_breaches.model_copy(update={"reasons": ("symptoms",)})
    other = pack.model_copy(update={"refusal_breaches": told})
    monkeypatch.setattr(jurisdictions, "of_country", lambda country: other)
    assert breaches() == 0


def test_time_to_the_first_job_is_a_curve_with_its_table(today, story, as_):
    _late_ends(story, 6)
    page = f"/funding/monitors/{story.agreement.pk}/"
    inside = as_("ben").get(page, {"figures": "1"})
    card = next(one for one in inside.context["cards"] if one.name == "first-job")
    whole, *groups = card.curves
    assert whole.title == "Everybody"
    assert groups
    assert "<svg" in inside.content.decode()
    assert whole.rows[0].shares[0] in inside.content.decode()
    outside = as_("nia").get(page, {"figures": "1"})
    card = next(one for one in outside.context["cards"] if one.name == "first-job")
    assert len(card.curves) <= 1, "curves of groups would tell by their difference"


def test_of_many_groups_the_three_largest_are_drawn_and_all_are_told():
    table = {
        ("gender", name): survival.curve_of(
            survival.LifeTable.of(
                [survival.Observation(day, True, 1) for day in range(1, count)]
            )
        )
        for name, count in (("woman", 9), ("man", 8), ("other", 7), ("undisclosed", 6))
    }
    (part,) = curves.parts(table)
    assert len(part.picture.curves) == 3
    assert len(part.rows) == 4
    assert part.kept_back
