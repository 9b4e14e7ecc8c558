"""What somebody has to do, from all rooms, in one list.

An overdue clock is a prompt for a conversation, nothing more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from braid.access.policy import Action, Actor, Information, may
from braid.benefits import queries as benefits
from braid.desk import queries
from braid.desk.presenters.clocks import clock_line, due_words
from braid.fidelity import queries as fidelity
from braid.kernel.dates import iso_week_start
from braid.people import queries as people
from braid.people.queries.own_steps import open_steps
from braid.teamwork import queries as teamwork
from braid.teamwork.queries import Key, PutOff, questions
from braid.teamwork.queries.questions import QuestionView
from braid.web.presenters import State
from braid.work.queries.unresolved import unresolved

LETTERS = 120  # of an action's words


class What(StrEnum):
    """The kinds of things to do, as a mail counts them."""

    CLOCK = "clock"
    TASK = "task"
    STEP = "plan_action"
    APPOINTMENT = "appointment"
    COUNSELLING = "counselling"
    REFERRAL = "referral"
    QUESTION = "question"
    ACTION = "fidelity_action"
    REVIEW = "fidelity_review"


@dataclass(frozen=True, slots=True)
class Item:
    """Something to do: what, about whom, by when, and what can be done about it here.

    `kind` and the two ids say which reminder it is, so that it can be put off. `tick` is
    where its being done is posted; empty where the record itself says so.
    """

    what: What
    kind: str
    text: str
    url: str
    due_on: date | None
    episode_id: UUID | None = None
    applicant_id: UUID | None = None
    record_id: UUID | None = None
    person: str = ""
    who: str = ""
    tick: str = ""
    is_done: bool = False
    limit_days: int | None = None
    off: PutOff | None = None

    @property
    def key(self) -> Key:
        return self.kind, self.episode_id, self.record_id

    @property
    def put_off_url(self) -> str:
        asked = {
            "kind": self.kind,
            "episode": self.episode_id,
            "record": self.record_id,
        }
        given = {name: str(value) for name, value in asked.items() if value}
        return f"{reverse('desk:put_off')}?{urlencode(given)}"

    def pill(self, today: date) -> str:
        return due_words((self.due_on - today).days) if self.due_on else ""

    def state(self, today: date) -> State:
        if self.due_on is None or self.due_on > today:
            return State.INFO
        return State.DUE if self.due_on == today else State.OVERDUE


@dataclass(frozen=True, slots=True)
class Group:
    """Part of the list: what it is called, and its items with pill and state."""

    title: str | Promise
    lines: tuple[tuple[Item, str, State], ...]


def items(actor: Actor, today: date, *, whole_unit: bool = False) -> list[Item]:
    """Return what `actor` has to do, or the whole unit has; what is put off says so."""
    found = list(_items(actor, today, whole_unit))
    off = teamwork.put_off(actor, today)
    return [replace(item, off=off.get(item.key)) for item in found]


def _items(actor: Actor, today: date, whole_unit: bool) -> Iterator[Item]:
    records = may(actor, Action.RECORD, Information.ATTENDANCE)
    if records:
        yield from _of_caseload(actor, today, whole_unit)
        yield from _tasks(actor, today, whole_unit)
        yield from _actions(actor)
        staff = None if whole_unit else actor.id
        for slot in unresolved(actor, today, staff):
            yield Item(
                What.APPOINTMENT,
                What.APPOINTMENT,
                _("How did the appointment go?"),
                reverse("work:appointment", args=[slot.id]),
                slot.day,
                applicant_id=slot.applicant_id,
                record_id=slot.id,
                person=slot.person or slot.employer,
                who=slot.staff if whole_unit else "",
            )
    if records and may(actor, Action.OVERSEE, Information.STATISTICAL):
        yield from _referrals(actor, today)
        yield from _reviews(actor, today)
    counsels = may(actor, Action.CONFIRM, Information.BENEFITS)
    if counsels:
        yield from _counselling(actor, today)
    if records or counsels:
        yield from _questions(actor, today, whole_unit)


def _of_caseload(actor: Actor, today: date, whole_unit: bool) -> Iterator[Item]:
    """Yield running clocks from their warning day on, and steps of plans."""
    choice = {} if whole_unit else {"specialist_id": actor.id}
    course = queries.caseload(actor, today, **choice)
    rows = {row.episode_id: row for row in course.rows}
    for episode_id, clocks in course.clocks.items():
        row = rows[episode_id]
        for clock in clocks:
            if clock.state(today) == "ok":
                continue
            yield Item(
                What.CLOCK,
                clock.kind,
                clock_line(clock, today).text,
                reverse("desk:person", args=[row.applicant_id]),
                clock.due_on,
                episode_id=episode_id,
                applicant_id=row.applicant_id,
                record_id=clock.job_id,
                person=row.name,
                who=row.specialist if whole_unit else "",
                limit_days=clock.limit_days,
            )
    for episode_id, step in open_steps(actor, list(rows)):
        row = rows[episode_id]
        yield Item(
            What.STEP,
            What.STEP,
            step.text,
            reverse("people:plan", args=[episode_id]),
            step.due_on,
            episode_id=episode_id,
            applicant_id=row.applicant_id,
            record_id=step.id,
            person=row.name,
            who=row.specialist if whole_unit else "",
            tick=reverse("desk:todo_step", args=[episode_id, step.id]),
        )


def _tasks(actor: Actor, today: date, whole_unit: bool) -> Iterator[Item]:
    staff = None if whole_unit else actor.id
    for task in teamwork.tasks(actor, staff_id=staff, today=today):
        yield Item(
            What.TASK,
            What.TASK,
            task.text,
            reverse("desk:task", args=[task.id]),
            task.due_on,
            episode_id=task.episode_id,
            applicant_id=task.applicant_id,
            record_id=task.id,
            person=task.person,
            who=task.staff or _("nobody yet"),
            tick=reverse("desk:task_done", args=[task.id]),
            is_done=task.done_on is not None,
        )


def _referrals(actor: Actor, today: date) -> Iterator[Item]:
    for row in people.waiting(actor):
        if row.acknowledged_on and not row.is_asked_again(today):
            continue
        yield Item(
            What.REFERRAL,
            What.REFERRAL,
            _("The referral waits for an answer"),
            reverse("desk:person", args=[row.applicant_id]),
            row.asked_again_on or row.referred_on,
            episode_id=row.episode_id,
            applicant_id=row.applicant_id,
            person=row.name,
        )


def _actions(actor: Actor) -> Iterator[Item]:
    """Yield the actions of fidelity plans that somebody has taken on."""
    for one in fidelity.own_actions(actor):
        yield Item(
            What.ACTION,
            What.ACTION,
            Truncator(one.text).chars(LETTERS),
            one.url,
            one.due_on,
            record_id=one.id,
            who=one.unit,
        )


def _reviews(actor: Actor, today: date) -> Iterator[Item]:
    """Yield the next fidelity review of a unit where it is near and not planned."""
    for one in fidelity.reviews_to_plan(actor, today):
        yield Item(
            What.REVIEW,
            What.REVIEW,
            _("The next fidelity review is not planned yet"),
            one.url,
            one.due_on,
            record_id=one.id,
            who=one.unit,
        )


def _counselling(actor: Actor, today: date) -> Iterator[Item]:
    home = benefits.home(actor, today)
    for one in (*home.due, *home.booked, *home.reviews):
        yield Item(
            What.COUNSELLING,
            What.COUNSELLING,
            _("Benefits counselling"),
            reverse("benefits:person", args=[one.applicant_id]),
            one.day,
            applicant_id=one.applicant_id,
            record_id=one.round_id,
            person=one.name,
        )


def _questions(actor: Actor, today: date, whole_unit: bool) -> Iterator[Item]:
    """Yield what another side asks, and what it answered until the answer was seen.

    Without its words: what a question is about has a class of its own.
    """
    for one in questions.open_for(actor, whole_team=whole_unit):
        text = _("%(team)s asks something") % {"team": one.by_team}
        yield _question(one, text, one.due_on, one.of_name or _("nobody yet"))
    for one in questions.answered_for(actor):
        text = _("%(team)s has answered") % {"team": one.of_team}
        yield _question(one, text, today, "")


def _question(one: QuestionView, text: str, due_on: date | None, who: str) -> Item:
    return Item(
        What.QUESTION,
        What.QUESTION,
        text,
        reverse("teamwork:question", args=[one.id]),
        due_on,
        episode_id=one.episode_id,
        applicant_id=one.applicant_id,
        record_id=one.id,
        person=one.person,
        who=who,
    )


def is_due(item: Item, today: date) -> bool:
    """Say whether something is to be done today or was before, and is not put off."""
    open_now = not item.is_done and item.off is None
    return open_now and item.due_on is not None and item.due_on <= today


TITLES = (
    gettext_lazy("Overdue"),
    gettext_lazy("Today"),
    gettext_lazy("This week"),
    gettext_lazy("Later, or without a day"),
    pgettext_lazy("a heading", "Put off"),
    gettext_lazy("Done just now"),
)


def grouped(found: Iterable[Item], today: date) -> list[Group]:
    """Return the list in its parts, the nearest day first; parts that are empty go."""
    parts: list[list[Item]] = [[] for _title in TITLES]
    for item in sorted(found, key=lambda item: (item.due_on or date.max, item.text)):
        parts[_part(item, today)].append(item)
    return [
        Group(
            title,
            tuple((item, item.pill(today), item.state(today)) for item in part),
        )
        for title, part in zip(TITLES, parts, strict=True)
        if part
    ]


def _part(item: Item, today: date) -> int:
    if item.is_done:
        return 5
    if item.off is not None:
        return 4
    if item.due_on is None:
        return 3
    if item.due_on <= today:
        return 0 if item.due_on < today else 1
    return 2 if item.due_on < iso_week_start(today) + timedelta(7) else 3
