"""What the commands on consent work on: which agreement, how it was said, the ledger."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from braid.access import agreements, consent_rules
from braid.access.choices import ConsentWay
from braid.access.consent_rules import Agreement, Entry
from braid.access.policy import Actor, Purpose, Subject
from braid.packs import consents


@dataclass(frozen=True, slots=True)
class About:
    """Which agreement: whose (the subject of the applicant's name), what for, with whom."""

    applicant: Subject
    purpose: Purpose
    receiver: UUID

    @property
    def applicant_id(self) -> UUID:
        return agreements.whom(self.applicant)


@dataclass(frozen=True, slots=True)
class Taken:
    """How it was said: the way, the language of the wording, who asked, a witness.

    `signature` is the key of the document with the picture of one.
    """

    way: ConsentWay
    language: str = ""
    asked_by: UUID | None = None
    witness: str = ""
    signature: UUID | None = None


class Ledger(NamedTuple):
    """What a command works on: locked, with the texts of the country."""

    actor: Actor
    about: About
    ground: str
    text: consents.ConsentText
    next_number: int
    entries: list[Entry]
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def holds(self) -> Agreement:
        """Return what is agreed today."""
        return consent_rules.agreement(
            self.entries,
            purpose=self.about.purpose,
            receiver=self.about.receiver,
            on=self.today,
            known_at=self.now,
        )

    def spans(self) -> list[consent_rules.Span]:
        return consent_rules.spans(
            self.entries,
            purpose=self.about.purpose,
            receiver=self.about.receiver,
            known_at=self.now,
        )

    def to_come(self) -> list[consent_rules.Span]:
        """Return what is agreed from today on, what has yet to begin included."""
        return [span for span in self.spans() if span.last_day >= self.today]
