"""Making a document about a person: which one, what goes in, kept or only handed over."""

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

from braid.access import audit, shared
from braid.access import queries as access
from braid.access.choices import InformationChoice
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.presenters.control import who_sees
from braid.desk.papers.asked import Asked, Kind, narrowest
from braid.desk.papers.catalogue import KINDS, offered
from braid.desk.papers.forms import PaperForm
from braid.documents import making
from braid.documents.paper import Paper, Part
from braid.kernel.errors import InputFault
from braid.people import queries as people
from braid.web.days import day_text
from braid.web.pages import add_fault, status_of
from braid.web.responses import go
from braid.work import queries as work

Parts = list[tuple[Information, Part]]


def _actor(request: HttpRequest) -> Actor:
    """Return the actor; who keeps no record of people makes no documents about them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    return actor


def _episode(actor: Actor, applicant_id: UUID) -> Any:
    """Return the latest episode of a person in the actor's own care, else answer 404."""
    found = people.episodes_of(actor, applicant_id)
    if not found:
        raise Http404
    return found[0]


@require_GET
def papers(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Which documents can be made about one person."""
    actor = _actor(request)
    episode = _episode(actor, applicant_id)
    audit.record(
        actor,
        "papers_opened",
        applicant=applicant_id,
        information=(Information.IDENTITY,),
        ground=Ground.OWN_CARE,
    )
    context = {
        "title": _("Make a document"),
        "person": episode.applicant,
        "kinds": offered(actor.country),
    }
    return render(request, "desk/papers/papers.html", context)


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, applicant_id: UUID, name: str) -> HttpResponse:
    """One document: shown as it would be, and made."""
    actor = _actor(request)
    kind = KINDS.get(name.replace("-", "_"))
    if kind is None or kind not in offered(actor.country):
        raise Http404
    episode = _episode(actor, applicant_id)
    form = _form(request, actor, kind)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = Asked(
            actor,
            episode,
            # What an employer is told leaves the house now, whatever was agreed then.
            timezone.localdate() if kind.for_employer else given["day"],
            frozenset(map(Information, given["included"])),
            UUID(given["employer"]) if kind.for_employer else None,
        )
        try:
            return _made(request, kind, asked, given)
        except InputFault as fault:
            add_fault(form, fault)
    shown = Asked(actor, episode, timezone.localdate(), frozenset(kind.usual))
    return _shown(request, kind, shown, form)


def _form(request: HttpRequest, actor: Actor, kind: Kind) -> PaperForm:
    employers: list[tuple[str, str]] = []
    if kind.for_employer:
        employers = [(str(key), name) for key, name in work.employer_names(actor)]
    return PaperForm(
        request.POST or None,
        kind=kind,
        employers=employers,
        initial={
            "day": timezone.localdate(),
            "included": [one.value for one in kind.usual],
            "keep": True,
        },
    )


def _parts(kind: Kind, asked: Asked) -> Parts:
    """Return what goes in, of the classes that were chosen and may be read."""
    return [
        (information, part)
        for information, part in kind.write(asked)
        if not part.is_empty and asked.reads(information)
    ]


def _paper(kind: Kind, asked: Asked, parts: Parts) -> Paper:
    """Return a document in words. One for an employer does not say who writes it."""
    about = [(_("Name"), asked.applicant.name), (_("Day"), day_text(asked.day))]
    unit = asked.episode.unit
    if not kind.for_employer:
        about.append((_("Unit"), unit.name))
    return Paper(
        title=str(kind.title),
        about=tuple(about),
        parts=tuple(part for _class, part in parts),
        signatures=tuple(str(who) for who in kind.signatures),
        foot=str(kind.foot),
        language=get_language() or "en",
    )


def _shown(
    request: HttpRequest, kind: Kind, asked: Asked, form: PaperForm
) -> HttpResponse:
    """Show what would go in, and as text to be pasted elsewhere."""
    # For an employer nothing is shown before the employer is chosen and has agreed.
    missing = "" if kind.for_employer else kind.missing(asked)
    parts = [] if missing or kind.for_employer else _parts(kind, asked)
    classes = {information for information, _part in parts}
    audit.record(
        asked.actor,
        "paper_opened",
        applicant=asked.applicant.pk,
        information=(Information.IDENTITY, *sorted(classes)),
        ground=Ground.OWN_CARE,
    )
    labels = dict(InformationChoice.choices)
    context = {
        "title": kind.title,
        "kind": kind,
        "person": asked.applicant,
        "form": form,
        "missing": missing,
        "parts": [(labels[one.value], part) for one, part in parts],
        "text": _paper(kind, asked, parts).text() if parts else "",
        "later": who_sees(asked.applicant.pk, narrowest(classes or kind.usual)),
        "audience": labels[narrowest(classes or kind.usual).value],
    }
    return render(request, "desk/papers/paper.html", context, status=status_of(form))


def _made(
    request: HttpRequest, kind: Kind, asked: Asked, given: dict[str, Any]
) -> HttpResponse:
    """Make the document; raises InputFault where something that it needs is missing."""
    missing = kind.missing(asked)
    if missing:
        field = "employer" if kind.for_employer else ""
        raise InputFault(missing, field=field)
    parts = _parts(kind, asked)
    if not parts:
        raise InputFault(
            _(
                "Nothing is written down that could go in. Choose more, or write it first."
            ),
            field="included",
        )
    made = making.make(
        asked.actor,
        template=kind.name,
        format=given["format"],
        applicant_id=asked.applicant.pk,
        team=_team(asked),
        kind=narrowest(information for information, _part in parts).value,
        also={information.value for information, _part in parts},
        title=f"{kind.title} {asked.day.isoformat()}",
        values=_paper(kind, asked, parts).values(),
        store=given["keep"],
        day=asked.day,
    )
    if made.document_id is not None:
        messages.success(request, _("The document is kept. Open it from the list."))
        return go(request, reverse("desk:documents", args=[asked.applicant.pk]))
    disposition = content_disposition_header(
        as_attachment=True, filename=made.file_name
    )
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={
            "Content-Disposition": disposition or "attachment",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store",
        },
    )


def _team(asked: Asked) -> Any:
    """Return the actor's own team around the person, which then holds the document."""
    around = shared.around(asked.applicant.pk, asked.actor.day)
    team = access.teams_named(asked.actor.teams & around).first()
    if team is None:
        raise Http404
    return team
