"""Generated facts: the same every time, a unit by itself, sound, like published services."""

from datetime import date
from functools import lru_cache
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet
import pytest

from braid.facts import checking, columns, extraction, hashing, manifest, registry
from braid.facts.reading import Facts
from braid.facts.schema import CODES, TABLES
from braid.site.demo.generated import SCALES, Scale, write_facts
from braid.site.demo.generated.calendar import HISTORY
from braid.site.demo.generated.chance import Stream
from braid.site.demo.generated.tables import tables
from braid.site.demo.generated.unit import draw

TODAY = date(2026, 10, 5)
UNITS = 30


@lru_cache(maxsize=64)
def drawn(number: int, seed: int = 1, today: date = TODAY, people: int = 100) -> dict:
    return tables(draw(Scale(UNITS, people), seed, number, today))


@pytest.fixture(scope="module")
def whole() -> dict[str, pa.Table]:
    return {
        name: pa.concat_tables(drawn(number)[name] for number in range(UNITS))
        for name in TABLES
    }


@pytest.fixture(scope="module")
def facts(whole):
    with Facts.of(whole, as_of=TODAY) as found:
        yield found


# The same seed


def test_the_same_seed_and_day_draw_the_same_unit():
    again = tables(draw(Scale(UNITS, 100), 1, 3, TODAY))
    assert again == drawn(3)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(lambda: drawn(3, seed=2), id="another seed"),
        pytest.param(lambda: drawn(3, today=date(2026, 10, 6)), id="another day"),
        pytest.param(lambda: drawn(4), id="another unit"),
        pytest.param(lambda: drawn(3, seed=-1), id="a seed below nothing"),
    ],
)
def test_something_else_draws_another_unit(other):
    assert other()["episodes"] != drawn(3)["episodes"]
    assert other()["contacts"]["day"] != drawn(3)["contacts"]["day"]


@pytest.mark.parametrize("units", [4, 5, 600], ids=lambda n: f"{n} units")
def test_a_unit_does_not_depend_on_how_many_others_there_are(units):
    alone = tables(draw(Scale(units, 100), 1, 3, TODAY))
    assert alone == drawn(3)


def test_units_share_nothing_but_the_bodies_of_their_region():
    first, second = drawn(0), drawn(1)
    for name, table in TABLES.items():
        own = table.key[:1] if table.key != ("meeting_id", "staff_id") else ()
        for key in own:
            left, right = first[name][key].to_pylist(), second[name][key].to_pylist()
            assert not set(left) & set(right), name
    assert set(second["teams"]["org_id"].to_pylist()) - set(
        second["organisations"]["org_id"].to_pylist()
    ) <= set(first["organisations"]["org_id"].to_pylist())


# Sizes


@pytest.mark.parametrize(
    ("size", "people"),
    [("region", 20_000), ("nation", 500_000)],
)
def test_a_size_has_its_people(size, people):
    scale = SCALES[size]
    sizes = [scale.people_of(number) for number in range(scale.units)]
    assert sum(sizes) == pytest.approx(people, rel=0.02)
    assert max(sizes) > 2 * min(sizes)


def test_units_differ_in_size_and_none_is_empty():
    sizes = [Scale(100, 1).people_of(number) for number in range(100)]
    assert min(sizes) >= 4


# In the schema, and sound


