"""The decision table in columns says what the pure one says, of every kind of job."""

import itertools

import duckdb
import ibis
import pyarrow as pa
import pytest

from braid.facts.schema import CODES
from braid.method.competitive import SUBSIDISED, JobFacts, Switches, competitive
from braid.method.measures.in_work import with_verdict

ANSWERS = (None, True, False)
VALUES = {
    "placement": (None, *CODES["placement"]),
    "permanence": (None, *CODES["permanence"]),
    "time_limit_origin": (None, *CODES["time_limit_origin"]),
    "open_to_all": ANSWERS,
    "at_least_minimum": ANSWERS,
    "going_rate": ANSWERS,
    "employer_of_record": (None, *CODES["employer_of_record"]),
    "normal_rights": ANSWERS,
}
TYPES = {
    name: "boolean" if values is ANSWERS else "string"
    for name, values in VALUES.items()
}
ALL = list(itertools.product(*VALUES.values()))
SWITCHED = [job for job in ALL if job[0] in SUBSIDISED]


def _by_engine(jobs, profile, switches):
    columns = [pa.array(column) for column in zip(*jobs, strict=True)]
    columns.append(pa.array(range(len(jobs))))
    given = pa.table(columns, [*VALUES, "number"])
    table = ibis.table({**TYPES, "number": "int64"}, "given")
    asked = with_verdict(table, profile, switches).order_by("number")
    sql = ibis.to_sql(asked.select("counts", "in_queue"), dialect="duckdb")
    with duckdb.connect() as engine:
        engine.register("given", given)
        return engine.execute(sql).fetchall()


def _plainly(jobs, profile, switches):
    verdicts = [competitive(JobFacts(*job), switches, profile) for job in jobs]
    return [(verdict.counts, verdict.in_queue) for verdict in verdicts]


@pytest.mark.parametrize("profile", ["strict", "as_coded"])
def test_every_combination(profile):
    none = Switches()
    assert _by_engine(ALL, profile, none) == _plainly(ALL, profile, none)


@pytest.mark.parametrize("profile", ["strict", "as_coded"])
@pytest.mark.parametrize(
    "switches",
    [Switches(*on) for on in itertools.product((False, True), repeat=3) if any(on)],
    ids=lambda switches: ", ".join(
        sorted(code for code in SUBSIDISED if switches.counts(code))
    ),
)
def test_every_combination_of_a_subsidised_job(profile, switches):
    """Only these are touched by switches."""
    assert _by_engine(SWITCHED, profile, switches) == _plainly(
        SWITCHED, profile, switches
    )
