"""Who wants a mail of what is new and due, how often, and that none gets it twice."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from braid.access.choices import DigestEvery
from braid.access.models import ApplicantAccount, Membership, User
from braid.access.queries import in_force
from braid.kernel.dates import iso_week_start


def wanting(today: date) -> QuerySet[User]:
    """Return those in post, and applicants with an account, whose mail is to be sent.

    Of those who want one a week: once it was not sent since Monday.
    """
    in_post = Membership.objects.filter(in_force(today)).values("user")
    own = ApplicantAccount.objects.values("user")
    found: QuerySet[User] = User.objects.filter(
        _not_since(today),
        Q(pk__in=in_post) | Q(pk__in=own),
        is_active=True,
        email__isnull=False,
    )
    return found.order_by("pk")


def until(user: User, today: date) -> date:
    """Return the last day that the mail of `today` looks ahead to."""
    ahead = 7 if user.digest_every == DigestEvery.WEEK else 1
    return today + timedelta(days=ahead)


def claim(user: User, today: date) -> bool:
    """Take the mail of a day, before it is sent; say whether nobody took it before."""
    mine = User.objects.filter(_not_since(today), pk=user.pk)
    return bool(mine.update(digest_sent_on=today))


def _not_since(today: date) -> Q:
    """Return the condition that somebody wants a mail and had none in its time."""
    since = {DigestEvery.DAY: today, DigestEvery.WEEK: iso_week_start(today)}
    never = Q(digest_sent_on__isnull=True)
    found = Q(pk__in=())
    for every, day in since.items():
        found |= Q(digest_every=every) & (never | Q(digest_sent_on__lt=day))
    return found
