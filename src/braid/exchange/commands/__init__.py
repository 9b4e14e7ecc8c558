"""Writing of imports: opened, stated, planned, saved, taken back."""

from braid.exchange.commands.batches import (
    answer,
    enter_state,
    open_again,
    open_batch,
    set_layout,
    set_setup,
)
from braid.exchange.commands.committing import commit_batch
from braid.exchange.commands.foreseeing import differences_of
from braid.exchange.commands.planning import (
    Prepared,
    answer_from,
    is_fresh,
    plan_batch,
    prepare,
    prepare_from,
)
from braid.exchange.commands.undoing import Held, UndoRefused, undo_batch

__all__ = [
    "Held",
    "Prepared",
    "UndoRefused",
    "answer",
    "answer_from",
    "commit_batch",
    "differences_of",
    "enter_state",
    "is_fresh",
    "open_again",
    "open_batch",
    "plan_batch",
    "prepare",
    "prepare_from",
    "set_layout",
    "set_setup",
    "undo_batch",
]
