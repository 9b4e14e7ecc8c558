"""The pages people live in: Today, the caseload, one person, the unit."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit, blocks
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information, may
from braid.access.sight import cares_for_people
from braid.desk import presenters, queries
from braid.desk.person import braid_of
from braid.desk.shared import people as shared
from braid.desk.sharing import endings
from braid.desk.todo.put_off import parted
from braid.funding import queries as funding
from braid.kernel.dates import iso_week_start
from braid.kernel.moments import Clock
from braid.method.clocks import UNHURRIED
from braid.packs import jurisdictions
from braid.people import queries as people
from braid.people.choices import EpisodeState
from braid.teamwork import queries as teamwork
from braid.web.presenters import State, Tab
from braid.work import queries as work
from braid.work.queries.revisiting import revisits
from braid.work.rules import EMPLOYER_CONTACTS_A_WEEK

URGENT = (State.OVERDUE, State.DUE, State.SOON)
SOON = timedelta(days=7)
DAYS_AHEAD = timedelta(days=2)  # of the diary on Today
QUARTER = timedelta(days=90)  # with today, 91 days
BOARD_ROOM = 200
LIST_CLASSES = (Information.IDENTITY, Information.JOBS, Information.ATTENDANCE)
OWN_PAGE = (
    *LIST_CLASSES,
    Information.CONTACT_DETAILS,
    Information.WORK_GOALS,
    Information.HEALTH_AT_WORK,
    Information.CONVERSATION,
)


def _actor(request: HttpRequest) -> Actor:
    """Return the actor of a page of the unit; who keeps no record of it is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    return actor


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Who needs me today? The specialist's own caseload, clocks first."""
    actor, day = _actor(request), timezone.localdate()
    whole = queries.caseload(actor, day, specialist_id=actor.id)
    course, resting = parted(whole, teamwork.put_off(actor, day), day)
    rows = course.rows
    lines = course.lines(day)
    audit.record_list(
        actor, "today_opened", [row.applicant_id for row in rows], LIST_CLASSES
    )
    urgent = [line for line in lines if line.clock and line.clock.state in URGENT]
    urgent.sort(key=lambda line: _haste(course.clocks[line.row.episode_id][0]))
    in_work = sum(line.stage in presenters.AT_WORK for line in lines)
    context = {
        "title": presenters.greeting(timezone.localtime().hour, actor.name),
        "day": day,
        "people": len(lines),
        "in_work": in_work,
        "resting": presenters.resting_text(
            sum(line.stage == presenters.RESTING for line in lines)
        ),
        "needs": urgent,
        "later": [line for line in lines if line.clock and line not in urgent],
        "quiet": sum(not clocks for clocks in whole.clocks.values()),
        "put_off": resting,
        "steps": work.next_steps(actor, actor.id, day - SOON, day + SOON)
        if actor.id
        else [],
        "endings": endings.of(rows, day),
        "slots": work.diary(actor, actor.id, day, day + DAYS_AHEAD) if actor.id else [],
        "today": day,
        "week_number": day.isocalendar().week,
        "current_year": day.year,
    }
    return render(request, "desk/today.html", context)


@require_GET
def caseload(request: HttpRequest) -> HttpResponse:
    """The caseload as a board by stage, or as a list to search and filter."""
    actor, day = _actor(request), timezone.localdate()
    chosen = presenters.CaseloadFilter.read(request.GET, actor)
    page, shown = None, range(BOARD_ROOM)
    if chosen.view == "list":
        everybody = range(queries.size(actor, day, **chosen.choice))
        pages = Paginator(everybody, queries.PAGE)
        page = pages.get_page(request.GET.get("page"))
        shown = everybody[page.start_index() - 1 : page.end_index()]
    course = queries.caseload(
        actor, day, first=shown.start, last=shown.stop, **chosen.choice
    )
    listed, lines = course.rows, course.lines(day)
    audit.record_list(
        actor, "caseload_opened", [row.applicant_id for row in listed], LIST_CLASSES
    )
    context = {
        "title": _("Caseload"),
        "filter": chosen,
        "tabs": _view_tabs(request, chosen.view),
        "lines": lines,
        "columns": presenters.board(lines) if page is None else None,
        "is_cut": page is None and len(listed) == BOARD_ROOM,
        "page": page,
        "stages": presenters.STAGES,
        "specialists": access.staff_names(actor.teams, day),
        "teams": access.linked_team_names(actor),
        "may_refer": may(actor, Action.REFER, Information.IDENTITY),
    }
    return render(request, "desk/caseload.html", context)


