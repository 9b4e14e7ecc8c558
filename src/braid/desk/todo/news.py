"""What is new for those who do not sign in often: how much of what, never about whom.

Each is asked for in the reader's role, so that what is not agreed any more is not
counted. What the list of things to do counts already is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.access import notices
from braid.access.policy import Action, Actor, Information, may
from braid.access.sector_words import said
from braid.people.queries.offices import offices_of_caseload
from braid.people.queries.sent import referral_news
from braid.teamwork.queries import calendar, questions
from braid.teamwork.queries.gatherings import untold
from braid.work.queries import calendar as work


class New(StrEnum):
    """The kinds of news that a mail counts."""

    QUESTION = "question"
    DECISION = "decision"
    TOLD = "told"
    MEETING = "meeting"
    REFERRAL = "referral"
    NOTICE = "notice"
    APPOINTMENT = "appointment"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a mail: what it is about, and where to read it."""

    text: str
    url: str


def found(actor: Actor, today: date, until: date) -> Mapping[New, frozenset[UUID]]:
    """Return the keys of what is new or due up to `until`, by kind.

    Keys, so that what somebody meets in two roles counts once.
    """
    return {kind: frozenset(keys) for kind, keys in _found(actor, today, until)}


def _found(
    actor: Actor, today: date, until: date
) -> Iterator[tuple[New, Iterable[UUID]]]:
    if actor.own is not None:
        yield New.NOTICE, notices.unseen(actor).values_list("pk", flat=True)
        yield New.APPOINTMENT, _appointments(actor, today, until)
        return
    has_list = may(actor, Action.RECORD, Information.ATTENDANCE)
    if may(actor, Action.TAKE_PART):
        yield New.QUESTION, (one.id for one in questions.open_for(actor))
        met = calendar.meetings_between(actor, today, until, _offices(actor, today))
        yield New.MEETING, (one.id for one in met)
        if not has_list:
            due = calendar.own_tasks(actor).filter(due_on__lte=until)
            yield New.DECISION, due.values_list("pk", flat=True)
    if has_list:
        yield New.TOLD, (one.id for one in untold(actor, today))
    if may(actor, Action.REFER, Information.IDENTITY):
        yield New.REFERRAL, (one.episode_id for one in referral_news(actor))


def _offices(actor: Actor, today: date) -> frozenset[UUID]:
    if actor.id is None or not may(actor, Action.RECORD, Information.ATTENDANCE):
        return frozenset()
    return offices_of_caseload(actor, actor.id, today)


def _appointments(actor: Actor, today: date, until: date) -> Iterator[UUID]:
    for one in work.planned_between(actor, today, until):
        if not one.is_cancelled:
            yield one.id


def lines(counts: Mapping[New, int], actor: Actor) -> Iterator[Line]:
    """Yield a line for each kind of which there is something, in the reader's words."""
    for kind, text, page in (
        (New.QUESTION, _waiting(counts, actor), "teamwork:questions"),
        (New.DECISION, _due(counts, actor), "home"),
        (New.TOLD, _told(counts, actor), "home"),
        (New.MEETING, _meetings(counts), "home"),
        (New.REFERRAL, _referrals(counts, actor), "people:sent"),
        (New.NOTICE, _notices(counts), "desk:own_home"),
        (New.APPOINTMENT, _own_appointments(counts), "desk:own_home"),
    ):
        if counts.get(kind):
            yield Line(text, reverse(page))


def _called(actor: Actor, event: str) -> str:
    return capfirst(said(event, actor))


def _waiting(counts: Mapping[New, int], actor: Actor) -> str:
    return _("%(what)s: %(count)d waiting for your answer") % {
        "what": _called(actor, "question"),
        "count": counts.get(New.QUESTION, 0),
    }


def _due(counts: Mapping[New, int], actor: Actor) -> str:
    return _("%(what)s: %(count)d of yours due") % {
        "what": _called(actor, "decision"),
        "count": counts.get(New.DECISION, 0),
    }


def _told(counts: Mapping[New, int], actor: Actor) -> str:
    return _("%(what)s: %(count)d new, told to the whole unit") % {
        "what": _called(actor, "decision"),
        "count": counts.get(New.TOLD, 0),
    }


def _referrals(counts: Mapping[New, int], actor: Actor) -> str:
    return _("%(what)s: news about %(count)d of yours") % {
        "what": _called(actor, "referral"),
        "count": counts.get(New.REFERRAL, 0),
    }


def _meetings(counts: Mapping[New, int]) -> str:
    count = counts.get(New.MEETING, 0)
    text = ngettext("%(count)d meeting ahead", "%(count)d meetings ahead", count)
    return text % {"count": count}


def _notices(counts: Mapping[New, int]) -> str:
    count = counts.get(New.NOTICE, 0)
    text = ngettext(
        "%(count)d message on your page", "%(count)d messages on your page", count
    )
    return text % {"count": count}


def _own_appointments(counts: Mapping[New, int]) -> str:
    count = counts.get(New.APPOINTMENT, 0)
    text = ngettext(
        "%(count)d appointment ahead", "%(count)d appointments ahead", count
    )
    return text % {"count": count}
