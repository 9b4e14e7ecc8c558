"""Documents on the page of a person: the list, one more, one opened, one taken back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit, policy, shared
from braid.access import queries as access
from braid.access.glass import glass_of
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.presenters.control import who_reads_document
from braid.access.sight import agreement_number, heaviest
from braid.access.subject_keys import KeyDestroyed
from braid.documents import commands, queries
from braid.documents.choices import PROBLEMS
from braid.documents.rules import MAX_BYTES, Problem
from braid.kernel.errors import InputFault
from braid.people import queries as people
from braid.web.body_limits import body_limit
from braid.web.forms import LaidOut
from braid.web.pages import add_fault, status_of
from braid.web.presenters import Later
from braid.web.responses import go
from braid.web.widgets import DayInput

ACCEPT = ".pdf,.jpg,.jpeg,.png,.txt,.docx,.xlsx,.odt,.ods"
BODY = MAX_BYTES + 64 * 1024  # the file and the other fields


class DocumentForm(LaidOut, forms.Form):
    """A file, what it is about (so who may read it) and its words in the list."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, picture, text, or a document of an office program; at most 10 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        max_length=255,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is about"),
        help_text=gettext_lazy("It decides who may read the document."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=150, required=False)
    day = forms.DateField(label=gettext_lazy("Of which day"), widget=DayInput)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = kinds

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > MAX_BYTES:
            raise forms.ValidationError(PROBLEMS[Problem.TOO_LARGE])
        return given


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def team_of(actor: Actor, applicant_id: UUID) -> Any:
    """Return the actor's team around the applicant, which then holds a file, or None."""
    around = shared.around(applicant_id, actor.day)
    return access.teams_named(actor.teams & around).first()


def document_form(request: HttpRequest, actor: Actor) -> DocumentForm:
    """Return the form for one more document, as far as the role may add any."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return DocumentForm(
        *posted,
        kinds=queries.kinds_to_add(actor),
        initial={"day": timezone.localdate()},
    )


def added(actor: Actor, applicant_id: UUID, team: Any, form: DocumentForm) -> bool:
    """Keep what the form brought; a fault goes beside its field."""
    if not form.is_valid():
        return False
    given = dict(form.cleaned_data)
    file = given.pop("file")
    try:
        commands.add(
            actor=actor,
            applicant_id=applicant_id,
            team=team,
            file_name=file.name,
            data=file.read(),
            **given,
        )
    except InputFault as fault:
        add_fault(form, fault)
        return False
    return True


def record_opened(actor: Actor, person: Any, shown: Iterable[Any]) -> None:
    """Record that the list was opened: which classes of whom, and why they are seen."""
    known = policy.decide(
        actor, Action.READ, person.subject(Information.IDENTITY, actor.day)
    )
    grounds = queries.grounds(actor, shown)
    reasons = {known.reason, *grounds.values()}
    numbers = [
        agreement_number(actor, person.pk, one)
        for one, ground in {Information.IDENTITY: known.reason, **grounds}.items()
        if ground == Ground.CONSENT
    ]
    audit.record(
        actor,
        "documents_opened",
        applicant=person.pk,
        holder=person.organisation_id,
        information=grounds,
        ground=heaviest(reasons),
        consent_number=max(filter(None, numbers), default=None),
        glass=glass_of(actor, person.pk) if Ground.BROKEN_GLASS in reasons else None,
    )


@require_http_methods(["GET", "POST"])
@body_limit(BODY)
def documents(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """The documents about one person that the reader may open, and one more."""
    actor = _actor(request)
    if actor.own is not None:
        raise Http404  # applicants have a page of their own
    person = people.applicant(actor, applicant_id)
    team = team_of(actor, applicant_id)
    may_add = team is not None and bool(queries.kinds_to_add(actor))
    form = document_form(request, actor) if may_add else None
    if form is not None and request.method == "POST":
        if added(actor, applicant_id, team, form):
            messages.success(request, _("The document is kept."))
            return go(request, reverse("desk:documents", args=[applicant_id]))
    elif request.method == "POST":
        raise Http404
    shown = list(queries.documents_of(actor, applicant_id))
    record_opened(actor, person, shown)
    context = {
        "title": _("Documents"),
        "person": person,
        "lines": lines(actor, shown),
        "form": form,
        "later": read_by(actor, applicant_id),
        "current_year": timezone.localdate().year,
    }
    status = status_of(form) if form is not None else 200
    return render(request, "desk/documents.html", context, status=status)


def read_by(actor: Actor, applicant_id: UUID) -> Later | None:
    """Return the line that says who reads the kind chosen, for who may see to sharing."""
    may_ask = policy.may(actor, Action.SHARE, Information.IDENTITY)
    return who_reads_document(applicant_id) if may_ask else None


def lines(actor: Actor, shown: Iterable[Any]) -> list[tuple[Any, bool]]:
    """Return each document with whether the reader may take it back."""
    return [(one, queries.may_take_back(actor, one)) for one in shown]


@require_GET
def document(request: HttpRequest, key: UUID) -> HttpResponse | StreamingHttpResponse:
    """Hand a document out: as a file to keep, never as a page of this site."""
    actor = _actor(request)
    found, ground = queries.document(actor, key)
    try:
        data = queries.content(found)
    except (KeyDestroyed, FileNotFoundError):
        raise Http404 from None
    information = Information(found.kind)
    by_consent = ground == Ground.CONSENT
    audit.record(
        actor,
        "document_opened",
        found,
        applicant=found.applicant_id,
        holder=found.team.organisation_id,
        information=found.classes,
        ground=ground,
        consent_number=agreement_number(actor, found.applicant_id, information)
        if by_consent
        else None,
        glass=glass_of(actor, found.applicant_id)
        if ground == Ground.BROKEN_GLASS
        else None,
    )
    disposition = content_disposition_header(
        as_attachment=True, filename=found.file_name
    )
    return StreamingHttpResponse(
        queries.pieces(actor, found, data),
        headers={
            "Content-Type": found.media_type,
            "Content-Length": str(len(data)),
            "Content-Disposition": disposition or "attachment",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store",
        },
    )


@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a document away again."""
    actor = _actor(request)
    found, _ground = queries.document(actor, key)
    try:
        commands.take_back(actor=actor, document=found)
    except ProtectedError:
        messages.info(
            request,
            _("This paper is kept as proof of a job. Take it back on the job's page."),
        )
    else:
        messages.success(request, _("The document is gone."))
    if actor.own is not None:
        return redirect("desk:own_documents")
    return redirect("desk:documents", found.applicant_id)
