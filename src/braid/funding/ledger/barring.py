"""Which claims nobody pays until a steward has decided, across all agreements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from braid.funding.ledger import reading, rules
from braid.funding.ledger.reading import REASON, Ledger
from braid.funding.ledger.rules import Conflict, Entry, Rule, Settled
from braid.funding.models import Case, Claim, FundingDecision, Match


def barred_claims(claims: Iterable[Claim]) -> Mapping[UUID, tuple[Rule, ...]]:
    """Return which of some claims nobody pays until a steward decides, by which rules.

    Every agreement of the installation counts, whoever asks; of others nothing is told
    but that there is one.
    """
    rows = list(claims)
    given = {claim.pk for claim in rows}
    found, made = conflicts_of(people_behind(rows))
    stopped = rules.barred(found, made)
    return {UUID(key): why for key, why in stopped.items() if UUID(key) in given}


def people_behind(claims: Iterable[Claim]) -> frozenset[UUID]:
    tokens = {claim.case for claim in claims}
    rows = Case.objects.system(REASON).filter(token__in=tokens)
    return frozenset(rows.values_list("episode__applicant_id", flat=True))


def conflicts_of(
    applicants: Collection[UUID],
) -> tuple[tuple[Conflict, ...], tuple[Settled, ...]]:
    ledger: Ledger = reading.of_people(applicants)
    found = rules.conflicts(ledger.entries, ledger.spans, ledger.terms)
    found += _matched(ledger.entries)
    return found, decisions({entry.key for entry in ledger.entries})


def _matched(entries: Collection[Entry]) -> tuple[Conflict, ...]:
    """Return what stands against these lines at another organisation, by its tokens."""
    of_line = {entry.key: entry for entry in entries}
    rows = Match.objects.system(REASON).filter(claim__in=list(of_line))
    lines = [(row, of_line[str(row.claim_id)]) for row in rows]
    return tuple(
        Conflict(
            rule=row.rule,
            person=line.person,
            entries=(line.key,),
            contracts=(line.contract,),
            against=row.against,
        )
        for row, line in lines
    )


def decisions(keys: Collection[str]) -> tuple[Settled, ...]:
    """Return what stewards decided on claims, the earliest first."""
    rows = FundingDecision.objects.system(REASON).filter(first__in=list(keys))
    return tuple(
        Settled(
            rule=row.rule,
            entries=frozenset(
                str(one) for one in (row.first_id, row.second_id) if one is not None
            ),
            pays=None if row.pays_id is None else str(row.pays_id),
            against=row.against,
        )
        for row in rows.order_by("written_at")
    )
