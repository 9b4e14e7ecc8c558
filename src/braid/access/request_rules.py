"""What becomes of an applicant's request: its states, and the day an answer is due.

Pure: no Django, no clock.
"""

from collections.abc import Mapping
from datetime import date

from braid.kernel.dates import add_months

COPY, CORRECTION, ERASURE, RESTRICTION = "copy", "correction", "erasure", "restriction"
RECEIVED, UNDER_WAY, DONE, REFUSED = "received", "under_way", "done", "refused"

NEXT: Mapping[str, frozenset[str]] = {
    RECEIVED: frozenset({UNDER_WAY, DONE, REFUSED}),
    UNDER_WAY: frozenset({DONE, REFUSED}),
    DONE: frozenset(),
    REFUSED: frozenset(),
}
OPEN = frozenset(state for state, following in NEXT.items() if following)
NEEDS_WORDS = frozenset({REFUSED})  # a refusal says why
# What the answering steward can do by a request: each by its own kind, never by another.
ACTS: Mapping[str, str] = {"copy": COPY, "erase": ERASURE, "close": RESTRICTION}
OTHER_KIND, ANSWERED = "other_kind", "answered"


def may_enter(state: str, to: str) -> bool:
    """Say whether a request in `state` may come into the state `to`."""
    return to in NEXT[state]


def why_not(act: str, kind: str, state: str) -> str:
    """Return why an act cannot be done by a request; empty where it can.

    `act` is a key of `ACTS`, `kind` and `state` are those of the request.
    """
    if ACTS[act] != kind:
        return OTHER_KIND
    return "" if state in OPEN else ANSWERED


def due_on(asked_on: date, months: int) -> date:
    """Return the last day for an answer: the same day some months later."""
    return add_months(asked_on, months)
