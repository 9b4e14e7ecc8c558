"""Taking claims on: release, sending, answers, disputes, corrections, reversals.

Every step is an entry that is never changed. Nobody releases what they prepared, nobody
agrees to a difference that they proposed, and what was claimed is never edited: a
correction is a line of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.funding import queries, rules
from braid.funding.choices import ClaimState, Conflict, LineKind
from braid.funding.commands.running import evidence_of, parts_of
from braid.funding.models import (
    AnswerFile,
    Claim,
    ClaimEntry,
    ClaimEvidence,
    ClaimPart,
    FundingDecision,
)
from braid.funding.pseudonyms import new_link
from braid.funding.rules import Said, Side
from braid.funding.told import WHY_NOT
from braid.kernel.errors import InputFault, Refused
from braid.method.contracts import money

STATISTICAL = (Information.STATISTICAL,)
OF_CLAIM = "a claim that the actor may act on"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a step for many claims: those done, and why the others were not."""

    done: tuple[Claim, ...] = ()
    left: dict[int, tuple[str, ...]] = field(default_factory=dict)


@transaction.atomic
def take_step(
    *,
    actor: Actor,
    claim: Claim,
    to: str,
    said: Said | None = None,
    today: date,
    file: AnswerFile | None = None,
) -> ClaimEntry:
    """Take one claim on. Raises Refused, and InputFault that says what is in the way.

    `file` is the payer's own, which says it: whoever is paid may take that in, and the
    entry says so.
    """
    said = said or Said()
    claim = queries.locked(claim)
    side = _side(actor, claim, to, file)
    now = queries.standing(claim)
    reasons = rules.in_the_way(now, to, actor.id, said, today)
    if reasons:
        raise InputFault(
            " ".join(dict.fromkeys(str(WHY_NOT[one]) for one in reasons)),
            field=FIELDS.get(reasons[0], "text"),
            reason=reasons[0],
        )
    if to == ClaimState.ADJUSTED:
        _adjust(actor, claim, now, today)
    if to == ClaimState.REVERSED:
        _take_away(actor, claim, said, today)
    entry = _enter(actor, claim, to, said, side, today, file=file)
    if to == ClaimState.RELEASED and claim.adjusts is not None:
        _settle(actor, claim, claim.adjusts, today)
    return entry


FIELDS = {
    "no_reason": "reason",
    "no_reference": "payment_reference",
    "no_day": "day",
    "day_to_come": "day",
    "no_difference": "amount",
}


def _side(actor: Actor, claim: Claim, to: str, file: AnswerFile | None = None) -> Side:
    """Return on which side `actor` takes this step. Raises Refused.

    A file speaks for those who pay, and for the agreement that it was taken in for.
    """
    mine = queries.sides(actor, claim)
    wanted = rules.STEPS.get((claim.state, to))
    if wanted is None:  # said as what is in the way
        if not mine:
            raise Refused("no_ground")
        return next(iter(sorted(mine)))
    if file is not None:
        theirs = file.agreement_id == claim.agreement_id
        if theirs and wanted in (Side.PAYS, Side.EITHER) and mine & SPOKEN_FOR:
            return Side.PAYS
        raise Refused("no_ground")
    fitting = _fitting(claim, wanted, mine)
    if not fitting:
        raise Refused("no_ground")
    return fitting[0]


SPOKEN_FOR = frozenset({Side.CLAIMS, Side.PAYS})
"""Who takes a payer's file in."""


def _fitting(claim: Claim, wanted: Side, mine: frozenset[Side]) -> list[Side]:
    """Return the sides of `mine` for which a step is, as entries name them."""
    if wanted is Side.SECOND:
        if claim.state == ClaimState.PAID:
            now = queries.standing(claim)
            return (
                [Side.CLAIMS]
                if Side.SECOND in mine and rules.agrees(now, Side.CLAIMS)
                else []
            )
        return [Side.CLAIMS] if Side.SECOND in mine else []
    if wanted is Side.BOTH:
        now = queries.standing(claim)
        return [
            one
            for one in (Side.CLAIMS, Side.PAYS)
            if one in mine and rules.agrees(now, one)
        ]
    if wanted is Side.EITHER:
        return [one for one in (Side.CLAIMS, Side.PAYS) if one in mine]
    return [wanted] if wanted in mine else []


