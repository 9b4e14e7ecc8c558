"""Who pays what for whom, read across agreements: the record as `rules` need it.

Whether two would pay for one thing cannot depend on who looks: it is read for the
system, and what is shown of it is what the reader may see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from braid.funding.choices import ClaimState, FunderEventKind, LineKind
from braid.funding.ledger.covering import PayerDays
from braid.funding.ledger.natures import is_activity, is_for_new_work, natures
from braid.funding.ledger.rules import (
    COUNSELLING,
    Entry,
    Span,
    Terms,
)
from braid.funding.models import (
    Agreement,
    Case,
    Claim,
    FunderEvent,
    PaidElsewhere,
)
from braid.kernel.dates import add_months
from braid.kernel.errors import PackFault
from braid.method.contracts.shape import Condition, Contract, Word
from braid.packs import contracts

if TYPE_CHECKING:
    from braid.people.models import Episode

REASON = "whether two would pay for one thing, across agreements"
DAY = timedelta(days=1)
BASIS = {
    "referred": "referred_on",
    "accepted": "accepted_on",
    "entered": "entered_on",
    "profile": "profile_started_on",
}
Events = Mapping[tuple[UUID, UUID], list[FunderEvent]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is paid for some people: lines by claim, spans by episode, files' terms."""

    entries: tuple[Entry, ...] = ()
    spans: tuple[Span, ...] = ()
    terms: Mapping[str, Terms] = field(default_factory=dict)


def of_people(people: Collection[UUID]) -> Ledger:
    """Return the ledger of applicants, over all agreements of this installation.

    A person is the id of the applicant and a case that of the episode, as text.
    """
    cases = list(
        Case.objects.system(REASON)
        .filter(episode__applicant_id__in=people)
        .select_related("episode")
    )
    claims = _claims({case.token for case in cases})
    units = {case.episode.unit_id for case in cases}
    agreements = {each.pk: each for each in _agreements(units)}
    files = _files(each.contract for each in agreements.values())
    by_token = {case.token: case for case in cases}
    elsewhere = _elsewhere(agreements)
    return Ledger(
        entries=tuple(
            entry
            for claim in claims
            if (entry := _entry(claim, by_token[claim.case], files, elsewhere))
        ),
        spans=spans_of([case.episode for case in cases], agreements.values()),
        terms=_terms(files),
    )


def terms_by_contract(names: Iterable[str]) -> dict[str, Terms]:
    """Return what the files of contracts say about themselves beside others."""
    return _terms(_files(names))


def _terms(files: Mapping[str, tuple[Contract, ...]]) -> dict[str, Terms]:
    return {name: terms_of(found[-1]) for name, found in files.items()}


def _claims(tokens: Collection[str]) -> list[Claim]:
    rows = Claim.objects.system(REASON).filter(
        case__in=tokens, is_live=True, kind=LineKind.MILESTONE, adjusts__isnull=True
    )
    dead = (ClaimState.REJECTED, ClaimState.REVERSED)
    return list(
        rows.exclude(state__in=dead).select_related("agreement__funder__organisation")
    )


def _agreements(units: Collection[UUID]) -> Iterable[Agreement]:
    rows = Agreement.objects.system(REASON).filter(unit_id__in=units)
    found: Iterable[Agreement] = rows.select_related("funder__organisation")
    return found


def _files(names: Iterable[str]) -> dict[str, tuple[Contract, ...]]:
    """Return the versions of contracts; one whose file is gone is left out."""
    found = {}
    for name in sorted(set(names)):
        try:
            found[name] = contracts.versions(name)
        except PackFault:
            continue
    return found


def terms_of(contract: Contract) -> Terms:
    """Return what a contract file says about itself beside others."""
    return Terms(
        contract=contract.contract,
        kind=contract.kind,
        exclusive_with=frozenset(contract.exclusive_with),
        complementary_with=frozenset(contract.complementary_with),
    )


def _elsewhere(agreements: Mapping[UUID, Agreement]) -> list[PaidElsewhere]:
    rows = PaidElsewhere.objects.system(REASON)
    return list(rows.filter(agreement_id__in=agreements))


def _entry(
    claim: Claim,
    case: Case,
    files: Mapping[str, tuple[Contract, ...]],
    elsewhere: Iterable[PaidElsewhere],
) -> Entry | None:
    """Return the line of a claim; None where its contract no longer knows the milestone."""
    versions = {each.version: each for each in files.get(claim.contract, ())}
    if claim.version not in versions:
        return None
    try:
        milestone = versions[claim.version].milestone(claim.milestone)
    except KeyError:
        return None
    activity = is_activity(milestone)
    kinds = natures(milestone)
    return Entry(
        key=str(claim.pk),
        what="activity" if activity else "outcome",
        natures=kinds,
        event=str(claim.document.get("event_row") or ""),
        person=str(case.episode.applicant_id),
        case=str(case.episode_id),
        day=claim.reached_on,
        payer=claim.agreement.funder.organisation.name,
        contract=claim.contract,
        amount=claim.amount,
        currency=claim.currency,
        is_for_new_work=is_for_new_work(milestone),
        paid_elsewhere=_who_else(claim, kinds, activity, elsewhere),
    )


