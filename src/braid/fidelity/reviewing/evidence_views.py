"""What a reviewer saw, heard and read: item by item, one's own until all have locked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.documents.rules import MAX_BYTES
from braid.fidelity import commands, queries
from braid.fidelity.models import Evidence, Review
from braid.fidelity.reviewing import presenters
from braid.fidelity.reviewing.forms import EvidenceForm
from braid.fidelity.reviewing.opening import (
    actor_of,
    as_file,
    file_given,
    posted,
    rated,
)
from braid.web.body_limits import body_limit
from braid.web.pages import form_page
from braid.web.presenters import Action as Button

BODY = MAX_BYTES + 64 * 1024  # the file and the other fields


@require_GET
def evidence(request: HttpRequest, key: UUID) -> HttpResponse:
    """The evidence of a review, item by item, as far as the reader may read it."""
    actor = actor_of(request)
    review = rated(actor, key)
    rows = queries.evidence(actor, review).select_related("created_by", "meeting")
    url = reverse("fidelity:evidence_new", args=[key])
    label = _("Review of %(unit)s") % {"unit": review.unit.name}
    may_add = review.deleted_on is None
    context = {
        "title": _("Evidence"),
        "crumbs": [Button(label, reverse("fidelity:review", args=[key]))],
        "review": review,
        "lines": presenters.evidence_lines(review, rows),
        "own": actor.id,
        "may_add": may_add,
        "kept_days": queries.kept_days(review.unit),
        "actions": [Button(_("Evidence"), url, "plus-lg", True, in_dialog=True)]
        if may_add
        else [],
    }
    return render(request, "fidelity/reviewing/evidence.html", context)


@require_http_methods(["GET", "POST"])
@body_limit(BODY)
def evidence_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down what was seen, heard or read, with a file where there is one."""
    actor = actor_of(request)
    review = rated(actor, key)
    meetings = {str(one.pk): one for one in queries.agenda(actor, review)}
    form = EvidenceForm(
        posted(request),
        request.FILES or None,
        items=[(str(no), name) for no, name in presenters.item_names(review).items()],
        meetings=[(pk, one.what) for pk, one in meetings.items()],
        initial={"item": request.GET.get("item", "")},
    )

    def save(given: dict[str, Any]) -> Evidence:
        return commands.gather(
            actor=actor,
            review=review,
            kind=given["kind"],
            text=given["text"],
            item=int(given["item"]) if given["item"] else None,
            meeting=meetings.get(given["meeting"]),
            file=file_given(given),
        )

    return form_page(
        request,
        form,
        save,
        title=_("Evidence"),
        to=reverse("fidelity:evidence", args=[key]),
        done=_("It is written down."),
    )


def _own(actor: Actor, key: UUID) -> Evidence:
    """Return a piece of evidence that `actor` may read, else answer 404."""
    seen = Evidence.objects.visible_to(actor, Action.RATE)
    found: Evidence | None = seen.select_related("review__unit").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@require_POST
def evidence_remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take back what one wrote oneself."""
    actor = actor_of(request)
    found = _own(actor, key)
    review: Review = found.review
    commands.take_back(actor=actor, evidence=found)
    messages.success(request, _("It is taken back."))
    return redirect("fidelity:evidence", review.pk)


@require_GET
def evidence_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand out the file of a piece of evidence."""
    actor = actor_of(request)
    found = _own(actor, key)
    answer = as_file(found, found.review)
    audit.record(
        actor,
        "review_evidence_opened",
        found,
        information=(Information.STATISTICAL,),
    )
    return answer
