"""What a caseworker is shown of people: one line each, and the parts of one person.

Each class comes from a query that asks the policy for it; what is not shared is empty.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from braid.access.policy import Actor, Information
from braid.benefits import queries as benefits
from braid.desk.papers.asked import Kind
from braid.desk.papers.catalogue import offered
from braid.documents import queries as documents
from braid.packs import jurisdictions
from braid.people import sections as people
from braid.people.choices import EpisodeState
from braid.people.sections import Present
from braid.people.sight import Known
from braid.teamwork.choices import QuestionKind
from braid.teamwork.queries import questions
from braid.teamwork.queries.questions import QuestionView
from braid.web.days import day_text
from braid.work import sections as work
from braid.work.choices import Placement
from braid.work.sections import Hours

SHOWN = (
    Information.IDENTITY,
    Information.ATTENDANCE,
    Information.JOBS,
    Information.BENEFITS,
)


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in the list: where it stands, what comes next, what is still open."""

    id: UUID
    name: str
    status: str
    next_on: date | None
    work: str
    questions: int
    needed: tuple[str, ...]

    @property
    def open_text(self) -> str:
        """Say how many benefit questions wait; empty where none does."""
        if not self.questions:
            return ""
        text = ngettext(
            "%(count)d benefit question open",
            "%(count)d benefit questions open",
            self.questions,
        )
        return text % {"count": self.questions}


@dataclass(frozen=True, slots=True)
class Needed:
    """A document that a decision asks for, and the one that is kept, if it may be read."""

    name: str
    title: str
    about: str
    kept: Any


@dataclass(frozen=True, slots=True)
class Desk:
    """What is shared of some people, each class by its own query, by applicant."""

    courses: Mapping[UUID, Present]
    next_on: Mapping[UUID, date]
    jobs: Mapping[UUID, list[Hours]]
    payers: Mapping[UUID, list[Any]]
    asked: Mapping[UUID, list[QuestionView]]
    made: Mapping[UUID, Mapping[str, Any]]
    kinds: tuple[Kind, ...]

    def questions(self, key: UUID) -> int:
        return len(self.payers.get(key, ())) + len(self.asked.get(key, ()))

    def needed(self, key: UUID) -> tuple[Needed, ...]:
        """Return what a decision asks for while the course goes on, the missing first."""
        if key not in self.courses:
            return ()
        made = self.made.get(key, {})
        found = [
            Needed(kind.name, str(kind.title), str(kind.about), made.get(kind.name))
            for kind in self.kinds
        ]
        return tuple(sorted(found, key=lambda one: one.kept is not None))


def desk_of(actor: Actor, people_ids: Collection[UUID], today: date) -> Desk:
    """Ask the rooms about these people: as many queries for one as for fifty."""
    courses = people.present_courses(actor, people_ids)
    kinds = tuple(kind for kind in offered(actor.country) if kind.for_decision)
    return Desk(
        courses=courses,
        next_on=work.next_days(actor, people_ids, today),
        jobs=work.present_jobs(actor, people_ids, today),
        payers=benefits.asked_of_payers(actor, people_ids),
        asked=_asked(actor, courses.values()),
        made=documents.made_of(actor, people_ids, [kind.name for kind in kinds]),
        kinds=kinds,
    )


def _asked(actor: Actor, courses: Iterable[Present]) -> dict[UUID, list[QuestionView]]:
    """Return the open questions about benefits between the sides, by applicant."""
    found: dict[UUID, list[QuestionView]] = {}
    for one in questions.about(actor, [course.episode_id for course in courses]):
        is_wanted = one.is_open and one.kind == QuestionKind.BENEFITS
        if is_wanted and one.applicant_id is not None:
            found.setdefault(one.applicant_id, []).append(one)
    return found


def lines(known: Iterable[Known], desk: Desk) -> list[Line]:
    """Return one line a person, in their order."""
    return [
        Line(
            one.id,
            one.name,
            status_words(desk.courses.get(one.id), desk.jobs.get(one.id, ())),
            desk.next_on.get(one.id),
            hours_words(desk.jobs.get(one.id, ())),
            desk.questions(one.id),
            tuple(need.title for need in desk.needed(one.id) if need.kept is None),
        )
        for one in known
    ]


def status_words(course: Present | None, jobs: Collection[Hours]) -> str:
    """Say where somebody stands; empty where attendance is not shared."""
    if course is None:
        return ""
    if course.state == EpisodeState.ACTIVE:
        if jobs:
            return _("in work")
        return _("looks for a job") if course.entered_on else _("taken on")
    return str(EpisodeState(course.state).label)


def hours_words(jobs: Collection[Hours]) -> str:
    """Say how many hours a week somebody works today; empty where no job is shared."""
    if not jobs:
        return ""
    known = [one.weekly_hours for one in jobs if one.weekly_hours is not None]
    if not known:
        return _("hours not known")
    total = sum(known, Decimal()).normalize()
    is_whole = len(known) == len(jobs)
    words = (
        _("%(hours)s hours a week")
        if is_whole
        else _("at least %(hours)s hours a week")
    )
    return words % {"hours": f"{total:f}"}


def kind_words(placement: str) -> str:
    """Return the kind of a job in words."""
    return str(Placement(placement).label) if placement else _("kind not known yet")


@dataclass(frozen=True, slots=True)
class Note:
    """That IPS is an active measure here, for the caseworker's own record; or that
    nobody knows it: then there is no text to take over.
    """

    words: str
    statute: str
    source: str
    is_reviewed: bool
    text: str


def note(
    country: str, known: Known, course: Present | None, next_on: date | None, job: str
) -> Note:
    """Return the note of a country about one person, with what is shared of them."""
    pack = jurisdictions.of_country(country)
    measure = pack.active_measure
    words = jurisdictions.in_language(measure.words, get_language() or "en")
    text = ""
    if measure.counts and course is not None:
        text = "\n".join(filter(None, _note(known, course, next_on, job)))
        text += f"\n{words}"
        text += f"\n{measure.statute}" if measure.statute else ""
    return Note(words, measure.statute, measure.source, measure.reviewed, text)


def _note(
    known: Known, course: Present, next_on: date | None, job: str
) -> Iterable[str]:
    since = course.entered_on or course.accepted_on or course.referred_on
    if since is None:
        yield _("%(name)s takes part in IPS with %(unit)s.") % {
            "name": known.name,
            "unit": course.unit,
        }
    else:
        yield _("%(name)s takes part in IPS with %(unit)s, since %(day)s.") % {
            "name": known.name,
            "unit": course.unit,
            "day": day_text(since),
        }
    if job:
        yield _("Work: %(hours)s.") % {"hours": job}
    if next_on is not None:
        yield _("Next agreed day: %(day)s.") % {"day": day_text(next_on)}
