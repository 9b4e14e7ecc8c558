"""A page of live fidelity is kept until something that it follows from changes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.access.models import TeamLink
from braid.access.rights import erasing
from braid.facts import fresh, marks
from braid.fidelity.live import board, reading
from braid.work.models import Contact, Job
from tests.cast import TODAY
from tests.factories.access import BlockFactory
from tests.factories.people import EpisodeFactory
from tests.factories.work import ContactFactory, EmployerContactFactory
from tests.facts.test_fresh import another_process
from tests.fidelity.test_live_pages import UNIT, lines, page, working

__all__ = ["working"]


@pytest.fixture
def kept(working, monkeypatch):
    """Keep what is drawn, though a test is one long transaction."""
    monkeypatch.setattr(marks, "may_be_kept", lambda: True)
    yield working
    another_process()


@pytest.fixture
def worked_out(monkeypatch):
    """Count the boards that were put together, and the measures that were asked."""
    done = {"boards": 0, "measures": []}
    whole, figures = board.board_of, reading._figures

    def board_of(*args):
        done["boards"] += 1
        return whole(*args)

    def _figures(facts, measure, days, keys):
        done["measures"].append(measure.id)
        return figures(facts, measure, days, keys)

    monkeypatch.setattr(board, "board_of", board_of)
    monkeypatch.setattr(reading, "_figures", _figures)
    return done


def told(answer):
    """Return all that a page says of its items."""
    return [
        (line.no, line.now, line.pips.text, line.told and line.told.figures)
        for line in answer.context["lines"]
    ]


def test_while_nothing_changes_a_page_is_worked_out_once(as_, kept, worked_out):
    ben = as_("ben")
    first, again = page(ben, UNIT), page(ben, UNIT)
    assert worked_out["boards"] == 1
    assert told(first) == told(again)


def test_another_process_takes_it_without_drawing(as_, kept, worked_out, monkeypatch):
    ben = as_("ben")
    first = page(ben, UNIT)
    another_process()
    monkeypatch.setattr(fresh, "drawn", None)  # whoever draws breaks
    again = page(ben, UNIT)
    assert worked_out["boards"] == 1
    assert told(first) == told(again)


def test_what_was_typed_a_second_ago_counts(as_, kept, worked_out):
    ben = as_("ben")
    before = lines(page(ben, UNIT))[21].told.value.made_of
    Job.objects.system("a test").filter(permanence="fixed_term").update(
        permanence="permanent"
    )
    after = lines(page(ben, UNIT))[21].told.value.made_of
    assert worked_out["boards"] == 2
    assert before != after


def test_only_what_reads_the_table_that_changed_is_asked_again(as_, kept, worked_out):
    ben = as_("ben")
    page(ben, UNIT)
    first = set(worked_out["measures"])
    worked_out["measures"].clear()
    EmployerContactFactory(
        episode=kept.pat_episode, unit=kept.north, staff=kept.ada.user, day=TODAY
    )
    page(ben, UNIT)
    again = set(worked_out["measures"])
    assert "item17_signed_log" in again < first
    assert "item01_caseload" not in again


def test_what_another_unit_writes_changes_nothing(as_, kept, worked_out):
    ben = as_("ben")
    page(ben, UNIT)
    ContactFactory(episode=EpisodeFactory(unit=kept.elsewhere))
    page(ben, UNIT)
    assert worked_out["boards"] == 1


def test_the_day_that_begins_makes_a_page_new(as_, kept, worked_out):
    first = page(as_("ben"), UNIT)
    with time_machine.travel(f"{TODAY + timedelta(1)}T07:00:00+00:00", tick=False):
        again = page(as_("ben"), UNIT)
    assert worked_out["boards"] == 2
    assert first.context["board"].now.day < again.context["board"].now.day


def test_each_scale_and_day_and_item_has_its_own(as_, kept, worked_out):
    ben = as_("ben")
    for address in ("", "?scale=ips-15", "?on=2026-09-01", "items/1/", "items/2/"):
        page(ben, f"{UNIT}{address}")
        page(ben, f"{UNIT}{address}")
    assert worked_out["boards"] == 5


# ---- Who asks is asked every time ----------------------------------------------------------


def test_what_is_kept_says_nothing_of_who_may_see_it(as_, kept, worked_out):
    """Cora is outside the unit: of the same board she is told scores alone."""
    inside = page(as_("ben"), f"{UNIT}?on=2026-09-30")
    outside = page(as_("cora"), f"{UNIT}?on=2026-09-30")
    assert worked_out["boards"] == 1
    assert all(line.told for line in inside.context["lines"])
    assert not any(line.told for line in outside.context["lines"])


def test_whoever_may_no_longer_look_is_not_let_in_by_it(as_, kept):
    cora = as_("cora")
    page(cora, UNIT)
    TeamLink.objects.filter(unit=kept.north).delete()
    assert cora.get(f"{UNIT}?figures=1").status_code == 404


def test_whoever_blocked_the_reader_is_in_no_figure_and_stays_for_others(
    as_, kept, worked_out
):
    everybody = page(as_("ben"), UNIT).context["board"].now
    block = BlockFactory(applicant_id=kept.pat.pk, user=kept.ada.user)
    assert block
    fewer = page(as_("ada"), UNIT).context["board"].now
    others = page(as_("ben"), UNIT).context["board"].now
    assert worked_out["boards"] == 2  # Ben's once, and hers, which nobody keeps
    assert others == everybody != fewer


def test_somebody_erased_is_in_no_figure_at_once(
    as_, kept, own_keys, settings, tmp_path
):
    settings.BRAID_DATA = tmp_path
    ben = as_("ben")
    before = page(ben, UNIT).context["board"].now.items[0].figures
    erasing.erase(
        actor=kept.sam.actor,
        applicant_id=kept.pat.pk,
        reason="asked",
        now=datetime(2026, 10, 5, 8, tzinfo=UTC),
    )
    after = page(ben, UNIT).context["board"].now.items[0].figures
    one, other = before["item01_caseload"], after["item01_caseload"]
    assert other.amounts["episodes"] == one.amounts["episodes"] - 1


# ---- What it costs -------------------------------------------------------------------------


def test_a_kept_page_asks_the_record_a_constant_number_of_times(as_, kept):
    ben = as_("ben")
    page(ben, UNIT)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            page(ben, UNIT)
        return len(queries)

    page(ben, UNIT)
    few = asked()
    rows = [ContactFactory.build(episode=kept.pat_episode) for _ in range(60)]
    Contact.objects.bulk_create(rows)
    page(ben, UNIT)
    assert asked() == few <= 45
