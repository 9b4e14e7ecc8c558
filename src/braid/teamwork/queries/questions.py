"""Reading questions between the sides: what is asked of us, by us, about somebody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.http import Http404

from braid.access import queries as access
from braid.access import sides
from braid.access.choices import Sector
from braid.access.policy import Action, Actor, Information
from braid.people import sight
from braid.teamwork import rules
from braid.teamwork.choices import QuestionKind, QuestionState
from braid.teamwork.models import Question
from braid.teamwork.rules import Responses
from braid.teamwork.sealing import opened

SHOWN_ANSWERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as lists show it; `person` is empty where it is about nobody."""

    id: UUID
    kind: str
    text: str
    asked_on: date
    due_on: date | None
    state: str
    answer: str
    answered_on: date | None
    answered_by: str
    escalated_on: date | None
    reminded_on: date | None
    answer_seen_on: date | None
    episode_id: UUID | None
    applicant_id: UUID | None
    person: str
    by_sector: str
    by_team_id: UUID | None
    by_team: str
    by_id: UUID | None
    by_name: str
    of_sector: str
    of_team_id: UUID | None
    of_team: str
    of_id: UUID | None
    of_name: str

    @property
    def is_open(self) -> bool:
        return self.state == QuestionState.OPEN

    def is_overdue(self, today: date) -> bool:
        return self.is_open and rules.is_overdue(self.due_on, today)


_COLUMNS = (
    "pk",
    "kind",
    "text",
    "sealed_text",
    "asked_on",
    "due_on",
    "state",
    "answer",
    "sealed_answer",
    "answered_on",
    "answered_by__name",
    "answered_words",
    "escalated_on",
    "reminded_on",
    "answer_seen_on",
    "episode_id",
    "episode__applicant_id",
    "by_sector",
    "by_team_id",
    "by_team__name",
    "created_by_id",
    "created_by__name",
    "of_sector",
    "of_team_id",
    "of_team__name",
    "of_staff_id",
    "of_staff__name",
    "of_words",
)


def seen(actor: Actor) -> QuerySet[Question]:
    """Ask for the questions that `actor` may read, each as the class that it is of."""
    found: QuerySet[Question] = Question.objects.none()
    for kind in ("", *QuestionKind.values):
        information = Information(kind) if kind else Question.information
        rows = Question.objects.visible_to(actor, Action.TAKE_PART, information)
        found = found | rows.filter(kind=kind)
    return found


def _of_side(actor: Actor, which: str) -> Q:
    """Return the condition that the actor's own side asks (`by`) or is asked (`of`)."""
    side = {f"{which}_sector": sides.side_of(actor)}
    return Q(**side, **{f"{which}_team_id__in": actor.teams})


def _views(actor: Actor, rows: QuerySet[Question]) -> list[QuestionView]:
    """Return questions whose person is known to the actor, in the order of the query."""
    listed = list(rows.values_list(*_COLUMNS, named=True))
    about = {row.episode__applicant_id for row in listed} - {None}
    known = sight.known_among(actor, about) if about else {}
    return [
        _view(row, known)
        for row in listed
        if row.episode_id is None or row.episode__applicant_id in known
    ]


def _view(row: Any, known: dict[UUID, Any]) -> QuestionView:
    about = row.episode__applicant_id
    person = known.get(about)
    return QuestionView(
        id=row.pk,
        kind=row.kind,
        text=row.text or opened(about, row.sealed_text),
        asked_on=row.asked_on,
        due_on=row.due_on,
        state=row.state,
        answer=row.answer or opened(about, row.sealed_answer),
        answered_on=row.answered_on,
        answered_by=row.answered_by__name or row.answered_words,
        escalated_on=row.escalated_on,
        reminded_on=row.reminded_on,
        answer_seen_on=row.answer_seen_on,
        episode_id=row.episode_id,
        applicant_id=about,
        person=person.name if person else "",
        by_sector=row.by_sector,
        by_team_id=row.by_team_id,
        by_team=row.by_team__name or "",
        by_id=row.created_by_id,
        by_name=row.created_by__name or "",
        of_sector=row.of_sector,
        of_team_id=row.of_team_id,
        of_team=row.of_team__name or "",
        of_id=row.of_staff_id,
        of_name=row.of_staff__name or row.of_words,
    )


