"""Taking a funder's answer file in: looked at first, then whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit, policy
from braid.access.policy import Action, Actor, Information
from braid.funding import commands as claims
from braid.funding.answers import queries, rules, tables
from braid.funding.answers.rules import Answer, Fault, Move
from braid.funding.choices import Reason
from braid.funding.models import AnswerFile, Claim
from braid.funding.rules import Said, Side
from braid.kernel.errors import InputFault, Refused

if TYPE_CHECKING:
    from braid.funding.models import Agreement

STATISTICAL = (Information.STATISTICAL,)
SALT = "braid.funding.answers"
KEPT_SECONDS = 3_600
MOST_ANSWERS = 1_000
LONGEST_NAME = 120
REASONS = frozenset(Reason.values)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do, and everything that is wrong with it.

    `token` holds the answers as they were read, signed, until they are taken in; it is
    empty where there is a fault.
    """

    moves: tuple[Move, ...]
    faults: tuple[Fault, ...]
    sha256: str
    digest: str
    token: str = ""

    @property
    def is_fit(self) -> bool:
        return bool(self.moves) and not self.faults


def may_take_in(actor: Actor, agreement: Agreement) -> bool:
    """Say whether answers are for `actor` to take in: of who pays, or who is paid."""
    subject = agreement.subject()
    return any(
        policy.decide(actor, action, subject).allowed
        for action in (Action.PAY, Action.CLAIM)
    )


def side_of(actor: Actor, agreement: Agreement) -> Side:
    """Return for whom `actor` takes answers in: who pays where it is their own desk."""
    pays = policy.decide(actor, Action.PAY, agreement.subject()).allowed
    return Side.PAYS if pays else Side.CLAIMS


def look(
    actor: Actor, agreement: Agreement, data: bytes, today: date, name: str = ""
) -> Plan:
    """Return what a file would do, without doing it. Raises Refused, InputFault.

    `name` is what the file is called; its last part is kept with the answers.
    """
    _require(actor, agreement)
    rows = tables.read(data)
    if len(rows) > MOST_ANSWERS + 1:
        raise InputFault(
            _("A file holds up to 1,000 answers. Send it in parts."),
            field="file",
            reason="too_large",
        )
    sha256 = hashlib.sha256(data).hexdigest()
    answers, faults = rules.parsed([(row.number, row.cells) for row in rows], REASONS)
    moves, more, _named = _planned(actor, agreement, answers, today)
    every = tuple(sorted((*faults, *more), key=lambda each: (each.row, each.column)))
    digest = _digest(moves)
    token = "" if every else _sealed(agreement, _called(name), sha256, answers, digest)
    return Plan(moves, every, sha256, digest, token)


def _require(actor: Actor, agreement: Agreement) -> None:
    if not may_take_in(actor, agreement):
        raise Refused("no_ground")


def _planned(
    actor: Actor, agreement: Agreement, answers: Sequence[Answer], today: date
) -> tuple[tuple[Move, ...], tuple[Fault, ...], dict[str, Claim]]:
    named = queries.named(actor, agreement, {answer.claim for answer in answers})
    moves, faults = rules.planned(answers, queries.held(named), today)
    return moves, faults, named


def _digest(moves: Sequence[Move]) -> str:
    text = json.dumps(rules.document(moves), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _called(name: str) -> str:
    """Return the name of a file without its folders and what cannot be read."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if sign.isprintable()).strip()
    return kept[:LONGEST_NAME] or _("a file without a name")


def _sealed(
    agreement: Agreement, name: str, sha256: str, answers: Sequence[Answer], digest: str
) -> str:
    rows = [
        [
            each.row,
            each.claim,
            each.decision,
            each.reason,
            None if each.amount is None else str(each.amount),
            each.currency,
            each.reference,
            each.day.isoformat() if each.day else None,
            each.text,
        ]
        for each in answers
    ]
    told = {
        "of": str(agreement.pk),
        "name": name,
        "sha": sha256,
        "plan": digest,
        "rows": rows,
    }
    return signing.dumps(told, salt=SALT, compress=True)


def _opened(agreement: Agreement, token: str) -> dict[str, Any]:
    """Return what was looked at. Raises InputFault where it is too old or not ours."""
    try:
        told: dict[str, Any] = signing.loads(token, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        told = {}
    if told.get("of") != str(agreement.pk):
        raise InputFault(
            _("What you looked at is too old. Choose the file again."),
            field="file",
            reason="plan_old",
        )
    return told


def _answer(row: Sequence[Any]) -> Answer:
    number, claim, decision, reason, amount, currency, reference, day, text = row
    return Answer(
        row=number,
        claim=claim,
        decision=decision,
        reason=reason,
        amount=None if amount is None else rules.Decimal(amount),
        currency=currency,
        reference=reference,
        day=None if day is None else date.fromisoformat(day),
        text=text,
    )


@transaction.atomic
def take_in(
    *, actor: Actor, agreement: Agreement, token: str, today: date
) -> AnswerFile:
    """Do what was looked at, whole; nothing is done where a single claim went on.

    Raises Refused, InputFault (`plan_old`, `plan_changed`, `file_twice`).
    """
    _require(actor, agreement)
    told = _opened(agreement, token)
    same = AnswerFile.objects.system("whether a file was taken in before")
    if same.filter(agreement=agreement, sha256=told["sha"]).exists():
        raise InputFault(
            _("This very file was taken in before. Choose another."),
            field="file",
            reason="file_twice",
        )
    answers = [_answer(row) for row in told["rows"]]
    moves, faults, named = _planned(actor, agreement, answers, today)
    if faults or _digest(moves) != told["plan"]:
        raise InputFault(
            _("A claim went on meanwhile. Look at the file again."),
            field="file",
            reason="plan_changed",
        )
    made = AnswerFile.objects.create(
        agreement=agreement,
        name=told["name"],
        side=side_of(actor, agreement),
        sha256=told["sha"],
        plan=told["plan"],
        rows=len(moves),
        document=rules.document(moves),
        written_by_id=actor.id,
    )
    for move in moves:
        _take(actor, named[move.answer.claim], move, made, today)
    audit.record(
        actor, "answers_taken_in", made, information=STATISTICAL, count=len(moves)
    )
    return made


def _take(
    actor: Actor, claim: Claim, move: Move, file: AnswerFile, today: date
) -> None:
    answer = move.answer
    for to in move.states:
        claims.take_step(
            actor=actor,
            claim=claim,
            to=to,
            said=Said(
                text=answer.text,
                reason=answer.reason if to == "rejected" else "",
                payment_reference=answer.reference if to == "paid" else "",
                day=answer.day,
                amount=answer.amount if to == "paid" else None,
            ),
            today=today,
            file=file,
        )
        claim.refresh_from_db()
