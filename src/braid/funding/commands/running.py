"""Running a contract over frozen facts, and writing claims of what it gives.

A run is begun with a row of its own and completed in one transaction: killed in between
it has no line, and whoever runs it again completes the same row. The same inputs find
the same row, so that no line is ever written twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import agreements as consents
from braid.access import audit
from braid.access.policy import Action, Actor, Information, Purpose
from braid.access.queries import require
from braid.facts import commands as facts
from braid.facts import queries as frozen
from braid.funding import engine, pseudonyms, rules
from braid.funding.choices import ClaimState, LineKind, RunState
from braid.funding.models import (
    Agreement,
    Claim,
    ClaimEntry,
    ClaimEvidence,
    ClaimPart,
    FundingDecision,
    Run,
    RunLine,
)
from braid.kernel.errors import InputFault
from braid.method.contracts.documents import (
    line_document,
    line_from_document,
    totals_document,
)
from braid.packs import contracts
from braid.work import queries as work

if TYPE_CHECKING:
    from braid.facts.models import Snapshot
    from braid.method.contracts.values import Line

REASON = "a run of a contract that the actor may claim by"
STATISTICAL = (Information.STATISTICAL,)
MAY_WAIT = frozenset(
    {
        *("band_undefined", "evidence_missing", "duplicate_funding", "held"),
        *("amount_unbound", "over_cap"),
    }
)
"""Reasons with which a line is a claim that waits, and not a line alone."""
ADJUSTING = (LineKind.DIFFERENCE, LineKind.REVERSAL)


def run(
    *,
    actor: Actor,
    agreement: Agreement,
    today: date,
    snapshot: Snapshot | None = None,
) -> Run:
    """Run the contract of an agreement, on a snapshot or on facts that are frozen now.

    Raises Refused, InputFault, FactsFaults, PackFaults.
    """
    require(actor, Action.CLAIM, agreement.subject())
    if snapshot is None:
        built = facts.build(actor=actor, unit=agreement.unit, today=today)
        snapshot = frozen.snapshot(actor, built.manifest.snapshot)
    if snapshot is None or str(agreement.unit_id) not in snapshot.units:
        raise InputFault(
            _("These facts do not hold the unit of the agreement. Choose others."),
            field="snapshot",
            reason="snapshot_without_unit",
        )
    made = _begun(actor, agreement, snapshot)
    return complete(actor=actor, made=made)


@transaction.atomic
def _begun(actor: Actor, agreement: Agreement, snapshot: Snapshot) -> Run:
    """Return the run of these inputs: a new one, or the one that was begun with them."""
    Agreement.objects.system(REASON).select_for_update().get(pk=agreement.pk)
    settled = engine.terms(agreement)
    standing = _standing(agreement)
    inputs = {
        "snapshot_hash": snapshot.hash,
        "versions": engine.written_versions(settled),
        "bindings_digest": engine.written_bindings(settled),
        "standing": standing,
    }
    digest = engine.digest({**inputs, "as_of": snapshot.as_of.isoformat()})
    kept = Run.objects.system(REASON).filter(agreement=agreement)
    found: Run | None = kept.filter(inputs_digest=digest).first()
    if found is not None:
        return found
    last = kept.filter(state=RunState.COMPLETE).order_by("created_at").last()
    made = Run.objects.create(
        agreement=agreement,
        snapshot=snapshot,
        as_of=snapshot.as_of,
        previous=last,
        inputs_digest=digest,
        created_by_id=actor.id,
        **inputs,
    )
    audit.record(actor, "run_begun", made, information=STATISTICAL)
    return made


def _standing(agreement: Agreement) -> dict[str, list[str]]:
    """Return the claims that a run looks at: its own that were sent, those of others.

    `settled` are the claims that a steward let be paid where two would be.
    """
    live = Claim.objects.system(REASON).filter(is_live=True).order_by("number")
    own = live.filter(agreement=agreement).exclude(
        state__in=(ClaimState.DRAFT, *rules.ENDED)
    )
    others = live.filter(
        agreement__unit__organisation_id=agreement.unit.organisation_id,
        adjusts__isnull=True,
    ).exclude(contract=agreement.contract)
    settled = FundingDecision.objects.system(REASON).filter(
        pays__agreement=agreement, pays__is_live=True
    )
    return {
        "own": _keys(own.values_list("pk", flat=True)),
        "others": _keys(others.values_list("pk", flat=True)),
        "settled": _keys(settled.values_list("pays_id", flat=True)),
    }


def _keys(keys: Iterable[UUID]) -> list[str]:
    return list(dict.fromkeys(str(key) for key in keys))


@transaction.atomic
def complete(*, actor: Actor, made: Run) -> Run:
    """Compute the lines of a run that was begun, and write its claims. Raises Refused.

    A run that is complete stays as it is.
    """
    require(actor, Action.CLAIM, made.agreement.subject())
    kept = Run.objects.system(REASON).select_for_update(of=("self",))
    made = kept.select_related("agreement__unit__organisation", "snapshot").get(
        pk=made.pk
    )
    if made.state == RunState.COMPLETE:
        return made
    documents, totals = documents_of(made)
    rows = [
        _line(actor, made, number, document)
        for number, document in enumerate(documents, 1)
    ]
    RunLine.objects.bulk_create(rows, batch_size=1000)
    _claims(actor, made, rows)
    kept.filter(pk=made.pk).update(
        state=RunState.COMPLETE,
        digest=engine.lines_digest(documents, totals),
        totals=totals,
        completed_at=timezone.now(),
    )
    audit.record(actor, "run_completed", made, information=STATISTICAL, count=len(rows))
    made.refresh_from_db()
    return made


def documents_of(made: Run) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the lines of a run under pseudonyms, in order, and its totals.

    Computed from the frozen facts, whether the run is complete or not: the same inputs
    give the same documents.
    """
    agreement = made.agreement
    settled = engine.terms(agreement)
    if made.snapshot is None:
        raise InputFault(
            _("The frozen facts of this run are gone. Run the contract again."),
            reason="no_snapshot",
        )
    beside = beside_of(made)
    with frozen.opened(made.snapshot) as known:
        found = engine.evaluated(known, agreement, settled, made.as_of, beside)
    told = [line for line in found.lines if not _is_accounted_for(line, beside)]
    people = {line.episode: line.person for line in told if line.episode}
    names = pseudonyms.names_of(agreement.contract, people)
    documents = [names.hide(line_document(line)) for line in told]
    return documents, totals_document(found.totals)


