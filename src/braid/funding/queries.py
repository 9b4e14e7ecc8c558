"""Reading agreements, runs and claims, as far as somebody may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.http import Http404

from braid.access import policy
from braid.access.policy import Action, Actor
from braid.funding import checks, rules
from braid.funding.choices import ClaimState, RunState
from braid.funding.ledger.barring import barred_claims
from braid.funding.models import (
    Agreement,
    Case,
    Claim,
    ClaimEntry,
    ClaimEvidence,
    ClaimPart,
    FunderEvent,
    FundingDecision,
    Run,
    RunLine,
)
from braid.funding.rules import Side, Standing
from braid.kernel.errors import PackFault
from braid.packs import contracts

REASON = "what belongs to a claim that the actor may see"


# ---- Agreements and runs ----------------------------------------------------------------


def agreements(actor: Actor) -> QuerySet[Agreement]:
    """Return the agreements of the actor's unit, desk or office, by unit and contract."""
    rows: QuerySet[Agreement] = (
        Agreement.objects.visible_to(actor)
        .select_related("unit__organisation", "funder__organisation")
        .order_by("unit__name", "contract", "first_day")
    )
    return rows


def agreement(actor: Actor, key: UUID) -> Agreement:
    """Return one of them, else answer 404."""
    found = agreements(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def source_of(one: Agreement) -> str:
    """Return where the rules of an agreement are written; empty without its file."""
    try:
        return contracts.get(one.contract).source
    except PackFault:
        return ""


def contract_label(name: str, source: str) -> str:
    """Return a contract as a choice: what people call it, and where it is written."""
    title = contracts.title_of(name)
    return f"{title} ({source})" if source else title


def contract_choices() -> list[tuple[str, str]]:
    """Return every contract file by id with its label, in the order of labels."""
    found = [
        (name, contract_label(name, each.source))
        for name, each in contracts.load().items()
    ]
    return sorted(found, key=lambda one: one[1].casefold())


def agreements_of_unit(actor: Actor, unit_id: UUID) -> list[Agreement]:
    """Return the agreements of a unit in whose care the actor is; no amounts in them.

    For those who note what a funder did: contract, funder and days, nothing else.
    """
    if unit_id not in actor.teams:
        return []
    rows = Agreement.objects.system("which funders a unit of the actor's has").filter(
        unit_id=unit_id
    )
    return list(rows.select_related("funder").order_by("contract", "first_day"))


def has_funders(actor: Actor) -> bool:
    """Say whether a funder pays for a unit in whose care the actor is."""
    rows = Agreement.objects.system("whether a unit of the actor's has any funder")
    return bool(actor.teams) and rows.filter(unit_id__in=actor.teams).exists()


def runs(actor: Actor, of: Agreement | None = None) -> QuerySet[Run]:
    """Return the runs of agreements that `actor` may see, the latest first."""
    rows = Run.objects.visible_to(actor).select_related(
        "agreement__unit__organisation", "agreement__funder", "snapshot", "created_by"
    )
    if of is not None:
        rows = rows.filter(agreement=of)
    found: QuerySet[Run] = rows
    return found


def run(actor: Actor, key: UUID) -> Run:
    """Return one of them, else answer 404."""
    found = runs(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def lines(actor: Actor, of: Run) -> QuerySet[RunLine]:
    """Return the lines of a run in their order."""
    rows: QuerySet[RunLine] = RunLine.objects.visible_to(actor).filter(run=of)
    return rows.order_by("number")


def line(actor: Actor, of: Run, number: int) -> RunLine:
    """Return one line of a run, else answer 404."""
    found = lines(actor, of).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def latest_run(actor: Actor, of: Agreement) -> Run | None:
    """Return the last run of an agreement that is complete."""
    return runs(actor, of).filter(state=RunState.COMPLETE).first()


# ---- Claims -----------------------------------------------------------------------------


def claims(actor: Actor, of: Agreement | None = None) -> QuerySet[Claim]:
    """Return the claims that `actor` may see, by day and number.

    A funder sees what was sent to them, and nothing that is prepared.
    """
    rows = Claim.objects.visible_to(actor).select_related(
        "agreement__unit__organisation", "agreement__funder__organisation"
    )
    if not may_prepare(actor):
        rows = rows.filter(entries__state=ClaimState.SUBMITTED).distinct()
    if of is not None:
        rows = rows.filter(agreement=of)
    found: QuerySet[Claim] = rows.order_by("reached_on", "number")
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """So many live claims in one state and currency, and what those with an amount sum to."""

    state: str
    currency: str
    count: int
    unbound: int
    amount: Decimal


def count_by_state(rows: QuerySet[Claim]) -> dict[str, int]:
    """Return how many of some claims there are in each state: the database counts."""
    counted = (
        rows.order_by().values("state").annotate(number=Count("pk", distinct=True))
    )
    return dict(counted.values_list("state", "number"))


def by_state(actor: Actor) -> dict[UUID, list[Tally]]:
    """Return how far the live claims of each agreement are: one query, however many.

    In the order of the states; the database counts and adds up.
    """
    seen = Claim.objects.system("counting what the actor may see").filter(
        pk__in=claims(actor).order_by().values("pk"), is_live=True
    )
    rows = (
        seen.order_by()
        .values("agreement_id", "state", "currency")
        .annotate(count=Count("pk"), bound=Count("amount"), amount=Sum("amount"))
    )
    found: dict[UUID, list[Tally]] = defaultdict(list)
    order = list(ClaimState.values)
    for row in sorted(
        rows, key=lambda row: (order.index(row["state"]), row["currency"])
    ):
        found[row["agreement_id"]].append(
            Tally(
                row["state"],
                row["currency"],
                row["count"],
                row["count"] - row["bound"],
                row["amount"] or Decimal(0),
            )
        )
    return found


def may_prepare(actor: Actor) -> bool:
    """Say whether the actor's side sees claims before they are sent."""
    return any(policy.may(actor, one) for one in (Action.CLAIM, Action.RELEASE))


def claim(actor: Actor, key: UUID) -> Claim:
    """Return one of them, else answer 404."""
    found = claims(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def locked(one: Claim) -> Claim:
    """Return a claim anew, held until the transaction ends."""
    kept = Claim.objects.system(REASON).select_for_update(of=("self",))
    found: Claim = kept.select_related(
        "agreement__unit__organisation", "agreement__funder__organisation", "run"
    ).get(pk=one.pk)
    return found


def history(one: Claim) -> list[ClaimEntry]:
    """Return the entries of a claim that was opened, the first first."""
    rows = ClaimEntry.objects.system(REASON).filter(claim=one)
    told = rows.select_related("written_by", "answer_file").order_by("number")
    return list(told)


def parts(one: Claim) -> list[ClaimPart]:
    """Return who pays what of a claim that was opened."""
    return list(ClaimPart.objects.system(REASON).filter(claim=one))


def shown(one: Claim) -> list[ClaimEvidence]:
    """Return the papers that a claim that was opened was made with."""
    return list(ClaimEvidence.objects.system(REASON).filter(claim=one))


def adjustments(one: Claim) -> list[Claim]:
    """Return the differences and reversals of a claim that was opened."""
    rows = Claim.objects.system(REASON).filter(adjusts=one, is_live=True)
    return list(rows.order_by("number"))


def evidence(actor: Actor, token: str) -> ClaimEvidence:
    """Return a piece of evidence by its address, else answer 404.

    A funder reaches it once its claim was sent.
    """
    rows = ClaimEvidence.objects.visible_to(actor).filter(token=token)
    found = rows.select_related(
        "claim__agreement__unit__organisation",
        "claim__agreement__funder__organisation",
    ).first()
    if found is None or not claims(actor).filter(pk=found.claim_id).exists():
        raise Http404
    return found


def sides(actor: Actor, one: Claim) -> frozenset[Side]:
    """Return on which sides of a claim `actor` may act."""
    subject = one.subject()
    found = {
        side
        for side, action in (
            (Side.CLAIMS, Action.CLAIM),
            (Side.SECOND, Action.RELEASE),
            (Side.PAYS, Action.PAY),
            (Side.SETTLES, Action.SETTLE),
        )
        if policy.decide(actor, action, subject).allowed
    }
    return frozenset(found)


def undecided(rows: Collection[Claim]) -> set[UUID]:
    """Return the claims that meet another and that no steward has let be paid."""
    met = {row.pk for row in rows if "duplicate_funding" in row.reasons}
    decided = FundingDecision.objects.system(REASON).filter(pays__in=met)
    left = met - set(decided.values_list("pays_id", flat=True))
    return left | set(barred_claims(rows))


def standings(rows: Iterable[Claim]) -> dict[UUID, Standing]:
    """Return how far claims are; a constant number of questions, however many there are."""
    found = list(rows)
    changed, open_ones = checks.changed(found), undecided(found)
    last: dict[UUID, ClaimEntry] = {}
    prepared: dict[UUID, set[UUID]] = defaultdict(set)
    kept = ClaimEntry.objects.system(REASON).filter(claim__in=found)
    for entry in kept.order_by("number"):
        last[entry.claim_id] = entry
        if entry.state == ClaimState.DRAFT and entry.written_by_id:
            prepared[entry.claim_id].add(entry.written_by_id)
    runs_by = dict(
        Run.objects.system(REASON)
        .filter(pk__in={row.run_id for row in found if row.run_id})
        .values_list("pk", "created_by_id")
    )
    return {
        row.pk: _standing(
            row,
            last.get(row.pk),
            prepared[row.pk] | {row.created_by_id, runs_by.get(row.run_id)} - {None},
            changed[row.pk],
            row.pk in open_ones,
        )
        for row in found
    }


def standing(one: Claim) -> Standing:
    """Return how far a claim is, and what is known of it."""
    return standings([one])[one.pk]


def _standing(
    row: Claim,
    last: ClaimEntry | None,
    prepared: set[Any],
    changed: tuple[str, ...],
    undecided: bool,
) -> Standing:
    reasons = tuple(
        one for one in row.reasons if one != "duplicate_funding" or undecided
    )
    return Standing(
        state=row.state,
        amount=row.amount,
        reasons=reasons,
        prepared_by=frozenset(prepared - {None}),
        changed=changed,
        undecided=undecided,
        is_frozen=row.run_id is not None or row.adjusts_id is not None,
        proposed=last.proposed if last else None,
        proposed_by=last.written_by_id if last else None,
        proposed_side=Side(last.side) if last and last.side else None,
    )


def balances(rows: Collection[Claim]) -> dict[UUID, Decimal]:
    """Return what each claim comes to with its differences and reversals."""
    found = {row.pk: row.amount or Decimal(0) for row in rows}
    more = Claim.objects.system(REASON).filter(adjusts__in=rows, is_live=True)
    for key, amount in more.exclude(state=ClaimState.DRAFT).values_list(
        "adjusts_id", "amount"
    ):
        found[key] += amount or Decimal(0)
    return found


def decision_clock(
    one: Claim, entries: Iterable[ClaimEntry], today: date
) -> rules.DecisionClock | None:
    """Return how long the funder of a claim has had, by its contract."""
    days = contracts.get(one.contract, one.version).decision_days
    entered = [rules.Entered(entry.state, entry.day) for entry in entries]
    return rules.decision_clock(entered, days, today)


def claim_by(one: Claim) -> date | None:
    """Return the last day on which a claim may be sent."""
    days = contracts.get(one.contract, one.version).claim_deadline_days
    return rules.claim_by(one.reached_on, days)


def decisions(actor: Actor) -> QuerySet[FundingDecision]:
    """Return what stewards decided about double funding."""
    rows: QuerySet[FundingDecision] = FundingDecision.objects.visible_to(actor)
    return rows.select_related("first", "second", "pays", "written_by")


# ---- About one episode: its unit alone --------------------------------------------------


def funder_events(actor: Actor, episode_id: UUID) -> list[FunderEvent]:
    """Return what funders did about an episode in the actor's care; no amounts."""
    rows = FunderEvent.objects.visible_to(actor, Action.READ).filter(
        episode_id=episode_id
    )
    return list(rows.select_related("agreement__funder").order_by("day", "created_at"))


def funder_event(actor: Actor, key: UUID) -> FunderEvent:
    """Return one that the actor may change, else answer 404."""
    rows = FunderEvent.objects.visible_to(actor, Action.RECORD).filter(pk=key)
    found: FunderEvent | None = rows.select_related(
        "episode__unit__organisation", "episode__applicant", "agreement"
    ).first()
    if found is None:
        raise Http404
    return found


def case_behind(actor: Actor, one: Claim) -> Case | None:
    """Return the case of a claim, for those in whose care it is; None for all others."""
    rows = Case.objects.visible_to(actor, Action.RECORD).filter(
        contract=one.contract, token=one.case
    )
    found: Case | None = rows.select_related("episode").first()
    return found
