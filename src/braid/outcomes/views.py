"""Outcomes: who works, how soon and how long; charts, their rows and their files."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.access.policy import Actor, Information
from braid.facts import annotating, annotating_pages
from braid.facts.presenters import as_of_text
from braid.outcomes import charts, files, periods, queries, scopes
from braid.outcomes.behind import Wanted, behind, counted, together
from braid.outcomes.charts import EQUITY_KEYS, SECTIONS, Chart
from braid.outcomes.presenters import choosing, listing
from braid.outcomes.presenters.cards import Asking, card
from braid.outcomes.presenters.words import KEYS
from braid.outcomes.scopes import Scope
from braid.outcomes.selections import Selection
from braid.packs import measures
from braid.web.presenters import Action as Button
from braid.web.presenters import Tab

_STATISTICAL = (Information.STATISTICAL,)
_NAMED = (Information.IDENTITY,)


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks. Raises Refused for who reads no figures at all."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    scopes.must_look(actor)
    return actor


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The units whose figures one may read; of a single one, its page."""
    actor = actor_of(request)
    units, together = scopes.units(actor), scopes.overseen(actor)
    found = [one.slug for one in units] + ([scopes.ALL] if together else [])
    if len(found) == 1:
        return _overview(request, actor, scopes.scope(actor, found[0]))
    context = {
        "title": _("Outcomes"),
        "units": units,
        "together": together,
        "all_key": scopes.ALL,
    }
    return render(request, "outcomes/home.html", context)


@require_GET
def outcomes(request: HttpRequest, scope: str) -> HttpResponse:
    """The charts of a unit, or of all units together."""
    actor = actor_of(request)
    return _overview(request, actor, scopes.scope(actor, scope))


def _overview(request: HttpRequest, actor: Actor, of: Scope) -> HttpResponse:
    """The charts of a scope; they come after the page, or with it where that is asked."""
    context: dict[str, Any] = {"title": _("Outcomes"), **frame(request, actor, of)}
    if is_asked(request) and not context["is_missing"]:
        shown = queries.shown_charts()
        look, asking = _look(request, actor, of, shown)
        notes = _notes(of, shown)
        context |= choosing.chosen_context(look, asking, of)
        context["sections"] = [
            (
                section,
                [
                    card(chart, look.reading, asking, notes)
                    for chart in charts.known(section.charts)
                ],
            )
            for section in SECTIONS
        ]
        drawn = [one for _of, cards in context["sections"] for one in cards]
        context["is_empty"] = (
            of.is_inside
            and not context["is_chosen"]
            and not any(one.picture for one in drawn)
        )
    name = "figures" if request.htmx else "outcomes"  # type: ignore[attr-defined]
    return render(request, f"outcomes/{name}.html", context)


@require_GET
def equity(request: HttpRequest, scope: str) -> HttpResponse:
    """Whether all are served alike: the same figures by group."""
    actor = actor_of(request)
    of = scopes.scope(actor, scope)
    key = request.GET.get("by", EQUITY_KEYS[0])
    if key not in EQUITY_KEYS:
        raise Http404
    context = {
        "title": _("Equity"),
        **frame(request, actor, of),
        "is_kept_apart": of.unit is not None and not of.is_inside,
        "group": KEYS[key](),
        "by": key,
    }
    if is_asked(request) and not context["is_missing"] and not context["is_kept_apart"]:
        shown = charts.known(charts.equity(key))
        look, asking = _look(request, actor, of, shown)
        context |= choosing.chosen_context(look, asking, of)
        context["choices"] = [choosing.keys(key), *context["choices"]]
        context["cards"] = [card(chart, look.reading, asking) for chart in shown]
    name = "equity_figures" if request.htmx else "equity"  # type: ignore[attr-defined]
    return render(request, f"outcomes/{name}.html", context)


def is_asked(request: HttpRequest) -> bool:
    """Say whether the figures come with this answer; else they come after the page."""
    return bool(request.htmx) or "figures" in request.GET  # type: ignore[attr-defined]


