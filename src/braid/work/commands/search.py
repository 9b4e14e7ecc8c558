"""The search for a job: leads that the unit shares, applications and their answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.people.queries import EpisodeRef
from braid.work.after import Happened, What, tell
from braid.work.choices import ApplicationResult, LeadState
from braid.work.models import Application, Employer, Lead

if TYPE_CHECKING:
    from braid.access.models import Team


@transaction.atomic
def share_lead(
    *, actor: Actor, unit: Team, employer: Employer, title: str, **values: Any
) -> Lead:
    """Share a job that somebody heard of with the whole unit. Raises InputFault."""
    require(actor, Action.KEEP_EMPLOYERS, unit.subject())
    _lead_in_order(values)
    lead = Lead.objects.create(
        unit=unit,
        employer=employer,
        title=title,
        shared_by_id=actor.id,
        created_by_id=actor.id,
        **values,
    )
    audit.record(actor, "lead_shared", lead)
    return lead


def change_lead(*, actor: Actor, lead: Lead, row_version: int, **values: Any) -> bool:
    """Change a lead. Raises Refused, Stale or InputFault."""
    require(actor, Action.KEEP_EMPLOYERS, lead.subject())
    _lead_in_order(values)
    return edit(
        actor, lead, action="lead_changed", expected_version=row_version, **values
    )


def _lead_in_order(values: dict[str, Any]) -> None:
    least, most = values.get("hours_from"), values.get("hours_to")
    if least is not None and most is not None and most < least:
        raise InputFault(
            _("At most is less than at least. Swap the two, or leave one empty."),
            field="hours_to",
        )
    heard, until = values.get("heard_on"), values.get("open_until")
    if heard and until and until < heard:
        raise InputFault(
            _("It closes before you heard of it. Check the two days."),
            field="open_until",
        )


def put_lead(*, actor: Actor, lead: Lead, state: LeadState) -> bool:
    """Say that a lead is taken, over, or open again."""
    require(actor, Action.KEEP_EMPLOYERS, lead.subject())
    return edit(actor, lead, action=f"lead_{state.value}", state=state)


@transaction.atomic
def log_application(
    *,
    actor: Actor,
    episode: EpisodeRef,
    employer: Employer | None,
    today: date,
    **values: Any,
) -> Application:
    """Log an application; an offer is told on. Raises Refused or InputFault."""
    require(actor, Action.RECORD, episode.subject(Information.WORK_GOALS))
    _application_in_order(values)
    made = Application.objects.create(
        episode_id=episode.id, employer=employer, created_by_id=actor.id, **values
    )
    audit.record(actor, "application_logged", made, applicant=episode.applicant_id)
    if made.result == ApplicationResult.OFFER:
        _tell_offer(actor, made, today)
    return made


@transaction.atomic
def change_application(
    *,
    actor: Actor,
    application: Application,
    row_version: int,
    today: date,
    **values: Any,
) -> bool:
    """Change an application, mostly to what it came to; an offer is told on.

    Raises Refused, Stale or InputFault.
    """
    require(actor, Action.RECORD, application.subject())
    before = application.result
    _application_in_order(values)
    changed = edit(
        actor,
        application,
        action="application_changed",
        expected_version=row_version,
        **values,
    )
    if application.result == ApplicationResult.OFFER != before:
        _tell_offer(actor, application, today)
    return changed


def _tell_offer(actor: Actor, application: Application, today: date) -> None:
    """Tell the rooms above: benefits counselling is due before the person starts."""
    tell(
        actor,
        Happened(
            What.OFFERED,
            application.result_on or today,
            application.episode_id,
            application.episode.applicant_id,
        ),
    )


def _application_in_order(values: dict[str, Any]) -> None:
    sent: date = values["day"]
    for name in ("interview_on", "result_on"):
        day = values.get(name)
        if day is not None and day < sent:
            raise InputFault(
                _("This day lies before the application was sent. Check the two days."),
                field=name,
            )
