"""Dialogs for figures about equal access: the groups, and the area somebody lives in."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from braid.access.policy import Information
from braid.access.presenters.control import who_sees
from braid.people import commands, equity_forms, queries
from braid.people.referral_views import person_url, unit_actor
from braid.web.pages import form_page


@require_http_methods(["GET", "POST"])
def groups(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """What somebody wants to tell, for figures in which nobody is seen."""
    actor = unit_actor(request)
    episode = queries.episode(actor, episode_id)
    form = equity_forms.GroupsForm(
        request.POST or None, told=queries.groups_told(actor, episode)
    )

    def save(_given: dict[str, Any]) -> None:
        commands.tell_groups(actor=actor, episode=episode, given=form.given())

    return form_page(
        request,
        form,
        save,
        title=_("For equity figures"),
        done=_("Saved."),
        to=person_url(episode),
        lead=_(
            "Nothing here must be answered, and nothing is decided by it: it shows "
            "whether people are helped alike. Ask, never guess; “rather not say” is an "
            "answer. Each line is read by those who read what stands below it."
        ),
    )


@require_http_methods(["GET", "POST"])
def area(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The area somebody lives in; moving ends the one before."""
    actor = unit_actor(request)
    episode = queries.episode(actor, episode_id)
    areas = queries.areas_of(actor, episode)
    initial: dict[str, Any] = {"row_version": 0}
    if areas:
        names = ("area", "first_day", "last_day", "row_version")
        initial = {name: getattr(areas[-1], name) for name in names}
    form = equity_forms.AreaForm(
        request.POST or None, initial=initial, today=timezone.localdate()
    )
    return form_page(
        request,
        form,
        lambda given: commands.say_area(actor=actor, episode=episode, **given),
        title=_("Area they live in"),
        done=_("Saved."),
        to=person_url(episode),
        lead=_(
            "For figures by place. Somebody who moved gets a new first day; the area "
            "before ends the day before."
        ),
        later=who_sees(episode.applicant_id, Information.CONTACT_DETAILS),
    )
