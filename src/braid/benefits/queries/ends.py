"""By when counselling waits, asked of many episodes at once."""

from django.db.models import OuterRef, Subquery

from braid.access.policy import Actor
from braid.benefits.choices import Answer
from braid.benefits.models import Counselling

ENDS = ("counselling_due_on",)


def ends(actor: Actor) -> dict[str, Subquery]:
    """Return what to ask of an episode besides: the nearest day of open counselling."""
    waiting = (
        Counselling.objects.visible_to(actor)
        .filter(episode=OuterRef("pk"), done_on__isnull=True, due_on__isnull=False)
        .exclude(answer=Answer.DECLINED)
        .order_by("due_on")
        .values("due_on")
    )
    return dict(zip(ENDS, (Subquery(waiting[:1]),), strict=True))
