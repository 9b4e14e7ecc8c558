"""Pages of employers: the directory, one employer, and which entries may be one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_tables2 import RequestConfig

from braid.access import queries as access
from braid.access.policy import Action, Actor
from braid.packs import jurisdictions
from braid.people import queries as people
from braid.web.pages import form_page
from braid.work import commands, presenters, queries, tables
from braid.work.forms_employers import EmployerForm
from braid.work.models import Employer
from braid.work.opening import PAGE, actor_of_unit

QUIET_MONTHS = (3, 6, 12)


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of_unit(request)
    access.require_anywhere(actor, Action.KEEP_EMPLOYERS)
    return actor


@require_GET
def employers(request: HttpRequest) -> HttpResponse:
    """The employer directory, searchable whatever the spelling."""
    actor, today = _keeper(request), timezone.localdate()
    text = request.GET.get("q", "").strip()[:100]
    quiet = request.GET.get("quiet", "")
    rows = queries.with_path(queries.employers(actor), actor)
    if text:
        rows = rows.filter(pk__in=queries.search_employers(actor, text))
    months = next((one for one in QUIET_MONTHS if str(one) == quiet), None)
    if months:
        rows = queries.not_visited(rows, months, today)
    table = tables.EmployerTable(rows)
    RequestConfig(request, paginate=PAGE).configure(table)
    context = {
        "title": _("Employers"),
        "table": table,
        "text": text,
        "quiet": months,
        "quiet_choices": QUIET_MONTHS,
    }
    return render(request, "work/employers.html", context)


@require_GET
def employer(request: HttpRequest, key: UUID) -> HttpResponse:
    """One employer: what we know, who spoke to whom, what comes next."""
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.employer(actor, key)
    if found.pk != key:
        return redirect(found)
    contacts = list(queries.contacts_with(actor, found)[:50])
    context = {
        "title": found.name,
        "employer": found,
        "industry": presenters.group_words("industry", found.industry),
        "branches": queries.branches(actor, found),
        "contacts": contacts,
        "path": queries.path(actor, found),
        "next": next((one for one in contacts if one.next_step), None),
        "colleagues": queries.seen_by(actor, found.pk, today, without=actor.id),
        "leads": queries.leads_at(actor, found.pk, today),
        "jobs": queries.jobs_at(actor, found),
        "today": today,
        "current_year": today.year,
    }
    return render(request, "work/employer.html", context)


def _employer_form(request: HttpRequest, actor: Actor, found: Employer | None) -> Any:
    others = [
        (key, name)
        for key, name in queries.employer_names(actor)
        if found is None or key != found.pk
    ]
    initial: dict[str, Any] = {}
    if found is not None:
        initial = {name: getattr(found, name) for name in EmployerForm.columns}
        initial["parent"] = str(found.parent_id or "")
    return EmployerForm(
        request.POST or None,
        others=others,
        caseload_names=lambda: people.caseload_names(actor),
        initial=initial,
    )


def _employer_values(actor: Actor, form: Any) -> dict[str, Any]:
    values: dict[str, Any] = form.values()
    values.pop("row_version")
    parent = values.pop("parent")
    values["parent"] = queries.employer(actor, UUID(parent)) if parent else None
    systems = jurisdictions.of_country(actor.country).identifiers.employer
    values["register_system"] = (
        systems[0] if systems and values["register_number"] else ""
    )
    return values


@require_http_methods(["GET", "POST"])
def employer_new(request: HttpRequest) -> HttpResponse:
    """A new entry in the directory."""
    actor = actor_of_unit(request)
    unit = access.units(actor, Action.KEEP_EMPLOYERS).first()
    if unit is None:
        raise Http404
    form = _employer_form(request, actor, None)
    return form_page(
        request,
        form,
        lambda given: commands.add_employer(
            actor=actor, unit=unit, **_employer_values(actor, form)
        ),
        title=_("New employer"),
        done=_("Employer added."),
        to=lambda made: made.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def employer_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change an entry of the directory."""
    actor = actor_of_unit(request)
    found = queries.employer(actor, key)
    form = _employer_form(request, actor, found)
    return form_page(
        request,
        form,
        lambda given: commands.change_employer(
            actor=actor,
            employer=found,
            row_version=given["row_version"],
            **_employer_values(actor, form),
        ),
        title=found.name,
        done=_("Employer saved."),
        to=found.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def duplicates(request: HttpRequest) -> HttpResponse:
    """Employers that may be one: merged or kept apart by a person, never by themselves."""
    actor = _keeper(request)
    if request.method == "POST":
        first = queries.employer(actor, _key(request, "first"))
        second = queries.employer(actor, _key(request, "second"))
        act = request.POST.get("act")
        if act in ("merge", "merge_second"):
            keep, other = (first, second) if act == "merge" else (second, first)
            commands.merge_employers(actor=actor, keep=keep, duplicate=other)
            messages.success(
                request, _("Merged: everything stands under one name now.")
            )
        else:
            commands.keep_apart(actor=actor, first=first, second=second)
            messages.success(request, _("Kept as two."))
        return redirect("work:duplicates")
    pairs = [
        (pair, presenters.LIKE_REASONS[pair.reason])
        for pair in queries.employers_alike(actor)
    ]
    context = {"title": _("May be the same"), "pairs": pairs}
    return render(request, "work/duplicates.html", context)


def _key(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise Http404 from error
