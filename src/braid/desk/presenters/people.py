"""People in lists: where in IPS they are, and which clock runs next."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from braid.access.policy import Action, Actor, Information, may
from braid.desk.presenters.clocks import clock_line
from braid.kernel.moments import Clock
from braid.people.choices import EpisodeState
from braid.people.queries import CaseloadRow
from braid.people.queries.treated import Treated
from braid.web import presenters as web
from braid.web.addresses import addresses
from braid.work.queries import FIRST_WEEKS, CurrentJob, current, is_work


@dataclass(frozen=True, slots=True)
class Stage:
    """Where in IPS somebody is today; follows from state and jobs, never typed."""

    slug: str
    label: Promise


WAITING = Stage("waiting", gettext_lazy("Waiting"))
STARTING = Stage("starting", gettext_lazy("Getting started"))
SEARCHING = Stage("searching", gettext_lazy("Searching"))
NEW_IN_WORK = Stage("new_in_work", gettext_lazy("New in work"))
FOLLOW_ALONG = Stage("follow_along", gettext_lazy("In work, followed along"))
RESTING = Stage("resting", gettext_lazy("Paused or stepped down"))
ENDED = Stage("ended", gettext_lazy("Ended"))
STAGES = (WAITING, STARTING, SEARCHING, NEW_IN_WORK, FOLLOW_ALONG, RESTING)


AT_WORK = (NEW_IN_WORK, FOLLOW_ALONG)


def stage_of(
    row: CaseloadRow | Treated, jobs: Iterable[CurrentJob], today: date
) -> Stage:
    """Return the stage of a person today."""
    if row.state in (EpisodeState.REFERRED, EpisodeState.WAITING):
        return WAITING
    if row.state in (EpisodeState.PAUSED, EpisodeState.STEPPED_DOWN):
        return RESTING
    if row.state in (EpisodeState.EXITED, EpisodeState.NOT_STARTED):
        return ENDED
    work = [job for job in current(jobs, today) if is_work(job)]
    if any(job.first_day > today - FIRST_WEEKS for job in work):
        return NEW_IN_WORK
    if work:
        return FOLLOW_ALONG
    return SEARCHING if row.entered_on and row.entered_on <= today else STARTING


def work_line(jobs: Iterable[CurrentJob], today: date) -> str:
    """Say in one line where somebody works today, or nothing."""
    places = [
        " · ".join(part for part in (job.title, job.employer) if part)
        for job in current(jobs, today)
    ]
    return "; ".join(place for place in places if place)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list: name, where they are, and the clock that runs next."""

    row: CaseloadRow
    url: str
    stage: Stage
    work: str
    clock: web.Clock | None
    more_clocks: int

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def pill(self) -> str:
        return self.clock.pill if self.clock else ""

    @property
    def state(self) -> web.State:
        return self.clock.state if self.clock else web.State.INFO

    @property
    def about(self) -> str:
        """Say where they are in IPS, where they work, and with whom."""
        row = self.row
        parts = (str(self.stage.label), self.work, row.specialist, row.treatment_team)
        return " · ".join(part for part in parts if part)

    @property
    def running(self) -> str:
        """Say which clock runs next, and how many more do."""
        if self.clock is None or not self.more_clocks:
            return self.clock.text if self.clock else ""
        more = ngettext(
            "and %(n)s more clock", "and %(n)s more clocks", self.more_clocks
        )
        return f"{self.clock.text} {more % {'n': self.more_clocks}}"


def person_lines(
    rows: Iterable[CaseloadRow],
    jobs: dict[Any, list[CurrentJob]],
    clocks: dict[Any, tuple[Clock, ...]],
    today: date,
) -> list[PersonLine]:
    """Return the lines of a list, in the order of `rows`."""
    lines = []
    page_of = addresses("desk:person")
    for row in rows:
        running = clocks.get(row.episode_id, ())
        own = jobs.get(row.episode_id, [])
        lines.append(
            PersonLine(
                row=row,
                url=page_of(row.applicant_id),
                stage=stage_of(row, own, today),
                work=work_line(own, today),
                clock=clock_line(running[0], today) if running else None,
                more_clocks=max(0, len(running) - 1),
            )
        )
    return lines


def board(lines: Iterable[PersonLine]) -> list[web.BoardColumn]:
    """Return the caseload board: a column a stage, a card a person."""
    by_stage: dict[str, list[web.BoardCard]] = {stage.slug: [] for stage in STAGES}
    for line in lines:
        if line.stage.slug in by_stage:
            by_stage[line.stage.slug].append(
                web.BoardCard(
                    title=line.name,
                    url=line.url,
                    sub=line.work or line.row.specialist or _("no specialist yet"),
                    note=line.clock.text if line.clock else "",
                    pill=line.pill,
                    state=line.state,
                )
            )
    return [
        web.BoardColumn(
            title=str(stage.label), slug=stage.slug, cards=by_stage[stage.slug]
        )
        for stage in STAGES
    ]


def state_line(row: CaseloadRow, jobs: Iterable[CurrentJob], today: date) -> str:
    """Say in one line where a person stands, for the head of their page."""
    jobs = list(jobs)
    parts = [str(stage_of(row, jobs, today).label), work_line(jobs, today)]
    if row.treatment_team:
        parts.append(row.treatment_team)
    if row.specialist:
        parts.append(_("with %(name)s") % {"name": row.specialist})
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class CaseloadFilter:
    """What the caseload page was asked to show."""

    view: str
    specialist: str
    specialist_id: UUID | None
    unassigned: bool
    team_id: UUID | None
    stage: str

    @classmethod
    def read(cls, query: Any, actor: Actor) -> "CaseloadFilter":
        """Read the address; a specialist sees the own caseload first, others the unit."""
        oversees = may(actor, Action.OVERSEE, Information.STATISTICAL)
        own = "all" if oversees else "me"
        specialist = query.get("specialist", own)
        chosen = actor.id if specialist == "me" else _uuid(specialist)
        stage = query.get("stage", "")
        return cls(
            view="list" if query.get("view") == "list" else "board",
            specialist=specialist,
            specialist_id=chosen,
            unassigned=specialist == "none",
            team_id=_uuid(query.get("team", "")),
            stage=stage if stage in {each.slug for each in STAGES} else "",
        )

    @property
    def choice(self) -> dict[str, Any]:
        """Return whom to ask for, as `desk.queries.chosen` takes it."""
        return {
            "specialist_id": self.specialist_id,
            "unassigned": self.unassigned,
            "team_id": self.team_id,
            "stage": self.stage,
        }

    @property
    def is_set(self) -> bool:
        return bool(self.stage or self.team_id or self.specialist not in ("me", "all"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def people_text(lines: Collection[PersonLine]) -> str:
    """Say how many people a list holds, and how many of them are on no caseload."""
    waiting = sum(line.stage == WAITING for line in lines)
    resting = sum(line.stage == RESTING for line in lines)
    said = [
        ngettext("%(n)s person", "%(n)s people", len(lines)) % {"n": len(lines)},
        ngettext("%(n)s of them waiting", "%(n)s of them waiting", waiting)
        % {"n": waiting}
        if waiting
        else "",
        resting_text(resting),
    ]
    return ", ".join(part for part in said if part)


def resting_text(resting: int) -> str:
    """Say how many are paused or stepped down; nothing for nobody."""
    text = ngettext(
        "%(n)s paused or stepped down", "%(n)s paused or stepped down", resting
    )
    return text % {"n": resting} if resting else ""
