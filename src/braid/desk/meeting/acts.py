"""What is done in a meeting by one small form each, in a live page or a plain one."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from braid.access.seating import seats, tables_of_team
from braid.desk.meeting import live
from braid.desk.meeting.forms import AgainForm, LineForm
from braid.desk.meeting.live import Wrong, line_name, table_of
from braid.desk.meeting.people import sides
from braid.desk.meeting.views import actor_of, page
from braid.kernel.errors import InputFault, Stale
from braid.people.commands.seen import see_plan
from braid.people.queries import EpisodeRef
from braid.people.queries.treated import plan_at_table, ref_at_table
from braid.teamwork.choices import NotYetOutcome
from braid.teamwork.commands import not_yet
from braid.teamwork.commands import table as commands
from braid.teamwork.queries import meetings
from braid.web.pages import form_page, stale_sentence

LIVE = "X-Live"


def _act(
    request: HttpRequest,
    meeting: Any,
    part: str,
    do: Callable[[], Any],
    given: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Do something in a part of a meeting; answer with what stood in its way, if it did."""
    try:
        do()
    except InputFault as fault:
        wrong = Wrong(part, str(fault), given=given or {})
    except Stale as fault:
        wrong = Wrong(part, stale_sentence(), fault.changes, given or {})
    else:
        if LIVE in request.headers:
            return HttpResponse(status=204)
        return redirect(f"{reverse('desk:team_meeting', args=[meeting.pk])}#{part}")
    if LIVE not in request.headers:
        return page(request, meeting, wrong)
    actor = actor_of(request)
    seen = live.now(actor, meetings.team_meeting(actor, meeting.pk))
    found = next((one for one in live.parts(seen) if one.name == part), None)
    if found is None:
        raise Http404
    html = live.write(request, seen, found, wrong)
    return HttpResponse(html, status=409 if wrong.changes else 422)


def _meeting(request: HttpRequest, key: UUID) -> Any:
    return meetings.team_meeting(actor_of(request), key)


def _episode(request: HttpRequest, episode_id: UUID) -> EpisodeRef:
    found = ref_at_table(actor_of(request), episode_id)
    if found is None:
        raise Http404
    return found


@require_POST
def line(request: HttpRequest, key: UUID, episode_id: UUID) -> HttpResponse:
    """Write what was said about somebody, and what is asked of whom."""
    actor, found = actor_of(request), _meeting(request, key)
    episode = _episode(request, episode_id)
    form = LineForm(request.POST)
    given = {name: request.POST.get(name, "") for name in ("words", "asked")}

    def do() -> None:
        if not form.is_valid():
            raise InputFault(_("This is too long to be saved. Make it shorter."))
        words, asked = (
            form.cleaned_data[name].replace("\r\n", "\n").strip() for name in given
        )
        commands.write_line(
            actor=actor,
            meeting=found,
            episode=episode,
            row_version=form.cleaned_data["row_version"],
            words=words,
            asked=asked,
        )

    return _act(request, found, line_name(episode_id), do, given)


@require_POST
def talked(request: HttpRequest, key: UUID, episode_id: UUID) -> HttpResponse:
    """Tick that somebody was talked about."""
    actor, found = actor_of(request), _meeting(request, key)
    episode = _episode(request, episode_id)
    return _act(
        request,
        found,
        line_name(episode_id),
        lambda: commands.tick_line(
            actor=actor,
            meeting=found,
            episode=episode,
            discussed=_is_on(request, "discussed"),
        ),
    )


@require_POST
def recorded(request: HttpRequest, key: UUID, episode_id: UUID) -> HttpResponse:
    """Tick that what was said stands in the health record."""
    actor, found = actor_of(request), _meeting(request, key)
    episode = _episode(request, episode_id)
    if table_of(actor, found).is_unit:
        raise Http404
    day = actor.day if _is_on(request, "recorded") else None
    commands.tick_recorded(actor=actor, meeting=found, episode=episode, day=day)
    return redirect(
        f"{reverse('desk:team_meeting_text', args=[key])}#p-{episode_id.hex}"
    )


@require_POST
def state(request: HttpRequest, key: UUID) -> HttpResponse:
    """Close a meeting, or open it again."""
    actor, found = actor_of(request), _meeting(request, key)

    def do() -> None:
        if not _is_on(request, "closed"):
            commands.reopen(actor=actor, meeting=found)
            return
        staff = [one.user_id for one in seats(sides(found), actor)]
        commands.close(actor=actor, meeting=found, staff_ids=staff, day=actor.day)

    return _act(request, found, live.HEAD, do)