def may_step(actor: Actor, claim: Claim, to: str) -> bool:
    """Say whether it is for `actor` to take this step, once nothing is in its way."""
    try:
        _side(actor, claim, to)
    except Refused:
        return False
    return (claim.state, to) in rules.STEPS


def _enter(
    actor: Actor,
    claim: Claim,
    state: str,
    said: Said,
    side: Side,
    today: date,
    proposed: Decimal | None = None,
    file: AnswerFile | None = None,
) -> ClaimEntry:
    last = ClaimEntry.objects.system(OF_CLAIM).filter(claim=claim)
    number = last.aggregate(last=Max("number"))["last"] or 0
    entry = ClaimEntry.objects.create(
        claim=claim,
        number=number + 1,
        state=state,
        day=said.day or today,
        reason=said.reason,
        text=said.text.strip(),
        amount=claim.amount
        if state == ClaimState.PAID and said.amount is None
        else said.amount,
        proposed=proposed,
        side=side.value,
        payment_reference=said.payment_reference.strip(),
        answer_file=file,
        written_by_id=actor.id,
    )
    claim.state = state
    claim.is_live = claim.is_live and state not in (ClaimState.REJECTED,)
    claim.save(update_fields=["state", "is_live"])
    audit.record(actor, f"claim_{state}", claim, information=STATISTICAL)
    return entry


def release(
    *, actor: Actor, claims: Collection[Claim], today: date, text: str = ""
) -> Taken:
    """Release claims that somebody else prepared; each alone, the others are told why."""
    return _many(actor, claims, ClaimState.RELEASED, Said(text=text), today)


def submit(*, actor: Actor, claims: Collection[Claim], today: date) -> Taken:
    """Send released claims to their funder; each alone, the others are told why."""
    return _many(actor, claims, ClaimState.SUBMITTED, Said(), today)


def answer(
    *, actor: Actor, claims: Collection[Claim], to: str, said: Said, today: date
) -> Taken:
    """Accept, reject, ask back or pay claims; each alone, the others are told why."""
    return _many(actor, claims, to, said, today)


def _many(
    actor: Actor, claims: Iterable[Claim], to: str, said: Said, today: date
) -> Taken:
    done: list[Claim] = []
    left: dict[int, tuple[str, ...]] = {}
    for claim in claims:
        try:
            take_step(actor=actor, claim=claim, to=to, said=said, today=today)
        except InputFault as fault:
            left[claim.number] = (fault.reason,)
        except Refused:
            left[claim.number] = ("not_yours",)
        else:
            done.append(claim)
    return Taken(tuple(done), left)


@transaction.atomic
def propose_difference(
    *, actor: Actor, claim: Claim, amount: Decimal, text: str, today: date
) -> ClaimEntry:
    """Propose the difference that settles a dispute, or corrects what was paid.

    In a dispute the other side agrees, of an own correction a second person. Raises
    Refused, InputFault.
    """
    claim = queries.locked(claim)
    mine = queries.sides(actor, claim)
    allowed = {
        ClaimState.DISPUTED: (Side.CLAIMS, Side.PAYS),
        ClaimState.PAID: (Side.CLAIMS,),
    }
    fitting = [one for one in allowed.get(ClaimState(claim.state), ()) if one in mine]
    if not fitting:
        raise Refused("no_ground")
    if not text.strip():
        raise InputFault(str(WHY_NOT["no_words"]), field="text", reason="no_words")
    total = queries.balances([claim])[claim.pk] + amount
    if amount == rules.ZERO or total < rules.ZERO:
        raise InputFault(
            _("A difference is not nought, and takes back no more than was claimed."),
            field="amount",
            reason="difference_unfit",
        )
    said = Said(text=text)
    return _enter(actor, claim, claim.state, said, fitting[0], today, proposed=amount)


