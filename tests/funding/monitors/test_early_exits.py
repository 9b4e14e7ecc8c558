"""Who left shortly before a milestone could no longer be reached."""

from datetime import date, timedelta

import pytest

from braid.funding.monitors.early_exits import early_exits
from braid.method.contracts.running import cases
from braid.method.contracts.shape import Contract, Milestone, Word
from braid.packs.contracts import histories

AS_OF = date(2026, 6, 30)
END = date(2026, 5, 31)
START = Milestone(id="start", kind="event", reached=Word(word="job_start"))


def _contract(**more):
    said = {
        "contract": "invented",
        "version": 1,
        "unit": "person",
        "currency": "EUR",
        "valid_from": date(2025, 1, 1),
        "valid_to": END,
        "source": "invented",
        "entry": Word(word="accepted"),
        "milestones": (START,),
    }
    return Contract(**(said | more))


def _found(contract, exited_on, *jobs, **plan):
    episode = {
        "episode_id": "ada",
        "accepted_on": date(2026, 1, 5),
        "exited_on": exited_on,
    }
    tables = histories.tables_of(
        jobs, {"episodes": [episode], **plan}, contract="invented", currency="EUR"
    )
    found = early_exits(
        cases(contract, tables), [contract], [], AS_OF, AS_OF - timedelta(365)
    )
    return [(one.milestone, one.exited_on, one.last_day) for one in found]


@pytest.mark.parametrize(
    ("contract", "exited_on", "last_day"),
    [
        pytest.param(_contract(), END - timedelta(30), END, id="thirty days before"),
        pytest.param(
            _contract(), END - timedelta(31), None, id="thirty-one days before"
        ),
        pytest.param(_contract(), END, END, id="on the last day"),
        pytest.param(_contract(), END + timedelta(1), None, id="after it"),
        pytest.param(_contract(), None, None, id="who is still there"),
        pytest.param(
            _contract(run_off_days=14),
            END + timedelta(5),
            END + timedelta(14),
            id="days of grace after the end",
        ),
        pytest.param(
            _contract(valid_to=None), END, None, id="a milestone without a last day"
        ),
        pytest.param(
            _contract(valid_to=None, trajectory_months=(4,)),
            date(2026, 5, 1),
            date(2026, 5, 4),
            id="the end of the trajectory",
        ),
        pytest.param(
            _contract(
                milestones=(
                    Milestone(
                        id="start",
                        kind="event",
                        reached=Word(word="job_start"),
                        within_days=90,
                        since=(Word(word="accepted"),),
                    ),
                )
            ),
            date(2026, 4, 1),
            date(2026, 4, 5),
            id="the days within which it is to be reached",
        ),
    ],
)
def test_exits_shortly_before_the_last_day_are_listed(contract, exited_on, last_day):
    expected = [("start", exited_on, last_day)] if last_day else []

    assert _found(contract, exited_on) == expected


def test_who_had_reached_it_is_not_listed():
    job = histories.Job(episode_id="ada", first_day=date(2026, 2, 2), weekly_hours=20)

    assert _found(_contract(), END, job) == []


def test_who_never_came_under_the_contract_is_not_listed():
    entry = Word(word="funder_event", kind="consent")

    assert _found(_contract(entry=entry), END) == []