def _haste(clock: Clock) -> tuple[bool, date]:
    """Return by what Today sorts: meetings before talks that can wait, the latest first."""
    return clock.kind in UNHURRIED, clock.due_on


def _view_tabs(request: HttpRequest, current: str) -> list[Tab]:
    tabs = []
    for slug, label in (("board", _("Board")), ("list", _("List"))):
        query = request.GET.copy()
        query.pop("page", None)
        query["view"] = slug
        tabs.append(Tab(label, f"?{query.urlencode()}", slug == current))
    return tabs


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find people by name, however it was spelled, or by a whole number; and employers."""
    actor, day = _actor(request), timezone.localdate()
    # The site's own forms send it in the body: no name stands in an address.
    sent = request.POST if request.method == "POST" else request.GET
    text = sent.get("q", "").strip()[:100]
    rows = people.search_people(actor, text, also=queries.ends(actor, day))
    lines = queries.course(actor, rows, day).lines(day) if rows else []
    audit.record_list(
        actor, "searched", [row.applicant_id for row in rows], LIST_CLASSES
    )
    found = work.employers_named(actor, text) if text else []
    context = {
        "title": _("Search"),
        "search_text": text,
        "lines": lines,
        "employers": found,
    }
    return render(request, "desk/search.html", context)


@require_GET
def person(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """One person: the unit's whole page, or for others what is shared with them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.READ, Information.IDENTITY)
    episodes = []
    if cares_for_people(actor):
        ends = queries.ends(actor, timezone.localdate()) | revisits(actor)
        episodes = people.episodes_of(actor, applicant_id, ends)
    if not episodes:
        return shared.person(request, applicant_id)
    return _own_person(request, actor, episodes)


def _own_person(
    request: HttpRequest, actor: Actor, episodes: list[Any]
) -> HttpResponse:
    """One person: their words, the braid, what happens next, work, people around, course."""
    day, applicant_id = timezone.localdate(), episodes[0].applicant_id
    rows = [people.row_of(episode, queries.ENDS) for episode in episodes]
    course = queries.course(actor, rows, day)
    latest, row = episodes[0], rows[0]
    ids = [episode.pk for episode in episodes]
    found, more = queries.moments(actor, ids, course.jobs, before=None)
    notes, consent = shared.treatment(actor, applicant_id)
    audit.record(
        actor,
        "person_opened",
        latest.applicant,
        applicant=applicant_id,
        information=(*OWN_PAGE, *([Information.TREATMENT] if notes else [])),
        ground="own_care",
        consent_number=consent,
    )
    request.log_url = f"{reverse('desk:log_contact')}?person={latest.pk}"  # type: ignore[attr-defined]
    jobs = [job for key in ids for job in course.jobs.get(key, [])]
    context = {
        "title": latest.applicant.name,
        "sub": presenters.state_line(row, course.jobs.get(latest.pk, []), day),
        "person": latest.applicant,
        "may_block": may(actor, Action.BLOCK, Information.IDENTITY),
        "episode": latest,
        "row": row,
        "earlier": episodes[1:],
        "clocks": [
            *(presenters.clock_line(clock, day) for clock in course.clocks[latest.pk]),
            *(line.clock for line in endings.of([row], day)),
        ],
        "jobs": sorted(jobs, key=lambda job: job.first_day, reverse=True),
        "current_jobs": work.current(jobs, day),
        "appointments": work.appointments_of(actor, ids, day),
        "revisit_on": latest.disclosure_revisit_on,
        "tasks": teamwork.tasks(actor, episode_ids=ids, today=day),
        "picture": braid_of(
            latest,
            course.facts[latest.pk],
            course.jobs.get(latest.pk, []),
            work.joint_contact_days(actor, [latest.pk]),
            day,
        ),
        "step_down": _step_down(actor, latest),
        "has_funders": funding.has_funders(actor),
        "told": presenters.own_line(found),
        "entries": presenters.timeline_entries(found),
        "more_url": _more_url(applicant_id, more),
        "treatment_notes": notes,
        "today": day,
        "current_year": day.year,
    }
    return render(request, "desk/person.html", context)


def _step_down(actor: Actor, episode: Any) -> Any:
    """Return the plan by which somebody is stepped down; None for anybody else."""
    if episode.state != EpisodeState.STEPPED_DOWN:
        return None
    return people.latest_step_down(actor, [episode.pk]).get(episode.pk)


