"""Writing about benefits: one transaction each, audited, the actor first."""

from braid.benefits.commands.calculations import (
    calculate,
    confirm,
    discard,
    hand_over,
    hide,
    show_to_unit,
    tell_duties,
    work_out,
)
from braid.benefits.commands.counselling import (
    answer,
    book,
    done,
    make_due,
    offer,
    offer_in_one_tap,
)
from braid.benefits.commands.household import (
    add_benefit,
    add_duty,
    answer_question,
    ask_payer,
    change_benefit,
    record_month,
    report_done,
)
from braid.benefits.commands.recall import Recalled, recall, rules_changed
from braid.benefits.commands.reviews import open_reviews

__all__ = [
    "Recalled",
    "add_benefit",
    "add_duty",
    "answer",
    "answer_question",
    "ask_payer",
    "book",
    "calculate",
    "change_benefit",
    "confirm",
    "discard",
    "done",
    "hand_over",
    "hide",
    "make_due",
    "offer",
    "offer_in_one_tap",
    "open_reviews",
    "recall",
    "record_month",
    "report_done",
    "rules_changed",
    "show_to_unit",
    "tell_duties",
    "work_out",
]