# What is not drawn for a region or a nation: what no measure asks for yet, and what the
# sectors have between them, of which the demo's own region tells. The measures of these
# find nothing to count in generated facts, and say so.
NOT_DRAWN = {
    *("job_problems", "supports", "evidence", "education"),
    *("benefit_spells", "time_entries"),
    *("discussions", "tasks", "questions", "proposals"),
    *("groups", "residence", "log_reviews", "funder_events", "claims"),
    *("reviews", "ratings", "reports_shared", "unit_quarters", "calendar"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_that_of_the_schema(whole, name):
    table = whole[name]
    assert table.schema == columns.arrow_schema(name)
    assert bool(table.num_rows) is (name not in NOT_DRAWN)
    for column in TABLES[name].columns:
        if not column.optional:
            assert table[column.name].null_count == 0, column.name


def test_the_facts_have_no_error_and_only_gaps_of_daily_life(facts):
    found = checking.check(facts)
    assert [each for each in found if each.severity == "error"] == []
    assert {each.rule for each in found} <= {"no_placement", "no_specialist"}


@pytest.mark.parametrize("people", [1, 6, 400], ids=["four", "six", "hundreds"])
def test_small_and_large_units_are_sound_too(people):
    found = drawn(40, people=people)
    with Facts.of(found, as_of=TODAY) as facts_:
        errors = [v for v in checking.check(facts_) if v.severity == "error"]
    # The bodies of a region come with its first unit; number 40 begins the second.
    assert errors == []


def test_ids_have_the_form_of_the_records():
    for text in Stream(1, 2).ids(50).to_pylist():
        assert (str(UUID(text)), UUID(text).version) == (text, 4)


def test_nothing_happens_on_the_day_itself_or_after(facts):
    for table, day in (("contacts", "day"), ("employer_contacts", "day")):
        (row,) = facts.run_sql(f"SELECT max({day}) AS last FROM {table}")
        assert row["last"] < TODAY


@pytest.mark.parametrize("name", ["contacts", "employer_contacts", "jobs", "meetings"])
def test_rows_of_a_unit_are_in_the_order_of_their_days(name):
    day = "first_day" if name == "jobs" else "day"
    days = drawn(5)[name][day].to_pylist()
    assert days == sorted(days)


def test_every_state_and_way_of_ending_is_there(facts):
    for table, column, codes in (
        ("status", "state", CODES["state"]),
        ("caseload", "ended_because", CODES["ended_because"]),
        ("contacts", "mode", CODES["mode"]),
        ("contacts", "phase", CODES["phase"]),
    ):
        rows = facts.run_sql(f"SELECT DISTINCT {column} AS code FROM {table}")
        assert {row["code"] for row in rows} >= set(codes), column


# Like published services

WORKING = """
    WITH quarters AS (
        SELECT d::DATE AS first, (d + INTERVAL 3 MONTH)::DATE - 1 AS last
        FROM generate_series(
            TIMESTAMP '2024-01-01', TIMESTAMP '2026-07-01', INTERVAL 3 MONTH) AS s(d)),
    served AS (
        SELECT q.first, e.person_key, bool_or(j.job_id IS NOT NULL) AS works
        FROM quarters q
        JOIN episodes e ON e.accepted_on <= q.last
            AND coalesce(e.exited_on - 1, DATE '9999-01-01') >= q.first
        LEFT JOIN jobs j ON j.episode_id = e.episode_id
            AND j.placement IN ('competitive', 'agency', 'apprenticeship')
            AND greatest(j.first_day, e.accepted_on, q.first) <=
                least(j.last_day, e.exited_on - 1, q.last)
        GROUP BY 1, 2)
    SELECT avg(works::INT) AS found FROM served"""
TO_FIRST_JOB = """
    SELECT median(days) AS found FROM (
        SELECT min(j.first_day) - any_value(e.accepted_on) AS days
        FROM episodes e JOIN jobs j USING (episode_id)
        WHERE e.at_referral = 'out_of_work' AND NOT j.held_at_referral
            AND j.placement IN ('competitive', 'agency', 'apprenticeship')
        GROUP BY e.episode_id)"""
CASELOAD = """
    SELECT (SELECT count(*) FROM episodes WHERE accepted_on IS NOT NULL
            AND exited_on IS NULL) / sum(fte) AS found
    FROM staff_teams WHERE role = 'specialist' AND last_day IS NULL"""
VISITS = f"""
    SELECT count(*) / (SELECT sum(coalesce(last_day, DATE '{TODAY}') - first_day) / 7
        FROM staff_teams WHERE role = 'specialist') AS found
    FROM employer_contacts WHERE mode = 'in_person' AND staff_id IS NOT NULL"""
COMMUNITY = """
    SELECT sum(minutes) FILTER (place NOT IN
        ('ips_office', 'treatment_office', 'job_centre')) / sum(minutes) AS found
    FROM contacts WHERE mode = 'in_person' AND attended"""


@pytest.mark.parametrize(
    ("sql", "low", "high"),
    [
        pytest.param(WORKING, 0.34, 0.46, id="four in ten of those served work"),
        pytest.param(TO_FIRST_JOB, 170, 230, id="200 days to a first job"),
        pytest.param(CASELOAD, 12, 25, id="people a full-time specialist"),
        pytest.param(VISITS, 4.5, 8, id="employers met a week"),
        pytest.param(COMMUNITY, 0.45, 0.7, id="share of time in the community"),
        pytest.param(
            "SELECT (SELECT count(*) FROM contacts) / count(*) AS found FROM episodes",
            75,
            95,
            id="contacts an episode",
        ),
        pytest.param(
            "SELECT count(*) / count(DISTINCT person_key) AS found FROM episodes",
            1.08,
            1.25,
            id="some come back",
        ),
        pytest.param(
            "SELECT avg((NOT attended)::INT) AS found FROM contacts",
            0.08,
            0.25,
            id="some do not come",
        ),
        pytest.param(
            "SELECT avg((placement IN ('unpaid_internship', 'wage_subsidy'))::INT) "
            "AS found FROM jobs",
            0.02,
            0.2,
            id="internships and subsidies here and there",
        ),
        pytest.param(
            "SELECT avg((minutes IS NULL)::INT) AS found FROM contacts WHERE attended",
            0.001,
            0.05,
            id="minutes that nobody knows",
        ),
        pytest.param(
            "SELECT avg((weekly_hours IS NULL)::INT) AS found FROM job_terms",
            0.01,
            0.1,
            id="hours that nobody knows",
        ),
    ],
)
def test_the_figures_are_like_those_of_published_services(facts, sql, low, high):
    (row,) = facts.run_sql(sql)
    assert low <= row["found"] <= high


def test_five_years_have_passed(facts):
    (row,) = facts.run_sql("SELECT min(referred_on) AS first FROM episodes")
    assert HISTORY - 30 <= (TODAY - row["first"]).days <= HISTORY


def test_people_are_handed_over_without_a_day_between(facts):
    gaps = facts.run_sql(
        "SELECT first_day - lag(last_day) OVER "
        "(PARTITION BY episode_id ORDER BY first_day) AS gap FROM caseload"
    )
    assert {row["gap"] for row in gaps} == {None, 1}


# In a folder


def made_from(together):
    """Return the tables that are made from what all the others tell."""
    told = registry.Told()
    for name, rows in together.items():
        extraction.note(told, name, rows)
    return {
        name: pa.Table.from_batches(make(told))
        for name in TABLES
        if (make := registry.maker(name))
    }


def test_a_folder_is_written_unit_by_unit_and_can_be_read(tmp_path):
    told = []
    made = write_facts(
        tmp_path / "tiny",
        units=3,
        people=8,
        today=TODAY,
        progress=lambda done, of: told.append((done, of)),
    )
    units = [drawn(number, people=8) for number in range(3)]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert made == manifest.read(tmp_path / "tiny")
    assert made.snapshot == "tiny"
    together = {name: pa.concat_tables(u[name] for u in units) for name in TABLES}
    together |= made_from(together)
    for name, rows in made.rows.items():
        assert rows == together[name].num_rows, name
    with Facts.of(together, as_of=TODAY) as facts_:
        assert hashing.content_hash(facts_) == made.hash
    with Facts.read(tmp_path / "tiny") as facts_:
        assert (facts_.as_of, facts_.snapshot) == (TODAY, "tiny")


@pytest.mark.parametrize(
    ("table", "key"), [("caseload", "unit_id"), ("contacts", "day")]
)
def test_rows_stand_in_the_files_in_the_order_of_parts(tmp_path, table, key):
    made = write_facts(tmp_path / "tiny", units=5, people=4, today=TODAY)
    assert list(made.units) == sorted(made.units)
    found = pyarrow.parquet.read_table(tmp_path / "tiny" / f"{table}.parquet")
    keys = found[key].to_pylist()
    assert keys == sorted(keys)
    assert len(set(found["unit_id"].to_pylist())) == 5


def test_writing_that_fails_leaves_nothing(tmp_path):
    def fails(done, of):
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        write_facts(tmp_path / "x", units=2, people=4, today=TODAY, progress=fails)
    assert list(tmp_path.iterdir()) == []
