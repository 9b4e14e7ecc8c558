"""Reviews: those of a unit, one with its steps, its plan and its seats."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import queries as access
from braid.access import seating
from braid.access.choices import RoleChoice
from braid.access.policy import Action, Actor, Information
from braid.fidelity import commands, queries, rules
from braid.fidelity.choices import ReviewMode, ReviewStatus
from braid.fidelity.choices import Seat as Part
from braid.fidelity.commands.opening import Days
from braid.fidelity.commands.reviews import Plan, may_step
from braid.fidelity.models import Review, Seat
from braid.fidelity.rating.sums import variant_text
from braid.fidelity.reach import oversees, units
from braid.fidelity.reach import unit as unit_of
from braid.fidelity.reviewing import presenters, tasks
from braid.fidelity.reviewing.forms import (
    DaysForm,
    PlanForm,
    SeatForm,
    StepForm,
    WithdrawForm,
)
from braid.fidelity.reviewing.opening import (
    actor_of,
    arranged,
    opened,
    planned,
    posted,
)
from braid.kernel.dates import add_months
from braid.kernel.errors import InputFault, Refused
from braid.packs import scale_texts, scales
from braid.web.pages import form_page
from braid.web.presenters import Action as Button

USUAL = "ips-25"
AHEAD = 2  # months from planning to the visit, as published reviews have it
FRIDAY = 4
Choices = list[tuple[str, Any]]


@require_GET
def all_reviews(request: HttpRequest) -> HttpResponse:
    """Every review that the reader may know of, whatever the unit."""
    actor = actor_of(request)
    access.require_anywhere(actor, Action.RATE, Information.STATISTICAL)
    context = {
        "title": _("Reviews"),
        "reviews": _lines(queries.reviews(actor)),
        "shows_unit": True,
    }
    return render(request, "fidelity/reviewing/reviews.html", context)


@require_GET
def reviews(request: HttpRequest, unit: str) -> HttpResponse:
    """The reviews of a unit, the latest first."""
    actor = actor_of(request)
    of_unit = unit_of(actor, unit)
    may_plan = oversees(actor, of_unit)
    url = reverse("fidelity:review_new", args=[of_unit.slug])
    context = {
        "title": _("Reviews of %(unit)s") % {"unit": of_unit.name},
        "unit": of_unit,
        "reviews": _lines(queries.reviews(actor, of_unit)),
        "actions": [Button(_("Plan a review"), url, "plus-lg", True)]
        if may_plan
        else [],
    }
    return render(request, "fidelity/reviewing/reviews.html", context)


def _lines(found: Any) -> list[tuple[Review, str]]:
    return [(one, presenters.scale_name(one.scale)) for one in found]


# ---- Planning ---------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def review_new(request: HttpRequest, unit: str) -> HttpResponse:
    """Plan a review; whoever plans takes a seat in it at once."""
    actor = actor_of(request)
    of_unit = unit_of(actor, unit)
    if not oversees(actor, of_unit):
        raise Refused("no_ground")
    today = timezone.localdate()
    form = PlanForm(
        request.POST or None,
        known=[(name, presenters.scale_name(name)) for name in sorted(scales.load())],
        variants=_variants(scales.load().values()),
        initial=_usual(queries.reviews(actor, of_unit).first(), today),
    )
    return form_page(
        request,
        form,
        lambda given: _planned(actor, of_unit, given),
        title=_("Plan a review of %(unit)s") % {"unit": of_unit.name},
        lead=_(
            "A review is a mirror for the team. What is due before the visit is counted "
            "back from its first day once this is saved."
        ),
        to=lambda made: reverse("fidelity:review", args=[made.pk]),
        done=_("The review is planned. Give the reviewers their seats."),
        submit=_("Plan it"),
    )


def _planned(actor: Actor, of_unit: Any, given: dict[str, Any]) -> Review:
    """Plan a review and seat who plans: the service's contact, or in a self-assessment
    the one who rates."""
    made = commands.plan(actor=actor, unit=of_unit, wish=Plan(**given))
    may_rate = {one.user_id for one in _people()}
    if actor.id in may_rate:
        own = Part.LEAD if made.mode == ReviewMode.SELF else Part.CONTACT
        user = seating.user_of(actor.id)
        commands.give_seat(actor=actor, review=made, user=user, part=own)
    return made


def _usual(last: Review | None, today: date) -> dict[str, Any]:
    first_day = add_months(today, AHEAD)
    if first_day.weekday() > FRIDAY:
        first_day += timedelta(7 - first_day.weekday())
    return {
        "scale": last.scale if last else USUAL,
        "mode": last.mode if last else ReviewMode.INDEPENDENT,
        "edition": last.edition if last else "",
        "first_day": first_day,
        "last_day": first_day + timedelta(1),
        "facts_on": first_day - timedelta(rules.AGENDA_DAYS),
    }


def _variants(known: Any) -> Choices:
    """Return the variants of house rules that settle a score, each once."""
    found: Choices = []
    for scale in known:
        for rule in scale.rules:
            others = [one for one in rule.variants if one != rule.default]
            found += [
                (
                    f"{rule.id}={one}",
                    scale_texts.variant(
                        scale.id, f"{rule.id}={one}", get_language() or "en"
                    ),
                )
                for one in others
                if rule.settles
            ]
    return sorted(dict.fromkeys(found))


@require_http_methods(["GET", "POST"])
def review_change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change the days of a review that is planned."""
    actor = actor_of(request)
    found = planned(actor, key)
    shown = ("first_day", "last_day", "facts_on", "remote", "edition", "variant")
    form = DaysForm(
        request.POST or None,
        variants=_variants([queries.scale_of(found)]),
        initial={name: getattr(found, name) for name in shown},
    )
    return form_page(
        request,
        form,
        lambda given: commands.replan(
            actor=actor,
            review=found,
            days=Days(**given),
            row_version=found.row_version,
        ),
        title=_("Change the plan"),
        to=reverse("fidelity:review", args=[key]),
        done=_("The plan is changed."),
    )


