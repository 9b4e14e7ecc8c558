"""The page of one person's benefits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.benefits import rules
from braid.benefits.choices import Verified
from braid.benefits.models import Benefit, Calculation, Counselling
from braid.benefits.presenters.words import (
    benefit_name,
    process_words,
    round_words,
    whole,
)
from braid.benefits.queries import BenefitsPage
from braid.web.presenters import State


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """A benefit with its amount, and whether it was checked: in words and in colour."""

    row: Benefit
    name: str
    amount: str
    verified: bool
    pill: str | Promise
    state: State


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round of counselling in a line."""

    row: Counselling
    pill: str | Promise
    state: State


@dataclass(frozen=True, slots=True)
class CalculationLine:
    """A scenario page in a line: its question and how it stands."""

    row: Calculation
    pill: str | Promise
    state: State


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the page. `may_offer` and so on say which buttons there are."""

    whole: bool
    pill: str | Promise
    state: State
    day: date | None
    open_questions: int
    open_round: Counselling | None
    may_offer: bool
    may_answer: bool
    may_book: bool
    rounds: tuple[RoundLine, ...]
    benefits: tuple[BenefitLine, ...]
    questions: tuple[object, ...]
    duties: tuple[object, ...]
    calculations: tuple[CalculationLine, ...]


def present(page: BenefitsPage, labels: Mapping[str, str]) -> Shown:
    """Return what the page shows. Rounds stand there for those who see all of it."""
    pill, state = process_words(page.process.state)
    waiting = page.open_round
    stands = rules.state_of(waiting) if waiting is not None else "none"
    return Shown(
        whole=page.whole,
        pill=pill,
        state=state,
        day=page.process.day,
        open_questions=page.process.open_questions,
        open_round=waiting,
        may_offer=stands in {"none", "due"},
        may_answer=stands in {"offered", "booked"},
        may_book=stands in {"due", "offered", "booked"},
        rounds=tuple(_round(row) for row in page.rounds) if page.whole else (),
        benefits=tuple(benefit_line(row, labels) for row in page.benefits),
        questions=page.questions,
        duties=page.duties,
        calculations=tuple(calculation_line(row) for row in page.calculations),
    )


def _round(row: Counselling) -> RoundLine:
    return RoundLine(row, *round_words(row))


def benefit_line(row: Benefit, labels: Mapping[str, str]) -> BenefitLine:
    """Return a benefit as a line: green and "verified", or amber and "assumed"."""
    amount = whole(row.amount)
    parts = (amount, row.currency, row.get_period_display() if amount else "")
    verified = row.verified != Verified.TOLD
    return BenefitLine(
        row,
        benefit_name(row, labels),
        " ".join(part for part in parts if part),
        verified,
        _("verified") if verified else _("assumed, not yet checked"),
        State.OK if verified else State.SOON,
    )


def calculation_line(row: Calculation) -> CalculationLine:
    """Return a scenario page as a line."""
    return CalculationLine(row, *standing(row))


def standing(row: Calculation) -> tuple[str | Promise, State]:
    """Return the pill that says how far a scenario page is."""
    if row.recalled_on is not None:
        return _("recalled"), State.OVERDUE
    if row.state == "queued":
        return _("being worked out"), State.INFO
    if row.state == "failed":
        return _("could not be worked out"), State.OVERDUE
    if row.confirmed_at is None:
        return _("draft, not confirmed"), State.SOON
    return _("confirmed"), State.OK
