"""A scenario page: asked, worked out by a worker, confirmed, shown, handed over."""

import logging
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.benefits import rules, working_out
from braid.benefits.choices import CalculationState
from braid.benefits.commands.permission import BENEFITS, require_counsellor
from braid.benefits.models import Calculation, Counselling
from braid.kernel.errors import InputFault
from braid.method.benefits.stored import digest
from braid.people.queries import EpisodeRef

logger = logging.getLogger(__name__)


def _reasons() -> dict[str, str]:
    return {
        "not_ready": _("It has not been worked out yet. Wait for the result."),
        "unconfirmed": _("No counsellor has confirmed it yet. Confirm it first."),
        "already_confirmed": _("It has been confirmed already."),
        "duties_not_shown": _(
            "The duties to report have not been talked through. Do that first."
        ),
        "expired_pack": _("Its rules are no longer in force. Work it out anew."),
        "recalled": _("Its rules were wrong and it was recalled. Work it out anew."),
    }


def refuse_unless(finding: rules.Finding) -> None:
    """Raise InputFault with the first reason why something cannot be."""
    if not finding.ok:
        reason = finding.reasons[0]
        raise InputFault(_reasons()[reason], reason=reason)


@transaction.atomic
def calculate(
    *,
    actor: Actor,
    episode: EpisodeRef,
    question: str,
    inputs: working_out.Stored,
    counselling: Counselling | None = None,
) -> Calculation:
    """Keep a question and let a worker work it out. The same one is not asked twice."""
    require_counsellor(actor, episode.subject(BENEFITS))
    using = working_out.rules_named(inputs["rules"])
    made = Calculation.objects.create(
        episode_id=episode.id,
        counselling=counselling,
        question=question,
        country=using.country,
        engine=using.engine,
        engine_version=using.engine_version,
        pack_id=using.pack_id,
        pack_version=using.pack_version,
        rules_date=using.rules_date,
        inputs=inputs,
        inputs_hash=digest(inputs, using.id, using.version),
        created_by_id=actor.id,
    )
    audit.record(actor, "scenarios_asked", made, applicant=episode.applicant_id)
    from braid.benefits import tasks  # the task works through these commands

    transaction.on_commit(partial(tasks.start, actor, made.pk))
    return made


def work_out(*, actor: Actor, calculation: Calculation, now: datetime) -> None:
    """Work a scenario page out and keep the result; a fault is kept in its stead.

    What was confirmed or recalled stays as it is.
    """
    require_counsellor(actor, calculation.subject())
    if calculation.state == CalculationState.READY:
        return
    known = _same(calculation)
    try:
        result: working_out.Stored = (
            known.result
            if known is not None and known.result is not None
            else working_out.work_out(calculation.inputs)
        )
    except working_out.Unavailable as fault:
        logger.info("calculation %s: %s", calculation.pk, fault.reason)
        values: dict[str, Any] = {
            "state": CalculationState.FAILED,
            "fault": fault.reason,
        }
    else:
        values = {
            "state": CalculationState.READY,
            "fault": "",
            "result": result,
            "worked_out_at": now,
            "engine_version": result["engine_version"],
            "rules_date": date.fromisoformat(result["rules_date"]),
        }
    _keep(calculation, values)
    audit.record(
        actor, "scenarios_worked_out", calculation, applicant=calculation.about
    )


def _keep(calculation: Calculation, values: dict[str, Any]) -> None:
    """Write what a worker found; it is no change of anybody's words."""
    rows = Calculation.objects.filter(pk=calculation.pk).system("a result of its own")
    rows.update(row_version=calculation.row_version + 1, **values)
    calculation.refresh_from_db(
        from_queryset=Calculation.objects.system("the row just written")
    )


def _same(calculation: Calculation) -> Calculation | None:
    """Return a page of the same person with the same inputs and rules, worked out."""
    rows = Calculation.objects.filter(
        episode_id=calculation.episode_id,
        inputs_hash=calculation.inputs_hash,
        state=CalculationState.READY,
        recalled_on__isnull=True,
    )
    found: Calculation | None = rows.system("of an episode opened by policy").first()
    return found


def tell_duties(*, actor: Actor, calculation: Calculation, day: date) -> None:
    """Note that the duties to report were talked through, before anything is printed."""
    require_counsellor(actor, calculation.subject())
    edit(actor, calculation, action="duties_told", duties_told_on=day)


def confirm(
    *, actor: Actor, calculation: Calculation, row_version: int, now: datetime
) -> None:
    """Put a counsellor's name to a scenario page; nobody else's counts."""
    require_counsellor(actor, calculation.subject())
    expires_on = working_out.expires_on(calculation)
    refuse_unless(rules.may_confirm(calculation, expires_on, actor.day))
    edit(
        actor,
        calculation,
        action="scenarios_confirmed",
        expected_version=row_version,
        confirmed_by_id=actor.id,
        confirmed_at=now,
    )


def show_to_unit(*, actor: Actor, calculation: Calculation) -> None:
    """Let the unit read one page: the person's own choice, of a confirmed page."""
    _require_own(actor, calculation)
    if calculation.confirmed_at is None:
        refuse_unless(rules.Finding(False, ("unconfirmed",)))
    edit(actor, calculation, action="scenarios_shown", shown_to_unit=True)


def hide(*, actor: Actor, calculation: Calculation) -> None:
    """Take a page back from the unit."""
    _require_own(actor, calculation)
    edit(actor, calculation, action="scenarios_hidden", shown_to_unit=False)


def _require_own(actor: Actor, calculation: Calculation) -> None:
    """Raise Refused unless it is the person; a counsellor notes what they choose."""
    subject = calculation.subject()
    if actor.own is not None and actor.own == subject.applicant:
        require(actor, Action.CO_WRITE, subject)
    else:
        require_counsellor(actor, subject)


def hand_over(*, actor: Actor, calculation: Calculation, how: str, day: date) -> None:
    """Note how and when the page reached the person; only what may be printed does."""
    require_counsellor(actor, calculation.subject())
    refuse_unless(may_print(calculation, day))
    edit(
        actor,
        calculation,
        action="scenarios_handed_over",
        delivered_how=how,
        delivered_on=day,
    )


def may_print(calculation: Calculation, day: date) -> rules.Finding:
    """Say whether a scenario page may be printed on `day`."""
    return rules.may_print(
        calculation,
        working_out.expires_on(calculation),
        calculation.duties_told_on is not None,
        day,
    )


@transaction.atomic
def discard(*, actor: Actor, calculation: Calculation) -> None:
    """Take a draft away, with what it holds about the household."""
    require_counsellor(actor, calculation.subject())
    if calculation.confirmed_at is not None:
        raise InputFault(_("It has been confirmed, so it stays on record."))
    audit.record(actor, "scenarios_discarded", calculation, applicant=calculation.about)
    Calculation.objects.filter(pk=calculation.pk).system("a draft, by policy").delete()