def _adjust(actor: Actor, claim: Claim, now: rules.Standing, today: date) -> None:
    """Write the difference that two have agreed on as a line of its own."""
    amount = now.proposed or rules.ZERO
    state = (
        ClaimState.ACCEPTED
        if claim.state == ClaimState.DISPUTED
        else ClaimState.SUBMITTED
    )
    _line(actor, claim, LineKind.DIFFERENCE, amount, state, today)


def reverse(*, actor: Actor, claim: Claim, text: str, today: date) -> ClaimEntry:
    """Take a paid or disputed claim back, with its cause. Raises Refused, InputFault."""
    return take_step(
        actor=actor,
        claim=claim,
        to=ClaimState.REVERSED,
        said=Said(text=text),
        today=today,
    )


def _take_away(actor: Actor, claim: Claim, said: Said, today: date) -> None:
    more = [
        one.amount or rules.ZERO
        for one in queries.adjustments(claim)
        if one.state != ClaimState.DRAFT
    ]
    amount = rules.reversal_of(claim.amount or rules.ZERO, more)
    drafts = Claim.objects.system(OF_CLAIM).filter(
        adjusts=claim, is_live=True, state=ClaimState.DRAFT
    )
    for draft in drafts:  # what a run had prepared is done with this line
        draft.is_live = False
        draft.save(update_fields=["is_live"])
    _line(actor, claim, LineKind.REVERSAL, amount, ClaimState.ACCEPTED, today)


def _line(
    actor: Actor, claim: Claim, kind: str, amount: Decimal, state: str, today: date
) -> Claim:
    """Write a line that adjusts a claim, with its parts and its first entry."""
    rows = Claim.objects.system(OF_CLAIM).filter(agreement=claim.agreement)
    number = rows.aggregate(last=Max("number"))["last"] or 0
    net, vat = _net_and_vat(claim, amount)
    document = {
        **claim.document,
        "kind": kind,
        "amount": f"{amount:f}",
        "net": None if net is None else f"{net:f}",
        "vat": None if vat is None else f"{vat:f}",
        "settles": claim.event_key,
        "parts": _shares(claim, amount),
        "reasons": [],
    }
    made = Claim.objects.create(
        agreement=claim.agreement,
        run=claim.run,
        number=number + 1,
        kind=kind,
        case=claim.case,
        contract=claim.contract,
        version=claim.version,
        milestone=claim.milestone,
        ordinal=claim.ordinal,
        event_key=claim.event_key,
        adjusts=claim,
        reached_on=claim.reached_on,
        clause=claim.clause,
        amount=amount,
        net=net,
        vat=vat,
        currency=claim.currency,
        document=document,
        counts=False,
        created_by_id=actor.id,
    )
    ClaimPart.objects.bulk_create(parts_of(made, actor.id))
    _enter(actor, made, ClaimState.SUBMITTED, Said(), Side.CLAIMS, today)
    if state != ClaimState.SUBMITTED:
        _enter(actor, made, state, Said(), Side.CLAIMS, today)
    return made


