"""States of an import: which follows which, and when work has stopped."""

from datetime import UTC, datetime, timedelta

import pytest

from braid.exchange.rules import SILENT_FOR, TRANSITIONS, can_move, is_stalled

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("present", "wanted", "reasons"),
    [
        ("", "reading", ()),
        ("reading", "planned", ()),
        ("reading", "failed", ()),
        ("planned", "committing", ()),
        ("committing", "committed", ()),
        ("committing", "planned", ()),
        ("committed", "undone", ()),
        ("undone", "reading", ()),
        ("failed", "reading", ()),
        ("reading", "committing", ("still_working",)),
        ("committing", "undone", ("still_working",)),
        ("committed", "committing", ("already_committed",)),
        ("committed", "reading", ("already_committed",)),
        ("planned", "undone", ("not_from_here",)),
        ("undone", "committed", ("not_from_here",)),
    ],
)
def test_states_follow_one_another(present, wanted, reasons):
    finding = can_move(present, wanted)
    assert (finding.ok, finding.reasons) == (not reasons, reasons)


def test_every_state_can_be_reached():
    reached = {state for states in TRANSITIONS.values() for state in states}
    assert reached == set(TRANSITIONS) - {""}


@pytest.mark.parametrize(
    ("state", "silent", "stalled"),
    [
        ("reading", SILENT_FOR, False),
        ("reading", SILENT_FOR + timedelta(seconds=1), True),
        ("committing", SILENT_FOR * 2, True),
        ("planned", SILENT_FOR * 2, False),
        ("committed", SILENT_FOR * 2, False),
    ],
)
def test_work_is_stalled_after_a_silence(state, silent, stalled):
    assert is_stalled(state, NOW - silent, NOW) is stalled