# ---- One review -------------------------------------------------------------------------


@require_GET
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """One review: where it stands, what comes next, who takes part, its parts."""
    actor = actor_of(request)
    found = opened(actor, key)
    today = timezone.localdate()
    arranges = queries.may_plan(actor, found)
    is_planned = found.status == ReviewStatus.PLANNED
    freezing = tasks.freezing(found)
    context = {
        "title": _("Review of %(unit)s") % {"unit": found.unit.name},
        "crumbs": _crumbs(actor, found),
        "review": found,
        "scale": presenters.scale_name(found.scale),
        "steps": presenters.steps(found),
        "next": presenters.next_step(actor, found, today),
        "due": presenters.due_lines(found, today),
        "parts": presenters.parts(actor, found),
        "seats": presenters.seat_lines(actor, found, queries.seats(actor, found)),
        "history": list(queries.steps(actor, found)),
        "arranges": arranges,
        "is_planned": is_planned,
        "may_withdraw": arranges and "withdrawn" in rules.FOLLOWS[found.status],
        "freezing": freezing,
        "variant": variant_text(found),
        "kept_days": queries.kept_days(found.unit),
        "may_freeze": is_planned and oversees(actor, found.unit),
        "is_too_early": today < found.facts_on,
    }
    return render(request, "fidelity/reviewing/review.html", context)


def _crumbs(actor: Actor, found: Review) -> list[Button]:
    if any(one.pk == found.unit_id for one in units(actor)):
        url = reverse("fidelity:reviews", args=[found.unit.slug])
    else:
        url = reverse("fidelity:all_reviews")
    return [Button(_("Reviews"), url)]


@require_http_methods(["GET", "POST"])
def review_step(request: HttpRequest, key: UUID, to: str) -> HttpResponse:
    """Take a step, or withdraw the review with a reason."""
    actor = actor_of(request)
    found = opened(actor, key)
    if to not in rules.FOLLOWS or not may_step(actor, found, to):
        raise Refused("no_ground")
    withdraws = to == ReviewStatus.WITHDRAWN
    form_class = WithdrawForm if withdraws else StepForm
    return form_page(
        request,
        form_class(posted(request)),
        lambda given: _stepped(actor, found, to, given.get("reason", "")),
        title=str(presenters.STEP.get(to, presenters.STEP["withdrawn"])),
        lead=presenters.means(found, to),
        to=reverse("fidelity:review", args=[key]),
        done=_("The review goes on.") if not withdraws else _("It is withdrawn."),
        submit=str(presenters.STEP.get(to, "")),
    )


def _stepped(actor: Actor, found: Review, to: str, reason: str) -> None:
    today = timezone.localdate()
    if to == ReviewStatus.RATING:
        commands.open_rating(actor=actor, review=found, today=today)
    else:
        commands.take_step(actor=actor, review=found, to=to, today=today, reason=reason)


@require_POST
def freeze(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a worker freeze the figures that the review rests on."""
    actor = actor_of(request)
    found = planned(actor, key)
    try:
        tasks.start(actor, found)
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The figures are being frozen."))
    return redirect("fidelity:review", key)


# ---- Seats ------------------------------------------------------------------------------


def _people() -> list[seating.Known]:
    return seating.who_may(Action.RATE, Information.STATISTICAL, timezone.localdate())


def _role(one: seating.Known) -> str:
    return str(RoleChoice(one.role.value).label)


@require_http_methods(["GET", "POST"])
def seat_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give somebody a seat."""
    actor = actor_of(request)
    found = planned(actor, key)
    taken = set(found.people())
    people = [
        (str(one.user_id), f"{one.name}, {_role(one)}, {one.place}")
        for one in _people()
        if one.user_id not in taken
    ]
    return form_page(
        request,
        SeatForm(request.POST or None, people=people),
        lambda given: commands.give_seat(
            actor=actor,
            review=found,
            user=seating.user_of(UUID(given["user"])),
            part=given["part"],
        ),
        title=_("Give a seat"),
        lead=_(
            "Who has a seat knows of this review and reads what its part needs, until "
            "the seat ends. Nobody reads people's records by it."
        ),
        to=reverse("fidelity:review", args=[key]),
        done=_("The seat is given."),
        submit=_("Give the seat"),
    )


@require_http_methods(["GET", "POST"])
def seat_end(request: HttpRequest, key: UUID) -> HttpResponse:
    """End a seat; what was rated in it stays."""
    actor = actor_of(request)
    seat = arranged(actor, Seat, key)
    if not queries.may_plan(actor, seat.review):
        raise Refused("no_ground")
    return form_page(
        request,
        StepForm(posted(request)),
        lambda _given: commands.end_seat(
            actor=actor, seat=seat, today=timezone.localdate()
        ),
        title=_("End the seat of %(name)s") % {"name": seat.user.name},
        lead=_("From now on they read nothing of this review. What they rated stays."),
        to=reverse("fidelity:review", args=[seat.review_id]),
        done=_("The seat has ended."),
        submit=_("End the seat"),
    )
