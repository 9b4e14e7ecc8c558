"""What somebody works at: chosen for a sign-in, changed by an audited step."""

from dataclasses import replace

from django.db import transaction

from braid.access import audit, policy
from braid.access.choices import PurposeChoice
from braid.access.policy import Actor, Purpose
from braid.kernel.errors import InputFault


def others(actor: Actor) -> list[PurposeChoice]:
    """Return the purposes that the role has beside the present one, with their names."""
    return [
        PurposeChoice(one.value)
        for one in policy.PURPOSES[actor.role]
        if one != actor.works_at
    ]


def present(actor: Actor) -> str:
    """Return the name of the present purpose; empty where the role has only one."""
    if len(policy.PURPOSES[actor.role]) == 1:
        return ""
    return str(PurposeChoice(actor.works_at.value).label)


@transaction.atomic
def choose(*, actor: Actor, purpose: str) -> Actor:
    """Return the actor at another purpose, audited. Raises InputFault for a foreign one."""
    if purpose not in policy.PURPOSES[actor.role]:
        raise InputFault(f"The role {actor.role} does not work at '{purpose}'.")
    changed = replace(actor, purpose=Purpose(purpose))
    audit.record(changed, "purpose_chosen")
    return changed
