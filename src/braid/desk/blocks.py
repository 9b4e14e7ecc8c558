"""Blocks on the pages of a unit: to whom an applicant does not exist, set and set aside."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from braid.access import audit, blocks
from braid.access import queries as access
from braid.access.choices import EmergencyReason
from braid.access.policy import Action, Actor, Information, Subject, decide
from braid.access.step_up import fresh_factor
from braid.kernel.errors import InputFault
from braid.people import queries as people
from braid.web.forms import LaidOut
from braid.web.pages import add_fault, form_page, status_of
from braid.web.widgets import FilterSelect


class BlockForm(LaidOut, forms.Form):
    """Somebody who works with the applicant, or a full name; and why."""

    person = forms.UUIDField(
        label=gettext_lazy("Somebody around the applicant"), required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Or a full name"),
        required=False,
        max_length=150,
        help_text=gettext_lazy(
            "It holds for everybody of exactly this name, also for those who come later."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, around: list[tuple[UUID, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [("", _("Nobody of these")), *around]
        self.fields["person"].widget = FilterSelect()
        self.fields["person"].widget.choices = choices
        self._around = {key for key, _label in around}

    def clean_person(self) -> UUID | None:
        """Refuse whoever was not offered."""
        chosen: UUID | None = self.cleaned_data["person"]
        if chosen is not None and chosen not in self._around:
            raise forms.ValidationError(_("Choose somebody from the list."))
        return chosen


class SetAsideForm(LaidOut, forms.Form):
    """Why a block must rest for a day."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=EmergencyReason.choices
    )
    words = forms.CharField(
        label=gettext_lazy("What happened?"),
        min_length=blocks.WORDS,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def whom_of(actor: Actor, applicant_id: UUID) -> blocks.Whom:
    """Return the applicant of a page about blocks, else answer 404."""
    person = people.applicant(actor, applicant_id)
    return blocks.Whom(person.subject(), person.name)


def save_block(actor: Actor, whom: blocks.Whom, form: Any) -> None:
    given = form.cleaned_data
    blocks.set_block(
        actor=actor,
        whom=whom,
        user_id=given["person"],
        name=given["name"],
        reason=given["reason"],
        now=timezone.now(),
    )


@require_http_methods(["GET", "POST"])
def of_person(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Whom an applicant has blocked, for the supervisor of the unit."""
    actor, now = _actor(request), timezone.now()
    access.require_anywhere(actor, Action.BLOCK, Information.IDENTITY)
    if actor.own is not None:  # who has a page of their own for this
        raise Http404
    whom = whom_of(actor, applicant_id)
    kept = blocks.of_applicant(actor, whom, now)
    around = blocks.people_around(whom, timezone.localdate())
    form = BlockForm(request.POST or None, around=around)
    if request.method == "POST" and form.is_valid():
        try:
            save_block(actor, whom, form)
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("Blocked. For this person nobody is here."))
            return redirect("desk:blocks", applicant_id)
    audit.record(actor, "blocks_opened", applicant=applicant_id)
    context = {
        "title": _("Blocks"),
        "sub": whom.name,
        "back": reverse("desk:person", args=[applicant_id]),
        "blocks": kept,
        "me": actor.id,
        "lift_name": "desk:block_lift",
        "may_set_aside": decide(
            actor, Action.SET_ASIDE, replace(whom.subject, information=None)
        ).allowed,
        "form": form,
        "current_year": timezone.localdate().year,
    }
    return render(request, "desk/blocks.html", context, status=status_of(form))


@require_POST
def lift(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lift a block."""
    actor = _actor(request)
    access.require_anywhere(actor, Action.BLOCK, Information.IDENTITY)
    applicant_id = blocks.block(actor, key).applicant_id
    whom = whom_of(actor, applicant_id)
    blocks.lift(actor=actor, whom=whom, key=key, now=timezone.now())
    messages.success(request, _("Block lifted."))
    if actor.own == applicant_id:
        return redirect("desk:own_blocks")
    return redirect("desk:blocks", applicant_id)


def _to_set_aside(actor: Actor, key: UUID) -> tuple[Subject, str]:
    """Return whose block it is, as the actor may help to set it aside, and the way back."""
    access.require_anywhere(actor, Action.SET_ASIDE)
    found = blocks.block(actor, key)
    office = Subject(None, found.organisation_id)
    if decide(actor, Action.SET_ASIDE, office).allowed:
        return office, reverse("desk:set_asides")
    subject = people.applicant(actor, found.applicant_id).subject()
    back = reverse("desk:blocks", args=[found.applicant_id])
    return replace(subject, information=None), back


@require_http_methods(["GET", "POST"])
@fresh_factor
def set_aside(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask for a block to rest for a day, as the first of two persons."""
    actor = _actor(request)
    subject, back = _to_set_aside(actor, key)
    form = SetAsideForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda given: blocks.ask_to_set_aside(
            actor=actor,
            subject=subject,
            key=key,
            reason=EmergencyReason(given["reason"]),
            words=given["words"],
            now=timezone.now(),
        ),
        title=_("Set a block aside"),
        done=_("Asked. A second person must agree before anything opens."),
        to=back,
        submit=_("Ask"),
        lead=_(
            "In an emergency a supervisor of the unit and a steward can let a block rest "
            "for 24 hours together. The applicant is told."
        ),
    )


@require_POST
@fresh_factor
def agree(request: HttpRequest, key: UUID, asked_id: UUID) -> HttpResponse:
    """Agree as the second person."""
    actor = _actor(request)
    subject, back = _to_set_aside(actor, key)
    try:
        blocks.agree_to_set_aside(
            actor=actor,
            subject=subject,
            key=key,
            asked_id=asked_id,
            now=timezone.now(),
        )
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Set aside for 24 hours. The applicant is told."))
    return redirect(back)
