"""What support in jobs gives to the facts: kinds and days, never words."""

from datetime import date

import pytest

from braid.facts.schema import TABLES
from braid.work import facts_jobs
from tests.factories.work import (
    EvidenceFactory,
    JobEndReviewFactory,
    JobFactory,
    JobProblemFactory,
    JobSupportPlanFactory,
    SupportFactory,
)

DAY = date(2026, 9, 21)


@pytest.fixture
def job(world):
    return JobFactory(episode=world.pat_episode)


def drawn(table, world):
    (row,) = facts_jobs.EXTRACTORS[table]([world.north.pk])
    names = [column.name for column in TABLES[table].columns]
    return dict(zip(names, row, strict=True))


@pytest.mark.parametrize(
    ("table", "made", "values"),
    [
        pytest.param(
            "supports",
            SupportFactory,
            {"day": DAY, "kind": "on_site", "given_by": "specialist", "mode": ""},
            id="support given",
        ),
        pytest.param(
            "job_problems",
            JobProblemFactory,
            {"first_day": DAY, "last_day": None},
            id="a problem without its words",
        ),
        pytest.param(
            "evidence",
            EvidenceFactory,
            {"kind": "contract", "received_on": date(2026, 9, 14)},
            id="a paper",
        ),
    ],
)
def test_a_row_of_the_record_is_a_row_of_the_facts(world, job, table, made, values):
    made(job=job)
    made(job=JobFactory())  # of another unit
    row = drawn(table, world)
    assert row | values == row
    assert (row["job_id"], row["unit_id"]) == (job.pk, world.north.pk)
    assert "Getting up at four" not in row.values()


def test_a_paper_is_proved_by_the_digest_of_its_file(world, job):
    paper = EvidenceFactory(job=job)
    assert drawn("evidence", world)["sha256"] == paper.document.sha256


def test_plans_and_talks_about_an_end_are_events(world, job):
    plan = JobSupportPlanFactory(job=job, made_on=DAY)
    JobEndReviewFactory(job=job, day=DAY, person_view="Too loud.")
    rows = [tuple(row) for rows in facts_jobs.plan_events(None) for row in rows]
    assert [(row[3], row[4], row[6]) for row in rows] == [
        ("job_support_plan", DAY, job.pk),
        ("job_end_review", DAY, job.pk),
    ]
    assert rows[0][0] == plan.pk


def test_that_the_search_began_again_is_no_talk(world, job):
    JobEndReviewFactory(job=job, search_again_on=DAY)
    assert [len(rows) for rows in facts_jobs.plan_events(None)] == [0, 0]
