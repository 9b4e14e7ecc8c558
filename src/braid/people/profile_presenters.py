"""The career profile in words: sections with what is filled, answers, history."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.access.choices import InformationChoice, RoleChoice
from braid.access.policy import Actor, Information
from braid.access.presenters.control import who_sees
from braid.people.choices import AnswerKind, Section, UpdateBecause
from braid.people.models import Episode, PastJob
from braid.people.profile import PARTS, QUESTIONS, Part, Question, words_of
from braid.people.queries.profile import (
    EPISODE,
    PAST_JOB,
    Answer,
    Past,
    Profile,
    Update,
)
from braid.web.presenters import Later


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it is read; `note` says that it is of another class than its section."""

    label: str
    text: str
    at: datetime | None
    by: str
    is_mine: bool
    note: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A section on the overview: what is written, who changed it last, who reads it."""

    letter: str
    title: str
    purpose: str
    kind: str
    url: str
    is_touched: bool
    told: str
    at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change: of which question, from what to what, by whom, when."""

    section: str
    what: str
    old: str
    new: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class UpdateLine:
    """That the profile was looked at again."""

    day: date
    title: str
    text: str
    by: str


def kind_words(kind: AnswerKind) -> str:
    """Return what a class of information is called everywhere."""
    return str(InformationChoice(kind.value).label)


def progress(touched: Collection[str]) -> str:
    """Return how many sections somebody has touched; never a share, never a score."""
    count = len(touched)
    return ngettext(
        "%(count)s of %(all)s sections touched",
        "%(count)s of %(all)s sections touched",
        count,
    ) % {"count": count, "all": len(PARTS)}


def tiles(profile: Profile, urls: Mapping[str, str]) -> list[Tile]:
    """Return the sections in their order, each with what is written in it."""
    return [_tile(part, profile, urls[key]) for key, part in PARTS.items()]


def _tile(part: Part, profile: Profile, url: str) -> Tile:
    key = part.section.value
    written = [
        one for one in profile.answers.values() if one.section == key and one.text
    ]
    moments = [(one.at, one.by) for one in written]
    jobs = profile.past_jobs if part.section == Section.PAST_JOBS else ()
    moments += [(job.at, job.by) for job in jobs]
    last = max(moments, default=(None, ""), key=lambda one: one[0])
    goal = profile.goal if part.section == Section.GOAL else ""
    return Tile(
        letter=part.letter,
        title=part.title,
        purpose=str(part.purpose),
        kind=kind_words(part.kind),
        url=url,
        is_touched=key in profile.touched,
        told=_told(len(written) + bool(goal), len(jobs)),
        at=last[0],
        by=last[1],
    )


def _told(answers: int, jobs: int) -> str:
    parts = []
    if jobs:
        parts.append(ngettext("%(n)s job", "%(n)s jobs", jobs) % {"n": jobs})
    if answers:
        words = ngettext("%(n)s answer", "%(n)s answers", answers)
        parts.append(words % {"n": answers})
    return ", ".join(parts)


def shown(
    part: Part,
    questions: Iterable[Question],
    answers: Mapping[str, Answer],
    actor: Actor,
) -> list[Shown]:
    """Return the answers of some questions, those that have words."""
    found = ((one, answers.get(one.id)) for one in questions)
    return [
        show(part, question, answer, actor)
        for question, answer in found
        if answer is not None and answer.text
    ]


def show(part: Part, question: Question, answer: Answer | None, actor: Actor) -> Shown:
    """Return one answer as it is read."""
    kind = part.kind_of(question)
    return Shown(
        label=str(question.label),
        text=words_of(question, answer.text) if answer else "",
        at=answer.at if answer and answer.text else None,
        by=answer.by if answer else "",
        is_mine=bool(answer and actor.id and answer.by_id == actor.id),
        note=kind_words(kind) if kind != part.kind else "",
    )


def readers(applicant_id: UUID, kinds: Iterable[AnswerKind]) -> list[Later]:
    """Return for each class the part that says who reads it."""
    return [
        replace(
            who_sees(applicant_id, Information(kind)),
            text=_("Who sees this? (%(kind)s)") % {"kind": kind_words(kind)},
        )
        for kind in kinds
    ]


def update_lines(updates: Iterable[Update]) -> list[UpdateLine]:
    """Return when the profile was looked at again, in words."""
    return [
        UpdateLine(
            day=one.day,
            title=str(capfirst(UpdateBecause(one.because).label)),
            text=one.text,
            by=one.by or str(RoleChoice(one.by_role).label),
        )
        for one in updates
    ]


def past_years(job: Past) -> str:
    """Return from when to when, as far as it is known."""
    if job.first_year and job.last_year and job.first_year != job.last_year:
        return f"{job.first_year}–{job.last_year}"
    if job.first_year and not job.last_year:
        return _("from %(year)s") % {"year": job.first_year}
    return str(job.last_year or "")


def past_facts(job: Past) -> list[tuple[str, str]]:
    """Return what is known of a job before IPS, label by label."""
    reference = {True: _("yes"), False: _("no"), None: ""}[job.reference]
    pairs = (
        (_("What was done"), job.duties),
        (_("Hours a week"), f"{job.weekly_hours:n}" if job.weekly_hours else ""),
        (_("Pay"), job.pay),
        (_("How it was found"), job.found_how),
        (_("What was good"), job.liked),
        (_("What was not good"), job.disliked),
        (_("Why it ended"), job.why_left),
        (_("Boss"), job.supervisor),
        (_("May be asked about the person"), reference),
    )
    return [(label, text) for label, text in pairs if text]


def history_lines(
    rows: Iterable[Any], answers: Mapping[str, Answer], jobs: Iterable[Past]
) -> list[HistoryLine]:
    """Return changes in words: the question's, the choices' and the fields' labels."""
    questions = {one.key: one.question for one in answers.values()}
    titles = {job.id: job.title for job in jobs}
    return [_history_line(row, questions, titles) for row in rows]


def _history_line(
    row: Any, questions: Mapping[UUID, str], titles: Mapping[UUID, str]
) -> HistoryLine:
    old, new = row.old, row.new
    if row.record_kind == EPISODE:
        section = str(Section.GOAL.label)
        what = _field_words(Episode, "goal")
    elif row.record_kind == PAST_JOB:
        section = titles[row.record_key]
        what = _field_words(PastJob, row.field)
        said = {"True": _("yes"), "False": _("no")}
        old, new = said.get(old, old), said.get(new, new)
    else:
        name = questions[row.record_key]
        # A question that a later version of the profile no longer asks keeps its words.
        section, what = "", name
        if name in QUESTIONS:
            part, question = QUESTIONS[name]
            section, what = part.title, str(question.label)
            old, new = words_of(question, old), words_of(question, new)
    return HistoryLine(
        section, what, old, new, row.changed_at, row.changed_by__name or ""
    )


def _field_words(model: Any, name: str) -> str:
    return str(capfirst(model._meta.get_field(name).verbose_name))
