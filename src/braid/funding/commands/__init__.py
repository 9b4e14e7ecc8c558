"""What may be done with agreements, runs and claims."""

from braid.funding.commands.agreements import (
    Agreed,
    bind,
    change_agreement,
    make_agreement,
    record_event,
    set_party,
    take_back_event,
)
from braid.funding.commands.claims import (
    answer,
    claim_again,
    decide_double,
    propose_difference,
    release,
    reverse,
    submit,
    take_step,
)
from braid.funding.commands.gaps import declare_gap
from braid.funding.commands.running import run

__all__ = [
    "Agreed",
    "answer",
    "bind",
    "change_agreement",
    "claim_again",
    "decide_double",
    "declare_gap",
    "make_agreement",
    "propose_difference",
    "record_event",
    "release",
    "reverse",
    "run",
    "set_party",
    "submit",
    "take_back_event",
    "take_step",
]
