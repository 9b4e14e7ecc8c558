"""Who asks for a page of claims: somebody who may see amounts."""

from django.http import HttpRequest

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.funding.models import Agreement

STATISTICAL = (Information.STATISTICAL,)


def actor_of_money(request: HttpRequest, action: Action = Action.SEE_AMOUNTS) -> Actor:
    """Return who asks. Raises Refused for whoever may never do this."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, action)
    return actor


def opened(actor: Actor, what: str, agreement: Agreement) -> None:
    """Write down that somebody opened a page about money."""
    audit.record(actor, what, agreement, information=STATISTICAL)
