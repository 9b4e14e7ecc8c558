"""What the desk's pages say: clocks, moments and stages in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from braid.access.policy import Action, Actor, Information, may
from braid.kernel.moments import Clock, Moment, Strand
from braid.method import clocks as kinds
from braid.people.choices import EpisodeState, ExitReason, NoteKind, ReferralSource
from braid.people.queries import CaseloadRow
from braid.web import presenters as web
from braid.web.days import day_text
from braid.work.choices import EndReason, Mode, Outcome, Place, Placement
from braid.work.queries import FIRST_WEEKS, CurrentJob, current, is_work

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
    "step_down_offer": gettext_lazy("the offer, whatever the answer"),
}


DAY = timedelta(days=1)
THE_WORKPLACE = gettext_lazy("the workplace")


def _days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def clock_line(clock: Clock, today: date) -> web.Clock:
    """Return a clock in words: what, how near, and what stops it."""
    text = CLOCK_TEXTS[clock.kind] % {
        "days": _days((today - clock.started_on).days),
        "about": clock.about or THE_WORKPLACE,
        "started": day_text(clock.started_on, today.year),
        # The clock before a start is due on its eve.
        "starts": day_text(clock.due_on + DAY, today.year),
    }
    return web.Clock(
        text=str(text),
        pill=due_words(clock.days_left(today)),
        state=web.State(clock.state(today)),
        stops=str(STOPS[clock.stops]),
        source=clock.source,
    )


def due_words(days_left: int) -> str:
    """Say when something is due, as short as a pill."""
    if days_left == 0:
        return _("today")
    if days_left == 1:
        return _("tomorrow")
    if days_left > 1:
        return _("%(days)s left") % {"days": _days(days_left)}
    return _("%(days)s late") % {"days": _days(-days_left)}


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


def stage_of(row: CaseloadRow, jobs: Iterable[CurrentJob], today: date) -> Stage:
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


def addresses(name: str) -> Callable[[UUID], str]:
    """Return what gives the address of a record's page from its id, for long lists.

    The pattern is looked up once: for every row that costs more than the row's text.
    """
    before, _id, after = reverse(name, args=[_ANY]).partition(str(_ANY))
    return lambda key: f"{before}{key}{after}"


_ANY = UUID(int=0)


def board(lines: Iterable[PersonLine]) -> list[web.BoardColumn]:
    """Return the caseload board: a column a stage, a card a person."""
    by_stage: dict[str, list[web.BoardCard]] = {stage.slug: [] for stage in STAGES}
    for line in lines:
        if line.stage.slug in by_stage:
            by_stage[line.stage.slug].append(
                web.BoardCard(
                    title=line.row.name,
                    url=line.url,
                    sub=line.work or line.row.specialist or _("no specialist yet"),
                    note=line.clock.text if line.clock else "",
                    pill=line.clock.pill if line.clock else "",
                    state=line.clock.state if line.clock else web.State.INFO,
                )
            )
    return [
        web.BoardColumn(
            title=str(stage.label), slug=stage.slug, cards=by_stage[stage.slug]
        )
        for stage in STAGES
    ]


STRAND_LABELS: dict[Strand, Promise] = {
    Strand.HEALTH: gettext_lazy("Treatment"),
    Strand.EMPLOYMENT: gettext_lazy("Employment"),
    Strand.APPLICANT: gettext_lazy("Applicant"),
}
ICONS = {
    "contact": "chat",
    "contact_missed": "x-lg",
    "employer_contact": "building",
    "job_start": "briefcase",
    "job_end": "box-arrow-right",
    "note": "pencil",
}
TITLES: dict[str, Promise] = {
    "episode_referred": gettext_lazy("Referred by %(source)s"),
    "episode_waiting": gettext_lazy("Waiting"),
    "episode_active": gettext_lazy("On the caseload"),
    "episode_paused": gettext_lazy("Paused"),
    "episode_stepped_down": gettext_lazy("Stepped down; the way back is open"),
    "episode_exited": gettext_lazy("Episode ended: %(reason)s"),
    "episode_not_started": gettext_lazy("Not started"),
    "contact": gettext_lazy("Contact %(mode)s%(place)s%(company)s%(minutes)s"),
    "contact_missed": gettext_lazy("Contact %(mode)s did not take place"),
    "employer_contact": gettext_lazy(
        "Employer contact %(mode)s: %(employer)s%(outcome)s"
    ),
    "job_start": gettext_lazy("Job start: %(job)s (%(placement)s)"),
    "job_end": gettext_lazy("Last day in job: %(job)s%(reason)s"),
    "note": gettext_lazy("Note on %(kind)s"),
}


def timeline_entries(moments: Iterable[Moment]) -> list[web.TimelineEntry]:
    """Return moments in words, in their order."""
    pages = {
        "work.job": addresses("work:job"),
        "work.contact": addresses("desk:contact"),
    }
    return [_entry(moment, pages.get(moment.record_kind)) for moment in moments]


def _entry(moment: Moment, page_of: Callable[[UUID], str] | None) -> web.TimelineEntry:
    values = {**_NO_WORDS, **_words(moment)}
    return web.TimelineEntry(
        day=moment.day,
        title=str(TITLES[moment.title] % values),
        text=str(moment.values.get("words") or ""),
        strand=moment.strand.value,
        strand_label=str(STRAND_LABELS[moment.strand]),
        icon=ICONS.get(moment.kind, "circle"),
        url=page_of(moment.record_id) if page_of else "",
        by=moment.by,
    )


_NO_WORDS = dict.fromkeys(
    (
        "source",
        "reason",
        "mode",
        "place",
        "company",
        "minutes",
        "employer",
        "outcome",
        "job",
        "placement",
        "kind",
    ),
    "",
)


def _label(choices: Any, value: object) -> str:
    return str(choices(value).label) if value else ""


def _words(moment: Moment) -> dict[str, str]:
    values = moment.values
    match moment.title:
        case "episode_referred":
            source = _label(ReferralSource, values["source"])
            return {"source": source or _("somebody not named")}
        case "episode_exited":
            return {
                "reason": _label(ExitReason, values["reason"]) or _("no reason given")
            }
        case "contact" | "contact_missed":
            return _contact_words(values)
        case "employer_contact":
            outcome = _label(Outcome, values["outcome"])
            return {
                "mode": _label(Mode, values["mode"]),
                "employer": str(values["employer"]) or _("employer not named"),
                "outcome": f" ({outcome})" if outcome else "",
            }
        case "job_start" | "job_end":
            return _job_words(values)
        case "note":
            return {"kind": _label(NoteKind, values["kind"])}
    return {}


def _contact_words(values: Any) -> dict[str, str]:
    place, mode = values["place"], values["mode"]
    shown_place = f", {_label(Place, place)}" if place and place != "remote" else ""
    company = [
        word
        for key, word in (
            ("with_clinician", _("clinician")),
            ("with_caseworker", _("caseworker")),
            ("with_family", _("family")),
        )
        if values[key]
    ]
    with_words = _(", with %(company)s") % {"company": ", ".join(company)}
    minutes = values["minutes"]
    return {
        "mode": _label(Mode, mode),
        "place": shown_place,
        "company": with_words if company else "",
        "minutes": _(", %(minutes)d minutes") % {"minutes": minutes} if minutes else "",
    }


def _job_words(values: Any) -> dict[str, str]:
    job = ", ".join(part for part in (values["title"], values["employer"]) if part)
    reason = _label(EndReason, values["reason"])
    return {
        "job": job or _("not named"),
        "placement": _label(Placement, values["placement"]) or _("kind not known yet"),
        "reason": f" ({reason})" if reason else "",
    }


def state_line(row: CaseloadRow, jobs: Iterable[CurrentJob], today: date) -> str:
    """Say in one line where a person stands, for the head of their page."""
    jobs = list(jobs)
    parts = [str(stage_of(row, jobs, today).label), work_line(jobs, today)]
    if row.treatment_team:
        parts.append(row.treatment_team)
    if row.specialist:
        parts.append(_("with %(name)s") % {"name": row.specialist})
    return " · ".join(part for part in parts if part)


def greeting(hour: int, name: str) -> str:
    """Greet by the time of day."""
    first = name.split(" ", 1)[0]
    if hour < 12:
        return _("Good morning, %(name)s") % {"name": first}
    if hour < 18:
        return _("Good afternoon, %(name)s") % {"name": first}
    return _("Good evening, %(name)s") % {"name": first}


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
    def is_set(self) -> bool:
        return bool(self.stage or self.team_id or self.specialist not in ("me", "all"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class SpecialistLine:
    """How one specialist is doing; the specialist sees the same figures."""

    staff_id: UUID
    name: str
    fte: Decimal | None
    people: int
    in_work: int
    visits: int
    starts: int
    silent: int

    @property
    def url(self) -> str:
        return f"{reverse('desk:caseload')}?specialist={self.staff_id}"

    @property
    def per_fte(self) -> Decimal | None:
        """Return people per full-time post, or None where the FTE is not known."""
        return self.people / self.fte if self.fte else None


def specialist_lines(
    lines: Iterable[PersonLine],
    clocks: Mapping[UUID, tuple[Clock, ...]],
    *,
    memberships: Iterable[Any],
    visits: Mapping[UUID, int],
    starts: Mapping[UUID, int],
    day: date,
) -> list[SpecialistLine]:
    """Return a line a specialist in post; nobody is ranked, the order is by name."""
    held: dict[UUID | None, list[PersonLine]] = {}
    for line in lines:
        if line.stage != WAITING:
            held.setdefault(line.row.specialist_id, []).append(line)
    return [
        SpecialistLine(
            staff_id=member.user_id,
            name=member.user.name,
            fte=member.fte,
            people=len(held.get(member.user_id, [])),
            in_work=sum(one.stage in AT_WORK for one in held.get(member.user_id, [])),
            visits=visits.get(member.user_id, 0),
            starts=starts.get(member.user_id, 0),
            silent=sum(
                is_silent(clocks[one.row.episode_id], day)
                for one in held.get(member.user_id, [])
            ),
        )
        for member in memberships
    ]


def is_silent(clocks: Iterable[Clock], day: date) -> bool:
    """Say whether somebody has had no attended contact for too long."""
    return any(
        clock.kind == kinds.INACTIVITY and clock.state(day) == "overdue"
        for clock in clocks
    )
