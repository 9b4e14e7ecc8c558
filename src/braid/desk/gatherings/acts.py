"""What is done on the page of a meeting: seats, people, matters, decisions, notes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from braid.access import audit
from braid.access.choices import Sector
from braid.access.policy import Action, Actor, Information
from braid.access.presenters.control import who_sees
from braid.desk.gatherings import forms, frozen, page
from braid.desk.gatherings.choosing import people_choices
from braid.desk.gatherings.kinds import OF_SPECIALIST
from braid.desk.gatherings.views import actor_of
from braid.kernel.errors import InputFault
from braid.people.queries.refs import known_names, ref_of
from braid.teamwork.choices import MeetingKind
from braid.teamwork.commands import gatherings as commands
from braid.teamwork.commands import table
from braid.teamwork.queries import gatherings, meetings
from braid.web.messages import undoable
from braid.web.pages import form_page


def _meeting(request: HttpRequest, key: UUID) -> tuple[Actor, Any]:
    actor = actor_of(request)
    return actor, gatherings.meeting(actor, key)


def _key(request: HttpRequest, name: str) -> UUID | None:
    """Return a key that a button sent; something else is nobody's."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def _to_page(request: HttpRequest, meeting: Any, part: str = "") -> HttpResponse:
    anchor = f"#{part}" if part else ""
    return redirect(page.address(meeting) + anchor)


@require_POST
def seat(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that somebody is there, or is not."""
    actor, meeting = _meeting(request, key)
    present = request.POST.get("present") == "yes"
    staff, member = _key(request, "staff"), _key(request, "member")
    known = page.seats(actor, meeting)
    if member is not None and meeting.group is not None:
        found = gatherings.member(actor, meeting.group, member)
        _told(
            request, commands.seat_member, actor, meeting, member=found, present=present
        )
    elif staff is not None and any(one.staff_id == staff for one in known):
        _told(request, table.seat, actor, meeting, staff_id=staff, present=present)
    else:
        raise Http404
    return _to_page(request, meeting, "attendance")


def _told(
    request: HttpRequest, command: Any, actor: Actor, meeting: Any, **given: Any
) -> bool:
    """Do what a button says; what stands in the way is told above the page."""
    try:
        command(actor=actor, meeting=meeting, **given)
    except InputFault as fault:
        messages.error(request, str(fault))
        return False
    return True


@require_http_methods(["GET", "POST"])
def guest(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note a guest by name."""
    actor, meeting = _meeting(request, key)
    return form_page(
        request,
        forms.GuestForm(request.POST or None),
        lambda given: table.seat_guest(
            actor=actor, meeting=meeting, name=given["guest"]
        ),
        title=_("A guest"),
        done=_("Noted."),
        to=page.address(meeting),
    )


@require_POST
def guest_back(request: HttpRequest, key: UUID, guest_id: UUID) -> HttpResponse:
    """Take a guest off the list."""
    actor, meeting = _meeting(request, key)
    _told(request, table.unseat_guest, actor, meeting, key=guest_id)
    return _to_page(request, meeting, "attendance")


@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose somebody to talk about; of the unit's people, by those who know them."""
    actor, meeting = _meeting(request, key)
    if meeting.unit_id not in actor.teams:
        raise Http404
    today = timezone.localdate()
    form = forms.ChoosePersonForm(
        request.POST or None,
        choices={"person": people_choices(actor, meeting, today)},
    )

    def save(given: dict[str, Any]) -> Any:
        episode = _episode(actor, UUID(given["person"]))
        there = meetings.lines(actor, meeting.pk).get(episode.id)
        if there is not None:
            raise InputFault(
                _("This person stands on the list already."), field="person"
            )
        return table.write_line(
            actor=actor,
            meeting=meeting,
            episode=episode,
            row_version=0,
            words="",
            asked=given["asked"],
        )

    return form_page(
        request,
        form,
        save,
        title=_("Whom do you talk about?"),
        submit=_("Put on the list"),
        done=_("On the list."),
        to=page.address(meeting),
    )


def _episode(actor: Actor, episode_id: UUID) -> Any:
    return ref_of(actor, episode_id, Action.TAKE_PART, Information.ATTENDANCE)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, key: UUID, episode_id: UUID) -> HttpResponse:
    """Write what was said of somebody, and what is asked of whom."""
    actor, meeting = _meeting(request, key)
    line = meetings.lines(actor, meeting.pk).get(episode_id)
    names = known_names(actor, [episode_id])
    if line is None or episode_id not in names:
        raise Http404
    applicant_id, name = names[episode_id]
    audit.record(
        actor,
        "gathering_person_opened",
        meeting,
        applicant=applicant_id,
        holder=meeting.unit.organisation_id,
        information=page.CLASSES,
    )
    shown = ("words", "asked", "row_version")
    form = forms.PersonForm(
        request.POST or None,
        initial={one: getattr(line, one) for one in shown} | {"discussed": True},
    )

    def save(given: dict[str, Any]) -> Any:
        episode, discussed = _episode(actor, episode_id), given.pop("discussed")
        table.write_line(actor=actor, meeting=meeting, episode=episode, **given)
        return table.tick_line(
            actor=actor, meeting=meeting, episode=episode, discussed=discussed
        )

    is_private = meeting.kind in OF_SPECIALIST
    return form_page(
        request,
        form,
        save,
        title=name,
        lead=_("Read by the two and the unit's supervisors, by nobody else.")
        if is_private
        else "",
        later=None if is_private else who_sees(applicant_id, Information.ATTENDANCE),
        done=_("Noted."),
        to=page.address(meeting),
    )


