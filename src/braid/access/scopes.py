"""The policy as a filter: closed managers that refuse a query nobody scoped.

A queryset of a scoped model can be built and combined freely, but reading it raises
`UnscopedQuery` until it went through `visible_to` (the policy's reach) or `system`
(a named reason, for commands and tests). So a forgotten scope is an error in the first
test that meets it, never a leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from braid.access import policy
from braid.access.policy import Action, Actor, Ground, Information
from braid.kernel.errors import BraidError


class UnscopedQuery(BraidError):
    """Somebody read a scoped model without asking the policy."""

    code = "unscoped_query"


@dataclass(frozen=True, slots=True)
class Reach:
    """What an actor reaches for one act: teams by own care, organisations by office."""

    teams: frozenset[UUID] = frozenset()
    organisations: frozenset[UUID] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not self.teams and not self.organisations


def reach(actor: Actor, action: Action, information: Information | None) -> Reach:
    """Return the reach that `policy.decide` would allow, ground by ground."""
    found = policy.grounds(actor, action, information)
    return Reach(
        teams=actor.teams if Ground.OWN_CARE in found else frozenset(),
        organisations=(
            frozenset({actor.organisation}) if Ground.OFFICE in found else frozenset()
        ),
    )


class ScopedQuerySet(models.QuerySet[Any]):
    """A queryset that must be scoped before it is read."""

    _scoped = False

    def visible_to(
        self,
        actor: Actor,
        action: Action = Action.READ,
        information: Information | None = None,
    ) -> Self:
        """Filter to what the policy lets `actor` see.

        `information` defaults to the class that the model declares.
        """
        asked = information or getattr(self.model, "information", None)
        found = reach(actor, action, asked)
        queryset = self.none() if found.is_empty else self.filter(self._within(found))
        queryset._scoped = True
        return queryset

    def system(self, reason: str) -> Self:
        """Open the queryset without an actor; `reason` says why that is right."""
        if not reason:
            raise UnscopedQuery(
                "A query without an actor needs a reason; none was given."
            )
        queryset = self.all()
        queryset._scoped = True
        return queryset

    def _within(self, found: Reach) -> Q:
        """Return the condition of a reach, which is not empty."""
        model: Any = self.model
        held = []
        if found.teams:
            held.append(model.held_by_teams(found.teams))
        if found.organisations:
            held.append(model.held_by_organisations(found.organisations))
        return reduce(or_, held)

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone._scoped = self._scoped
        return clone

    def refuse_unscoped(self) -> None:
        """Raise UnscopedQuery unless the query went through the policy."""
        # Nested reads of a scoped parent (prefetch) carry the flag through `_clone`.
        if not self._scoped and not self.query.is_empty():
            raise UnscopedQuery(
                f"'{self.model.__name__}' was read without the policy's scope. "
                "Use visible_to(actor) in queries, or system(reason) in a command."
            )

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self.refuse_unscoped()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        self.refuse_unscoped()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        if self._result_cache is None:
            self.refuse_unscoped()
        return super().count()

    def exists(self) -> bool:
        if self._result_cache is None:
            self.refuse_unscoped()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.refuse_unscoped()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self.refuse_unscoped()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.refuse_unscoped()
        return super().delete()


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The only manager of a scoped model."""
