"""The facts of a review as they were frozen for it, and what is computed from them.

Whoever calls has asked before whether somebody may read them; facts of units other than
the one reviewed stand in the same snapshot and are never handed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from braid.access.queries import system_actor
from braid.facts import queries as facts
from braid.kernel.errors import InputFault
from braid.method.scales import Rules, rules_of
from braid.packs import scales

if TYPE_CHECKING:
    from datetime import date

    from braid.facts.reading import Facts
    from braid.fidelity.live import Live, LiveItem
    from braid.fidelity.models import Review

TASK = "fidelity review"


def frozen_facts(review: Review) -> Facts:
    """Return the facts that were frozen for a review; the caller closes them.

    Raises InputFault before any were, and FactsFaults where their files are gone.
    """
    if review.snapshot is None:
        raise InputFault(
            _(
                "There are no frozen figures yet. Freeze the figures of the review first."
            ),
            reason="no_snapshot",
        )
    reach = frozenset(UUID(str(key)) for key in review.snapshot.units)
    actor = replace(system_actor(review.unit, TASK), teams=reach)
    return facts.snapshot_facts(actor, review.snapshot)


def present_facts(review: Review, today: date) -> Facts:
    """Return the frozen facts, or before there are any, what the record says today."""
    if review.snapshot is not None:
        return frozen_facts(review)
    return facts.unit_facts(system_actor(review.unit, TASK), review.unit, today)


def rules_in_force(review: Review) -> Rules:
    """Return the house rules of a review, with the variant that was chosen for it."""
    rule, _is, variant = review.variant.partition("=")
    scale = scales.get(review.scale, review.scale_version)
    return rules_of(scale, {rule: variant} if variant else {})


def computed(review: Review, known: Facts) -> Live:
    """Return what the facts say of each item on the day of the review's figures."""
    from braid.fidelity.live import live

    scale = scales.get(review.scale, review.scale_version)
    unit, day = str(review.unit_id), min(review.facts_on, known.as_of)
    rules = rules_in_force(review)
    return live(known, scale, days=[day], units=[unit], rules=rules)[unit, day]


def answered(found: Live) -> Mapping[int, str]:
    """Return of each item how much the record says: whole, part, signals or nothing.

    It says what is known and never which score that would be.
    """
    return {one.item.no: _share(one) for one in found.items}


def _share(one: LiveItem) -> str:
    if one.scored.score is not None:
        return "whole"
    if not one.figures:
        return "nothing"
    return "signals" if one.item.auto == "J" else "part"
