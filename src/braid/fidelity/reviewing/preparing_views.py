"""The agenda of a review, what the service brings, and the sample of records."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit
from braid.access.policy import Information
from braid.facts.faults import FactsFaults
from braid.fidelity import commands, queries
from braid.fidelity.commands.agenda import Met
from braid.fidelity.models import Meeting, Piece, Review
from braid.fidelity.reviewing import presenters
from braid.fidelity.reviewing.forms import (
    ChangeMeetingForm,
    MeetingForm,
    PieceForm,
)
from braid.fidelity.reviewing.opening import (
    actor_of,
    arranged,
    as_file,
    file_given,
    posted,
    taken_part,
)
from braid.kernel.errors import InputFault, Refused
from braid.people.queries import refs
from braid.web.body_limits import body_limit
from braid.web.pages import form_page
from braid.web.presenters import Action as Button

FILE_BODY = 10 * 1024**2 + 64 * 1024  # the file and the other fields
OF_LINE = tuple(one.name for one in fields(Met))
STATISTICAL = (Information.STATISTICAL,)


def crumbs(review: Review) -> list[Button]:
    label = _("Review of %(unit)s") % {"unit": review.unit.name}
    return [Button(label, reverse("fidelity:review", args=[review.pk]))]


def _tried(request: HttpRequest, act: Any, done: str) -> None:
    """Do what a button asks; say what stands in the way, or that it is done."""
    try:
        act()
    except InputFault as fault:
        messages.error(request, str(fault))
    except FactsFaults:
        messages.error(request, _("The frozen figures are gone. Freeze them again."))
    else:
        messages.success(request, done)


# ---- The agenda -------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def agenda(request: HttpRequest, key: UUID) -> HttpResponse:
    """The agenda day by day, to be printed; a button begins it with the usual lines."""
    actor = actor_of(request)
    review = taken_part(actor, key)
    if request.method == "POST":
        _tried(
            request,
            lambda: commands.lay_agenda(actor=actor, review=review),
            _("The usual lines are there. Change them as you need."),
        )
        return redirect("fidelity:agenda", key)
    days = presenters.agenda_days(queries.agenda(actor, review))
    may_change = queries.may_plan(actor, review) or queries.may_rate(actor, review)
    url = reverse("fidelity:meeting_new", args=[key])
    context = {
        "title": _("Agenda"),
        "crumbs": crumbs(review),
        "review": review,
        "days": days,
        "may_change": may_change and review.deleted_on is None,
        "actions": [Button(_("A line"), url, "plus-lg", in_dialog=True)]
        if may_change and days
        else [],
    }
    return render(request, "fidelity/reviewing/agenda.html", context)


@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put a line on the agenda."""
    actor = actor_of(request)
    review = taken_part(actor, key)
    if not (queries.may_plan(actor, review) or queries.may_rate(actor, review)):
        raise Refused("no_ground")
    return form_page(
        request,
        MeetingForm(posted(request), initial={"day": review.first_day, "minutes": 45}),
        lambda given: commands.add_meeting(
            actor=actor, review=review, met=Met(**given)
        ),
        title=_("A line of the agenda"),
        to=reverse("fidelity:agenda", args=[key]),
        done=_("The line is on the agenda."),
    )


@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a line of the agenda, or say whether it took place."""
    actor = actor_of(request)
    line = arranged(actor, Meeting, key)
    review = line.review
    if not (queries.may_plan(actor, review) or queries.may_rate(actor, review)):
        raise Refused("no_ground")
    held = {True: "yes", False: "no"}.get(line.held, "")  # type: ignore[arg-type]
    shown = {name: getattr(line, name) for name in OF_LINE}
    form = ChangeMeetingForm(
        posted(request),
        initial=shown | {"held": held, "row_version": line.row_version},
    )
    return form_page(
        request,
        form,
        lambda given: commands.change_meeting(
            actor=actor,
            meeting=line,
            held=given["held"],
            row_version=given["row_version"],
            met=Met(**{name: given[name] for name in OF_LINE}),
        ),
        title=_("A line of the agenda"),
        to=reverse("fidelity:agenda", args=[review.pk]),
        done=_("The line is changed."),
    )


@require_POST
def meeting_remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a line off the agenda."""
    actor = actor_of(request)
    line = arranged(actor, Meeting, key)
    to = line.review_id
    _tried(
        request,
        lambda: commands.remove_meeting(actor=actor, meeting=line),
        _("The line is off the agenda."),
    )
    return redirect("fidelity:agenda", to)


