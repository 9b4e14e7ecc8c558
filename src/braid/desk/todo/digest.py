"""A mail of what is new and due: how much of what, never about whom, never about health.

Daily or weekly, as each chose; where there is nothing to say, none is sent.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.access import digests
from braid.access import queries as access
from braid.access.policy import Actor
from braid.desk.todo import news
from braid.desk.todo.items import What, is_due, items
from braid.desk.todo.news import New

Counts = Counter[What]


@dataclass
class Digest:
    """What a mail says: what is on the list, and what is new, in the words of `reader`."""

    due: Counts = field(default_factory=Counter)
    new: dict[New, frozenset[UUID]] = field(default_factory=dict)
    reader: Actor | None = None

    @property
    def is_empty(self) -> bool:
        return not self.due.total() and not any(self.new.values())


def send_all(now: datetime) -> int:
    """Send each who wants it the mail of the day; return how many went out."""
    if not settings.BRAID_MAILS:
        return 0
    sent = 0
    for user in digests.wanting(timezone.localdate(now)):
        sent += _send(user, now)
    return sent


def _send(user: Any, now: datetime) -> bool:
    today = timezone.localdate(now)
    with translation.override(user.language or settings.LANGUAGE_CODE):
        digest = gathered(user, now, digests.until(user, today))
        if digest.is_empty or not digests.claim(user, today):
            return False
        send_mail(_("What is new and due"), words(digest), None, [user.email])
    return True


def gathered(user: Any, now: datetime, until: date) -> Digest:
    """Return what the mail of somebody says, of all the roles they work in.

    Who works here gets it as staff: what is on a page of their own is nobody's business
    in the mailbox of their work.
    """
    places = [place.actor for place in access.places(user, now)]
    working = [actor for actor in places if actor.own is None]
    digest = Digest()
    for actor in working or places:
        digest.reader = digest.reader or actor
        digest.due += due(actor, actor.day)
        for kind, keys in news.found(actor, actor.day, until).items():
            digest.new[kind] = digest.new.get(kind, frozenset()) | keys
    return digest


def due(actor: Actor, today: date) -> Counts:
    """Count what is due for somebody in one role; an applicant has no such list."""
    if actor.own is not None:
        return Counter()
    found = [item for item in items(actor, today) if is_due(item, today)]
    # Questions are among what is new, for those too who have no such list.
    return Counter(item.what for item in found if item.what != What.QUESTION)


def words(digest: Digest) -> str:
    """Return the text of the mail: a line for each kind, and where to read more."""
    base = settings.BRAID_ADDRESS
    lines = list(_lines(digest.due))
    if lines:
        listed = f"{base}{reverse('desk:todo')}"
        lines += ["", _("Read the list: %(address)s") % {"address": listed}, ""]
    counts: Mapping[New, int] = {kind: len(keys) for kind, keys in digest.new.items()}
    if digest.reader is not None:
        for line in news.lines(counts, digest.reader):
            lines += [line.text, f"{base}{line.url}"]
    lines += [
        "",
        _("A reminder is a prompt for a conversation, nothing more."),
        _("Less often, or no such mail any more? Sign in and say so here: %(address)s")
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
        What.ACTION: ngettext(
            "%(count)d action of a fidelity plan",
            "%(count)d actions of fidelity plans",
            counts[What.ACTION],
        ),
        What.REVIEW: ngettext(
            "%(count)d fidelity review to plan",
            "%(count)d fidelity reviews to plan",
            counts[What.REVIEW],
        ),
    }
    for what, text in said.items():
        if counts[what]:
            yield text % {"count": counts[what]}
