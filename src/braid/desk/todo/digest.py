"""A mail a day of what is due: how much of what, never about whom, never about health."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.access import digests
from braid.access import queries as access
from braid.desk.todo.items import What, is_due, items

Counts = Counter[What]


def send_all(now: datetime) -> int:
    """Send each who wants it the mail of the day; return how many went out."""
    if not settings.BRAID_MAILS:
        return 0
    sent = 0
    for user in digests.wanting(timezone.localdate(now)):
        sent += _send(user, now)
    return sent


def _send(user: object, now: datetime) -> bool:
    today = timezone.localdate(now)
    counts = due(user, now)
    if not counts or not digests.claim(user, today):  # type: ignore[arg-type]
        return False
    language = getattr(user, "language", "") or settings.LANGUAGE_CODE
    with translation.override(language):
        to = [user.email]  # type: ignore[attr-defined]
        send_mail(_("What is due today"), words(counts), None, to)
    return True


def due(user: object, now: datetime) -> Counts:
    """Count what is due for somebody, in all the roles they work in."""
    today = timezone.localdate(now)
    counts: Counts = Counter()
    for place in access.places(user, now):  # type: ignore[arg-type]
        if place.actor.own is None:
            found = items(place.actor, today)
            counts.update(item.what for item in found if is_due(item, today))
    return counts


def words(counts: Counts) -> str:
    """Return the text of the mail: a line for each kind, and where to read more."""
    base = settings.BRAID_ADDRESS
    lines = [
        *_lines(counts),
        "",
        _("Read the list: %(address)s") % {"address": f"{base}{reverse('desk:todo')}"},
        "",
        _("A reminder is a prompt for a conversation, nothing more."),
        _("No such mail any more? Sign in and say so here: %(address)s")
        % {"address": f"{base}{reverse('access:appearance')}"},
    ]
    return "\n".join(lines) + "\n"


def _lines(counts: Counts) -> Iterator[str]:
    said = {
        What.CLOCK: ngettext(
            "%(count)d person to get in touch with",
            "%(count)d people to get in touch with",
            counts[What.CLOCK],
        ),
        What.TASK: ngettext("%(count)d task", "%(count)d tasks", counts[What.TASK]),
        What.STEP: ngettext(
            "%(count)d step of a plan", "%(count)d steps of plans", counts[What.STEP]
        ),
        What.APPOINTMENT: ngettext(
            "%(count)d appointment to say how it went",
            "%(count)d appointments to say how they went",
            counts[What.APPOINTMENT],
        ),
        What.COUNSELLING: ngettext(
            "%(count)d round of counselling",
            "%(count)d rounds of counselling",
            counts[What.COUNSELLING],
        ),
        What.REFERRAL: ngettext(
            "%(count)d referral to answer",
            "%(count)d referrals to answer",
            counts[What.REFERRAL],
        ),
    }
    for what, text in said.items():
        if counts[what]:
            yield text % {"count": counts[what]}