@require_POST
def seat(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tick who is there; add a guest by name, or take one off."""
    actor, found = actor_of(request), _meeting(request, key)
    staff, gone = _key(request, "staff"), _key(request, "gone")

    def do() -> None:
        if staff is not None:
            sitting = seats(sides(found), actor)
            if staff not in {one.user_id for one in sitting}:
                raise InputFault(_("Nobody of that name works in either team now."))
            commands.seat(
                actor=actor,
                meeting=found,
                staff_id=staff,
                present=_is_on(request, "present"),
            )
        elif gone is not None:
            commands.unseat_guest(actor=actor, meeting=found, key=gone)
        else:
            name = request.POST.get("guest", "")
            commands.seat_guest(actor=actor, meeting=found, name=name)

    return _act(request, found, live.SEATS, do)


@require_POST
def note(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write a note about nobody in particular, or take one's own back."""
    actor, found = actor_of(request), _meeting(request, key)
    text, back = request.POST.get("text", ""), _key(request, "back")
    own = table_of(actor, found).own.pk
    only = own if request.POST.get("audience") == "own" else None

    def do() -> None:
        if back is not None:
            commands.take_back_note(actor=actor, meeting=found, key=back)
        else:
            commands.note(
                actor=actor,
                meeting=found,
                text=text.replace("\r\n", "\n"),
                only=only,
            )

    return _act(request, found, live.NOTES, do, {"text": text})


@require_POST
def decided(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tick a decision as done, from either side."""
    actor = actor_of(request)
    found = meetings.decision(actor, key)
    done_on = actor.day if _is_on(request, "done") else None
    if request.POST.get("from") == "list" or found.meeting is None:
        commands.carry_out(actor=actor, task=found, done_on=done_on)
        messages.success(request, _("Done.") if done_on else _("It is open again."))
        return redirect("desk:team_meetings", found.meeting.team_id)  # type: ignore[union-attr]
    shown = _key(request, "shown_in") or found.meeting_id
    part = line_name(found.episode_id) if found.episode_id else live.DECIDED
    shown_in = _meeting(request, shown)  # type: ignore[arg-type]

    return _act(
        request,
        shown_in,
        part,
        lambda: commands.carry_out(
            actor=actor, task=found, done_on=done_on, shown_in=shown_in
        ),
    )


@require_POST
def add_not_yet(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put somebody on the treatment team's own list, or talk about one of it."""
    actor, found = actor_of(request), _meeting(request, key)
    if table_of(actor, found).is_unit:
        raise Http404
    talked_about = _key(request, "person")

    def do() -> None:
        if talked_about is not None:
            person = meetings.not_yet_person(actor, talked_about)
            not_yet.talk_about(actor=actor, meeting=found, person=person)
            return
        not_yet.add(
            actor=actor,
            team=table_of(actor, found).team,
            label=request.POST.get("label", ""),
            day=actor.day,
            meeting=found if found.closed_on is None else None,
        )

    return _act(request, found, live.NOT_YET, do)


@require_http_methods(["GET", "POST"])
def ask_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose when somebody of the list is asked again."""
    actor = actor_of(request)
    person = meetings.not_yet_person(actor, key)
    return form_page(
        request,
        AgainForm(request.POST or None, initial={"ask_on": person.ask_on}),
        lambda given: not_yet.ask_again(
            actor=actor, person=person, on=given["ask_on"], day=_today()
        ),
        title=_("Ask again on"),
        lead=person.label,
        done=_("Saved."),
        to=_list_of(request, person.team_id),
    )


@require_POST
def settle(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note what came of somebody of the list; a referral goes on to its own page."""
    actor = actor_of(request)
    person = meetings.not_yet_person(actor, key)
    outcome = request.POST.get("outcome", "")
    if outcome not in NotYetOutcome.values:
        raise Http404
    not_yet.settle(
        actor=actor, person=person, outcome=NotYetOutcome(outcome), day=actor.day
    )
    if outcome == NotYetOutcome.REFERRED:
        return redirect("people:refer")
    return redirect(_list_of(request, person.team_id))


@require_POST
def plan_seen(request: HttpRequest, key: UUID, plan_id: UUID) -> HttpResponse:
    """Note that the treatment team has seen a search plan."""
    actor, found = actor_of(request), _meeting(request, key)
    plan = plan_at_table(actor, plan_id)
    if plan is None or plan.episode.unit_id != found.unit_id:
        raise Http404
    see_plan(actor=actor, plan=plan, team=table_of(actor, found).team, day=actor.day)
    messages.success(request, _("Noted: your team has seen the plan."))
    return redirect(
        f"{reverse('desk:team_meeting', args=[key])}#{line_name(plan.episode_id)}"
    )


def _list_of(request: HttpRequest, team_id: UUID) -> str:
    """Return the meeting from which somebody came, else the page of the team."""
    meeting_id = _key(request, "meeting") or _key(request, "meeting", "GET")
    if meeting_id is not None:
        return f"{reverse('desk:team_meeting', args=[meeting_id])}#{live.NOT_YET}"
    tables_of_team(actor_of(request), team_id)
    return reverse("desk:team_meetings", args=[team_id])


def _is_on(request: HttpRequest, name: str) -> bool:
    return request.POST.get(name) == "1"


def _key(request: HttpRequest, name: str, method: str = "POST") -> UUID | None:
    try:
        return UUID(getattr(request, method).get(name, ""))
    except ValueError:
        return None


def _today() -> date:
    return timezone.localdate()
