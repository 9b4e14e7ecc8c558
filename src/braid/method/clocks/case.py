"""An episode seen on a day: what every rule of the clocks is asked about."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from braid.kernel.dates import Period, days_between
from braid.kernel.moments import Clock
from braid.method.clocks.values import FIRST_WEEKS, ClockLimit, EpisodeFacts, JobSpell


@dataclass(frozen=True, slots=True)
class Case:
    """An episode with its jobs and limits, seen on a day."""

    episode: EpisodeFacts
    jobs: tuple[JobSpell, ...]
    limits: Mapping[str, ClockLimit]
    today: date

    @property
    def entered_on(self) -> date:
        """Return the day of entry; the end of time when there is none yet."""
        return self.episode.entered_on or date.max

    def seen(self, first: date, last: date) -> bool:
        """Say whether a face-to-face contact lies within these days."""
        return any(first <= day <= last for day in self.episode.in_person_days)

    def current(self) -> list[JobSpell]:
        """Return the jobs held today."""
        return [
            j for j in self.jobs if Period(j.first_day, j.last_day).contains(self.today)
        ]

    def in_first_weeks(self, job: JobSpell) -> bool:
        """Say whether a job taken up in this episode is in its first four weeks."""
        days = days_between(job.first_day, self.today)
        return job.first_day >= self.entered_on and days < FIRST_WEEKS

    def clock(
        self,
        kind: str,
        start: date,
        stops: str,
        job: JobSpell | None = None,
        due_on: date | None = None,
    ) -> Iterator[Clock]:
        """Yield the clock if the kind has a limit; `due_on` overrides what it says."""
        limit = self.limits.get(kind)
        if limit is None:
            return
        due_on = due_on or limit.due(start)
        warn_on = max(start, due_on - timedelta(limit.warn_before))
        yield Clock(
            kind,
            self.episode.episode_id,
            started_on=start,
            due_on=due_on,
            warn_on=warn_on if limit.warn_before else None,
            stops=stops,
            about=job.employer if job else "",
            job_id=job.job_id if job else None,
            limit_days=days_between(start, due_on),
            source=limit.source,
        )


Rule = Callable[[Case], Iterator[Clock]]
