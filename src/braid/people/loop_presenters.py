"""The loop of a referral in words: for who sent it, and for the unit that got it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access.choices import RoleChoice
from braid.method.referral_loop import Business, Standing, Task
from braid.packs import jurisdictions
from braid.people.choices import ExitReason, ReferralWay, RefusalReason
from braid.people.queries import Loop, Sent
from braid.web.presenters import State

WORDS: dict[Business, Promise] = {
    Business.SENT: gettext_lazy("sent"),
    Business.RECEIVED: gettext_lazy("received, not taken on yet"),
    Business.WAITING: gettext_lazy("waiting to be taken on"),
    Business.ASKED_AGAIN: gettext_lazy("not yet; asked again"),
    Business.DECLINED: gettext_lazy("declined"),
    Business.WITHDRAWN: gettext_lazy("ended by the person"),
    Business.TAKEN_ON: gettext_lazy("taken on, first meeting ahead"),
    Business.MET: gettext_lazy("under way"),
    Business.RESTING: gettext_lazy("resting"),
    Business.NOT_MET: gettext_lazy("ended before a first meeting"),
    Business.ENDED: gettext_lazy("ended"),
}
TASK_WORDS: dict[Task, Promise] = {
    Task.REQUESTED: gettext_lazy("requested"),
    Task.ACCEPTED: gettext_lazy("accepted"),
    Task.REJECTED: gettext_lazy("rejected"),
    Task.CANCELLED: gettext_lazy("cancelled"),
    Task.IN_PROGRESS: gettext_lazy("in progress"),
    Task.ON_HOLD: gettext_lazy("on hold"),
    Task.FAILED: gettext_lazy("failed"),
    Task.COMPLETED: gettext_lazy("completed"),
}
_STATES = {Business.MET: State.OK, Business.TAKEN_ON: State.OK}


@dataclass(frozen=True, slots=True)
class SentLine:
    """A referral of one's own: whom, where it stands, why, and its news in a sentence."""

    one: Sent
    way: str
    state: str
    pill: State
    reason: str
    news: str


def way_words(way: str) -> str:
    """Return how a referral came; empty where nobody said."""
    return str(ReferralWay(way).label) if way else ""


def reason_words(reason: str) -> str:
    """Return the reason of a refusal or an exit in words."""
    for choices in (RefusalReason, ExitReason):
        if reason in choices.values:
            return str(choices(reason).label)
    return ""


def state_words(stands: Standing) -> str:
    """Return where a referral stands; nobody is said to have said no unless it is told."""
    closed = (Business.DECLINED, Business.WITHDRAWN)
    if stands.business in closed and not stands.reason:
        return _("did not start")
    return str(WORDS[stands.business])


def sent_lines(found: Iterable[Sent]) -> list[SentLine]:
    """Return one's own referrals in words, in their order."""
    return [
        SentLine(
            one,
            way_words(one.way),
            _state_of(one),
            _STATES.get(one.standing.business, State.INFO),
            reason_words(one.standing.reason),
            _news(one),
        )
        for one in found
    ]


def _state_of(one: Sent) -> str:
    """Return where one's own referral stands, as far as more than the receipt is told."""
    if one.is_shared:
        return state_words(one.standing)
    if one.standing.business == Business.RECEIVED:
        return _("receipt confirmed")
    return _("receipt not confirmed yet")


def _news(one: Sent) -> str:
    """Return the latest that is new, as one sentence; without a name where none is told."""
    if not one.news:
        return ""
    who = one.name or _("The person you referred")
    sentence = {
        "job_start": _("%(who)s, referred by you, started work."),
        "first_contact": _("%(who)s and the specialist have met."),
        "accepted": _("%(who)s was taken on."),
        "receipt": _("The unit confirmed that the referral arrived."),
        "declined": _("%(who)s was not taken on."),
        "not_started": _("It did not start with %(who)s."),
        "exit": _("The course of %(who)s has ended."),
    }[_most(one)]
    return sentence % {"who": who}


# Of several news at once the first of these is said; the others stand in the list.
_ORDER = (
    "job_start",
    "declined",
    "not_started",
    "exit",
    "first_contact",
    "accepted",
    "receipt",
)


def _most(one: Sent) -> str:
    return min((event.kind for event in one.news), key=_ORDER.index)


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """A “no” in words; `breaches` where its reason goes against zero exclusion."""

    day: date
    kind: str
    reason: str
    who: str
    words: str
    asked_again_on: date | None
    breaches: bool


@dataclass(frozen=True, slots=True)
class LoopLines:
    """The page of one referral."""

    loop: Loop
    way: str
    is_live: bool
    state: str
    task: str
    reason: str
    refusals: tuple[RefusalLine, ...]


def loop_lines(found: Loop, country: str) -> LoopLines:
    """Return the loop of a referral in words."""
    pack = jurisdictions.of_country(country)
    roles = dict(RoleChoice.choices)
    return LoopLines(
        loop=found,
        way=way_words(found.episode.referral_way),
        is_live=found.episode.referral_way == ReferralWay.LIVE,
        state=state_words(found.standing),
        task=str(TASK_WORDS[found.standing.task]),
        reason=reason_words(found.standing.reason),
        refusals=tuple(
            RefusalLine(
                one.day,
                str(one.get_kind_display()),
                str(one.get_reason_display()),
                one.decided_by or str(roles.get(one.by_role, "")),
                one.words,
                one.until_on,
                pack.breaches_zero_exclusion(one.reason),
            )
            for one in found.refusals
        ),
    )
