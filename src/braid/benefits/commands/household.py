"""What counselling rests on: verified benefits, questions, duties, earnings by month."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Actor
from braid.benefits import rules
from braid.benefits.choices import Trigger, Verified
from braid.benefits.commands.counselling import make_due
from braid.benefits.commands.permission import (
    BENEFITS,
    require_counsellor,
    require_process,
    require_whole,
)
from braid.benefits.models import (
    Benefit,
    EarningsMonth,
    PayerQuestion,
    ReportingDuty,
)
from braid.benefits.queries.rounds import rounds_of
from braid.kernel.errors import InputFault
from braid.people.queries import EpisodeRef

OWN_MONTHS = "earnings of an episode already opened by policy"


@transaction.atomic
def add_benefit(*, actor: Actor, episode: EpisodeRef, **values: Any) -> Benefit:
    """Keep a benefit of the household; what the person says is told, not yet checked."""
    require_whole(actor, episode.subject(BENEFITS))
    checked = _checked(actor, values)
    made = Benefit.objects.create(
        episode_id=episode.id, created_by_id=actor.id, **checked
    )
    audit.record(actor, "benefit_added", made, applicant=episode.applicant_id)
    _household_changed(actor, episode.id)
    return made


@transaction.atomic
def change_benefit(
    *, actor: Actor, held: Benefit, row_version: int, **values: Any
) -> None:
    """Correct or verify a benefit: the amount, from where it is known, until when."""
    require_whole(actor, held.subject())
    before = held.last_day
    edit(
        actor,
        held,
        action="benefit_changed",
        expected_version=row_version,
        **_checked(actor, values),
    )
    if held.last_day is not None and held.last_day != before:
        _household_changed(actor, held.episode_id)


def _household_changed(actor: Actor, episode_id: UUID) -> None:
    """Let counselling be due where nobody is about to counsel anyway."""
    if rules.household_asks(rounds_of(episode_id), actor.day):
        make_due(actor, episode_id, Trigger.HOUSEHOLD)


def _checked(actor: Actor, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values as they may be kept. Raises InputFault."""
    if actor.own is not None:  # nobody verifies their own benefits
        values |= {"verified": Verified.TOLD, "verified_on": None}
    if values.get("amount") is not None and not values.get("period"):
        raise InputFault(
            _("An amount needs its period. Say whether it is for a week or a month."),
            field="period",
        )
    if values.get("amount") is not None and values["amount"] < 0:
        raise InputFault(
            _("An amount is not below 0. Write a deduction as a question instead."),
            field="amount",
        )
    first, last = values.get("first_day"), values.get("last_day")
    if first and last and last < first:
        raise InputFault(
            _("The last day is before the first. Correct one of the two dates."),
            field="last_day",
        )
    verified = values.get("verified", Verified.TOLD)
    if verified != Verified.TOLD and values.get("verified_on") is None:
        raise InputFault(
            _("A benefit is verified on a day. Say when it was checked."),
            field="verified_on",
        )
    if verified == Verified.TOLD:
        values["verified_on"] = None
    elif values["verified_on"] > actor.day:
        raise InputFault(
            _("This day is still to come. Choose today or an earlier day."),
            field="verified_on",
        )
    return values


@transaction.atomic
def ask_payer(
    *,
    actor: Actor,
    episode: EpisodeRef,
    question: str,
    asked_of: str = "",
    asked_on: date | None = None,
) -> PayerQuestion:
    """Keep a question for whoever pays. Nothing is sent: somebody asks it."""
    require_process(actor, episode.subject(BENEFITS))
    made = PayerQuestion.objects.create(
        episode_id=episode.id,
        question=question,
        asked_of=asked_of,
        asked_on=asked_on,
        created_by_id=actor.id,
    )
    audit.record(actor, "payer_question_kept", made, applicant=episode.applicant_id)
    return made


def answer_question(
    *,
    actor: Actor,
    question: PayerQuestion,
    row_version: int,
    answer: str,
    answered_by: str,
    answered_on: date,
) -> None:
    """Keep what a payer answered, who said so and when."""
    require_process(actor, question.subject())
    if question.asked_on is not None and answered_on < question.asked_on:
        raise InputFault(
            _("The answer would come before the question. Correct the day."),
            field="answered_on",
        )
    edit(
        actor,
        question,
        action="payer_question_answered",
        expected_version=row_version,
        answer=answer,
        answered_by=answered_by,
        answered_on=answered_on,
    )


@transaction.atomic
def add_duty(*, actor: Actor, episode: EpisodeRef, **values: Any) -> ReportingDuty:
    """Keep who must tell whom what, by when."""
    require_whole(actor, episode.subject(BENEFITS))
    made = ReportingDuty.objects.create(
        episode_id=episode.id, created_by_id=actor.id, **values
    )
    audit.record(actor, "duty_kept", made, applicant=episode.applicant_id)
    return made


def report_done(*, actor: Actor, duty: ReportingDuty, day: date | None) -> None:
    """Note that something was reported on a day; None takes that back."""
    require_whole(actor, duty.subject())
    edit(actor, duty, action="duty_done", done_on=day)


@transaction.atomic
def record_month(
    *,
    actor: Actor,
    episode: EpisodeRef,
    month: date,
    gross: Decimal,
    work_expenses: Decimal = Decimal(0),
    subsidy: Decimal = Decimal(0),
    source: str = "",
) -> EarningsMonth:
    """Keep what was earned in a month; a month that is known is corrected."""
    require_counsellor(actor, episode.subject(BENEFITS))
    first = month.replace(day=1)
    if min(gross, work_expenses, subsidy) < 0:
        raise InputFault(_("An amount is not below 0. Correct it."), field="gross")
    if work_expenses + subsidy > gross:
        raise InputFault(
            _("More is taken off than was earned. Correct one of the amounts."),
            field="work_expenses",
        )
    values: dict[str, Any] = {
        "gross": gross,
        "work_expenses": work_expenses,
        "subsidy": subsidy,
        "source": source,
    }
    months = EarningsMonth.objects.filter(episode_id=episode.id, month=first)
    known: EarningsMonth | None = months.system(OWN_MONTHS).first()
    if known is not None:
        edit(actor, known, action="earnings_changed", **values)
        return known
    made = EarningsMonth.objects.create(
        episode_id=episode.id, month=first, created_by_id=actor.id, **values
    )
    audit.record(actor, "earnings_kept", made, applicant=episode.applicant_id)
    return made