def _is_accounted_for(line: Line, beside: engine.Beside) -> bool:
    """Say whether a line would take back a claim whose gap somebody declared."""
    declared = {one.event_key for one in beside.own if rules.GAP in one.flags}
    return line.kind == LineKind.REVERSAL and line.settles in declared


def beside_of(made: Run) -> engine.Beside:
    """Return what a run looks at besides its facts, as it stood when it was begun."""
    others = _lines_of(made.standing.get("others", ()))
    return engine.Beside(
        own=tuple(_lines_of(made.standing.get("own", ()))),
        others=tuple(others),
        contracts=tuple(
            contracts.get(contract, version)
            for contract, version in sorted(
                {(line.contract, line.version) for line in others}
            )
        ),
        settled=frozenset(
            line.event_key for line in _lines_of(made.standing.get("settled", ()))
        ),
    )


def _lines_of(keys: Iterable[str]) -> list[Line]:
    """Return the lines of claims, with ids in the place of pseudonyms."""
    rows = Claim.objects.system(REASON).filter(pk__in=list(keys))
    rows = rows.order_by("contract", "number")
    names: dict[str, pseudonyms.Names] = {}
    found = []
    for claim in rows:
        if claim.contract not in names:
            names[claim.contract] = pseudonyms.known(claim.contract)
        found.append(line_from_document(names[claim.contract].show(claim.document)))
    return found


def _line(actor: Actor, made: Run, number: int, document: dict[str, Any]) -> RunLine:
    return RunLine(
        run=made,
        number=number,
        kind=document["kind"],
        case=document["episode"],
        milestone=document["milestone"],
        event_key=document["event_key"],
        reached_on=_day(document["reached_on"]),
        is_claimable=_is_claimable(made.agreement, document),
        document=document,
        written_by_id=actor.id,
    )


