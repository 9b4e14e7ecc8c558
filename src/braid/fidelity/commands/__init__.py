"""What may be done in a review and in an action plan."""

from braid.fidelity.commands.agenda import (
    add_meeting,
    change_meeting,
    lay_agenda,
    remove_meeting,
)
from braid.fidelity.commands.bulk import Held, record_review
from braid.fidelity.commands.gathering import (
    draw_charts,
    draw_from_facts,
    forget,
    forget_due,
    gather,
    take_back,
)
from braid.fidelity.commands.opening import attach, freeze, open_rating, replan
from braid.fidelity.commands.pieces import ask_for_pieces, bring
from braid.fidelity.commands.planning import (
    add_action,
    change_action,
    note_progress,
)
from braid.fidelity.commands.rating import agree, correct, lock, rate, state_band
from braid.fidelity.commands.reviews import (
    answer,
    end_seat,
    give_seat,
    plan,
    take_step,
    write,
)

__all__ = [
    "Held",
    "add_action",
    "add_meeting",
    "agree",
    "answer",
    "ask_for_pieces",
    "attach",
    "bring",
    "change_action",
    "change_meeting",
    "correct",
    "draw_charts",
    "draw_from_facts",
    "end_seat",
    "forget",
    "forget_due",
    "freeze",
    "gather",
    "give_seat",
    "lay_agenda",
    "lock",
    "note_progress",
    "open_rating",
    "plan",
    "rate",
    "record_review",
    "remove_meeting",
    "replan",
    "state_band",
    "take_back",
    "take_step",
    "write",
]
