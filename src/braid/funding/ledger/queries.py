"""Who pays for whom, what two would pay for, and where money ends before support does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from braid.access.policy import Action
from braid.funding import queries as money
from braid.funding.ledger import covering, reading
from braid.funding.ledger.barring import conflicts_of, people_behind
from braid.funding.ledger.covering import Ending, Gap
from braid.funding.ledger.rules import Conflict, Span
from braid.funding.models import Agreement, Claim, PaidElsewhere
from braid.people import queries as people

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from braid.access.policy import Actor

WARNED_DAYS = 60
"""How long before its last day the end of money is told."""


@dataclass(frozen=True, slots=True)
class Double:
    """A conflict with the claims of it that somebody may see; the others are counted.

    `decided` is whether a steward has said who pays, `pays` which claim it is.
    """

    conflict: Conflict
    claims: tuple[Claim, ...]
    unseen: int
    is_decided: bool
    pays: UUID | None


def doubles(actor: Actor) -> list[Double]:
    """Return the conflicts of claims that somebody may see, the undecided ones first."""
    rows = money.claims(actor).filter(is_live=True)
    seen = {claim.pk: claim for claim in rows}
    found, made = conflicts_of(people_behind(seen.values()))
    settled = {(each.rule, each.entries, each.against): each for each in made}
    shown = []
    for conflict in found:
        keys = [UUID(key) for key in conflict.entries]
        ours = tuple(seen[key] for key in keys if key in seen)
        if not ours:
            continue
        asked = conflict.rule, frozenset(conflict.entries), conflict.against
        said = settled.get(asked)
        shown.append(
            Double(
                conflict=conflict,
                claims=ours,
                unseen=len(keys) - len(ours),
                is_decided=said is not None,
                pays=UUID(said.pays) if said and said.pays else None,
            )
        )
    return sorted(shown, key=lambda each: each.is_decided)


@dataclass(frozen=True, slots=True)
class Support:
    """Whose support is paid by whom: an episode with its name, spans, gaps and ends."""

    episode: UUID
    applicant: UUID
    name: str
    first_day: date
    spans: tuple[Span, ...]
    gaps: tuple[Gap, ...]
    endings: tuple[Ending, ...]

    def payers_on(self, day: date) -> tuple[str, ...]:
        """Return who pays on a day; nobody is a gap."""
        return tuple(sorted({s.payer for s in self.spans if s.holds(day)}))


def supports(actor: Actor, day: date, within_days: int = WARNED_DAYS) -> list[Support]:
    """Return the open episodes of the actor's units with who pays for them.

    First those whose money ends soon, then those that nobody pays for.
    """
    rows = list(
        people.episodes_on_caseload(actor).select_related("applicant").distinct()
    )
    agreed = list(
        Agreement.objects.visible_to(actor, Action.CLAIM).select_related(
            "funder__organisation"
        )
    )
    spans: dict[str, list[Span]] = {}
    for span in reading.spans_of(rows, agreed):
        spans.setdefault(span.case, []).append(span)
    found = [
        _support(row, spans.get(str(row.pk), []), day, within_days) for row in rows
    ]
    return sorted(found, key=lambda each: _urgency(each, day))


def _support(row: object, spans: list[Span], day: date, within_days: int) -> Support:
    episode: people.Episode = row  # type: ignore[name-defined]
    first = episode.accepted_on or episode.referred_on or day
    case, person = str(episode.pk), str(episode.applicant_id)
    return Support(
        episode=episode.pk,
        applicant=episode.applicant_id,
        name=episode.applicant.name,
        first_day=first,
        spans=tuple(sorted(spans, key=lambda each: each.first_day)),
        gaps=covering.gaps(person, case, first, None, spans),
        endings=covering.endings(spans, day, within_days),
    )


def _urgency(support: Support, day: date) -> tuple[date, bool, str]:
    ends = min((each.ends_on for each in support.endings), default=date.max)
    return ends, bool(support.payers_on(day)), support.name


def paid_elsewhere(actor: Actor, agreement: Agreement) -> QuerySet[PaidElsewhere]:
    """Return what something else pays for, beside an agreement."""
    rows: QuerySet[PaidElsewhere] = PaidElsewhere.objects.visible_to(actor)
    return rows.filter(agreement=agreement)
