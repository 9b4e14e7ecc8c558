"""Two sides compared with other things held equal: who may ask, and for what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from braid.outcomes import adjusted
from braid.outcomes.charts import EQUITY_KEYS
from braid.outcomes.comparing import PERIOD
from braid.outcomes.presenters.choosing import Option
from braid.outcomes.presenters.words import KEYS
from braid.outcomes.tasks import FIRST_JOB, Adjustment

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.outcomes.comparing import Wish
    from braid.outcomes.scopes import Scope
    from braid.outcomes.selections import Choices


def may_ask(actor: Actor, of: Scope, wish: Wish) -> bool:
    """Say whether `actor` belongs inside every unit that two sides are made of.

    Groups of a few people stand behind the ratios, and no rule hides those few.
    """
    return wish.by != PERIOD and all(key in actor.teams for key in units(of, wish))


def units(of: Scope, wish: Wish) -> tuple[UUID, ...]:
    """Return the units that two sides are made of."""
    if of.unit is not None:
        return (of.unit.pk,)
    return tuple(unit.pk for unit in of.units if str(unit.pk) in wish.sides)


def equal_keys(asked: Sequence[str], by: str) -> tuple[str, ...]:
    """Return what is held equal of what is asked: no side itself, nothing unknown."""
    return tuple(key for key in EQUITY_KEYS if key in asked and key != by)


def adjustment(
    of: Scope, wish: Wish, equal: tuple[str, ...], day: date
) -> Adjustment | None:
    """Return what a worker is asked for; None where both sides are the same."""
    if wish.one == wish.other:
        return None
    asked = units(of, wish)
    return Adjustment(asked, FIRST_JOB, wish.by, equal, day, wish.sides)


def offer(
    actor: Actor,
    of: Scope,
    wish: Wish,
    choices: Choices | None,
    chosen: Sequence[str] = (),
) -> dict[str, Any]:
    """Return what the form says: what can be held equal, or why there is none."""
    known = choices.groups if choices is not None else dict.fromkeys(EQUITY_KEYS)
    keys = [key for key in EQUITY_KEYS if key in known and key != wish.by]
    address = reverse("outcomes:adjusted", args=[of.key])
    return {
        "has_adjusted": wish.one != wish.other,
        "may_adjust": may_ask(actor, of, wish),
        "is_installed": adjusted.is_available(),
        "adjusted_url": address,
        "adjusted_fields": (("by", wish.by), ("one", wish.one), ("other", wish.other)),
        "equal": [Option(key, KEYS[key](), key in chosen) for key in keys],
    }


def compare_url(of: Scope, wish: Wish) -> str:
    """Return where the two sides stand as they are."""
    said = {"figures": "1", "by": wish.by, "one": wish.one, "other": wish.other}
    return f"{reverse('outcomes:compare', args=[of.key])}?{urlencode(said)}"
