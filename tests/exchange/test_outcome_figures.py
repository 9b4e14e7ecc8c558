"""The outcomes measures give the truth figures of the four rosters."""

from functools import lru_cache

import pytest
from tests.exchange.conftest import TODAY
from tests.exchange.test_figures import SETS, answers, files, stated, truth

from braid.exchange.commands import prepare_from
from braid.exchange.planned_facts.laying import planned_facts
from braid.exchange.roster.plan import Existing, Layout
from braid.exchange.roster.setup import read_setup
from braid.facts.measuring import run
from braid.facts.numbers import rounded
from braid.facts.reading import Facts
from braid.packs import measures

QUARTERS = {
    "served": ("out_working", "served"),
    "working": ("out_working", "working"),
    "job_starts": ("out_job_starts", "job_starts"),
    "first_job_starts": ("out_job_starts", "first_job_starts"),
    "job_starts_without_4h_rule": ("out_job_starts", "job_starts_without_minimum"),
    "retention_new_jobs": ("out_job_starts", "retention_new_jobs"),
}


@lru_cache
def tables(name):
    """Return the facts of a roster with every question answered, and their last day."""
    plan = prepare_from(
        [(path.name, path) for path in files(name)],
        setup=read_setup(stated(name)),
        layout=Layout(),
        layout_id="",
        answers=answers(name, "after_answers"),
        as_of=None,
        today=TODAY,
        existing=Existing(),
    ).plan
    return planned_facts(plan, None, {}).tables, plan.as_of


@pytest.fixture(params=SETS)
def service(request):
    held, as_of = tables(request.param)
    with Facts.of(held, as_of=as_of) as facts:
        yield facts, truth(request.param)["figures"]["after_answers"]


def asked(facts, name, **options):
    return run(measures.get(name).with_options(**options), facts)


def test_quarter_by_quarter(service):
    facts, expected = service
    for key, (name, amount) in QUARTERS.items():
        found = {f.period.period: f.amounts[amount] for f in asked(facts, name)}
        assert found == {q: each[key] for q, each in expected["quarters"].items()}, key


@pytest.mark.parametrize("name", ["out_working", "ilc_quarterly"])
def test_the_rate_of_every_quarter(service, name):
    facts, expected = service
    found = {
        f.period.period: rounded(f.ratios["rate"].value) for f in asked(facts, name)
    }
    assert found == {q: each["rate"] for q, each in expected["quarters"].items()}


def test_starts_of_the_returns_are_dated_at_the_first_shift_only_when_asked(service):
    facts, expected = service
    found = {
        f.period.period: f.amounts["job_starts"]
        for f in asked(facts, "ilc_quarterly", dating="first_shift")
    }
    assert found == {q: each["job_starts"] for q, each in expected["quarters"].items()}


def test_the_time_to_the_first_job(service):
    facts, figures = service
    expected = figures["time_to_first_competitive_job"]
    (found,) = asked(facts, "out_first_job")
    said = {key: rounded(each.value) for key, each in found.statistics.items()}
    assert found.amounts["episodes"] == expected["episodes"]
    assert found.amounts["starters"] == expected["starters"]
    assert said["median_among_starters"] == expected["median_days_among_starters"]
    assert said["started_by_day_365"] == expected["km_started_by_day_365"]


def test_jobs_on_the_day_by_hours(service):
    facts, figures = service
    expected = figures["current_competitive_hours"]
    bands = {
        figure.group["band"]: figure.amounts["competitive"]
        for figure in run(measures.get("out_hours_pay"), facts, by=["band"])
    }
    upper = bands.get("16_to_30", 0) + bands.get("30_and_over", 0)
    assert upper == expected["16_and_over"]
    assert bands.get("under_8", 0) + bands.get("8_to_16", 0) == expected["under_16"]
    assert bands.get("unknown_hours", 0) == expected["unknown"]