def frame(request: HttpRequest, actor: Actor, of: Scope) -> dict[str, Any]:
    """Return what the pages of a scope have around their figures."""
    query = request.GET.copy()
    query["figures"] = "1"
    day = of.known_on(timezone.localdate())
    return {
        "scope": of,
        "unit": of.unit,
        "is_missing": of.unit is None and of.snapshot is None,
        "later_url": f"{request.path}?{query.urlencode()}",
        "as_of": as_of_text(day),
        "pages": _pages(request, of),
        "units": _units(request, actor, of),
        "may_annotate": of.unit is not None and annotating.may_annotate(actor, of.unit),
        "actions": _buttons(actor, of),
    }


def _buttons(actor: Actor, of: Scope) -> list[Button]:
    """Return the way to what a unit gives by hand, for who gives it."""
    if of.unit is None or not scopes.oversees(actor, of.unit):
        return []
    address = reverse("outcomes:quarters", args=[of.key])
    return [Button(_("Vacant posts and unemployment"), address, "pencil")]


def _pages(request: HttpRequest, of: Scope) -> list[Tab]:
    """Return the pages of a scope as tabs."""
    named = (
        ("outcomes:outcomes", _("Overview")),
        ("outcomes:equity", _("Equity")),
        ("outcomes:compare", _("Side by side")),
    )
    now = _name(request)
    return [
        Tab(label, reverse(name, args=[of.key]), name == now) for name, label in named
    ]


def _name(request: HttpRequest) -> str:
    """Return which page of a scope it is; who has one scope begins with the first."""
    match = request.resolver_match
    name = match.view_name if match else ""
    return "outcomes:outcomes" if name == "outcomes:home" else name


def _units(request: HttpRequest, actor: Actor, of: Scope) -> list[Tab]:
    """Return the units that one may look at instead, as tabs."""
    name = _name(request)
    keys = [(one.slug, one.name) for one in scopes.units(actor)]
    if scopes.overseen(actor):
        keys.append((scopes.ALL, _("All units")))
    tabs = [Tab(label, reverse(name, args=[k]), k == of.key) for k, label in keys]
    return tabs if len(tabs) > 1 else []


def _look(
    request: HttpRequest, actor: Actor, of: Scope, shown: tuple[Chart, ...]
) -> tuple[queries.Look, Asking]:
    """Return what was read and what was asked for, and note that somebody looked."""
    _audit(actor, of)
    chosen = Selection.read(request.GET) if of.is_inside else Selection()
    day = of.known_on(timezone.localdate())
    found = queries.look(actor, of, day, shown, chosen)
    unit = choosing.unit_chosen(of, request.GET.get("unit", ""))
    asked = request.GET.get("period", "")
    if unit and not found.reading.tells_quarters(unit):
        asked = periods.YEAR
    period = periods.chosen(found.periods, asked)
    return found, Asking(of.key, period, unit, chosen.asked())


def _audit(actor: Actor, of: Scope) -> None:
    for unit in [of.unit] if of.unit else of.units:
        audit.record(actor, "figures_opened", unit, information=_STATISTICAL)


def _notes(of: Scope, shown: tuple[Chart, ...]) -> list[Any]:
    if of.unit is None:
        return []
    return annotating.beside(of.unit, [chart.measure for chart in shown])


def _chart(name: str) -> Chart:
    found = charts.by_name(name)
    if found is None:
        raise Http404
    return found


@require_GET
def rows(request: HttpRequest, scope: str, chart: str) -> HttpResponse:
    """The rows behind a figure: people as far as one may read them, else counts."""
    actor = actor_of(request)
    of, asked = scopes.scope(actor, scope), _chart(chart)
    names = ("period", "value", "part", "page", "unit")
    wanted = Wanted(*(request.GET.get(name, "") for name in names))
    if of.unit is None:
        return _together(request, actor, of, asked, wanted)
    if not of.is_inside and asked not in queries.shown_charts():
        raise Http404
    chosen = Selection.read(request.GET) if of.is_inside else Selection()
    day = of.known_on(timezone.localdate())
    if asked.is_count:
        found = counted(actor, of, asked, day, wanted)
    else:
        found = behind(actor, of, asked, day, chosen, wanted)
    met = {one.applicant_id for one in found.rows.page.object_list if one.applicant_id}
    _audit(actor, of)
    audit.record_list(actor, "figure_rows_opened", met, asked.tells or _NAMED)
    asking = Asking(of.key, found.period, "", chosen.asked())
    context = {
        "title": listing.title(asked),
        "crumbs": _crumbs(actor, of, asked, asking),
        **listing.context(actor, asked, of, asking, wanted, found),
    }
    return render(request, "outcomes/rows.html", context)


