"""Whether an organisation lets calendars outside the house show initials of applicants."""

from uuid import UUID

from django.db import transaction

from braid.access import audit
from braid.access.models import Organisation
from braid.access.policy import Action, Actor
from braid.access.queries import require


def may_show_initials(organisation_id: UUID) -> bool:
    """Say whether calendars of an organisation may show initials; by itself none may."""
    allowed = Organisation.objects.filter(pk=organisation_id, calendar_initials=True)
    return allowed.exists()


@transaction.atomic
def set_initials(*, actor: Actor, organisation: Organisation, shown: bool) -> None:
    """Let calendars show initials or not; feeds that did stop at once. Raises Refused."""
    require(actor, Action.MANAGE_MEMBERS, organisation.subject())
    if organisation.calendar_initials == shown:
        return
    organisation.calendar_initials = shown
    organisation.save(update_fields=["calendar_initials"])
    action = "calendar_initials_allowed" if shown else "calendar_initials_ended"
    audit.record(actor, action, organisation)
