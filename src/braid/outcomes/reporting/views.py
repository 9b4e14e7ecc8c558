"""Reports: made, looked at, taken home, released, corrected, shared."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require_anywhere
from braid.facts.faults import FactsFaults
from braid.kernel.errors import InputFault, Refused
from braid.outcomes import scopes
from braid.outcomes.models import Release
from braid.outcomes.reporting import asking, commands, presenters, queries, tasks
from braid.outcomes.reporting.asking import EXACT, Wish
from braid.outcomes.reporting.document import Document
from braid.outcomes.reporting.forms import (
    ChoosingForm,
    CorrectionForm,
    ReleaseForm,
    ShareForm,
)
from braid.outcomes.reporting.writing import FORMATS, written
from braid.web.pages import form_page
from braid.web.presenters import Action as Button

_STATISTICAL = (Information.STATISTICAL,)
LISTED = 200


def _actor(request: HttpRequest) -> Actor:
    """Return who asks. Raises Refused for who reads no figures at all."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    scopes.must_look(actor)
    return actor


def _wish(request: HttpRequest, actor: Actor, report: str) -> Wish:
    language = get_language() or "en"
    return asking.wish(
        actor, report, request.GET.dict(), timezone.localdate(), language
    )


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """The reports that can be made, and those that were released last."""
    actor = _actor(request)
    context = {
        "title": _("Reports"),
        "reports": presenters.report_lines(),
        "has_units": bool(asking.scopes_of(actor)),
        "releases": presenters.release_lines(queries.releases(actor)[:5]),
    }
    return render(request, "outcomes/reports/reports.html", context)


@require_GET
def report(request: HttpRequest, report: str) -> HttpResponse:
    """A report as it stands now, with what it is made of to be chosen."""
    actor = _actor(request)
    day = timezone.localdate()
    context: dict[str, Any] = {"crumbs": _crumbs()}
    try:
        wish = _wish(request, actor, report)
        document = None if wish.is_missing else asking.made(actor, wish, day)
    except InputFault as fault:
        return _not_made(request, actor, report, fault)
    except FactsFaults:  # the files of the snapshot are gone
        document = None
    units = asking.scopes_of(actor)
    context |= {
        "title": wish.report.name(get_language() or "en"),
        "form": ChoosingForm(wish=wish, units=units, day=day),
        "is_missing": document is None,
        "may_choose": wish.may_choose,
    }
    if document is not None:
        audit.record(actor, "report_opened", wish.scope.unit, information=_STATISTICAL)
        context |= _made(document, wish)
        context["actions"] = _release_button(actor, document, wish)
    return render(request, "outcomes/reports/report.html", context)


def _made(document: Document, wish: Wish) -> dict[str, Any]:
    key, query = wish.report.id, f"?{wish.query}"
    return {
        "sheet": presenters.sheet(document),
        "downloads": presenters.downloads("report_file", key, query),
    }


def _release_button(actor: Actor, document: Document, wish: Wish) -> list[Button]:
    if not document.is_over or not asking.may_release(actor, wish):
        return []
    address = reverse("outcomes:release", args=[wish.report.id])
    return [
        Button(_("Release"), f"{address}?{wish.query}", "lock", True, in_dialog=True)
    ]


def _not_made(
    request: HttpRequest, actor: Actor, report: str, fault: InputFault
) -> HttpResponse:
    """Answer a choice that makes no report: say why, and offer the usual one."""
    usual = asking.wish(actor, report, {}, timezone.localdate(), get_language() or "en")
    context = {
        "title": usual.report.name(get_language() or "en"),
        "crumbs": _crumbs(),
        "told": str(fault),
        "usual_url": reverse("outcomes:report", args=[report]),
    }
    return render(request, "outcomes/reports/not_made.html", context, status=422)


def _crumbs() -> list[Button]:
    return [Button(_("Reports"), reverse("outcomes:reports"))]


@require_GET
def report_file(request: HttpRequest, report: str, kind: str) -> HttpResponse:
    """A report as it stands now, to take home."""
    actor = _actor(request)
    if kind not in FORMATS:
        raise Http404
    try:
        wish = _wish(request, actor, report)
        if wish.is_missing:
            raise Http404
        document = asking.made(actor, wish, timezone.localdate())
    except FactsFaults:
        raise Http404 from None
    except InputFault as fault:
        return _not_made(request, actor, report, fault)
    audit.record(actor, "report_taken", wish.scope.unit, information=_STATISTICAL)
    return _file(document, kind)


def _file(document: Document, kind: str) -> HttpResponse:
    made = written(document, kind)
    response = HttpResponse(made.data, content_type=made.media_type)
    said = content_disposition_header(as_attachment=True, filename=made.name)
    response["Content-Disposition"] = said or "attachment"
    return response


# ---- Releases --------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, report: str) -> HttpResponse:
    """Freeze a report: from now on it is the same for whoever opens it."""
    actor = _actor(request)
    require_anywhere(actor, Action.OVERSEE, Information.STATISTICAL)
    wish = _wish(request, actor, report)
    if not asking.may_release(actor, wish):
        raise Refused("no_ground")
    return form_page(
        request,
        ReleaseForm(request.POST or None, wish=wish),
        lambda given: _released(actor, wish, given["profile"]),
        title=_("Release %(report)s, %(period)s")
        % {
            "report": wish.report.name(get_language() or "en"),
            "period": wish.order.period,
        },
        lead=_(
            "The facts are frozen and the report with them. What is recorded later "
            "changes it no more: that makes a correction, with its own number."
        ),
        to=str,
        done=_("The report is released."),
        submit=_("Release"),
    )


