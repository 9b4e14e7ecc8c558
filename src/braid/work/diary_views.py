"""Pages of the diary: a week, an appointment, and how it went."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit
from braid.access.policy import Actor, Ground, Information
from braid.access.presenters.control import who_sees
from braid.kernel.dates import iso_week_start
from braid.kernel.errors import InputFault, Stale
from braid.people import queries as people
from braid.web.messages import undoable
from braid.web.pages import form_page
from braid.web.responses import go
from braid.work import commands, queries
from braid.work.calendar_files import appointment_file
from braid.work.choices import AppointmentWith
from braid.work.forms_day import AppointmentForm, KeptForm
from braid.work.models import Appointment, Employer
from braid.work.opening import actor_of_unit, back, unit_of
from braid.work.queries import Slot

WEEK = timedelta(days=7)
FAR = timedelta(days=36525)  # a hundred years
WORKDAYS = 5
SHOWN = (Information.IDENTITY, Information.ATTENDANCE, Information.CONVERSATION)


def monday_asked(request: HttpRequest, today: date) -> date:
    """Return the Monday of the week that the address names by any of its days.

    A day that no work of today can be about is answered with this week.
    """
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        asked = today
    return iso_week_start(asked if abs(asked - today) < FAR else today)


def _address(monday: date) -> str:
    return f"{reverse('work:diary')}?{urlencode({'week': monday.isoformat()})}"


@require_GET
def diary(request: HttpRequest) -> HttpResponse:
    """My appointments of a week, a day under the other."""
    actor, today = actor_of_unit(request), timezone.localdate()
    monday = monday_asked(request, today)
    slots: list[Slot] = []
    if actor.id is not None:
        slots = queries.diary(actor, actor.id, monday, monday + WEEK - timedelta(1))
    audit.record_list(
        actor,
        "diary_opened",
        [slot.applicant_id for slot in slots if slot.applicant_id],
        SHOWN,
        ground=Ground.OWN_CARE,
    )
    context = {
        "title": _("Diary"),
        "week_number": monday.isocalendar().week,
        "days": _days(slots, monday, today),
        "earlier": _address(monday - WEEK),
        "following": _address(monday + WEEK),
        "today": today,
        "current_year": today.year,
    }
    return render(request, "work/diary_week.html", context)


def _days(
    slots: list[Slot], monday: date, today: date
) -> list[tuple[date, list[Slot]]]:
    """Return the days of the week with what is in them; a free weekend is left out."""
    found: list[tuple[date, list[Slot]]] = []
    for number in range(7):
        day = monday + timedelta(days=number)
        within = [slot for slot in slots if slot.day == day]
        if number < WORKDAYS or within or day == today:
            found.append((day, within))
    return found


def _form(
    request: HttpRequest, actor: Actor, initial: dict[str, Any]
) -> AppointmentForm:
    listed = people.people_to_log_for(actor, actor.id)
    audit.record_list(
        actor,
        "appointment_form_opened",
        [one.applicant_id for one in listed],
        (Information.IDENTITY,),
        ground=Ground.OWN_CARE,
    )
    return AppointmentForm(
        request.POST or None,
        people=listed,
        employers=queries.employer_names(actor),
        initial=initial,
    )


def _employer(actor: Actor, form: Any, unit: Any) -> Employer | None:
    named, chosen = (form.cleaned_data[name] for name in ("new_employer", "employer"))
    if named:
        return commands.employer_named(actor=actor, unit=unit, name=named)
    return queries.employer(actor, UUID(chosen)) if chosen else None


@require_http_methods(["GET", "POST"])
def appointment_new(request: HttpRequest) -> HttpResponse:
    """Plan an appointment: with whom and when, the rest has a default."""
    actor, today = actor_of_unit(request), timezone.localdate()
    asked = {name: request.GET.get(name, "") for name in ("person", "employer")}
    with_whom = (
        AppointmentWith.EMPLOYER if asked["employer"] else AppointmentWith.APPLICANT
    )
    initial = asked | {"with_whom": with_whom, "day": request.GET.get("day") or today}
    form = _form(request, actor, initial)

    def save(given: dict[str, Any]) -> Appointment:
        episode = None
        if given["person"]:
            episode = people.ref(people.episode(actor, UUID(given["person"])))
        unit = unit_of(actor)
        if episode is not None:
            unit = people.units_of(actor).get(pk=episode.unit_id)
        return commands.plan_appointment(
            actor=actor,
            unit=unit,
            episode=episode,
            employer=_employer(actor, form, unit),
            **form.values(),
        )

    def onwards(made: Appointment) -> HttpResponse:
        _tell(request, actor, made, _("Appointment planned."))
        return _back(request, made)

    return form_page(request, form, save, title=_("Plan an appointment"), to=onwards)


def _tell(request: HttpRequest, actor: Actor, made: Appointment, text: str) -> None:
    """Say that it is planned, and with the same breath what it meets in time."""
    slots = queries.diary(actor, made.staff_id, made.day, made.day)
    if any(slot.overlaps for slot in slots if slot.id == made.pk):
        text = f"{text} {_('It overlaps with another one that day.')}"
    undoable(request, text, reverse("work:appointment_cancel", args=[made.pk]))


def _back(request: HttpRequest, made: Appointment) -> HttpResponse:
    came_from = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    return go(request, came_from or _address(iso_week_start(made.day)))


@require_GET
def appointment(request: HttpRequest, key: UUID) -> HttpResponse:
    """One appointment, and what can be done with it."""
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.slot(actor, key)
    audit.record(
        actor,
        "appointment_opened",
        applicant=found.applicant_id,
        information=SHOWN,
        ground=Ground.OWN_CARE,
    )
    context = {
        "title": found.title,
        "slot": found,
        "colleagues": queries.seen_by(actor, found.employer_id, today, without=actor.id)
        if found.employer_id
        else [],
        "week": _address(iso_week_start(found.day)),
        "today": today,
        "current_year": today.year,
    }
    return render(request, "work/appointment.html", context)


@require_http_methods(["GET", "POST"])
def appointment_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change an appointment."""
    actor = actor_of_unit(request)
    found = queries.appointment(actor, key)
    initial = {name: getattr(found, name) for name in AppointmentForm.columns}
    initial |= {
        "with_whom": found.with_whom,
        "person": str(found.episode_id or ""),
        "employer": str(found.employer_id or ""),
        "minutes": str(found.minutes or ""),
        "row_version": found.row_version,
    }
    form = _form(request, actor, initial)

    def save(given: dict[str, Any]) -> bool:
        chosen = given["person"]
        episode_id = people.episode(actor, UUID(chosen)).pk if chosen else None
        return commands.change_appointment(
            actor=actor,
            appointment=found,
            row_version=given["row_version"],
            episode_id=episode_id,
            employer=_employer(actor, form, found.unit),
            **form.values(),
        )

    return form_page(
        request,
        form,
        save,
        later=who_sees(found.about, Information.CONVERSATION) if found.about else None,
        title=_("Change the appointment"),
        done=_("Appointment saved."),
        to=_address(iso_week_start(found.day)),
    )


