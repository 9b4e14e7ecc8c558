"""What happens to somebody makes counselling due, in the transaction of the change."""

from dataclasses import replace

from braid.access.policy import Action, Actor, decide
from braid.access.queries import system_actor
from braid.benefits import rules
from braid.benefits.commands.counselling import make_due, not_due
from braid.benefits.commands.permission import BENEFITS
from braid.benefits.queries.rounds import is_waiting
from braid.people.after import Said
from braid.work.after import Happened, What

TASK = "benefits counselling"  # who refers from outside may not write of benefits


def after_job(actor: Actor, happened: Happened) -> None:
    """Let counselling be due because of an offer, a start, a change or an end."""
    if happened.what is What.UNDONE and happened.job_id is not None:
        not_due(actor, happened.episode_id, happened.job_id)
        return
    trigger = happened.what.value
    make_due(
        actor,
        happened.episode_id,
        trigger,
        happened.job_id,
        rules.due_on(trigger, actor.day, happened.day),
    )


def after_words(actor: Actor, said: Said) -> None:
    """Let counselling be due because of a worry, or of what the profile says now.

    Nothing more is due while a round is open: there it is talked about anyway.
    """
    if is_waiting(said.episode.pk):
        return
    trigger = said.what.value
    make_due(
        _writing(actor, said),
        said.episode.pk,
        trigger,
        due_on=rules.due_on(trigger, said.day),
    )


def _writing(actor: Actor, said: Said) -> Actor:
    """Return who writes it down: the actor, or a task where they may not."""
    subject = said.episode.subject(BENEFITS)
    ways = (Action.RECORD, Action.CO_WRITE)
    if any(decide(actor, way, subject).allowed for way in ways):
        return actor
    return replace(system_actor(said.episode.unit, TASK), day=actor.day)
