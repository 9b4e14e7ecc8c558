"""A query whose SQL is kept answers as the query itself would, whoever asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.access.prepared import prepared
from braid.access.scopes import UnscopedQuery
from braid.people.models import Episode
from tests.factories.people import ApplicantFactory, EpisodeFactory

COLUMNS = ("pk", "referred_on", "applicant__given_name", "state")


@pytest.fixture
def asked():
    """Return a prepared query, and the arguments for which its SQL was written."""
    written = []

    @prepared
    def episodes(actor, *, state="active"):
        written.append((actor.name, state))
        return (
            Episode.objects.visible_to(actor).filter(state=state).values_list(*COLUMNS)
        )

    return episodes, written


def test_it_answers_as_the_query_itself(world, asked):
    episodes, _written = asked
    itself = Episode.objects.visible_to(world.ada.actor).filter(state="active")
    assert episodes(world.ada.actor) == list(itself.values_list(*COLUMNS))
    assert len(episodes(world.ada.actor)) > 0


def test_the_sql_is_kept_but_never_the_answer(world, asked):
    episodes, written = asked
    before = episodes(world.ada.actor)
    applicant = ApplicantFactory(organisation=world.havnelund)
    new = EpisodeFactory(applicant=applicant, unit=world.north, state="active")
    with CaptureQueriesContext(connection) as sent:
        after = episodes(world.ada.actor)
    assert {row[0] for row in after} - {row[0] for row in before} == {new.pk}
    assert len(sent) == 1
    assert written == [(world.ada.actor.name, "active")]


def test_each_actor_and_each_choice_has_a_statement_of_its_own(world, asked):
    episodes, written = asked
    assert episodes(world.ada.actor)
    assert episodes(world.ola.actor) == []
    assert episodes(world.ada.actor, state="exited") == []
    assert len(written) == 3


def test_who_reaches_nobody_asks_nothing(world, asked):
    episodes, _written = asked
    with CaptureQueriesContext(connection) as sent:
        assert episodes(world.femi.actor) == []
    assert not sent.captured_queries


def test_a_query_that_nobody_scoped_is_refused():
    everybody = prepared(lambda: Episode.objects.values_list("pk"))
    with pytest.raises(UnscopedQuery):
        everybody()


def test_columns_that_only_order_are_not_part_of_a_row(world):
    @prepared
    def states(actor):
        seen = Episode.objects.visible_to(actor)
        return seen.order_by("applicant__given_name").distinct().values_list("state")

    assert {len(row) for row in states(world.ada.actor)} == {1}