def _is_claimable(agreement: Agreement, document: dict[str, Any]) -> bool:
    """Say whether a line is a claim: reached, paid for, and lacking nothing for good."""
    reached_on = _day(document["reached_on"])
    if not document["pays"] or reached_on is None:
        return False
    if set(document["reasons"]) - MAY_WAIT:
        return False
    if "over_cap" in document["reasons"] and not _amount(document["amount"]):
        return False
    last_day = agreement.last_day or date.max
    return agreement.first_day <= reached_on <= last_day


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is there already of the keys of a run."""

    live: dict[tuple[str, str], Claim]
    ended: set[tuple[str, str]]
    editions: dict[str, int]


def _claims(actor: Actor, made: Run, rows: list[RunLine]) -> None:
    """Write claims of lines that have none, and let newer drafts take the older's place."""
    wanted = {(row.event_key, row.kind): row for row in rows if row.is_claimable}
    known = _known(made.agreement, {key for key, _kind in wanted})
    withdrawn = _withdrawn(made.agreement, {row.case for row in wanted.values()})
    _drop_drafts(actor, made, wanted)
    new: list[Claim] = []
    number = _last_number(made.agreement)
    for key, row in wanted.items():
        if row.case in withdrawn or key in known.ended:
            continue
        there = known.live.get(key)
        if there is not None and row.kind not in ADJUSTING:
            if there.state != ClaimState.DRAFT or _is_as_it_was(there, row):
                continue
            _supersede(actor, there, made.as_of)
        claim = _claim(actor, made, row, known)
        if claim is None:
            continue
        number += 1
        claim.number = number
        claim.follows = there if row.kind not in ADJUSTING else None
        new.append(claim)
    _write(actor, made, new)


def _is_as_it_was(there: Claim, row: RunLine) -> bool:
    """Say whether a draft needs no newer one: the same line, or a gap declared for it."""
    if rules.GAP in there.document["flags"]:
        return row.document["reasons"] == ["evidence_missing"]
    return bool(there.document == row.document)


def _known(agreement: Agreement, keys: set[str]) -> _Known:
    rows = Claim.objects.system(REASON).filter(event_key__in=keys)
    live: dict[tuple[str, str], Claim] = {}
    ended: set[tuple[str, str]] = set()
    editions: dict[str, int] = {}
    for row in rows.order_by("edition", "number"):
        key = (row.event_key, row.kind)
        editions[row.event_key] = max(editions.get(row.event_key, 0), row.edition)
        if row.is_live and row.adjusts_id is None:
            live[key] = row
        elif row.state in rules.ENDED and row.agreement_id == agreement.pk:
            ended.add(key)
    return _Known(live, ended - set(live), editions)


def _withdrawn(agreement: Agreement, cases: set[str]) -> set[str]:
    """Return the cases of those who took back that their funder is told anything."""
    behind = pseudonyms.people_behind(agreement.contract, cases)
    gone = consents.withdrawn(
        set(behind.values()), Purpose.FUNDING, agreement.funder.organisation_id
    )
    return {case for case, person in behind.items() if person in gone}


def _drop_drafts(
    actor: Actor, made: Run, wanted: dict[tuple[str, str], RunLine]
) -> None:
    """Take drafts back that the facts no longer give."""
    drafts = Claim.objects.system(REASON).filter(
        agreement=made.agreement, is_live=True, state=ClaimState.DRAFT
    )
    for row in drafts:
        same = wanted.get((row.event_key, row.kind))
        if same is None or (row.adjusts_id and same.document != row.document):
            _supersede(actor, row, made.as_of)


def _supersede(actor: Actor, claim: Claim, day: date) -> None:
    last = claim.entries.system(REASON).aggregate(last=Max("number"))["last"] or 0
    ClaimEntry.objects.create(
        claim=claim,
        number=last + 1,
        state=claim.state,
        day=day,
        reason="superseded",
        side="claims",
        written_by_id=actor.id,
    )
    claim.is_live = False
    claim.save(update_fields=["is_live"])


def _last_number(agreement: Agreement) -> int:
    rows = Claim.objects.system(REASON).filter(agreement=agreement)
    return rows.aggregate(last=Max("number"))["last"] or 0


