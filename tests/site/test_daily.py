"""The work of a day is done once a day, and one piece does not keep back another."""

from datetime import UTC, date, datetime

import pytest

from braid.site import daily


@pytest.fixture
def house(tmp_path, settings):
    settings.BRAID_DATA = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("hour", "done_on", "due"),
    [
        pytest.param(2, None, True, id="never done"),
        pytest.param(2, date(2026, 10, 4), False, id="yesterday's, still night"),
        pytest.param(3, date(2026, 10, 4), True, id="yesterday's, time for it"),
        pytest.param(23, date(2026, 10, 5), False, id="done today"),
    ],
)
def test_when_it_is_due(hour, done_on, due):
    now = datetime(2026, 10, 5, hour, tzinfo=UTC)
    assert daily.is_due(now, done_on) is due


def test_a_day_is_done_once(house, monkeypatch):
    done = []
    monkeypatch.setattr(daily, "JOBS", {"work": done.append})
    now = datetime(2026, 10, 5, 4, tzinfo=UTC)
    assert daily.run(now) == {"work": True}
    assert daily.run(now) == {}
    assert daily.done_on() == now.date()
    assert done == [now]


def test_a_piece_that_breaks_keeps_no_other_back(house, monkeypatch, caplog):
    def breaks(now):
        raise ValueError("Pat Lund")

    done = []
    monkeypatch.setattr(daily, "JOBS", {"first": breaks, "second": done.append})
    assert daily.run(datetime(2026, 10, 5, 4, tzinfo=UTC)) == {
        "first": False,
        "second": True,
    }
    assert done
    assert "Pat Lund" not in caplog.text


def test_retention_is_among_the_work_of_a_day(db, house):
    done = daily.run(datetime(2026, 10, 5, 4, tzinfo=UTC))
    assert {"retention", "sessions"} <= set(done)
    assert all(done.values())
