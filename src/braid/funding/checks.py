"""What is found of claims since their run: papers that changed, starts that moved.

Forged or mistaken evidence is met here before anybody is asked for money: a file that
stands with two people, one that was changed or taken away after the run, a first day
that was written down earlier than it first was, a consent that was taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from braid.access import agreements as consents
from braid.access.policy import Purpose
from braid.funding import pseudonyms
from braid.funding.choices import ClaimState
from braid.funding.models import Claim, ClaimEvidence
from braid.work import queries as work

REASON = "what changed since claims that the actor sees were prepared"


def changed(claims: Iterable[Claim]) -> dict[UUID, tuple[str, ...]]:
    """Return what was found of each claim, in codes of `rules.CHANGED`."""
    rows = list(claims)
    shown = _shown(rows)
    keys = {one.evidence_id for some in shown.values() for one in some}
    held = work.by_keys(keys - {None})  # type: ignore[arg-type]
    shared = work.shared_files({one.sha256 for some in shown.values() for one in some})
    jobs = {row.pk: job for row in rows if (job := _job(row)) is not None}
    moved = work.starts_moved_back(set(jobs.values()))
    withdrawn = _withdrawn(rows)
    newer = _not_found_again(rows)
    return {
        row.pk: tuple(
            dict.fromkeys(
                [
                    *_of_papers(shown.get(row.pk, ()), held, shared),
                    *(("start_back_dated",) if jobs.get(row.pk) in moved else ()),
                    *(("facts_changed",) if row.pk in newer else ()),
                    *(("consent_withdrawn",) if row.pk in withdrawn else ()),
                ]
            )
        )
        for row in rows
    }


def _shown(rows: list[Claim]) -> dict[UUID, list[ClaimEvidence]]:
    found: dict[UUID, list[ClaimEvidence]] = defaultdict(list)
    kept = ClaimEvidence.objects.system(REASON).filter(claim__in=rows)
    for one in kept.filter(evidence_id__isnull=False):
        found[one.claim_id].append(one)
    return found


def _of_papers(
    shown: Iterable[ClaimEvidence], held: dict[UUID, work.Shown], shared: set[str]
) -> Iterable[str]:
    for one in shown:
        now = held.get(one.evidence_id) if one.evidence_id else None
        if now is None:
            yield "evidence_gone"
        elif (now.sha256, now.kind, now.label) != (one.sha256, one.kind, one.label):
            yield "evidence_changed"
        if one.sha256 and one.sha256 in shared:
            yield "evidence_shared"


def _job(row: Claim) -> UUID | None:
    """Return the job whose row decides a claim, where one does."""
    try:
        return UUID(row.document.get("event_row") or "")
    except ValueError:
        return None


def _withdrawn(rows: list[Claim]) -> set[UUID]:
    found: set[UUID] = set()
    by_agreement: dict[UUID, list[Claim]] = defaultdict(list)
    for row in rows:
        by_agreement[row.agreement_id].append(row)
    for some in by_agreement.values():
        agreement = some[0].agreement
        behind = pseudonyms.people_behind(
            agreement.contract, {row.case for row in some}
        )
        gone = consents.withdrawn(
            set(behind.values()), Purpose.FUNDING, agreement.funder.organisation_id
        )
        found |= {row.pk for row in some if behind.get(row.case) in gone}
    return found


def _not_found_again(rows: list[Claim]) -> set[UUID]:
    """Return claims that a later run answers with a difference or takes back."""
    waiting = Claim.objects.system(REASON).filter(
        adjusts__in=rows, is_live=True, state=ClaimState.DRAFT
    )
    return set(waiting.values_list("adjusts_id", flat=True))
