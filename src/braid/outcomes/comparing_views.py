"""Side by side: two groups, two periods or two units, and the statistics of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audit
from braid.access.choices import TeamKind
from braid.access.policy import Information
from braid.access.queries import teams_beside
from braid.outcomes import adjusting, comparing, scopes
from braid.outcomes.charts import Chart
from braid.outcomes.comparing import COHORT, PERIOD, TEAM, UNIT, Wish
from braid.outcomes.presenters import contrasts
from braid.outcomes.presenters.cards import Asking, period_text
from braid.outcomes.presenters.choosing import Choice, Option
from braid.outcomes.presenters.words import KEYS, period_name, place_of, value_name
from braid.outcomes.scopes import Scope
from braid.outcomes.views import actor_of, frame, is_asked

Sides = list[tuple[str, str]]


@require_GET
def compare(request: HttpRequest, scope: str) -> HttpResponse:
    """Two sides beside each other; what may be compared follows from who looks."""
    actor = actor_of(request)
    of = scopes.scope(actor, scope)
    context: dict[str, Any] = {"title": _("Side by side"), **frame(request, actor, of)}
    if is_asked(request) and not context["is_missing"]:
        day = of.known_on(timezone.localdate())
        periods, choices = comparing.offered(actor, of, day)
        named = sides(of, periods, choices)
        wish = wished(request, named, [one.period for one in periods])
        context |= {
            "choices": _choices(named, wish, periods),
        }
        if wish.one:
            for unit in [of.unit] if of.unit else of.units:
                audit.record(
                    actor,
                    "figures_opened",
                    unit,
                    information=(Information.STATISTICAL,),
                )
            found = comparing.side_by_side(actor, of, day, wish)
            labels = dict(named[wish.by])
            names = (labels[wish.one], labels[wish.other])
            context["cards"] = contrasts.cards(
                found, names, _rows_url(of, wish, periods)
            )
            context["is_exact"] = found.is_exact
            context["names"] = names
            if wish.by != PERIOD:
                named_period = next(p for p in periods if p.period == wish.period)
                context["period"] = period_text(named_period)
                context |= adjusting.offer(actor, of, wish, choices)
    name = "compare_figures" if request.htmx else "compare"  # type: ignore[attr-defined]
    return render(request, f"outcomes/{name}.html", context)


def _rows_url(of: Scope, wish: Wish, periods: Any) -> contrasts.Url:
    """Return what gives the address of the rows behind a side's figure of a chart."""

    def url(chart: Chart, side: int) -> str:
        asked = wish.sides[side]
        name = asked if wish.by == PERIOD else wish.period
        period = next(one for one in periods if one.period == name)
        if wish.by == UNIT:
            return Asking(of.key, period, asked).address("rows", chart.name)
        chosen = {} if wish.by == PERIOD else comparing.selected(wish.by, asked).asked()
        return Asking(of.key, period, "", chosen).address("rows", chart.name)

    return url


def sides(of: Scope, periods: Any, choices: Any) -> dict[str, Sides]:
    """Return what may stand on a side, by what is compared; two at least."""
    found: dict[str, Sides] = {
        PERIOD: [(one.period, period_name(one)) for one in reversed(periods)]
    }
    if of.unit is None:
        found[UNIT] = [(str(unit.pk), unit.name) for unit in of.units]
    if choices is not None and of.unit is not None:
        teams = teams_beside(of.unit, TeamKind.TREATMENT_TEAM)
        found[COHORT] = [(quarter, quarter) for quarter in choices.cohorts]
        found[TEAM] = [(str(team.pk), team.name) for team in teams]
        for key, values in choices.groups.items():
            ordered = sorted(values, key=lambda value: place_of(key, value))
            found[key] = [(v, value_name(key, v).capitalize()) for v in ordered]
    return {by: sides for by, sides in found.items() if len(sides) > 1}


def wished(request: HttpRequest, named: dict[str, Sides], periods: list[str]) -> Wish:
    """Return what is asked for; what cannot be compared gives way to what can."""
    by = request.GET.get("by", "")
    by = by if by in named else next(iter(named))
    known = [value for value, _label in named[by]]
    first, second = _proposed(by, known)
    one, other = request.GET.get("one", ""), request.GET.get("other", "")
    period = request.GET.get("period", "")
    return Wish(
        by,
        one if one in known else first,
        other if other in known else second,
        # Of one unit among all only the first is told, the year.
        period if period in periods and by != UNIT else periods[0],
    )


def _proposed(by: str, known: list[str]) -> tuple[str, str]:
    """Return the sides that stand there first: this quarter and that of a year ago."""
    if by == PERIOD and len(known) > 5:
        return known[1], known[5]
    return known[0], known[1]


def _kinds(named: dict[str, Sides], wish: Wish) -> Choice:
    """Return the field of what is compared; groups of people stand together."""
    options = {by: Option(by, _label(by), by == wish.by) for by in named}
    plain = tuple(options[by] for by in named if by not in KEYS)
    groups = tuple(options[by] for by in named if by in KEYS)
    return Choice(
        "by", _("Compare"), (("", plain), *([(_("Groups"), groups)] * bool(groups)))
    )


def _label(by: str) -> str:
    labels = {
        PERIOD: _("Periods"),
        COHORT: _("Quarters of acceptance"),
        TEAM: _("Treatment teams"),
        UNIT: _("Units"),
    }
    return labels[by] if by in labels else KEYS[by]()


def _choices(named: dict[str, Sides], wish: Wish, periods: Any) -> list[Choice]:
    """Return the fields of the form: both sides, and the period where that is free."""
    fields = [_kinds(named, wish)]
    fields += [
        Choice(
            name,
            label,
            (
                (
                    "",
                    tuple(
                        Option(value, text, value == now)
                        for value, text in named[wish.by]
                    ),
                ),
            ),
        )
        for name, label, now in (
            ("one", _("One side"), wish.one),
            ("other", _("The other side"), wish.other),
        )
    ]
    if wish.by != PERIOD:
        options = tuple(
            Option(one.period, period_name(one), one.period == wish.period)
            for one in periods
        )
        fields.append(Choice("period", _("Period"), (("", options),)))
    return fields
