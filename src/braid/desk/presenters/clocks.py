"""Clocks in words: what runs, how near it is, and what stops it."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from braid.kernel.moments import Clock
from braid.method import clocks as kinds
from braid.web import presenters as web
from braid.web.days import day_text

CLOCK_TEXTS: dict[str, Promise] = {
    kinds.FIRST_CONTACT: gettext_lazy(
        "Referred %(days)s ago; first meeting not held yet"
    ),
    kinds.RAPID_SEARCH: gettext_lazy("Entered %(days)s ago; no employer met yet"),
    kinds.BEFORE_START: gettext_lazy(
        "Starts at %(about)s %(starts)s; meet before then"
    ),
    kinds.AFTER_START: gettext_lazy(
        "Started at %(about)s %(started)s; first support contact due"
    ),
    kinds.FIRST_MONTH: gettext_lazy(
        "First month at %(about)s; no visit this week of the job yet"
    ),
    kinds.STABLE_WORK: gettext_lazy("In work at %(about)s; not seen for %(days)s"),
    kinds.JOB_LOSS: gettext_lazy("Job at %(about)s ended; not spoken to since"),
    kinds.INACTIVITY: gettext_lazy("Not met for %(days)s"),
    kinds.STEP_DOWN_REVIEW: gettext_lazy("A year in work; offer to step down"),
    kinds.PROFILE: gettext_lazy("Entered %(days)s ago; career profile not drafted yet"),
    kinds.DISCLOSURE_TALK: gettext_lazy(
        "Not talked yet about what an employer may know"
    ),
    kinds.SEARCH_PLAN: gettext_lazy("Entered %(days)s ago; no search plan agreed yet"),
    kinds.PLAN_REVIEW: gettext_lazy("Search plan last looked at %(days)s ago"),
    kinds.COUNSELLING: gettext_lazy("Benefits counselling waits"),
    kinds.ASK_AGAIN: gettext_lazy("“Not yet” was said; ask again"),
    kinds.LOOK_AGAIN: gettext_lazy("Look again at the pause or the wait"),
}
STOPS: dict[str, Promise] = {
    "first_meaningful_contact": gettext_lazy("the first meaningful contact"),
    "in_person_employer_contact": gettext_lazy(
        "a face-to-face contact with an employer, for this person"
    ),
    "in_person_contact": gettext_lazy("meeting face to face"),
    "attended_contact": gettext_lazy(
        "a contact that takes place: in person, phone or video"
    ),
    "profile_sections": gettext_lazy(
        "touching goal, jobs so far, everyday life and benefits in the career profile"
    ),
    "disclosure_talk": gettext_lazy("the first talk, whatever is decided"),
    "plan_agreed": gettext_lazy("a search plan that the person agreed to"),
    "plan_reviewed": gettext_lazy("looking at the plan together"),
    "counselling_done": gettext_lazy("the counselling, or a no to it"),
    "asked_again": gettext_lazy("taking the person on, or saying a new day"),
    "looked_at": gettext_lazy("taking up again, or saying a new day"),
    "step_down_offer": gettext_lazy("the offer, whatever the answer"),
}


DAY = timedelta(days=1)
THE_WORKPLACE = gettext_lazy("the workplace")


def _days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def clock_line(clock: Clock, today: date) -> web.Clock:
    """Return a clock in words: what, how near, and what stops it."""
    return web.Clock(
        text=str(CLOCK_TEXTS[clock.kind] % _values(clock, today)),
        pill=due_words(clock.days_left(today)),
        state=web.State(clock.state(today)),
        stops=STOPS[clock.stops],
        source=clock.source,
    )


def _values(clock: Clock, today: date) -> dict[str, str | Promise]:
    """Return what the text of this kind asks for; a list holds many of them."""
    about = clock.about or THE_WORKPLACE
    match clock.kind:
        case kinds.BEFORE_START:  # due on the eve of the start
            return {"about": about, "starts": day_text(clock.due_on + DAY, today.year)}
        case kinds.AFTER_START:
            return {"about": about, "started": day_text(clock.started_on, today.year)}
    return {"about": about, "days": _days((today - clock.started_on).days)}


def due_words(days_left: int) -> str:
    """Say when something is due, as short as a pill."""
    return _due_words(days_left, get_language())


@lru_cache(maxsize=1024)  # the same few stand all over a list
def _due_words(days_left: int, language: str | None) -> str:
    """Say it in the language in force, by which it is remembered."""
    if days_left == 0:
        return _("today")
    if days_left == 1:
        return _("tomorrow")
    if days_left > 1:
        return _("%(days)s left") % {"days": _days(days_left)}
    return _("%(days)s late") % {"days": _days(-days_left)}


def greeting(hour: int, name: str) -> str:
    """Greet by the time of day."""
    first = name.split(" ", 1)[0]
    if hour < 12:
        return _("Good morning, %(name)s") % {"name": first}
    if hour < 18:
        return _("Good afternoon, %(name)s") % {"name": first}
    return _("Good evening, %(name)s") % {"name": first}


def is_silent(clocks: Iterable[Clock], day: date) -> bool:
    """Say whether somebody has had no attended contact for too long."""
    return any(
        clock.kind == kinds.INACTIVITY and clock.state(day) == "overdue"
        for clock in clocks
    )
