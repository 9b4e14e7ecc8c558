"""Decisions about an import, pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# From which state to which; the present state is the last entry.
TRANSITIONS: dict[str, frozenset[str]] = {
    "": frozenset({"reading"}),
    "reading": frozenset({"planned", "failed", "reading"}),
    "planned": frozenset({"reading", "committing"}),
    "committing": frozenset({"committed", "planned", "failed", "reading"}),
    "committed": frozenset({"undone"}),
    "undone": frozenset({"reading"}),
    "failed": frozenset({"reading"}),
}
WORKING = frozenset({"reading", "committing"})
SILENT_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer with its reasons, each a slug that the page words."""

    ok: bool
    reasons: tuple[str, ...] = ()


def can_move(present: str, wanted: str) -> Finding:
    """Say whether an import may go from one state to another."""
    if wanted in TRANSITIONS[present]:
        return Finding(True)
    if present in WORKING:
        return Finding(False, ("still_working",))
    if present == "committed":
        return Finding(False, ("already_committed",))
    return Finding(False, ("not_from_here",))


def is_stalled(state: str, touched_at: datetime, now: datetime) -> bool:
    """Say whether work on an import stopped without a word, as after a power cut."""
    return state in WORKING and now - touched_at > SILENT_FOR
