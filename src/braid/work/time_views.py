"""Pages of working time: my week, saved at once, and the totals that a unit works with."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.access.policy import Action, Actor, Information, may
from braid.kernel.errors import InputFault, Stale
from braid.web.pages import add_fault, stale_sentence, status_of
from braid.web.responses import go
from braid.work import commands, queries, time_rules
from braid.work.choices import Activity, Place
from braid.work.diary_views import WEEK, monday_asked
from braid.work.forms_day import WeekForm
from braid.work.opening import actor_of_unit, unit_of
from braid.work.queries import StaffTime
from braid.work.time_rules import EMPLOYER_CONTACT_MINUTES, Minutes, Where

A_DAY = 444  # minutes of a working day of 37 hours a week, to begin with
WEEKS = 4
# What a week can always be filled with, beside what was logged.
ALWAYS = (
    Where(Activity.EMPLOYMENT, Place.COMMUNITY),
    Where(Activity.EMPLOYMENT, Place.EMPLOYER_SITE),
    Where(Activity.MEETING, Place.TREATMENT_OFFICE),
    Where(Activity.ADMINISTRATION),
    Where(Activity.TRAVEL),
    Where(Activity.LEAVE),
)


def _address(monday: date) -> str:
    return f"{reverse('work:time')}?{urlencode({'week': monday.isoformat()})}"


def _rows(*weeks: Minutes) -> list[Where]:
    """Return the lines of the week: those that are used, then what is always there."""
    used = {where for minutes in weeks for _day, where in minutes}
    order = {value: place for place, value in enumerate(Activity.values)}
    return sorted({*ALWAYS, *used}, key=lambda one: (order[one.activity], one.place))


@require_http_methods(["GET", "POST"])
def time(request: HttpRequest) -> HttpResponse:
    """My week: proposed from what I logged, adjusted, and saved at once."""
    actor, today = actor_of_unit(request), timezone.localdate()
    unit, monday = unit_of(actor), monday_asked(request, today)
    written = queries.written_week(actor, unit.pk, monday)
    proposed = queries.proposed_week(actor, unit.pk, monday)
    known = queries.as_minutes(written)
    form = WeekForm(
        request.POST if request.method == "POST" else None,
        days=time_rules.week(monday),
        rows=_rows(known, proposed),
        minutes=known or proposed,
        initial={"length": A_DAY, "seen": commands.version(written)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.save_week(
                actor=actor,
                unit=unit,
                monday=monday,
                minutes=_given(form),
                seen=form.cleaned_data["seen"],
            )
        except InputFault as fault:
            add_fault(form, fault)
        except Stale:
            form.add_error(None, stale_sentence())
        else:
            messages.success(request, _("Week saved."))
            return go(request, _address(monday))
    context = _week(actor, form, monday, today, known, proposed)
    return render(request, "work/time.html", context, status=status_of(form))


def _given(form: WeekForm) -> Minutes:
    rest, length = (form.cleaned_data[name] for name in ("rest", "length"))
    minutes = form.minutes()
    if not rest or not length:
        return minutes
    return time_rules.with_rest(minutes, length, Where(rest))


def _week(
    actor: Actor,
    form: WeekForm,
    monday: date,
    today: date,
    known: Minutes,
    proposed: Minutes,
) -> dict[str, Any]:
    shown = known or proposed
    totals = time_rules.by_day(shown)
    return {
        "title": _("My week"),
        "form": form,
        "days": [
            (day, cells, totals.get(day, 0), day.weekday() < time_rules.WORKDAYS)
            for day, cells in form.table()
        ],
        "is_proposed": not known,
        "has_any": bool(shown),
        "gaps": time_rules.gaps(shown, monday, today),
        "total": hours_text(sum(totals.values())),
        "each_visit": EMPLOYER_CONTACT_MINUTES,
        "week_number": monday.isocalendar().week,
        "earlier": _address(monday - WEEK),
        "following": _address(monday + WEEK),
        "oversees": may(actor, Action.OVERSEE, Information.STATISTICAL),
        "current_year": today.year,
    }


def hours_text(minutes: int) -> str:
    """Write minutes as hours and minutes: 7:24."""
    return f"{minutes // 60}:{minutes % 60:02}"


@require_GET
def time_totals(request: HttpRequest) -> HttpResponse:
    """Where the time went in four weeks: one's own, or of those whom one oversees.

    A specialist sees the same lines about themself that the supervisor sees.
    """
    actor, today = actor_of_unit(request), timezone.localdate()
    oversees = may(actor, Action.OVERSEE, Information.STATISTICAL)
    monday = monday_asked(request, today)
    first, last = monday - (WEEKS - 1) * WEEK, monday + WEEK - timedelta(days=1)
    rows = queries.time_totals(actor, first, last, own=not oversees)
    audit.record(actor, "time_totals_opened", unit_of(actor), count=len(rows))
    context = {
        "title": _("Where the time went"),
        "first": first,
        "last": last,
        "activities": [str(label) for _value, label in Activity.choices],
        "rows": [_line(one) for one in rows],
        "oversees": oversees,
        "earlier": f"?{urlencode({'week': (first - WEEK).isoformat()})}",
        "current_year": today.year,
    }
    return render(request, "work/time_totals.html", context)


def _line(one: StaffTime) -> dict[str, Any]:
    places = sorted(one.places.items(), key=lambda pair: -pair[1])
    return {
        "name": one.name,
        "total": hours_text(one.total),
        "cells": [
            (label, hours_text(one.activities[value]))
            if value in one.activities
            else (label, "")
            for value, label in Activity.choices
        ],
        "places": [
            (Place(place).label if place else _("place not said"), hours_text(minutes))
            for place, minutes in places
        ],
    }
