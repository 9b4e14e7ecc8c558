"""Whose income may change: what waits for a counsellor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from braid.access.policy import Actor
from braid.benefits import rules
from braid.benefits.choices import Trigger
from braid.benefits.models import Counselling
from braid.benefits.queries.records import keeping
from braid.people.queries.refs import known_names
from braid.work import queries as work

REVIEW_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody for whom something is to be done: why, where it stands, by which day."""

    applicant_id: UUID
    name: str
    round_id: UUID
    trigger: str
    why: str
    job: str
    state: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Home:
    """What waits for a counsellor, the nearest day first in each part."""

    due: tuple[Waiting, ...]
    unanswered: tuple[Waiting, ...]
    booked: tuple[Waiting, ...]
    reviews: tuple[Waiting, ...]

    @property
    def everybody(self) -> list[UUID]:
        """Return the applicants whom the page names."""
        parts = (self.due, self.unanswered, self.booked, self.reviews)
        return [one.applicant_id for part in parts for one in part]


def home(actor: Actor, today: date) -> Home:
    """Return what waits for a counsellor of the units in which `actor` counsels."""
    rows: list[Counselling] = list(
        Counselling.objects.visible_to(actor, keeping(actor)).exclude(answer="declined")
    )
    reviews = [row for row in _last_of_each(rows) if _is_to_review(row, today)]
    listed = [row for row in rows if rules.is_open(row)] + reviews
    names = known_names(actor, {row.episode_id for row in listed})
    jobs = _jobs(actor, listed)
    found = {
        row.pk: _waiting(row, names[row.episode_id], jobs)
        for row in listed
        if row.episode_id in names
    }
    parts: dict[str, list[Waiting]] = {"due": [], "offered": [], "booked": []}
    for row in listed:
        if row.pk in found and rules.is_open(row):
            parts[rules.state_of(row)].append(found[row.pk])
    return Home(
        due=_by_day(parts["due"]),
        unanswered=_by_day(parts["offered"]),
        booked=_by_day(parts["booked"]),
        reviews=_by_day(found[row.pk] for row in reviews if row.pk in found),
    )


def _last_of_each(rows: Iterable[Counselling]) -> list[Counselling]:
    """Return the round of each person that says how counselling stands."""
    by_episode: dict[UUID, list[Counselling]] = {}
    for row in rows:
        by_episode.setdefault(row.episode_id, []).append(row)
    found = (rules.latest(rounds) for rounds in by_episode.values())
    return [row for row in found if row is not None]


def _is_to_review(row: Counselling, today: date) -> bool:
    agreed = row.next_review_on
    is_done = rules.state_of(row) == "done"
    return is_done and agreed is not None and agreed <= today + REVIEW_AHEAD


def _jobs(actor: Actor, rows: Iterable[Counselling]) -> dict[UUID, str]:
    episodes = {row.episode_id for row in rows if row.job_id}
    found = work.jobs_of(actor, episodes) if episodes else {}
    return {
        job.job_id: " · ".join(part for part in (job.title, job.employer) if part)
        for jobs in found.values()
        for job in jobs
    }


def _waiting(
    row: Counselling, whose: tuple[UUID, str], jobs: dict[UUID, str]
) -> Waiting:
    applicant_id, name = whose
    state = rules.state_of(row)
    days = {"booked": row.booked_on, "offered": row.offered_on}
    day = row.next_review_on if state == "done" else days.get(state, row.due_on)
    return Waiting(
        applicant_id,
        name,
        row.pk,
        row.trigger,
        str(Trigger(row.trigger).label),
        jobs.get(row.job_id, "") if row.job_id else "",
        state,
        day,
    )


def _by_day(found: Iterable[Waiting]) -> tuple[Waiting, ...]:
    return tuple(sorted(found, key=lambda one: (one.day or date.max, one.name)))