@require_http_methods(["GET", "POST"])
def appointment_kept(request: HttpRequest, key: UUID) -> HttpResponse:
    """It took place: one tap makes the contact, with what the appointment says.

    Where an employer was met for somebody and nothing that was agreed allows it, the
    form asks what was told and says what stands in the way.
    """
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.appointment(actor, key)
    form = KeptForm(request.POST if request.method == "POST" else None)

    def onwards(made: None) -> HttpResponse:
        undoable(
            request,
            _("Kept, and logged as a contact.")
            if found.contact or found.employer_contact
            else _("Kept."),
            reverse("work:appointment_reopen", args=[key]),
        )
        return back(request, _address(iso_week_start(found.day)))

    return form_page(
        request,
        form,
        lambda given: commands.keep_appointment(
            actor=actor, appointment=found, today=today, told=given["told"]
        ),
        title=_("The appointment took place"),
        to=onwards,
    )


@require_POST
def appointment_missed(request: HttpRequest, key: UUID) -> HttpResponse:
    """Nobody came: one tap keeps the attempt."""
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.appointment(actor, key)
    try:
        commands.miss_appointment(actor=actor, appointment=found, today=today)
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        undoable(
            request,
            _("Noted: did not come."),
            reverse("work:appointment_reopen", args=[key]),
        )
    return back(request, _address(iso_week_start(found.day)))


@require_POST
def appointment_cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    """Call an appointment off; it can be taken back."""
    actor = actor_of_unit(request)
    found = queries.appointment(actor, key)
    try:
        commands.cancel_appointment(actor=actor, appointment=found)
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        undoable(
            request,
            _("The appointment is called off."),
            reverse("work:appointment_reopen", args=[key]),
        )
    return back(request, _address(iso_week_start(found.day)))


@require_POST
def appointment_reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Undo how an appointment was settled: it is planned again."""
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.appointment(actor, key)
    try:
        commands.reopen_appointment(actor=actor, appointment=found, today=today)
    except InputFault as fault:
        messages.error(request, str(fault))
    except Stale:
        messages.error(
            request,
            _("Somebody changed this entry since. It stays; open it and correct it."),
        )
    else:
        messages.success(request, _("Taken back."))
    return back(request, _address(iso_week_start(found.day)))


@require_GET
def appointment_calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """The appointment as a file for one's calendar; it names no applicant."""
    actor = actor_of_unit(request)
    found = queries.slot(actor, key)
    begins = found.begins
    is_employer = found.with_whom == AppointmentWith.EMPLOYER
    audit.record(
        actor,
        "appointment_downloaded",
        applicant=found.applicant_id,
        information=(Information.ATTENDANCE,),
        ground=Ground.OWN_CARE,
    )
    made = appointment_file(
        key=found.id,
        title=_("Employer visit") if is_employer else _("Appointment"),
        place=found.employer if is_employer else "",
        day=found.day,
        begins=timezone.make_aware(begins) if begins else None,
        minutes=found.minutes or queries.USUAL_MINUTES,
        now=timezone.now(),
    )
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer
