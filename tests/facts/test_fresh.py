"""The facts of a unit without drawing all of it: always what drawing all would bring."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.access import TeamLinkFactory
from tests.factories.fidelity import RatingFactory, ReviewFactory
from tests.factories.people import EpisodeFactory
from tests.factories.work import ContactFactory
from tests.facts.changing import change, read_models

from braid.access.rights import erasing
from braid.facts import dependence, extraction, fresh, journal, marks, watching
from braid.facts.models import Touched
from braid.facts.schema import TABLES
from braid.people.models import Episode
from braid.work.models import Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(lived, monkeypatch):
    """Keep what is drawn, though a test is one long transaction."""
    RatingFactory(review=ReviewFactory(unit=lived.north, status="final"))
    monkeypatch.setattr(marks, "may_be_kept", lambda: True)
    yield lived
    fresh.forget()
    marks.forget()


@pytest.fixture
def counted(monkeypatch):
    """Count how often the whole of a unit is drawn."""
    whole, times = extraction.gathered, []

    def gathered(stream):
        times.append(1)
        return whole(stream)

    monkeypatch.setattr(extraction, "gathered", gathered)
    return times


def in_order(rows):
    return sorted(map(repr, rows.to_pylist()))


def must_equal_all_drawn(found, unit):
    drawn = extraction.extract([unit.pk])
    for name in TABLES:
        assert in_order(found.tables[name]) == in_order(drawn[name]), name


def must_tell_apart(before, after):
    """See that a table that holds something else has another token."""
    for name in TABLES:
        if in_order(before.tables[name]) != in_order(after.tables[name]):
            assert before.tokens[name] != after.tokens[name], name


def everything(model):
    return model._base_manager.order_by("pk")


# ---- Whatever changes ----------------------------------------------------------------------


def test_whatever_changes_it_is_as_if_all_were_drawn(kept):
    models = read_models()

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def law(dice):
        with transaction.atomic():
            before = fresh.drawn(kept.north.pk)
            for _look in range(4):
                for _change in range(dice.randint(1, 6)):
                    change(dice, dice.choice(models))
                found = fresh.drawn(kept.north.pk)
                must_equal_all_drawn(found, kept.north)
                must_tell_apart(before, found)
                before = found
            transaction.set_rollback(True)
        fresh.forget()

    law()


# What the facts of the unit read of these stays as it is, whatever happens to them alone.
NOT_SEEN = {
    "access.ApplicantAccount",
    "access.User",
    "documents.Document",
    "fidelity.Review",
    "people.Applicant",
}


@pytest.mark.parametrize("label", sorted(model._meta.label for model in read_models()))
def test_a_change_of_any_table_makes_the_facts_new(kept, label):
    """Each table that facts read changes alone, until all drawn is something else."""
    dice = Random(1)
    assert any(_is_new(kept, dice, label) for _try in range(12)) or label in NOT_SEEN


def _is_new(kept, dice, label):
    """Change rows and take it back; say whether the facts were others meanwhile."""
    before = fresh.drawn(kept.north.pk)
    with transaction.atomic():
        for _change in range(30):
            change(dice, apps.get_model(label))
        found = fresh.drawn(kept.north.pk)
        must_equal_all_drawn(found, kept.north)
        must_tell_apart(before, found)
        transaction.set_rollback(True)
    fresh.forget()
    return found.tokens != before.tokens


def test_each_table_that_facts_read_is_heard():
    """A table that no trigger notes would change and nobody would hear of it."""
    read = {model._meta.db_table for model in read_models()}
    assert read <= dependence.noted().keys()


# ---- What stays ----------------------------------------------------------------------------


def test_while_nothing_changes_nothing_is_drawn(kept, counted):
    first = fresh.drawn(kept.north.pk)
    assert fresh.drawn(kept.north.pk).tokens == first.tokens
    assert len(counted) == 1


def test_only_the_table_that_changed_has_another_token(kept, counted):
    before = fresh.drawn(kept.north.pk)
    ContactFactory(episode=kept.pat_episode)
    after = fresh.drawn(kept.north.pk)
    changed = {name for name in TABLES if before.tokens[name] != after.tokens[name]}
    assert changed == {"contacts"}
    assert len(counted) == 1


def test_another_unit_changes_nothing(kept, counted):
    before = fresh.drawn(kept.north.pk)
    episode = EpisodeFactory(unit=kept.elsewhere)
    for _ in range(3):
        ContactFactory(episode=episode)
    assert fresh.drawn(kept.north.pk).tokens == before.tokens
    assert len(counted) == 1


def test_whoever_leaves_the_unit_leaves_its_facts(kept):
    before = fresh.drawn(kept.north.pk)
    moved = everything(Episode).filter(pk=kept.pat_episode.pk)
    moved.update(unit=kept.elsewhere)
    found = fresh.drawn(kept.north.pk)
    assert str(kept.pat_episode.pk) in str(before.tables["contacts"])
    assert str(kept.pat_episode.pk) not in str(found.tables["contacts"].to_pylist())
    must_equal_all_drawn(found, kept.north)


def test_many_changes_at_once_draw_the_table(kept, monkeypatch):
    monkeypatch.setattr(fresh, "MANY", 1)
    before = fresh.drawn(kept.north.pk)
    everything(Contact).update(minutes=9)
    found = fresh.drawn(kept.north.pk)
    must_equal_all_drawn(found, kept.north)
    must_tell_apart(before, found)


def test_a_year_that_is_told_of_for_the_first_time_is_in_the_calendar(kept):
    fresh.drawn(kept.north.pk)
    ContactFactory(episode=kept.pat_episode, day=date(2019, 3, 4))
    found = fresh.drawn(kept.north.pk)
    assert 2019 in {day.year for day in found.tables["calendar"]["day"].to_pylist()}
    must_equal_all_drawn(found, kept.north)


# ---- When nobody knows what changed --------------------------------------------------------


def test_what_was_let_go_unseen_is_drawn_whole(kept, counted):
    fresh.drawn(kept.north.pk)
    everything(Contact).update(minutes=3)
    journal.forget([journal.position()])
    must_equal_all_drawn(fresh.drawn(kept.north.pk), kept.north)
    assert len(counted) >= 2


def test_what_was_let_go_and_seen_is_nothing_new(kept, counted):
    everything(Contact).update(minutes=3)
    fresh.drawn(kept.north.pk)
    journal.forget([journal.position()])
    must_equal_all_drawn(fresh.drawn(kept.north.pk), kept.north)
    assert len(counted) == 2  # the first, and the one that it is held against


def test_a_line_that_becomes_visible_later_is_not_passed_over(kept, monkeypatch):
    """As on PostgreSQL, where a line that was begun earlier may be seen later."""
    monkeypatch.setattr(journal, "last_position", journal.position)
    everything(Contact).update(minutes=3)
    (late, *_more) = Touched.objects.filter(source="work_contact.id")
    Touched.objects.filter(pk=late.pk).delete()
    before = fresh.drawn(kept.north.pk)
    with transaction.atomic():
        everything(Contact).filter(pk=late.key).update(minutes=4)
        Touched.objects.filter(pk__gt=late.pk, key=late.key).delete()
        late.save(force_insert=True)
    assert marks.holds(before.mark) is False
    must_equal_all_drawn(fresh.drawn(kept.north.pk), kept.north)


def test_while_not_every_change_is_noted_all_is_drawn(kept, counted):
    fresh.drawn(kept.north.pk)
    watching.before_migration([object()])
    everything(Contact).update(minutes=3)
    found = fresh.drawn(kept.north.pk)
    assert found.mark is None
    must_equal_all_drawn(found, kept.north)
    watching.after_migration()
    must_equal_all_drawn(fresh.drawn(kept.north.pk), kept.north)


def test_an_earlier_database_brought_back_is_drawn_whole(kept):
    everything(Contact).update(minutes=3)
    before = fresh.drawn(kept.north.pk)
    last = before.mark.seen["last"]
    Touched.objects.filter(pk__gte=last).delete()
    assert not marks.holds(before.mark)
    assert journal.is_let_go(before.mark.seen)


def test_another_way_of_drawing_begins_afresh(kept, counted, monkeypatch):
    fresh.drawn(kept.north.pk)
    monkeypatch.setattr(marks, "drawn_by", lambda: "another")
    assert fresh.drawn(kept.north.pk).mark.drawn_by == "another"
    assert len(counted) == 2


def test_nothing_of_a_change_that_may_be_taken_back_is_kept(lived):
    """Every test is a transaction; a view that sees its own changes would be one."""
    assert not marks.may_be_kept()
    assert fresh.drawn(lived.north.pk).mark is None
    assert not fresh._units
    assert marks.standing(lived.north.pk) is None


# ---- People who are gone -------------------------------------------------------------------


def test_somebody_erased_is_gone_at_once(kept, own_keys, settings, tmp_path):
    settings.BRAID_DATA = tmp_path
    fresh.drawn(kept.north.pk)
    now = datetime(2026, 10, 5, 8, tzinfo=UTC)
    erasing.erase(
        actor=kept.sam.actor, applicant_id=kept.pat.pk, reason="asked", now=now
    )
    found = fresh.drawn(kept.north.pk)
    assert str(kept.pat.pk) not in str(found.tables["episodes"].to_pylist())
    must_equal_all_drawn(found, kept.north)


# ---- Other processes -----------------------------------------------------------------------


def another_process():
    """Let go of what this process keeps, as another has nothing of it."""
    fresh.forget()
    marks.forget()


def test_another_process_knows_the_tokens_without_drawing(kept):
    first = fresh.drawn(kept.north.pk)
    another_process()
    assert marks.standing(kept.north.pk) == first.tokens
    assert fresh.drawn(kept.north.pk).tokens == first.tokens


def test_after_a_change_no_process_knows_them_without(kept):
    fresh.drawn(kept.north.pk)
    another_process()
    ContactFactory(episode=kept.pat_episode)
    assert marks.standing(kept.north.pk) is None


def test_processes_that_drew_at_once_come_to_the_same_tokens(kept):
    one = fresh.drawn(kept.north.pk)
    another_process()
    marks.put(kept.north.pk, marks.Mark(one.mark.seen, "of an older version", {}))
    other = fresh.drawn(kept.north.pk)
    assert other.tokens != one.tokens
    fresh._hold(kept.north.pk, one)  # the first goes on with what it drew
    assert fresh.drawn(kept.north.pk).tokens == other.tokens


# ---- What is worked out --------------------------------------------------------------------


@pytest.fixture
def asked(kept):
    """Ask for the number of contacts and of jobs; tell what was counted anew."""
    done = []

    def count(name):
        def work():
            done.append(name)
            return drawn.run_sql(f"SELECT count(*) AS n FROM {name}")[0]["n"]

        with fresh.of_unit(kept.north.pk, date(2026, 10, 5)) as drawn:
            return drawn.remembered(name, work)

    return count, done


def test_what_reads_a_table_that_stayed_is_not_worked_out_again(asked, kept):
    count, done = asked
    contacts, jobs = count("contacts"), count("jobs")
    ContactFactory(episode=kept.pat_episode)
    assert (count("contacts"), count("jobs")) == (contacts + 1, jobs)
    assert done == ["contacts", "jobs", "contacts"]


def test_a_table_read_as_it_is_counts_as_read(kept):
    def number():
        with fresh.of_unit(kept.north.pk, date(2026, 10, 5)) as drawn:
            return drawn.remembered("rows", lambda: drawn.table("contacts").num_rows)

    before = number()
    ContactFactory(episode=kept.pat_episode)
    assert number() == before + 1


def test_an_answer_of_a_statement_is_that_of_its_tables(kept):
    sql = "SELECT count(*) AS n FROM contacts"
    with fresh.of_unit(kept.north.pk, date(2026, 10, 5)) as drawn:
        (before,) = drawn.run_sql(sql)
        assert drawn.run_sql(sql) == [before]
    ContactFactory(episode=kept.pat_episode, day=date(2026, 10, 5) - timedelta(1))
    with fresh.of_unit(kept.north.pk, date(2026, 10, 5)) as drawn:
        assert drawn.run_sql(sql) == [{"n": before["n"] + 1}]


def test_a_process_keeps_so_much_and_no_more(kept, monkeypatch):
    monkeypatch.setattr(fresh, "WORTH", 2)
    with fresh.of_unit(kept.north.pk, date(2026, 10, 5)) as drawn:
        for number in range(5):
            drawn.remembered(number, lambda: 1)
        done = []
        drawn.remembered(4, lambda: done.append(4))
        drawn.remembered(0, lambda: done.append(0))
    assert done == [0]
    monkeypatch.setattr(fresh, "ROOM", 1)
    fresh.drawn(kept.north.pk)
    fresh.drawn(kept.elsewhere.pk)
    assert list(fresh._units) == [kept.elsewhere.pk]


def test_links_between_teams_are_part_of_what_is_heard(kept):
    before = fresh.drawn(kept.north.pk)
    TeamLinkFactory(unit=kept.north)
    found = fresh.drawn(kept.north.pk)
    must_equal_all_drawn(found, kept.north)
    must_tell_apart(before, found)
