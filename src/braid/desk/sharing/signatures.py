"""The picture of a signed agreement: kept with its entry, or neither of them."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access.consent import Taken
from braid.access.policy import Actor
from braid.documents import commands
from braid.kernel.ids import new_id

Step = Callable[[Taken], Any]
"""One of the commands on consent, with how it was taken left open; gives the entry."""


def take(
    step: Step, form: Any, *, actor: Actor, applicant_id: UUID, team: Any, day: date
) -> Any:
    """Do a step of consent, and keep the picture that the form brought, if any.

    Raises Refused, InputFault; then neither is there.
    """
    picture = form.cleaned_data.get("signature")
    if not picture or team is None:
        return step(form.taken())
    key = new_id()
    with transaction.atomic():
        entry = step(form.taken(signature=key))
        commands.add_signature(
            actor=actor,
            document_id=key,
            applicant_id=applicant_id,
            team=team,
            title=_("Signed agreement, entry %(number)s") % {"number": entry.number},
            file_name=picture.name,
            data=picture.read(),
            day=day,
        )
    return entry
