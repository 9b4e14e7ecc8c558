"""A contract run over the facts of a unit: what goes in, and the digest of it.

The same facts, versions of the contract, values filled in and claims sent before give
the same lines, byte for byte. Only ids leave it for pseudonyms (`pseudonyms.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from braid.funding.choices import FunderEventKind, RequesterKind
from braid.funding.models import Agreement, Binding, FunderEvent
from braid.method.contracts.case import CaseFile
from braid.method.contracts.shape import Bindings, Contract
from braid.packs import contracts

if TYPE_CHECKING:
    from braid.facts.reading import Facts
    from braid.method.contracts.values import Line, Result

REASON = "what a run of a contract reads"


@dataclass(frozen=True, slots=True)
class Terms:
    """The versions of a contract, the latest last, and what is filled into each."""

    versions: tuple[Contract, ...]
    bindings: tuple[Bindings, ...]

    @property
    def latest(self) -> Contract:
        """The version that says caps, milestones and parties today."""
        return self.versions[-1]

    def version(self, number: int) -> Contract:
        """Return a version by its number. Raises KeyError."""
        for each in self.versions:
            if each.version == number:
                return each
        raise KeyError(number)


def terms(agreement: Agreement) -> Terms:
    """Return a contract with what is filled in. Raises PackFault, PackFaults."""
    found = contracts.versions(agreement.contract)
    return Terms(found, tuple(bindings_of(agreement, each) for each in found))


def bindings_of(agreement: Agreement, contract: Contract) -> Bindings:
    """Return what is filled into a version today; the last row of a parameter holds."""
    rows = Binding.objects.system(REASON).filter(
        agreement=agreement, version=contract.version
    )
    return contracts.bind(
        contract,
        (
            (row.parameter, row.value, row.source, row.bound_by, row.day)
            for row in rows.order_by("written_at")
        ),
    )


def files_of(agreement: Agreement) -> dict[str, CaseFile]:
    """Return who asked for the costs of an episode, by its id."""
    rows = FunderEvent.objects.system(REASON).filter(
        agreement=agreement, kind=FunderEventKind.REQUEST
    )
    return {
        str(row.episode_id): CaseFile(
            requester=row.requester,
            is_joint_body=row.requester_kind == RequesterKind.JOINT_BODY,
        )
        for row in rows.order_by("day", "created_at")
    }


def without_evidence(settled: Terms, milestone: str) -> Terms:
    """Return a contract as if one milestone asked for no evidence.

    For a line whose gap somebody declared: what it would come to.
    """
    versions = tuple(
        replace(
            each,
            milestones=tuple(
                replace(one, evidence=None) if one.id == milestone else one
                for one in each.milestones
            ),
        )
        for each in settled.versions
    )
    return Terms(versions, settled.bindings)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a run takes into account besides facts: claims sent, claims of others.

    `own` are lines of claims that were sent before; `others` those of other contracts
    with `contracts`, their files; `settled` the keys that a steward let be paid.
    """

    own: tuple[Line, ...] = ()
    others: tuple[Line, ...] = ()
    contracts: tuple[Contract, ...] = ()
    settled: frozenset[str] = frozenset()


def evaluated(
    known: Facts, agreement: Agreement, settled: Terms, as_of: date, beside: Beside
) -> Result:
    """Return what a contract gives for the unit of an agreement."""
    from braid.funding import reading  # brings the columnar engine

    return reading.run(
        known,
        settled.versions,
        settled.bindings,
        as_of=as_of,
        units=[str(agreement.unit_id)],
        previous=beside.own,
        others=beside.others,
        beside=beside.contracts,
        settled=beside.settled,
        files=files_of(agreement),
    )


def digest(value: Any) -> str:
    """Return the SHA-256 of a value as JSON in one way of writing."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def written_versions(settled: Terms) -> dict[str, str]:
    """Return the digest of each version of a contract as its file says it."""
    return {
        str(each.version): digest(contracts.written(each)) for each in settled.versions
    }


def written_bindings(settled: Terms) -> str:
    """Return the digest of what is filled in: values, not who wrote them when."""
    return digest(
        [
            {
                "version": each.version,
                "values": {
                    one.parameter: contracts.written(one.value) for one in each.bindings
                },
            }
            for each in settled.bindings
        ]
    )


def lines_digest(documents: Iterable[Mapping[str, Any]], totals: Any) -> str:
    """Return the digest of a run: all of its lines in order, and its totals."""
    return digest([list(documents), totals])
