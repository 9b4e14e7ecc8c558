"""Every measure over the facts of the demo: both ways agree, and there is much to count."""

import pytest
from django.db import transaction

from braid.facts.extraction import extract
from braid.facts.measuring import measured, periods_of
from braid.facts.reading import Facts
from braid.packs import measures
from braid.packs.measures.figures import figures, tallies
from braid.site.demo import cast
from braid.site.demo.fill import fill
from tests.site.test_demo_region import TODAY

pytestmark = pytest.mark.django_db
EVERY = sorted(measures.load())
BETWEEN_SECTORS = [name for name in EVERY if name.startswith(("int_", "drift_"))]
CENTRE = "job_centre_id"


@pytest.fixture(scope="module")
def drawn(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        fill(cast.SIZES["demo"], 1, TODAY, token="secret")
        found = extract(None)
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def facts(drawn):
    with Facts.of(drawn, as_of=TODAY) as found:
        yield found


@pytest.fixture(scope="module")
def plain(drawn):
    return {name: table.to_pylist() for name, table in drawn.items()}


@pytest.mark.parametrize("name", EVERY)
def test_engine_and_references_agree_about_the_demo(facts, plain, name):
    measure = measures.get(name)
    periods = periods_of(measure, facts)
    parts = [
        tallies(
            measure,
            use,
            use.defined.reference(plain, periods, **measure.parameters(use)),
        )
        for use in measure.words
    ]
    asked = measured(measure, facts, periods=periods)
    for by in ((), measure.by):
        assert asked.figures(by) == figures(measure, parts, periods, by)


@pytest.mark.parametrize("name", BETWEEN_SECTORS)
def test_the_demo_has_something_to_count_in_both_units_and_for_every_team(facts, name):
    measure = measures.get(name)
    asked = measured(measure, facts)
    assert asked.figures()[0].rows
    whole = len(facts.units)
    assert len([f for f in asked.figures(["unit_id"]) if f.rows]) == whole
    key = CENTRE if CENTRE in measure.by else "team_id"
    teams = [f for f in asked.figures([key]) if f.rows and f.group[key]]
    assert len(teams) >= whole