@require_http_methods(["GET", "POST"])
def decision_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write what was decided."""
    actor, meeting = _meeting(request, key)
    seats = {str(one.staff_id): one for one in page.expected(actor, meeting)}
    form = _decision_form(request, actor, meeting)

    def save(given: dict[str, Any]) -> Any:
        seat = seats.get(given["staff"])
        return table.decide(
            actor=actor,
            meeting=meeting,
            text=given["text"],
            sector=(seat.sector if seat else "") or Sector.IPS_PROVIDER,
            staff_id=forms.key_of(given["staff"]),
            due_on=given["due_on"],
            for_unit=given.get("for_unit", False),
            item=given.get("item", ""),
        )

    return form_page(
        request,
        form,
        save,
        title=_decision_title(meeting),
        done=_("Written down."),
        to=page.address(meeting),
    )


def _decision_title(meeting: Any) -> str:
    return _("A goal") if meeting.kind in OF_SPECIALIST else _("A decision")


def _decision_form(
    request: HttpRequest, actor: Actor, meeting: Any, **given: Any
) -> forms.DecisionForm:
    seats = page.expected(actor, meeting)
    is_steering = meeting.kind == MeetingKind.STEERING
    form = forms.DecisionForm(
        request.POST or None,
        choices={
            "staff": [(str(one.staff_id), one.name) for one in seats if one.staff_id],
            "item": forms.item_choices() if is_steering else None,
        },
        **given,
    )
    if meeting.kind in OF_SPECIALIST:
        form.fields.pop("for_unit")
        form.fields["text"].label = _("Which goal did you set?")
        if "initial" not in given:
            form.fields["staff"].initial = str(meeting.specialist_id)
    return form


def _decision(actor: Actor, meeting: Any, key: UUID) -> Any:
    """Return a decision of a meeting or of one before it, else answer 404."""
    found = gatherings.decision(actor, key)
    if gatherings.Series.of(found.meeting) != gatherings.Series.of(meeting):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, key: UUID, decision_id: UUID) -> HttpResponse:
    """Say a decision in other words, or who does it, or by when."""
    actor, meeting = _meeting(request, key)
    found = _decision(actor, meeting, decision_id)
    if found.episode is not None:
        audit.record(
            actor,
            "gathering_decision_opened",
            meeting,
            applicant=found.episode.applicant_id,
            holder=meeting.unit.organisation_id,
            information=(Information.ATTENDANCE,),
        )
    form = _decision_form(
        request,
        actor,
        meeting,
        initial={
            "text": found.text,
            "staff": str(found.staff_id or ""),
            "due_on": found.due_on,
            "row_version": found.row_version,
        },
    )
    for name in ("for_unit", "item"):  # what others were told is not taken back
        form.fields.pop(name, None)
    return form_page(
        request,
        form,
        lambda given: commands.change_decision(
            actor=actor,
            decision=found,
            text=given["text"],
            staff_id=forms.key_of(given["staff"]),
            due_on=given["due_on"],
            row_version=given["row_version"] or 0,
        ),
        title=_decision_title(meeting),
        done=_("Saved."),
        to=page.address(meeting),
    )


@require_POST
def decision_done(request: HttpRequest, key: UUID, decision_id: UUID) -> HttpResponse:
    """Tick a decision off, or open it again."""
    actor, meeting = _meeting(request, key)
    found = _decision(actor, meeting, decision_id)
    done_on = None if found.done_on else timezone.localdate()
    table.carry_out(actor=actor, task=found, done_on=done_on)
    if done_on:
        undoable(request, _("Done."), request.path)
    else:
        messages.success(request, _("Open again."))
    return _to_page(request, meeting, "decisions")


@require_http_methods(["GET", "POST"])
def note_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write a note about nobody in particular."""
    actor, meeting = _meeting(request, key)
    return form_page(
        request,
        forms.NoteForm(request.POST or None),
        lambda given: table.note(actor=actor, meeting=meeting, text=given["text"]),
        title=_("A note"),
        done=_("Noted."),
        to=page.address(meeting),
    )