def _net_and_vat(
    claim: Claim, amount: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    """Return net and VAT of a difference at the rate of the claim that it adjusts."""
    if claim.net is None or claim.vat is None or not claim.amount:
        return None, None
    net = money.rounded(amount * claim.net / claim.amount, claim.currency)
    return net, amount - net


def _shares(claim: Claim, amount: Decimal) -> list[dict[str, str]]:
    """Return the parts of a difference in the shares of the claim, the rest to the last."""
    shares = queries.parts(claim)
    if not shares or not claim.amount:
        return []
    found, left = [], amount
    for one in shares[:-1]:
        part = money.rounded(amount * one.amount / claim.amount, claim.currency)
        found.append({"payer": one.payer, "amount": f"{part:f}"})
        left -= part
    return [*found, {"payer": shares[-1].payer, "amount": f"{left:f}"}]


def _settle(actor: Actor, line: Claim, of: Claim, today: date) -> None:
    """Send a difference that a run found and a second person released: the claim is adjusted.

    The funder is told by the line itself, which stands among what was sent.
    """
    adjusts = queries.locked(of)
    _enter(actor, line, ClaimState.SUBMITTED, Said(), Side.CLAIMS, today)
    if adjusts.state in (ClaimState.PAID, ClaimState.DISPUTED, ClaimState.ADJUSTED):
        _enter(actor, adjusts, ClaimState.ADJUSTED, Said(), Side.CLAIMS, today)


@transaction.atomic
def claim_again(*, actor: Actor, claim: Claim, text: str, today: date) -> Claim:
    """Write a new edition of a claim that was rejected, under the same key.

    Raises Refused, InputFault.
    """
    claim = queries.locked(claim)
    require(actor, Action.CLAIM, claim.subject())
    if claim.state != ClaimState.REJECTED:
        raise InputFault(str(WHY_NOT["step_not_next"]), reason="step_not_next")
    if not text.strip():
        raise InputFault(str(WHY_NOT["no_words"]), field="text", reason="no_words")
    same = Claim.objects.system(OF_CLAIM).filter(
        event_key=claim.event_key, kind=claim.kind, is_live=True
    )
    if same.exists():
        raise InputFault(
            _("A newer claim stands under this key already."), reason="claimed_again"
        )
    made = new_edition(actor, claim)
    _enter(actor, made, ClaimState.DRAFT, Said(text=text), Side.CLAIMS, today)
    return made


def new_edition(actor: Actor, claim: Claim, **other: Any) -> Claim:
    """Write the next claim of a key, with its parts and papers, and no entry yet."""
    kept = {
        one.attname: getattr(claim, one.attname)
        for one in Claim._meta.concrete_fields
        if one.name not in ("id", "created_at", "row_version", "state", "is_live")
    }
    rows = Claim.objects.system(OF_CLAIM).filter(agreement=claim.agreement)
    made = Claim(**{**kept, **other})
    made.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    made.edition = claim.edition + 1
    made.follows = claim
    made.created_by_id = actor.id
    made.save(force_insert=True)
    ClaimPart.objects.bulk_create(parts_of(made, actor.id))
    papers = queries.shown(claim)
    ClaimEvidence.objects.bulk_create(_again(made, papers, actor.id))
    return made


def _again(
    made: Claim, papers: Iterable[ClaimEvidence], by: UUID | None
) -> list[ClaimEvidence]:
    found = evidence_of(made.agreement, [made], by)
    seen = {one.evidence_id for one in found}
    kept = [
        ClaimEvidence(
            claim=made,
            token=new_link(),
            evidence_id=one.evidence_id,
            kind=one.kind,
            label=one.label,
            period_first=one.period_first,
            period_last=one.period_last,
            received_on=one.received_on,
            sha256=one.sha256,
            written_by_id=by,
        )
        for one in papers
        if one.evidence_id not in seen
    ]
    return [*found, *kept]


@dataclass(frozen=True, slots=True)
class Double:
    """What a steward decides: by which rule two meet, and which of them is paid."""

    rule: str
    first: Claim
    second: Claim | None
    pays: Claim | None
    text: str
    against: str = ""


@transaction.atomic
def decide_double(*, actor: Actor, double: Double, today: date) -> FundingDecision:
    """Decide which of two that would pay for one thing is paid.

    Raises Refused, InputFault.
    """
    for one in (double.first, double.second):
        if one is not None:
            require(actor, Action.SETTLE, one.subject())
    if not double.text.strip():
        raise InputFault(str(WHY_NOT["no_words"]), field="text", reason="no_words")
    if double.pays is not None and double.pays not in (double.first, double.second):
        raise InputFault(
            _("Choose one of the two lines, or neither."),
            field="pays",
            reason="not_one_of_them",
        )
    made = FundingDecision.objects.create(
        rule=Conflict(double.rule),
        first=double.first,
        second=double.second,
        against=double.against,
        pays=double.pays,
        text=double.text.strip(),
        day=today,
        written_by_id=actor.id,
    )
    audit.record(actor, "double_funding_decided", made, information=STATISTICAL)
    return made
