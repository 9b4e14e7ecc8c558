"""Standing groups: who sits in them and what they stand for."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from braid.access import queries as access
from braid.access.policy import Action
from braid.desk.gatherings import forms
from braid.desk.gatherings.views import actor_of
from braid.teamwork.commands import gatherings as commands
from braid.teamwork.queries import gatherings
from braid.web.pages import form_page


@require_GET
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """A standing group: its members by what they stand for."""
    actor, today = actor_of(request), timezone.localdate()
    group = gatherings.group(actor, key)
    context = {
        "title": group.name,
        "group": group,
        "members": gatherings.members(actor, group),
        "may_manage": gatherings.may_manage(actor, group.unit),
        "today": today,
        "current_year": today.year,
    }
    return render(request, "desk/gatherings/group.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Start a standing group of the unit."""
    actor = actor_of(request)
    units = [
        unit
        for unit in access.units(actor, Action.TAKE_PART)
        if gatherings.may_manage(actor, unit)
    ]
    if not units:
        access.require_anywhere(actor, Action.MANAGE_MEMBERS)
        raise Http404
    return form_page(
        request,
        forms.GroupForm(request.POST or None),
        lambda given: commands.start_group(actor=actor, unit=units[0], **given),
        title=_("A standing group"),
        lead=_("People of several organisations who meet again and again."),
        done=_("The group is there. Now ask people to it."),
        to=_address,
    )


def _address(group: Any) -> str:
    return reverse("desk:group", args=[group.pk])


def _managed(request: HttpRequest, key: UUID) -> tuple[Any, Any]:
    """Return the actor and a group whose members they choose, else answer 404."""
    actor = actor_of(request)
    group = gatherings.group(actor, key)
    access.require(actor, Action.MANAGE_MEMBERS, group.unit.subject())
    return actor, group


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a group another name."""
    actor, group = _managed(request, key)
    form = forms.RenameForm(
        request.POST or None,
        initial={"name": group.name, "row_version": group.row_version},
    )
    return form_page(
        request,
        form,
        lambda given: commands.rename_group(actor=actor, group=group, **given),
        title=_("Another name"),
        done=_("Saved."),
        to=_address(group),
    )


@require_http_methods(["GET", "POST"])
def member_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask somebody to a group in person."""
    actor, group = _managed(request, key)
    today = timezone.localdate()
    return form_page(
        request,
        forms.MemberForm(request.POST or None),
        lambda given: commands.add_member(
            actor=actor, group=group, first_day=today, **given
        ),
        title=_("Somebody for the group"),
        done=_("Now a member of the group."),
        to=_address(group),
    )


@require_POST
def member_end(request: HttpRequest, key: UUID, member_id: UUID) -> HttpResponse:
    """Let somebody leave a group."""
    actor, group = _managed(request, key)
    found = gatherings.member(actor, group, member_id)
    commands.end_member(actor=actor, member=found, today=timezone.localdate())
    messages.success(request, _("No longer a member."))
    return redirect(_address(group))


@require_POST
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """End a group; its meetings stay."""
    actor, group = _managed(request, key)
    commands.end_group(actor=actor, group=group, today=timezone.localdate())
    messages.success(request, _("The group has ended. Its meetings stay."))
    return redirect("desk:gatherings")