def open_for(actor: Actor, *, whole_team: bool = False) -> list[QuestionView]:
    """Return open questions that wait for `actor`: asked of them, of nobody in particular.

    One that was passed on waits for everybody of the team; with `whole_team` all do.
    """
    if not sides.has_side(actor):
        return []
    rows = seen(actor).filter(_of_side(actor, "of"), state=QuestionState.OPEN)
    if not whole_team:
        rows = rows.filter(waits_for(actor))
    return _views(actor, rows)


def waits_for(actor: Actor) -> Q:
    """Return the condition that a question of `actor`'s side waits for them.

    Asked of them or of nobody in particular; passed on, it waits for everybody.
    """
    return Q(of_staff_id=actor.id) | Q(of_staff=None) | Q(escalated_on__isnull=False)


def answered_for(actor: Actor) -> list[QuestionView]:
    """Return what was answered to a question of `actor`'s own, until it was seen."""
    if not sides.has_side(actor):
        return []
    rows = seen(actor).filter(
        _of_side(actor, "by"),
        created_by_id=actor.id,
        state=QuestionState.ANSWERED,
        answer_seen_on__isnull=True,
    )
    return _views(actor, rows)


def about(actor: Actor, episode_ids: Collection[UUID]) -> list[QuestionView]:
    """Return the questions about these episodes that `actor` may read, open ones first."""
    return _open_first(actor, seen(actor).filter(episode_id__in=episode_ids))


def about_person(actor: Actor, applicant_id: UUID) -> list[QuestionView]:
    """Return the questions about somebody that `actor` may read, open ones first."""
    return _open_first(actor, seen(actor).filter(episode__applicant_id=applicant_id))


def _open_first(actor: Actor, rows: QuerySet[Question]) -> list[QuestionView]:
    found = _views(actor, rows.exclude(state=QuestionState.TAKEN_BACK))
    return sorted(found, key=lambda one: (not one.is_open, -one.asked_on.toordinal()))


def inbox(actor: Actor, today: date) -> tuple[list[QuestionView], list[QuestionView]]:
    """Return what is asked of the actor's side, and what it asks: open, and just answered.

    Raises Refused for who speaks for no side.
    """
    recent = Q(state=QuestionState.OPEN) | Q(
        state=QuestionState.ANSWERED, answered_on__gte=today - SHOWN_ANSWERED
    )
    of_us, by_us = _of_side(actor, "of"), _of_side(actor, "by")
    rows = _views(actor, seen(actor).filter(recent).filter(of_us | by_us))
    side = sides.side_of(actor)
    return (
        [
            one
            for one in rows
            if (one.of_sector, one.of_team_id in actor.teams) == (side, True)
        ],
        [
            one
            for one in rows
            if (one.by_sector, one.by_team_id in actor.teams) == (side, True)
        ],
    )


def own(actor: Actor) -> list[QuestionView]:
    """Return what was asked about the applicant whose account this is, latest first."""
    if actor.own is None:
        return []
    found: QuerySet[Question] = Question.objects.none()
    for kind in QuestionKind.values:
        rows = Question.objects.visible_to(actor, Action.READ, Information(kind))
        found = found | rows.filter(kind=kind)
    rows = found.filter(episode__applicant_id=actor.own)
    return _views(actor, rows.order_by("-asked_on", "-created_at"))


_ALONG = (
    "episode",
    "unit__organisation",
    "by_team",
    "of_team",
    "of_staff",
    "created_by",
    "answered_by",
)


def question(actor: Actor, key: UUID) -> Question:
    """Return a question that `actor` may read, with the person known, else answer 404."""
    found = seen(actor).select_related(*_ALONG).filter(pk=key).first()
    if found is None or not sides.has_side(actor):
        raise Http404
    if found.about is not None and not sight.is_known(actor, found.about):
        raise Http404
    return found


