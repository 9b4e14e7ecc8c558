"""Snapshots of the facts: the list, one of them, two compared, and one to take along.

For those who oversee units. The engine is loaded when two snapshots are compared, and
never with another page.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.facts import handing_on, queries, tasks
from braid.facts import snapshot_presenters as presenters
from braid.facts.forms import CompareForm
from braid.facts.models import Snapshot
from braid.packs import measures
from braid.web.days import day_text
from braid.web.pages import status_of

STATISTICAL = (Information.STATISTICAL,)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.OVERSEE, Information.STATISTICAL)
    return actor


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Facts"), "url": reverse("facts:snapshots")}]


@require_GET
def snapshots(request: HttpRequest) -> HttpResponse:
    """The snapshots that there are, the newest first."""
    kept = queries.snapshots(_actor(request))
    context = {
        "title": _("Facts"),
        "lines": [presenters.line(one) for one in kept],
        "may_compare": len(kept) > 1,
    }
    return render(request, "facts/snapshots.html", context)


@require_GET
def snapshot(request: HttpRequest, key: UUID) -> HttpResponse:
    """One snapshot: of when, of which units, how many rows of each table, its hash."""
    actor = _actor(request)
    found = queries.snapshot(actor, key)
    if found is None:
        raise Http404
    units = access.teams_named([UUID(unit) for unit in found.units])
    context = {
        "title": _("Facts as of %(day)s") % {"day": day_text(found.as_of)},
        "crumbs": _crumbs(),
        "snapshot": found,
        "line": presenters.line(found),
        "units": list(units.values_list("name", flat=True)),
        "rows": presenters.rows(found),
    }
    return render(request, "facts/snapshot.html", context)


@require_POST
def build(request: HttpRequest) -> HttpResponse:
    """Let a worker freeze the facts as they stand."""
    key = tasks.start_build(_actor(request))
    return redirect("facts:building", key)


@require_GET
def building(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far a build is; when it is done, the way to what it made."""
    actor = _actor(request)
    state = tasks.building(actor, key)
    if state is None:
        raise Http404
    context = {
        "title": _("The facts are being frozen"),
        "crumbs": _crumbs(),
        "state": state,
        "url": request.path,
    }
    is_part = request.htmx  # type: ignore[attr-defined]
    name = "building_part" if is_part else "building"
    return render(request, f"facts/{name}.html", context)


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """What changed between two snapshots, and why a figure moved."""
    actor = _actor(request)
    kept = queries.snapshots(actor)
    language = get_language() or "en"
    form = CompareForm(
        request.GET or None,
        snapshots=[(str(one.pk), presenters.name(one)) for one in kept],
        measures=[(one.id, one.name(language)) for one in measures.load().values()],
    )
    context: dict[str, Any] = {
        "title": _("What changed between two snapshots"),
        "crumbs": _crumbs(),
        "form": form,
        "may_compare": len(kept) > 1,
    }
    if form.is_bound and form.is_valid():
        by_key = {str(one.pk): one for one in kept}
        context |= _compared(actor, form, by_key)
    return render(request, "facts/compare.html", context, status=status_of(form))


def _compared(
    actor: Actor, form: CompareForm, kept: dict[str, Snapshot]
) -> dict[str, Any]:
    """Return what the page says about two snapshots; the engine is loaded here."""
    before = kept[form.cleaned_data["before"]]
    after = kept[form.cleaned_data["after"]]
    chosen = measures.load().get(form.cleaned_data["measure"])
    audit.record(actor, "facts_compared", after, information=STATISTICAL)
    units = access.teams_named([UUID(one) for one in {*before.units, *after.units}])
    inside = all(unit.pk in actor.teams for unit in units)
    found = queries.compared(actor, before, after, chosen if inside else None)
    names = {str(unit.pk): unit.name for unit in units}
    return {
        "compared": presenters.differences(found.tables, names),
        "movement": presenters.movement(chosen, found.movement),
        "is_outside": chosen is not None and not inside,
    }


@require_GET
def take_along(request: HttpRequest) -> HttpResponse:
    """The units whose facts one may take along, and in which form."""
    units = queries.overseen(_actor(request)).select_related("organisation")
    context = {
        "title": _("Take facts along"),
        "crumbs": _crumbs(),
        "units": list(units),
        "forms": handing_on.FORMS,
    }
    return render(request, "facts/take_along.html", context)


@require_POST
def download(request: HttpRequest, unit: str, form: str) -> FileResponse:
    """The facts of a unit as they stand, with pseudonyms, as one zip."""
    actor = _actor(request)
    found = queries.overseen_unit(actor, unit)
    if found is None or form not in handing_on.FORMS:
        raise Http404
    today = timezone.localdate()
    file = handing_on.packed(actor=actor, unit=found, form=form, today=today)
    name = f"facts-{found.slug}-{today:%Y-%m-%d}-{form}.zip"
    return FileResponse(file, as_attachment=True, filename=name)
