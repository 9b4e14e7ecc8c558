"""What happens to a job makes counselling due, in the transaction of the change."""

from braid.access.policy import Actor
from braid.benefits import rules
from braid.benefits.commands.counselling import make_due
from braid.work.after import Happened


def after_job(actor: Actor, happened: Happened) -> None:
    """Let counselling be due because of an offer, a start, a change or an end."""
    trigger = happened.what.value
    make_due(
        actor,
        happened.episode_id,
        trigger,
        happened.job_id,
        rules.due_on(trigger, actor.day, happened.day),
    )