def _released(actor: Actor, wish: Wish, profile: str) -> str:
    """Release a report, of many units in a worker; return where it stands."""
    order = replace(wish.order, profile=None if profile == EXACT else profile)
    if wish.scope.unit is None:
        commands.must_be_over(order, timezone.localdate())
        asked = tasks.ask_for(actor, order)
        return f"{reverse('outcomes:releases')}?asked={asked}"
    made = commands.release(
        actor=actor, order=order, unit=wish.scope.unit, today=timezone.localdate()
    )
    return reverse("outcomes:released", args=[made.pk])


@require_GET
def releases(request: HttpRequest) -> HttpResponse:
    """The reports that were released, and one that is being made."""
    actor = _actor(request)
    asked = tasks.stands(actor, request.GET.get("asked", ""))
    if asked.state == "done":
        return redirect("outcomes:released", asked.key)
    context = {
        "title": _("Released reports"),
        "crumbs": _crumbs(),
        "asked": asked,
        "releases": presenters.release_lines(queries.releases(actor)[:LISTED]),
    }
    return render(request, "outcomes/reports/releases.html", context)


@require_GET
def released(request: HttpRequest, key: UUID) -> HttpResponse:
    """A report as it was released, its versions, and with whom it was shared."""
    actor = _actor(request)
    found = queries.release(actor, key)
    audit.record(actor, "release_opened", found, information=_STATISTICAL)
    return render(request, "outcomes/reports/released.html", _release(actor, found))


def _release(actor: Actor, found: Release) -> dict[str, Any]:
    versions = queries.versions(actor, found)
    document = queries.document(found)
    is_latest = versions[-1] == found
    earlier = found.corrects
    changes = queries.changes(found) if earlier else ()
    may_keep = queries.may_keep(actor, found)
    return {
        "title": presenters.title(found),
        "crumbs": [
            *_crumbs(),
            Button(_("Released reports"), reverse("outcomes:releases")),
        ],
        "release": found,
        "is_latest": is_latest,
        "latest_url": reverse("outcomes:released", args=[versions[-1].pk]),
        "versions": presenters.release_lines(versions),
        "changes": list(
            presenters.change_lines(changes, queries.document(earlier), document)
        )
        if earlier
        else [],
        "sheet": presenters.sheet(document),
        "downloads": presenters.downloads("released_file", str(found.pk)),
        "shared": queries.shared(found),
        "may_keep": may_keep,
        "actions": _buttons(found) if may_keep and is_latest else [],
    }


def _buttons(found: Release) -> list[Button]:
    def to(page: str) -> str:
        return reverse(f"outcomes:{page}", args=[found.pk])

    return [
        Button(_("Share"), to("share"), "send", True, in_dialog=True),
        Button(_("Correct"), to("correct"), "pencil", in_dialog=True),
    ]


@require_GET
def released_file(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    """A released report as a file; as JSON it is the text that was frozen."""
    actor = _actor(request)
    found = queries.release(actor, key)
    if kind not in FORMATS:
        raise Http404
    audit.record(actor, "release_taken", found, information=_STATISTICAL)
    return _file(queries.document(found), kind)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """Release what the record says now as the next version."""
    actor = _actor(request)
    found = _kept(actor, key)
    return form_page(
        request,
        CorrectionForm(request.POST or None),
        lambda given: commands.correct(
            actor=actor, of=found, reason=given["reason"], today=timezone.localdate()
        ),
        title=_("Correct a released report"),
        lead=_(
            "The version that was released stays as it is. The next one says line by "
            "line what changed."
        ),
        to=lambda made: reverse("outcomes:released", args=[made.pk]),
        done=_("The correction is released."),
        submit=_("Release the correction"),
    )


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note with whom a released report was shared."""
    actor = _actor(request)
    found = _kept(actor, key)
    today = timezone.localdate()
    return form_page(
        request,
        ShareForm(request.POST or None, initial={"shared_on": today}),
        lambda given: commands.share(
            actor=actor,
            of=found,
            audience=given["audience"],
            shared_on=given["shared_on"],
            today=today,
        ),
        title=_("Share a released report"),
        lead=_("Braid sends nothing: it notes with whom you shared it, and when."),
        to=reverse("outcomes:released", args=[key]),
        done=_("It is noted that the report was shared."),
        submit=_("Note it"),
    )


@require_POST
def run_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Run a release again on its frozen facts and say whether it is the same."""
    actor = _actor(request)
    found = _kept(actor, key)
    again = queries.run_again(actor, found)
    audit.record(actor, "release_run_again", found, information=_STATISTICAL)
    document = queries.document(found)
    context = _release(actor, found) | {
        "again": again,
        "again_changes": list(
            presenters.change_lines(again.changes, document, document)
        ),
    }
    return render(request, "outcomes/reports/released.html", context)


def _kept(actor: Actor, key: UUID) -> Release:
    """Return a release that `actor` may correct and share. Raises Refused."""
    found = queries.release(actor, key)
    if not queries.may_keep(actor, found):
        raise Refused("no_ground")
    return found
