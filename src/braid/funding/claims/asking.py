"""Who asks for a page of claims: somebody who may see amounts."""

from django.http import HttpRequest

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Ground, Information
from braid.funding.models import Agreement, Case

STATISTICAL = (Information.STATISTICAL,)
OF_SOMEBODY = (Information.ATTENDANCE, Information.JOBS)
"""What a claim tells of a person, for whoever is led from it to their record."""


def actor_of_money(request: HttpRequest, action: Action = Action.SEE_AMOUNTS) -> Actor:
    """Return who asks. Raises Refused for whoever may never do this."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, action)
    return actor


def opened(
    actor: Actor, what: str, agreement: Agreement, case: Case | None = None
) -> None:
    """Write down that somebody opened a page about money.

    With the `case` that the page leads to it is about a person, and in their log.
    """
    if case is None:
        audit.record(actor, what, agreement, information=STATISTICAL)
        return
    audit.record(
        actor,
        what,
        agreement,
        applicant=case.about,
        information=(*STATISTICAL, *OF_SOMEBODY),
        ground=Ground.OWN_CARE,
    )
