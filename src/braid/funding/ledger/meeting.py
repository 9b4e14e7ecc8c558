"""Finding out with another organisation whether both ask money for one person.

Whoever claims for a unit does it, for the people of that unit: tokens are made of numbers
of people in their own care. What is found waits for a steward, as within one house.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require_anywhere
from braid.funding.ledger import handed as files
from braid.funding.ledger import matching, reading
from braid.funding.ledger.handed import Handed, Meeting
from braid.funding.ledger.reading import Ledger
from braid.funding.ledger.rules import Span
from braid.funding.models import Agreement, Claim, Match
from braid.kernel.errors import InputFault
from braid.people import queries as people
from braid.people.choices import EpisodeState

NUMBERS = (Information.IDENTITY,)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What two organisations agreed on: the record of data sharing, key and number.

    `system` is the kind of number that both have. The key is kept nowhere.
    """

    sharing: str
    key: bytes
    system: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a step brought: a file to hand over, or what was found.

    `people` are ours who stand in the file, or whom both sides have; `without` ours who
    have no such number; `found` where the two ask money for one thing.
    """

    file: Handed | None
    people: int
    without: int
    found: tuple[Meeting, ...] = ()
    new: int = 0


@dataclass(frozen=True, slots=True)
class _Ours:
    """Whom our agreements pay for: person by token, and days that are paid for them."""

    tokens: Mapping[str, str]
    without: int
    spans: tuple[Span, ...]
    agreements: tuple[Agreement, ...]

    @property
    def organisation(self) -> str:
        return min({one.unit.organisation.name for one in self.agreements}, default="")


def answered(
    *, actor: Actor, agreed: Agreed, theirs: bytes | None, today: date
) -> Answer:
    """Return our tokens, or what their file asks for: our lines, or what was found.

    Raises Refused, InputFault.
    """
    require_anywhere(actor, Action.CLAIM, None)
    ours = _ours(actor, agreed)
    if theirs is None:
        return _told(actor, agreed, ours)
    handed = files.read(theirs, agreed.sharing)
    if handed.kind == "tokens":
        return _lines(actor, agreed, ours, handed)
    return _found(actor, agreed, ours, handed, today)


def _told(actor: Actor, agreed: Agreed, ours: _Ours) -> Answer:
    _note(actor, "match_tokens_written", ours.tokens.values())
    file = Handed(
        kind="tokens",
        sharing=agreed.sharing,
        organisation=ours.organisation,
        tokens=tuple(sorted(ours.tokens)),
    )
    return Answer(file, len(ours.tokens), ours.without)


def _lines(actor: Actor, agreed: Agreed, ours: _Ours, handed: Handed) -> Answer:
    met = set(matching.both(ours.tokens, handed.tokens))
    both = {token: person for token, person in ours.tokens.items() if person in met}
    ledger = _ledger(actor, ours, both.values())
    _note(actor, "match_lines_written", both.values())
    file = Handed(
        kind="lines",
        sharing=agreed.sharing,
        organisation=ours.organisation,
        lines=files.lines_of(both, ledger.entries, ledger.spans),
        terms=tuple(ledger.terms.values()),
    )
    return Answer(file, len(both), ours.without)


@transaction.atomic
def _found(
    actor: Actor, agreed: Agreed, ours: _Ours, handed: Handed, today: date
) -> Answer:
    met = {line.token for line in handed.lines} & set(ours.tokens)
    both = {token: ours.tokens[token] for token in met}
    ledger = _ledger(actor, ours, both.values())
    found = files.meetings(handed, both, ledger.entries, ledger.spans, ledger.terms)
    new = _keep(actor, found, agreed.sharing, today)
    _note(actor, "match_read", both.values())
    return Answer(None, len(both), ours.without, found, new)


def _keep(actor: Actor, found: Collection[Meeting], sharing: str, today: date) -> int:
    """Note what stands against claims of ours; what was noted before stays one note."""
    rows = Match.objects.system("what was found of claims of the actor's units")
    lines = {one.entry for one in found if one.entry}
    known = set(rows.filter(claim__in=lines).values_list("claim_id", "rule", "against"))
    made = [
        Match(
            claim_id=UUID(one.entry),
            rule=one.rule,
            against=one.against,
            sharing=sharing,
            day=today,
            written_by_id=actor.id,
        )
        for one in found
        if one.entry and (UUID(one.entry), one.rule, one.against) not in known
    ]
    Match.objects.bulk_create(made)
    return len(made)


def _agreements(actor: Actor) -> list[Agreement]:
    rows = Agreement.objects.visible_to(actor, Action.CLAIM)
    return list(rows.select_related("funder__organisation", "unit__organisation"))


def _ours(actor: Actor, agreed: Agreed) -> _Ours:
    """Return whom the actor's agreements pay for. Raises InputFault."""
    agreements = _agreements(actor)
    episodes = list(
        people.episodes_on_caseload(actor, states=EpisodeState.values).distinct()
    )
    spans = reading.spans_of(episodes, agreements)
    paid = {UUID(span.person) for span in spans}
    numbers = people.written_numbers(actor, paid, agreed.system)
    if paid and not numbers:
        raise InputFault(
            _("Nobody here has a number of this kind. Choose the one that was agreed."),
            field="system",
            reason="no_numbers",
        )
    said = {str(person): number for person, number in numbers.items()}
    made = matching.tokens(agreed.key, agreed.sharing, said)
    return _Ours(made, len(paid) - len(numbers), spans, tuple(agreements))


def _ledger(actor: Actor, ours: _Ours, persons: Collection[str]) -> Ledger:
    """Return what is paid for some people, by agreements of the actor's units alone."""
    whole = reading.of_people({UUID(person) for person in persons})
    rows = Claim.objects.visible_to(actor, Action.CLAIM).filter(
        pk__in=[entry.key for entry in whole.entries]
    )
    keys = {str(key) for key in rows.values_list("pk", flat=True)}
    return Ledger(
        entries=tuple(one for one in whole.entries if one.key in keys),
        spans=tuple(one for one in ours.spans if one.person in persons),
        terms=reading.terms_by_contract({one.contract for one in ours.agreements}),
    )


def _note(actor: Actor, action: str, persons: Collection[str]) -> None:
    audit.record_list(actor, action, {UUID(person) for person in persons}, NUMBERS)


def matches(actor: Actor) -> list[Match]:
    """Return what was found so far, the latest first."""
    rows = Match.objects.visible_to(actor).select_related("claim__agreement")
    return list(rows.order_by("-day", "-written_at"))