def _claim(actor: Actor, made: Run, row: RunLine, known: _Known) -> Claim | None:
    document, adjusts = row.document, None
    if row.kind in ADJUSTING:
        adjusts = _settled(made.agreement, document["settles"])
        if adjusts is None or _is_drafted(adjusts, row):
            return None
    if row.reached_on is None:
        return None
    return Claim(
        agreement=made.agreement,
        run=made,
        kind=row.kind,
        case=row.case,
        contract=document["contract"],
        version=document["version"],
        milestone=row.milestone,
        ordinal=document["ordinal"],
        event_key=row.event_key,
        edition=known.editions.get(row.event_key, 0) + 1,
        adjusts=adjusts,
        reached_on=row.reached_on,
        clause=document["clause"] or row.milestone,
        amount=_amount(document["amount"]),
        net=_amount(document["net"]),
        vat=_amount(document["vat"]),
        currency=document["currency"],
        counts=document["counts"],
        document=document,
        created_by_id=made.created_by_id or actor.id,
    )


def _settled(agreement: Agreement, key: str) -> Claim | None:
    """Return the claim that a difference or a reversal speaks of."""
    rows = Claim.objects.system(REASON).filter(
        agreement=agreement, event_key=key, is_live=True, adjusts__isnull=True
    )
    found: Claim | None = rows.exclude(state=ClaimState.DRAFT).first()
    return found


def _is_drafted(adjusts: Claim, row: RunLine) -> bool:
    same = Claim.objects.system(REASON).filter(
        adjusts=adjusts, kind=row.kind, is_live=True, state=ClaimState.DRAFT
    )
    return same.exists()


def _write(actor: Actor, made: Run, new: list[Claim]) -> None:
    Claim.objects.bulk_create(new, batch_size=500)
    ClaimEntry.objects.bulk_create(
        ClaimEntry(
            claim=claim,
            number=1,
            state=ClaimState.DRAFT,
            day=made.as_of,
            reason=next(iter(claim.document["reasons"]), ""),
            side="claims",
            written_by_id=actor.id,
        )
        for claim in new
    )
    ClaimPart.objects.bulk_create(
        part for claim in new for part in parts_of(claim, actor.id)
    )
    ClaimEvidence.objects.bulk_create(evidence_of(made.agreement, new, actor.id))


def parts_of(claim: Claim, by: UUID | None) -> list[ClaimPart]:
    """Return who pays what of a claim: one payer where the contract splits nothing."""
    if claim.amount is None:
        return []
    split = claim.document.get("parts") or [
        {
            "payer": claim.document.get("payer") or "funder",
            "amount": str(claim.amount),
        }
    ]
    return [
        ClaimPart(
            claim=claim,
            payer=one["payer"],
            amount=Decimal(one["amount"]),
            written_by_id=by,
        )
        for one in split
    ]


def evidence_of(
    agreement: Agreement, claims: list[Claim], by: UUID | None
) -> list[ClaimEvidence]:
    """Return the papers that claims are made with, each under an address of its own."""
    behind = pseudonyms.episodes_behind(
        agreement.contract, {claim.case for claim in claims}
    )
    papers: dict[UUID, list[work.Shown]] = {}
    for paper in work.shown(set(behind.values())):
        papers.setdefault(paper.episode_id, []).append(paper)
    return [
        ClaimEvidence(
            claim=claim,
            token=pseudonyms.new_link(),
            evidence_id=paper.key,
            kind=paper.kind,
            label=paper.label,
            period_first=paper.period_first,
            period_last=paper.period_last,
            received_on=paper.received_on,
            sha256=paper.sha256,
            written_by_id=by,
        )
        for claim in claims
        for paper in papers.get(behind.get(claim.case, UUID(int=0)), ())
        if _speaks_of(claim, paper)
    ]


def _speaks_of(claim: Claim, paper: work.Shown) -> bool:
    """Say whether a paper is of a kind that the claim was found to have, and in time."""
    present = set(claim.document["evidence"]["present"])
    code = f"other:{paper.label}" if paper.kind == "other" else paper.kind
    deadline = _day(claim.document["evidence"]["deadline"])
    return code in present and (deadline is None or paper.received_on <= deadline)