def _more_url(applicant_id: UUID, before: date | None) -> str:
    if before is None:
        return ""
    address = reverse("desk:timeline", args=[applicant_id])
    return f"{address}?before={before.isoformat()}"


@require_GET
def timeline(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Earlier moments of one person, as a page or as the rest of the timeline."""
    actor, day = _actor(request), timezone.localdate()
    episodes = people.episodes_of(actor, applicant_id)
    if not episodes:
        raise Http404
    ids = [episode.pk for episode in episodes]
    jobs = work.jobs_of(actor, ids)
    try:
        before = date.fromisoformat(request.GET.get("before", ""))
    except ValueError:
        before = None
    found, more = queries.moments(actor, ids, jobs, before=before)
    audit.record(
        actor,
        "timeline_opened",
        episodes[0].applicant,
        applicant=applicant_id,
        information=(Information.ATTENDANCE, Information.CONVERSATION),
        ground="own_care",
    )
    context = {
        "title": _("Earlier"),
        "person": episodes[0].applicant,
        "entries": presenters.timeline_entries(found),
        "more_url": _more_url(applicant_id, more),
        "current_year": day.year,
    }
    return render(request, "desk/timeline.html", context)


@require_GET
def own_figures(request: HttpRequest) -> HttpResponse:
    """The line on the supervisor's page that is about oneself, for oneself."""
    actor, day = _actor(request), timezone.localdate()
    course = queries.caseload(actor, day, specialist_id=actor.id)
    rows = course.rows
    audit.record_list(
        actor, "own_figures_opened", [row.applicant_id for row in rows], LIST_CLASSES
    )
    posts = access.specialists_in_post(actor, day)
    context = {
        "title": _("My figures"),
        "specialists": _figures(
            actor, course, [one for one in posts if one.user_id == actor.id], day
        ),
        "week_number": day.isocalendar().week,
        "wanted_visits": EMPLOYER_CONTACTS_A_WEEK,
    }
    return render(request, "desk/own_figures.html", context)


def _figures(
    actor: Actor, course: queries.Course, posts: list[Any], day: date
) -> list[presenters.SpecialistLine]:
    """Return the figures of specialists in post: one line each, by name."""
    return presenters.specialist_lines(
        course.lines(day),
        course.clocks,
        memberships=posts,
        visits=work.visits_by_staff(actor, iso_week_start(day), day),
        starts=work.starts_by_holder(actor, day - QUARTER, day),
        day=day,
    )


@require_GET
def unit(request: HttpRequest) -> HttpResponse:
    """How is each specialist doing, and what needs me? For the supervisor."""
    actor, day = _actor(request), timezone.localdate()
    access.require_anywhere(actor, Action.OVERSEE, Information.STATISTICAL)
    course = queries.caseload(actor, day)
    rows = course.rows
    lines = course.lines(day)
    audit.record_list(
        actor, "unit_opened", [row.applicant_id for row in rows], LIST_CLASSES
    )
    silent = [
        line
        for line in lines
        if presenters.is_silent(course.clocks[line.row.episode_id], day)
    ]
    waiting = [line for line in lines if line.stage == presenters.WAITING]
    unassigned = [
        line
        for line in lines
        if line.row.state == EpisodeState.ACTIVE and line.row.specialist_id is None
    ]
    held = [line for line in lines if line.row.specialist_id is not None]
    blocked = blocks.blocked_among(
        {
            line.row.applicant_id: (line.row.specialist_id, line.row.specialist)
            for line in held
        },
        timezone.now(),
    )
    context: dict[str, Any] = {
        "title": request.place.team,  # type: ignore[attr-defined]
        "sub": presenters.people_text(lines),
        "day": day,
        "week_number": day.isocalendar().week,
        "specialists": _figures(
            actor, course, access.specialists_in_post(actor, day), day
        ),
        "silent": silent,
        "waiting": waiting,
        "unassigned": unassigned,
        "blocked": [line for line in held if line.row.applicant_id in blocked],
        "refusals": people.refusals(actor, since=day - QUARTER),
        "breaches": jurisdictions.of_country(actor.country).refusal_breaches.reasons,
        "wanted_visits": EMPLOYER_CONTACTS_A_WEEK,
        "current_year": day.year,
    }
    return render(request, "desk/unit.html", context)