def was_ours(actor: Actor, key: UUID) -> bool:
    """Say whether a question was asked of the actor's side, readable or not any more.

    For somebody who had it open while what they may read changed.
    """
    if not sides.has_side(actor):
        return False
    rows = Question.objects.system("whether what was typed may be shown again")
    return bool(rows.filter(_of_side(actor, "of"), pk=key).exists())


def view_of(actor: Actor, found: Question) -> QuestionView:
    """Return a question that was found as lists show it."""
    rows = Question.objects.system("one that was found within a scope")
    return _views(actor, rows.filter(pk=found.pk))[0]


def is_asked(actor: Actor, found: Any) -> bool:
    """Say whether a question is asked of the actor's side."""
    return sides.has_side(actor) and (found.of_sector, True) == (
        sides.side_of(actor),
        found.of_team_id in actor.teams,
    )


def is_asker(actor: Actor, found: Any) -> bool:
    """Say whether the actor's side asks a question."""
    return sides.has_side(actor) and (found.by_sector, True) == (
        sides.side_of(actor),
        found.by_team_id in actor.teams,
    )


def colleagues(actor: Actor, found: Question, today: date) -> list[tuple[str, str]]:
    """Return who of the side that is asked can take a question: (id, name)."""
    team = found.of_team_id
    members = sides.members([team] if team else [], today, found.about)
    return [
        (str(one.user_id), one.name) for one in members if one.sector == found.of_sector
    ]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides, and how fast each answered the other; both are shown the same.

    `crosses` says that they are of two organisations.
    """

    unit_id: UUID
    unit: str
    sector: str
    team_id: UUID
    team: str
    unit_answers: Responses
    team_answers: Responses
    crosses: bool


def response_times(actor: Actor, today: date) -> list[Pair]:
    """Return how fast the actor's side and each that it works with answered the other.

    Of the questions asked in the days of `rules.window`, without those taken back. It
    names nobody and says nothing about anybody, so consent changes none of it; whoever
    has blocked the reader is in no number, as in every other figure.
    """
    first, last = rules.window(today)
    ours = _of_side(actor, "of") | _of_side(actor, "by")
    rows = (
        Question.objects.system("figures that both sides are shown")
        .filter(ours, asked_on__gte=first, asked_on__lte=last)
        .exclude(episode__applicant_id__in=actor.hidden)
    )
    taken = ExpressionWrapper(
        F("answered_on") - F("asked_on"), output_field=DurationField()
    )
    counted = (
        rows.exclude(state=QuestionState.TAKEN_BACK)
        .order_by()
        .annotate(taken=taken)
        .values_list("by_sector", "by_team_id", "of_sector", "of_team_id", "taken")
        .annotate(number=Count("pk"))
    )
    ways: dict[tuple[Any, ...], list[tuple[int | None, int]]] = {}
    for by_sector, by_team, of_sector, of_team, spent, number in counted:
        way = (by_sector, by_team, of_sector, of_team)
        days = None if spent is None else spent.days
        ways.setdefault(way, []).append((days, number))
    return _pairs(ways)


def _pairs(ways: dict[tuple[Any, ...], list[tuple[int | None, int]]]) -> list[Pair]:
    unit = Sector.IPS_PROVIDER
    keys = {
        (by_team, of_sector, of_team)
        if by_sector == unit
        else (of_team, by_sector, by_team)
        for by_sector, by_team, of_sector, of_team in ways
    }
    teams = {key for unit_id, _sector, team_id in keys for key in (unit_id, team_id)}
    known = {team.pk: team for team in access.teams_named(teams - {None})}
    found = [
        Pair(
            unit_id,
            known[unit_id].name,
            sector,
            team_id,
            known[team_id].name,
            _responses(ways.get((sector, team_id, unit, unit_id), [])),
            _responses(ways.get((unit, unit_id, sector, team_id), [])),
            known[unit_id].organisation_id != known[team_id].organisation_id,
        )
        for unit_id, sector, team_id in keys
        if unit_id in known and team_id in known
    ]
    return sorted(found, key=lambda pair: (pair.team, pair.sector, pair.unit))


def _responses(days: list[tuple[int | None, int]]) -> Responses:
    asked = sum(number for _taken, number in days)
    return rules.responses(
        asked, [(taken, number) for taken, number in days if taken is not None]
    )
