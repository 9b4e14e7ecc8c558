"""The parts of which items are composed say the same in plain Python and of DuckDB."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import ibis
import pytest
from tests.method.measures.engine import loaded
from tests.method.measures.histories import D, history

from braid.facts.reading import compiled, tables
from braid.kernel.dates import Period
from braid.method.measures import composing
from braid.method.measures.reference import composing as plain

FACTS = history(Random(5), people=300)
HALF = Period(date(2026, 1, 1), D)


@pytest.fixture(scope="module")
def asked():
    with loaded(FACTS, D + timedelta(20)) as held:
        yield lambda expression: held.run_sql(compiled(expression))


def told(rows, *names):
    """Return rows as a mapping from all but the named columns to these."""
    return Counter(
        tuple(value for name, value in row.items() if name not in names)
        + tuple(row[name] for name in names)
        for row in rows
    )


def test_share_where_a_contact_is_face_to_face(asked):
    contacts = tables()["contacts"].filter(lambda t: t.minutes.notnull())
    found = composing.share_where(
        contacts, ["unit_id"], "minutes", contacts["mode"] == "in_person"
    )
    rows = [row for row in FACTS["contacts"] if row["minutes"] is not None]
    expected = plain.share_where(
        rows, ["unit_id"], "minutes", lambda row: row["mode"] == "in_person"
    )
    assert {
        (row["unit_id"],): (row["part"], row["whole"]) for row in asked(found)
    } == expected
    assert expected


def test_components_that_hold(asked):
    flags = ("with_applicant", "with_clinician", "attended")
    contacts = tables()["contacts"]
    found = contacts.select("contact_id", n=composing.components(contacts, flags))
    expected = {
        row["contact_id"]: plain.components(row, flags) for row in FACTS["contacts"]
    }
    assert {row["contact_id"]: row["n"] for row in asked(found)} == expected
    assert set(expected.values()) == {0, 1, 2, 3}


@pytest.mark.parametrize("unit", ["week", "month"])
def test_weeks_and_months_with_a_contact(asked, unit):
    found = composing.periods_with(
        tables()["contacts"],
        ["unit_id", "staff_id"],
        ibis.literal(HALF.first_day),
        ibis.literal(HALF.last_day),
        unit,
    )
    expected = plain.periods_with(
        FACTS["contacts"], ["unit_id", "staff_id"], HALF, unit
    )
    assert {
        (row["unit_id"], row["staff_id"]): row["periods"] for row in asked(found)
    } == expected
    whole = plain.whole_periods(HALF, unit)
    assert max(expected.values()) <= len(whole) == {"week": 25, "month": 6}[unit]


def test_contacts_near_each_start(asked):
    jobs = [{**row, "day": row["first_day"]} for row in FACTS["jobs"]]
    expected = plain.per_start(jobs, FACTS["contacts"], ["episode_id"], 7, 30)
    starts = tables()["jobs"].select("job_id", "episode_id", day="first_day")
    found = composing.per_start(starts, tables()["contacts"], ["episode_id"], 7, 30)
    assert {row["job_id"]: row["near"] for row in asked(found)} == expected
    assert any(expected.values())


@pytest.mark.parametrize("method", ["largest", "distinct", "herfindahl"])
def test_concentration_of_jobs_on_employers(asked, method):
    found = composing.concentration(
        tables()["jobs"], ["unit_id"], "employer_id", method, 2
    )
    expected = plain.concentration(FACTS["jobs"], ["unit_id"], "employer_id", method, 2)
    rows = asked(found)
    assert {(row["unit_id"],) for row in rows} == set(expected)
    for row in rows:
        assert expected[row["unit_id"],] * int(row["whole"]) == int(row["part"])


@pytest.mark.parametrize("gap", [0, 30])
def test_spells_joined_over_gaps(asked, gap):
    found = composing.spells_joined(tables()["jobs"], ["episode_id"], gap)
    expected = plain.spells_joined(FACTS["jobs"], ["episode_id"], gap)
    assert told(asked(found), "first_day", "last_day") == Counter(
        (*key, spell.first_day, spell.last_day)
        for key, spells in expected.items()
        for spell in spells
    )