def _together(
    request: HttpRequest, actor: Actor, of: Scope, asked: Chart, wanted: Wanted
) -> HttpResponse:
    """What each unit counts in a figure of all; who may open one goes on to its rows."""
    found = together(actor, of, asked, timezone.localdate(), wanted)
    _audit(actor, of)
    unit = choosing.unit_chosen(of, wanted.unit)
    asking = Asking(of.key, found.period, unit)
    opens = {one.pk for one in scopes.units(actor)}
    context = {
        "title": listing.title(asked),
        "crumbs": _crumbs(actor, of, asked, asking),
        **listing.counts(asked, of, asking, wanted, found, opens),
    }
    return render(request, "outcomes/counts.html", context)


def _crumbs(actor: Actor, of: Scope, chart: Chart, asking: Asking) -> list[Button]:
    """Return the way back: to the charts, or to what a unit or a specialist counts."""
    if of.unit is None or not chart.is_count:
        return [Button(_("Outcomes"), asking.address("outcomes", figures="1"))]
    if scopes.oversees(actor, of.unit):
        back = f"{reverse('desk:unit_figures')}?unit={of.key}#{chart.name}"
        return [Button(_("The unit's counts"), back)]
    return [Button(_("My figures"), reverse("desk:own_figures"))]


@require_GET
def file(request: HttpRequest, scope: str, chart: str, kind: str) -> HttpResponse:
    """A chart as PNG or SVG, or its numbers as CSV: what its page shows, no more."""
    actor = actor_of(request)
    of, asked = scopes.scope(actor, scope), _chart(chart)
    is_kept_apart = asked.group and of.unit is not None and not of.is_inside
    if kind not in files.KINDS or is_kept_apart:
        raise Http404
    look, asking = _look(request, actor, of, (asked,))
    shown = choosing.chosen_context(look, asking, of)
    where = ", ".join(part for part in (of.name, shown["people"]) if part)
    made = files.make(kind, card(asked, look.reading, asking), where)
    if made is None:
        raise Http404
    audit.record(actor, "figures_taken", of.unit or of.units[0])
    name = f"{asked.name}-{of.key}-{asking.period.period}.{kind}"
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(
        made,
        content_type=files.KINDS[kind],
        headers={"Content-Disposition": disposition},
    )


# ---- Notes -------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def note_new(request: HttpRequest, scope: str) -> HttpResponse:
    """Set a note beside a figure of a quarter."""
    actor = actor_of(request)
    of = scopes.scope(actor, scope)
    if of.unit is None:
        raise Http404
    shown = {chart.measure for chart in queries.shown_charts()}
    quarters = periods.quarters(periods.offered(timezone.localdate()))
    return annotating_pages.new(
        request,
        actor,
        of.unit,
        measures=[measures.get(name) for name in sorted(shown)],
        quarters=[one.period for one in quarters],
        to=_of_note,
    )


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change the words of a note."""
    away_url = reverse("outcomes:note_remove", args=[key])
    return annotating_pages.change(
        request, actor_of(request), key, to=_of_note, away_url=away_url
    )


@require_http_methods(["GET", "POST"])
def note_remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask, then take a note away."""
    return annotating_pages.take_away(request, actor_of(request), key, to=_of_note)


def _of_note(note: Any) -> str:
    address = reverse("outcomes:outcomes", args=[note.unit.slug])
    return f"{address}?figures=1#{note.measure}"
