"""The applicant's own page of blocks: to whom they do not exist."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from braid.access import audit, blocks
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.desk.blocks import BlockForm, save_block, whom_of
from braid.kernel.errors import InputFault
from braid.web.pages import add_fault, status_of


class OwnBlockForm(BlockForm):
    """The same without having to say why."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("You need not say. Your unit can read it."),
    )

    def __init__(self, *args: Any, around: list[tuple[UUID, str]], **kwargs: Any):
        super().__init__(*args, around=around, **kwargs)
        self.fields["person"].label = _("Somebody who works with you")


@require_http_methods(["GET", "POST"])
def own_blocks(request: HttpRequest) -> HttpResponse:
    """Whom I have blocked, and a form for one more."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.BLOCK, Information.IDENTITY)
    if actor.own is None:
        raise Http404
    whom, now = whom_of(actor, actor.own), timezone.now()
    kept = blocks.of_applicant(actor, whom, now)
    around = blocks.people_around(whom, timezone.localdate())
    form = OwnBlockForm(request.POST or None, around=around)
    if request.method == "POST" and form.is_valid():
        try:
            save_block(actor, whom, form)
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("Blocked. For this person you are not here."))
            return redirect("desk:own_blocks")
    audit.record(actor, "own_blocks_opened", applicant=actor.own)
    context = {
        "title": _("Whom I have blocked"),
        "sub": _("They cannot see you anywhere in Braid, and nobody tells them."),
        "blocks": kept,
        "form": form,
        "current_year": timezone.localdate().year,
    }
    return render(request, "desk/own/blocks.html", context, status=status_of(form))
