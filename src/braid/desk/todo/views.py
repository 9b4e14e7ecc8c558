"""The pages of the list: everything to do, a task, a reminder put off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information, may
from braid.desk.todo import items as todo
from braid.desk.todo.forms import GiveForm, PutOffForm, TaskForm
from braid.desk.todo.items import Item, What
from braid.funding import queries as funding
from braid.people import queries as people
from braid.people.commands import plans
from braid.teamwork import commands, queries, rules
from braid.web.messages import undoable
from braid.web.pages import form_page
from braid.web.presenters import Tab

CLASSES = (
    Information.IDENTITY,
    Information.JOBS,
    Information.ATTENDANCE,
    Information.WORK_GOALS,
)


def _actor(request: HttpRequest) -> Actor:
    """Return the actor of the list: staff of a unit, or a counsellor."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not may(actor, Action.CONFIRM, Information.BENEFITS) or actor.own is not None:
        access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    return actor


def _oversees(actor: Actor) -> bool:
    return may(actor, Action.OVERSEE, Information.STATISTICAL)


def _whole_unit(request: HttpRequest, actor: Actor) -> bool:
    return request.GET.get("whose") == "unit" and _oversees(actor)


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Everything that somebody has to do, the nearest day first."""
    actor, today = _actor(request), timezone.localdate()
    whole_unit = _whole_unit(request, actor)
    found = todo.items(actor, today, whole_unit=whole_unit)
    audit.record_list(
        actor,
        "todo_opened",
        {item.applicant_id for item in found if item.applicant_id},
        CLASSES,
    )
    address = reverse("desk:todo")
    context = {
        "title": _("To do"),
        "day": today,
        "groups": todo.grouped(found, today),
        "tabs": [
            Tab(_("Mine"), address, not whole_unit),
            Tab(_("The whole unit"), f"{address}?whose=unit", whole_unit),
        ]
        if _oversees(actor)
        else [],
        "may_add": may(actor, Action.RECORD, Information.ATTENDANCE),
        "has_funders": may(actor, Action.RECORD, Information.JOBS)
        and funding.has_funders(actor),
    }
    return render(request, "desk/todo/list.html", context)


def _staff(actor: Actor) -> list[tuple[str, str]]:
    """Return the staff who can do a task."""
    staff = access.staff_names(actor.teams, actor.day or timezone.localdate())
    return [(str(key), name) for key, name in staff]


def _back(request: HttpRequest) -> str:
    """Return where a task was added from: the person's page, or the list."""
    applicant = request.GET.get("from", "")
    try:
        return reverse("desk:person", args=[UUID(applicant)])
    except ValueError:
        return reverse("desk:todo")


@require_http_methods(["GET", "POST"])
def task_new(request: HttpRequest) -> HttpResponse:
    """Add something to do, about somebody or nobody."""
    actor = _actor(request)
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    listed = people.people_to_log_for(actor, actor.id)
    audit.record_list(
        actor,
        "task_form_opened",
        [one.applicant_id for one in listed],
        (Information.IDENTITY,),
    )
    asked = {"person": request.GET.get("person", ""), "staff": str(actor.id or "")}
    form = TaskForm(
        request.POST or None,
        people=[(str(one.episode_id), one.name) for one in listed],
        staff=_staff(actor),
        initial=asked,
    )

    def save(given: dict[str, Any]) -> Any:
        episode = None
        if given["person"]:
            episode = people.ref(people.episode(actor, UUID(given["person"])))
        units = people.units_of(actor)
        unit = units.get(pk=episode.unit_id) if episode is not None else units.first()
        if unit is None:
            raise Http404
        return commands.add_task(
            actor=actor,
            unit=unit,
            episode=episode,
            text=given["text"],
            staff_id=UUID(given["staff"]) if given["staff"] else None,
            due_on=given["due_on"],
        )

    return form_page(
        request,
        form,
        save,
        title=_("Something to do"),
        done=_("It is on the list."),
        to=_back(request),
    )


