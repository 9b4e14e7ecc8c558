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

from braid.access import policy, shared
from braid.access.policy import Action, Actor, Ground, Information
from braid.kernel.errors import BraidError


class UnscopedQuery(BraidError):
    """Somebody read a scoped model without asking the policy."""

    code = "unscoped_query"


@dataclass(frozen=True, slots=True)
class Reach:
    """What an actor reaches for one act, ground by ground.

    `teams` by own care, `organisations` by office, `shared` by consent or duty, `opened`
    by broken glass, `own` by its being the actor's own record, `invited` in person;
    `without` are the
    applicants left out whatever the ground, `closed` those left out except on `own`.
    """

    teams: frozenset[UUID] = frozenset()
    organisations: frozenset[UUID] = frozenset()
    shared: tuple[Ground, ...] = ()
    opened: frozenset[UUID] = frozenset()
    own: UUID | None = None
    invited: UUID | None = None
    without: frozenset[UUID] = frozenset()
    closed: frozenset[UUID] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (
            self.teams
            or self.organisations
            or self.shared
            or self.opened
            or self.own
            or self.invited
        )


def reach(actor: Actor, action: Action, information: Information | None) -> Reach:
    """Return the reach that `policy.decide` would allow, ground by ground."""
    found = policy.grounds(actor, action, information)
    closes = policy.is_closed_by_restriction(action, information, Ground.OWN_CARE)
    return Reach(
        teams=actor.teams if Ground.OWN_CARE in found else frozenset(),
        organisations=(
            frozenset({actor.organisation}) if Ground.OFFICE in found else frozenset()
        ),
        shared=found
        if actor.teams and shared.may_be(actor, information, found)
        else (),
        opened=actor.opened if Ground.BROKEN_GLASS in found else frozenset(),
        own=actor.own if Ground.OWN_RECORD in found else None,
        invited=actor.id if Ground.INVITED in found else None,
        without=actor.hidden,
        closed=actor.restricted if closes else frozenset(),
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
        if found.is_empty:
            queryset = self.none()
        else:
            queryset = self.filter(self._within(found, actor, asked))
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

    def _within(self, found: Reach, actor: Actor, information: Information | None) -> Q:
        """Return the condition of a reach, which is not empty."""
        model: Any = self.model
        held = []
        if found.teams:
            held.append(model.held_by_teams(found.teams))
        if found.organisations:
            held.append(model.held_by_organisations(found.organisations))
        path = model.applicant_path
        if found.invited is not None:
            invited = model.invited(found.invited)
            if path:  # an invitation opens a table, never an applicant
                invited &= Q(**{f"{path}__isnull": True})
            held.append(invited)
        if not path:
            return reduce(or_, held) if held else Q(pk__in=())
        if found.shared and information is not None and not model.is_addressed:
            keys = shared.applicants(actor, information, found.shared)
            held.append(Q(**{f"{path}__in": keys}))
        if found.opened:
            held.append(Q(**{f"{path}__in": found.opened}))
        condition = reduce(or_, held) if held else Q(pk__in=())
        if found.closed:
            condition &= ~Q(**{f"{path}__in": found.closed})
        if found.own is not None:
            condition |= Q(**{path: found.own})
        if found.without:
            condition &= ~Q(**{f"{path}__in": found.without})
        return condition

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
