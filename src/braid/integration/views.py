"""Integration and drift: one page a unit, the same for both sides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.facts import annotating, annotating_pages, leaving
from braid.facts import queries as facts
from braid.facts.presenters import as_of_text
from braid.facts.row_texts import kept_back_text
from braid.integration import lenses, one_pager, presenters, queries, rules
from braid.integration.lenses import DRIFT, INTEGRATION, TELLS, Lens
from braid.integration.rows import rows
from braid.kernel.errors import InputFault
from braid.packs import measures
from braid.packs.jurisdictions import in_language
from braid.web.presenters import Action as Button
from braid.web.presenters import Tab
from braid.web.responses import go


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.READ, Information.STATISTICAL)
    return actor


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The units whose figures one may read; of a single one, its page."""
    actor = _actor(request)
    units = queries.units(actor)
    if len(units) == 1:
        return _lens(request, actor, units[0], INTEGRATION)
    context = {"title": _("Integration"), "units": units}
    return render(request, "integration/home.html", context)


@require_GET
def integration(request: HttpRequest, unit: str) -> HttpResponse:
    """Whether health and employment act as one: practices by treatment team."""
    actor = _actor(request)
    return _lens(request, actor, queries.unit(actor, unit), INTEGRATION)


@require_GET
def drift(request: HttpRequest, unit: str) -> HttpResponse:
    """Where practice moves away from ordinary jobs: by job centre and quarter."""
    actor = _actor(request)
    return _lens(request, actor, queries.unit(actor, unit), DRIFT)


def _lens(request: HttpRequest, actor: Actor, unit: Any, lens: Lens) -> HttpResponse:
    """The page of a lens; its figures come after it, or with it where that is asked."""
    day = queries.known_on(actor, unit, timezone.localdate())
    periods = queries.trend(day)
    place = queries.chosen(periods, request.GET.get("period", ""))
    context: dict[str, Any] = {
        "title": lens.title,
        "lens": lens,
        "unit": unit,
        "units": _units(queries.units(actor), unit, lens),
        "periods": _periods(request, periods, place),
        "buttons": _buttons(unit, lens),
        "later_url": f"{_address(lens, unit)}?figures=1&period={periods[place].period}",
        "as_of": as_of_text(day),
        "period": presenters.period_name(periods[place]),
        "is_quarter": place > 0,
        "may_annotate": annotating.may_annotate(actor, unit),
    }
    asked = request.htmx or "figures" in request.GET  # type: ignore[attr-defined]
    if asked:
        audit.record(actor, "figures_opened", unit, information=_STATISTICAL)
        shown = queries.board(actor, unit, lens, day)
        notes = annotating.beside(unit, [m.id for m in lens.measures()])
        context["cards"] = presenters.cards(shown, notes, place)
        context["teams"] = shown.teams
        inside = queries.is_inside(actor, unit)
        context["small_numbers"] = presenters.small_numbers_text(inside=inside)
    name = "figures" if request.htmx else "lens"  # type: ignore[attr-defined]
    return render(request, f"integration/{name}.html", context)


_STATISTICAL = (Information.STATISTICAL,)


def _address(lens: Lens, unit: Any) -> str:
    return reverse(f"integration:{lens.name}", args=[unit.slug])


def _units(units: list[Any], unit: Any, lens: Lens) -> list[Tab]:
    tabs = [Tab(one.name, _address(lens, one), one == unit) for one in units]
    return tabs if len(tabs) > 1 else []


def _periods(request: HttpRequest, periods: Any, place: int) -> list[Tab]:
    """Return the periods as tabs: the last 90 days, then the newest quarter first."""
    ordered = [0, *reversed(range(1, len(periods)))]
    kept = "&figures=1" if "figures" in request.GET else ""
    return [
        Tab(
            presenters.period_name(periods[n]),
            f"?period={periods[n].period}{kept}",
            n == place,
        )
        for n in ordered
    ]


def _buttons(unit: Any, lens: Lens) -> list[Button]:
    other = DRIFT if lens is INTEGRATION else INTEGRATION
    icon = "signpost-split" if other is DRIFT else "people"
    pager = reverse("integration:one_pager", args=[unit.slug])
    return [
        Button(str(other.title), _address(other, unit), icon),
        Button(_("One-pager (PDF)"), pager, "file-earmark-text"),
    ]


