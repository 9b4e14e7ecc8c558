"""What the pages of contracts read: agreements, their files, and what is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from braid.access import policy
from braid.access.policy import Action, Actor
from braid.funding import queries
from braid.funding.contract_words import Values
from braid.funding.models import Agreement, Binding
from braid.method.contracts.shape import Contract
from braid.packs import contracts


@dataclass(frozen=True, slots=True)
class Held:
    """An agreement with its contract file in the version of a day, and how much is open.

    `file` is None where the file of the contract is no longer there.
    """

    agreement: Agreement
    file: Contract | None
    unbound: tuple[str, ...]


def held(actor: Actor, today: date) -> list[Held]:
    """Return the agreements of the actor with their contracts; two questions in all."""
    agreements = list(queries.agreements(actor))
    filled: dict[tuple[UUID, int], set[str]] = {}
    rows = Binding.objects.visible_to(actor).filter(agreement__in=agreements)
    for key, version, name in rows.values_list("agreement_id", "version", "parameter"):
        filled.setdefault((key, version), set()).add(name)
    known = contracts.load()
    found = []
    for each in agreements:
        file = (
            contracts.in_force(each.contract, today) if each.contract in known else None
        )
        opened = contracts.parameters(file) if file else {}
        bound = filled.get((each.pk, file.version), set()) if file else set()
        unbound = tuple(name for name in opened if name not in bound)
        found.append(Held(each, file, unbound))
    return found


def rows(actor: Actor, agreement: Agreement, version: int) -> list[Binding]:
    """Return all that was ever filled into a version, the last first."""
    found = Binding.objects.visible_to(actor).filter(
        agreement=agreement, version=version
    )
    return list(found.select_related("written_by").order_by("-written_at", "-pk"))


def values(contract: Contract, filled: list[Binding]) -> Values:
    """Return what is filled into a contract, as its words take it. Raises: PackFaults."""
    bound = contracts.bind(
        contract,
        (
            (row.parameter, row.value, row.source, row.bound_by, row.day)
            for row in reversed(filled)
        ),
    )
    named: Mapping[str, object] = {b.parameter: b.value for b in bound.bindings}
    return Values(contract.currency, named)  # type: ignore[arg-type]


def may_fill_in(actor: Actor, agreement: Agreement) -> bool:
    """Say whether an actor fills in the values of an agreement."""
    return policy.decide(actor, Action.CLAIM, agreement.subject()).allowed
