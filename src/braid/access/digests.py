"""Who wants a daily mail of what is due, and that each gets one a day at most."""

from datetime import date

from django.db.models import Q, QuerySet

from braid.access.models import Membership, User
from braid.access.queries import in_force


def wanting(today: date) -> QuerySet[User]:
    """Return the staff in post who want the mail, have an address and had none today."""
    in_post = Membership.objects.filter(in_force(today)).values("user")
    found: QuerySet[User] = User.objects.filter(
        Q(digest_sent_on__isnull=True) | Q(digest_sent_on__lt=today),
        pk__in=in_post,
        is_active=True,
        wants_digest=True,
        email__isnull=False,
    )
    return found.order_by("pk")


def claim(user: User, today: date) -> bool:
    """Take the mail of a day, before it is sent; say whether nobody took it before."""
    mine = User.objects.filter(
        Q(digest_sent_on__isnull=True) | Q(digest_sent_on__lt=today), pk=user.pk
    )
    return bool(mine.update(digest_sent_on=today))