@require_GET
def measure(request: HttpRequest, unit: str, measure: str) -> HttpResponse:
    """One figure: its definition, its quarters with notes, and the rows behind it."""
    actor = _actor(request)
    of_unit, lens = queries.unit(actor, unit), lenses.of(measure)
    if lens is None:
        raise Http404
    day = queries.known_on(actor, of_unit, timezone.localdate())
    defined = measures.get(measure)
    with facts.shared_figures(actor, of_unit, day) as drawn:
        practice, teams = queries.practice(actor, of_unit, lens, defined, drawn)
        place = queries.chosen(practice.periods, request.GET.get("period", ""))
        team = next((t for t in teams if str(t.pk) == request.GET.get("team")), None)
        found = rows(
            actor,
            of_unit,
            lens,
            defined,
            drawn,
            practice.periods[place],
            team=str(team.pk) if team else "",
            page=request.GET.get("page"),
        )
    is_inside = queries.is_inside(actor, of_unit)
    met = {one.applicant_id for one in found.page.object_list if one.applicant_id}
    audit.record_list(actor, "figure_rows_opened", met, TELLS[measure] or _STATISTICAL)
    notes = annotating.beside(of_unit, [measure])
    context = {
        "title": in_language(defined.label, get_language() or "en"),
        "lens": lens,
        "unit": of_unit,
        "crumbs": [Button(str(lens.title), _address(lens, of_unit))],
        "card": presenters.card(practice, of_unit, teams, notes, place, all_lines=True),
        "teams": teams,
        "team": team,
        "periods": _periods(request, practice.periods, place),
        "period": presenters.period_name(practice.periods[place]),
        "is_quarter": place > 0,
        "as_of": as_of_text(day),
        "page": found.page,
        "rows": presenters.rows(found, _means(defined), teams, links_people=is_inside),
        "is_inside": is_inside,
        "small_numbers": presenters.small_numbers_text(inside=is_inside),
        "kept_back": _kept_back(is_inside, found.people_kept_back),
        "may_annotate": annotating.may_annotate(actor, of_unit),
    }
    return render(request, "integration/measure.html", context)


def _means(defined: measures.Measure) -> dict[str, str]:
    language = get_language() or "en"
    return {k: in_language(v, language) for k, v in defined.amounts.items()}


def _kept_back(is_inside: bool, number: int) -> str:
    """Say how many people are counted and not listed; to who is outside, that some are."""
    if not number:
        return ""
    if not is_inside:
        return _("The figure also counts people whose record you may not open.")
    return kept_back_text(number)


# ---- Notes -------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def note_new(request: HttpRequest, unit: str) -> HttpResponse:
    """Set a note beside a figure of a quarter."""
    actor = _actor(request)
    return annotating_pages.new(
        request,
        actor,
        queries.unit(actor, unit),
        measures=[one for lens in lenses.LENSES for one in lens.measures()],
        quarters=rules.quarters(timezone.localdate()),
        to=_of_note,
    )


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change the words of a note."""
    away_url = reverse("integration:note_remove", args=[key])
    return annotating_pages.change(
        request, _actor(request), key, to=_of_note, away_url=away_url
    )


@require_http_methods(["GET", "POST"])
def note_remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask, then take a note away."""
    return annotating_pages.take_away(request, _actor(request), key, to=_of_note)


def _of_note(note: Any) -> str:
    return _of_figure(note.unit, note.measure)


def _of_figure(unit: Any, measure: str) -> str:
    address = reverse("integration:measure", args=[unit.slug, measure])
    return f"{address}#quarters"


# ---- The one-pager -----------------------------------------------------------------------


@require_GET
def pager(request: HttpRequest, unit: str) -> HttpResponse:
    """Choose the quarter of the page for management."""
    actor = _actor(request)
    of_unit = queries.unit(actor, unit)
    day = leaving.known_on(timezone.localdate(), inside=False)
    named = rules.quarters(day)[::-1]
    context = {
        "title": _("One-pager for management"),
        "unit": of_unit,
        "crumbs": [Button(str(INTEGRATION.title), _address(INTEGRATION, of_unit))],
        "quarters": [
            (
                presenters.period_name(queries.quarter(name, day)),
                reverse("integration:one_pager_pdf", args=[of_unit.slug, name]),
            )
            for name in named
        ],
    }
    return render(request, "integration/one_pager.html", context)


@require_GET
def pager_pdf(request: HttpRequest, unit: str, quarter: str) -> HttpResponse:
    """Hand out the page of a quarter as PDF."""
    actor = _actor(request)
    of_unit = queries.unit(actor, unit)
    day = leaving.known_on(timezone.localdate(), inside=False)
    if quarter not in rules.quarters(day):
        raise Http404
    try:
        made = one_pager.make(actor, of_unit, quarter, day)
    except InputFault as fault:
        messages.error(request, str(fault))
        return go(request, reverse("integration:one_pager", args=[of_unit.slug]))
    audit.record(actor, "one_pager_made", of_unit, information=_STATISTICAL)
    name = f"ips-{of_unit.slug}-{quarter}.pdf"
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": disposition},
    )