@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, key: UUID) -> HttpResponse:
    """One task, and who does it."""
    actor = _actor(request)
    found = queries.task(actor, key)
    form = GiveForm(
        request.POST or None,
        staff=_staff(actor),
        initial={"staff": found.staff_id, "row_version": found.row_version},
    )
    return form_page(
        request,
        form,
        lambda given: commands.give_task(
            actor=actor,
            task=found,
            staff_id=UUID(given["staff"]) if given["staff"] else None,
            row_version=given["row_version"],
        ),
        title=_("Who does it?"),
        lead=found.text,
        done=_("Saved."),
        to=reverse("desk:todo"),
    )


@require_POST
def task_done(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tick a task off, or open it again."""
    actor, today = _actor(request), timezone.localdate()
    found = queries.task(actor, key)
    done_on = None if found.done_on else today
    commands.set_done(actor=actor, task=found, done_on=done_on)
    if done_on:
        undoable(request, _("Done."), reverse("desk:task_done", args=[key]))
    else:
        messages.success(request, _("Open again."))
    return redirect("desk:todo")


@require_POST
def step_done(request: HttpRequest, episode_id: UUID, key: UUID) -> HttpResponse:
    """Tick a step of a plan off from the list."""
    actor = _actor(request)
    episode = people.co_written_episode(actor, episode_id)
    step = people.step_to_write(actor, episode, key)
    done_on = None if step.done_on else timezone.localdate()
    plans.set_done(actor=actor, step=step, done_on=done_on)
    if done_on:
        again = reverse("desk:todo_step", args=[episode_id, key])
        undoable(request, _("Done."), again)
    else:
        messages.success(request, _("Open again."))
    return redirect("desk:todo")


def _asked_for(request: HttpRequest, actor: Actor) -> Item:
    """Return the reminder that an address names, of those on the list, else 404."""
    asked = (
        request.GET.get("kind", ""),
        request.GET.get("episode", ""),
        request.GET.get("record", ""),
    )
    today = timezone.localdate()
    for item in todo.items(actor, today, whole_unit=_oversees(actor)):
        if tuple(str(part or "") for part in item.key) == asked and not item.is_done:
            return item
    raise Http404


@require_http_methods(["GET", "POST"])
def put_off(request: HttpRequest) -> HttpResponse:
    """Put a reminder off until a day, with the reason."""
    actor, today = _actor(request), timezone.localdate()
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    item = _asked_for(request, actor)
    latest = rules.latest_day(
        today, is_clock=item.what == What.CLOCK, limit_days=item.limit_days
    )

    def save(given: dict[str, Any]) -> Any:
        episode = None
        if item.episode_id is not None:
            episode = people.ref(people.episode(actor, item.episode_id))
        units = people.units_of(actor)
        unit = units.get(pk=episode.unit_id) if episode is not None else units.first()
        if unit is None:
            raise Http404
        return commands.put_off(
            actor=actor,
            unit=unit,
            episode=episode,
            kind=item.kind,
            record_id=item.record_id,
            today=today,
            latest=latest,
            **given,
        )

    if item.applicant_id is not None:
        audit.record(
            actor,
            "reminder_opened",
            applicant=item.applicant_id,
            information=(Information.IDENTITY, Information.ATTENDANCE),
            ground="own_care",
        )
    return form_page(
        request,
        PutOffForm(request.POST or None),
        save,
        title=_("Put it off"),
        lead=" · ".join(filter(None, (item.person, item.text))),
        submit=_("Put it off"),
        done=_("It comes back by itself on that day."),
        to=reverse("desk:todo"),
    )


@require_POST
def take_up_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a reminder that was put off come back now."""
    actor = _actor(request)
    found = queries.snooze(actor, key)
    commands.take_up_again(actor=actor, snooze=found, today=timezone.localdate())
    messages.success(request, _("It is on the list again."))
    return redirect("desk:todo")