def _who_else(
    claim: Claim,
    kinds: frozenset[str],
    activity: bool,
    elsewhere: Iterable[PaidElsewhere],
) -> str:
    for row in elsewhere:
        if row.agreement_id != claim.agreement_id or row.first_day > claim.reached_on:
            continue
        if row.last_day is not None and row.last_day < claim.reached_on:
            continue
        counsels = f"plan:{COUNSELLING}" in kinds
        if counsels if row.activity == COUNSELLING else activity:
            return row.payer
    return ""


# From when to when.


def spans_of(
    episodes: Iterable[Episode], agreements: Iterable[Agreement]
) -> tuple[Span, ...]:
    """Return from when to when each agreement pays for each episode of its unit.

    It begins with the entry of the contract, and ends with the agreement, the permitted
    length, the report that ends it, or the end of the episode, whatever is first.
    """
    given, agreed = list(episodes), list(agreements)
    events = _events(given)
    found = []
    for episode in given:
        for agreement in agreed:
            if agreement.unit_id != episode.unit_id:
                continue
            letters = events.get((episode.pk, agreement.pk), [])
            found += _spans(episode, agreement, letters)
    return tuple(found)


def _events(episodes: Collection[Episode]) -> Events:
    rows = FunderEvent.objects.system(REASON).filter(
        Q(episode__in=[each.pk for each in episodes])
    )
    found: dict[tuple[UUID, UUID], list[FunderEvent]] = {}
    for row in rows.order_by("day", "created_at"):
        found.setdefault((row.episode_id, row.agreement_id), []).append(row)
    return found


def _spans(
    episode: Episode, agreement: Agreement, letters: list[FunderEvent]
) -> list[Span]:
    try:
        contract = contracts.in_force(agreement.contract, agreement.first_day)
    except PackFault:
        return []
    entry = _day_of(contract.entry, episode, letters)
    if entry is None:
        return []
    first = max(entry, agreement.first_day)
    last = _last_day(contract, entry, episode, agreement, letters)
    if last is not None and last < first:
        return []
    whole = Span(
        contract=agreement.contract,
        payer=agreement.funder.organisation.name,
        person=str(episode.applicant_id),
        case=str(episode.pk),
        first_day=first,
        last_day=last,
    )
    shares = payer_days(contract, episode, letters)
    if not shares:
        return [whole]
    parts = (_part(whole, each) for each in shares if each.is_begun)
    return [part for part in parts if part is not None]


def _part(whole: Span, share: PayerDays) -> Span | None:
    """Return the days of a span that are a payer's; None where there are none."""
    first = max(whole.first_day, share.since or date.min)
    until = share.until and share.until - DAY
    last = min(filter(None, (whole.last_day, until)), default=None)
    if last is not None and last < first:
        return None
    return replace(whole, payer=share.payer, first_day=first, last_day=last)


def _last_day(
    contract: Contract,
    entry: date,
    episode: Episode,
    agreement: Agreement,
    letters: list[FunderEvent],
) -> date | None:
    ends: list[date] = []
    months = next((each.months for each in reversed(letters) if each.months), None)
    months = months or max(contract.trajectory_months, default=None)
    if months:
        ends.append(add_months(entry, months) - DAY)
    if agreement.last_day:
        ends.append(agreement.last_day)
    if episode.exited_on:
        ends.append(episode.exited_on - DAY)
    ends += [each.day for each in letters if each.kind == FunderEventKind.END_REPORT]
    return min(ends, default=None)


def _day_of(
    condition: Condition, episode: Any, letters: Iterable[FunderEvent]
) -> date | None:
    """Return the day of a condition that the record shows without a run."""
    if not isinstance(condition, Word):
        return None
    if condition.word == "funder_event":
        days = [each.day for each in letters if each.kind == condition.kind]
        return min(days, default=None)
    if condition.word == "accepted":
        accepted: date | None = episode.accepted_on
        return accepted
    if condition.word == "on_caseload":
        begun: date | None = getattr(episode, BASIS[condition.basis or "accepted"])
        return begun
    return None


def payer_days(
    contract: Contract, episode: Episode, letters: Collection[FunderEvent]
) -> tuple[PayerDays, ...]:
    """Return whose activities are by their day, where a contract shares them out."""
    found = []
    for period in contract.payer_periods:
        since = _day_if(period.since, episode, letters)
        until = _day_if(period.until, episode, letters)
        found.append(
            PayerDays(
                payer=period.payer,
                since=since,
                until=until,
                is_begun=period.since is None or since is not None,
            )
        )
    return tuple(found)


def _day_if(
    condition: Condition | None, episode: Episode, letters: Collection[FunderEvent]
) -> date | None:
    return None if condition is None else _day_of(condition, episode, letters)