# ---- What the service brings ------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def pieces(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the service was asked for, beside what the record answers by itself."""
    actor = actor_of(request)
    review = taken_part(actor, key)
    if request.method == "POST":
        today = timezone.localdate()
        _tried(
            request,
            lambda: commands.ask_for_pieces(actor=actor, review=review, today=today),
            _("The list is there. The service ticks off what it brings."),
        )
        return redirect("fidelity:pieces", key)
    found = list(queries.pieces(actor, review))
    context = {
        "title": _("What the service brings"),
        "crumbs": crumbs(review),
        "review": review,
        "lines": presenters.piece_lines(review, found),
        "brought": sum(one.brought_on is not None for one in found),
        "may_ask": queries.may_plan(actor, review),
        "may_bring": queries.may_answer(actor, review) and review.deleted_on is None,
    }
    return render(request, "fidelity/reviewing/pieces.html", context)


@require_http_methods(["GET", "POST"])
@body_limit(FILE_BODY)
def piece(request: HttpRequest, key: UUID) -> HttpResponse:
    """Bring a piece, say where it is, or why there is none."""
    actor = actor_of(request)
    found = arranged(actor, Piece, key)
    if not queries.may_answer(actor, found.review):
        raise Refused("no_ground")
    (line,) = presenters.piece_lines(found.review, [found])
    form = PieceForm(
        posted(request),
        request.FILES or None,
        initial={
            "is_here": found.brought_on is not None,
            "note": found.note,
            "row_version": found.row_version,
        },
    )
    return form_page(
        request,
        form,
        lambda given: commands.bring(
            actor=actor,
            piece=found,
            note=given["note"],
            is_here=given["is_here"],
            today=timezone.localdate(),
            row_version=given["row_version"],
            file=file_given(given),
        ),
        title=line.what,
        to=reverse("fidelity:pieces", args=[found.review_id]),
        done=_("It is noted."),
    )


@require_GET
def piece_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand out the file of a piece to who takes part in the review."""
    actor = actor_of(request)
    found = arranged(actor, Piece, key)
    answer = as_file(found, found.review)
    audit.record(actor, "review_piece_opened", found, information=STATISTICAL)
    return answer


# ---- The sample -------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest, key: UUID) -> HttpResponse:
    """The sample of records: number and group; the service sees whose each is."""
    actor = actor_of(request)
    review = taken_part(actor, key)
    if request.method == "POST":
        _tried(
            request,
            lambda: commands.draw_from_facts(actor=actor, review=review),
            _("The sample is drawn."),
        )
        return redirect("fidelity:sample", key)
    charts = list(queries.charts(actor, review))
    whose = queries.whose(actor, review)
    names = refs.known_names(actor, whose.values())
    if names:
        audit.record_list(
            actor,
            "review_sample_named",
            {applicant for applicant, _name in names.values()},
            (Information.IDENTITY,),
        )
    context = {
        "title": _("Sample of records"),
        "crumbs": crumbs(review),
        "review": review,
        "lines": presenters.chart_lines(charts, whose, names),
        "is_named": bool(names),
        "may_draw": queries.may_plan(actor, review),
        "is_frozen": review.snapshot_id is not None,
    }
    return render(request, "fidelity/reviewing/sample.html", context)