@require_POST
def note_back(request: HttpRequest, key: UUID, note_id: UUID) -> HttpResponse:
    """Take back a note of one's own."""
    actor, meeting = _meeting(request, key)
    if _told(request, table.take_back_note, actor, meeting, key=note_id):
        messages.success(request, _("Taken back."))
    return _to_page(request, meeting, "notes")


@require_POST
def figures(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep the figures of today with the meeting, as they stand."""
    actor, meeting = _meeting(request, key)
    if not frozen.may_take(actor, meeting):
        raise Http404
    try:
        taken = frozen.taken(actor, meeting, timezone.localdate())
    except InputFault as fault:
        messages.error(request, str(fault))
        return _to_page(request, meeting, "figures")
    if _told(request, commands.freeze_figures, actor, meeting, figures=taken):
        messages.success(request, _("The figures are kept as they stand today."))
    return _to_page(request, meeting, "figures")


@require_http_methods(["GET", "POST"])
def observation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write what was seen in field mentoring, or change it."""
    actor, meeting = _meeting(request, key)
    if meeting.kind != MeetingKind.FIELD_MENTORING:
        raise Http404
    found = gatherings.observation(actor, meeting)
    shown = ("skill", "employer_kind", "seen", "feedback", "next_skill", "next_on")
    kept = (
        {one: getattr(found, one) for one in (*shown, "row_version")} if found else {}
    )
    form = forms.ObservationForm(request.POST or None, initial=kept)

    def save(given: dict[str, Any]) -> None:
        commands.note_observation(
            actor=actor,
            meeting=meeting,
            observation=found,
            row_version=given.pop("row_version"),
            **given,
        )

    return form_page(
        request,
        form,
        save,
        title=_("What you looked at together"),
        lead=_("Read by the two and the unit's supervisors, by nobody else."),
        done=_("Noted."),
        to=page.address(meeting),
    )


@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that the meeting was held."""
    actor, meeting = _meeting(request, key)
    today = timezone.localdate()
    own = [
        one.staff_id
        for one in page.expected(actor, meeting)
        if one.staff_id is not None
    ]
    if _told(request, commands.close, actor, meeting, staff_ids=own, day=today):
        messages.success(request, _("Closed. It can be opened again."))
    return _to_page(request, meeting)


@require_POST
def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Open a closed meeting again."""
    actor, meeting = _meeting(request, key)
    _told(request, table.reopen, actor, meeting)
    return _to_page(request, meeting)


@require_POST
def call_off(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a meeting away in which nothing was written."""
    actor, meeting = _meeting(request, key)
    if not _told(request, commands.call_off, actor, meeting):
        return _to_page(request, meeting)
    messages.success(request, _("Called off."))
    return redirect("desk:gatherings")
