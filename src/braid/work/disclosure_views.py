"""What employers may know about somebody: the talk, the decisions, taking back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.presenters.control import who_sees
from braid.kernel.errors import InputFault
from braid.people import queries as people
from braid.people.choices import AgreedHow
from braid.web.pages import add_fault, form_page, status_of
from braid.work import (
    commands,
    disclosure_forms,
    disclosure_presenters,
    employer_facing,
    queries,
)

SHOWN = (Information.IDENTITY, Information.WORK_GOALS, Information.HEALTH_AT_WORK)


def _opened(request: HttpRequest, episode_id: UUID) -> tuple[Actor, Any]:
    """Return the actor and the episode of a page of the unit; the page is recorded."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    episode = people.co_written_episode(actor, episode_id, Information.HEALTH_AT_WORK)
    if request.method == "GET":
        audit.record(
            actor,
            "disclosure_opened",
            episode,
            applicant=episode.applicant_id,
            information=SHOWN,
            ground=Ground.OWN_CARE,
        )
    return actor, episode


def _address(episode: Any) -> str:
    return reverse("work:disclosure", args=[episode.pk])


@require_GET
def disclosure(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """What is in force, drafts to agree, the guide of the talk, and what was before."""
    actor, episode = _opened(request, episode_id)
    today = timezone.localdate()
    found = queries.disclosures(actor, [episode.pk])
    holding = queries.in_force(found, today)
    due = queries.to_revisit(found, today)
    shown = {one.id for one in holding}
    earlier = [one for one in found if one.agreed_on and one.id not in shown]
    drafts = [one for one in found if one.agreed_on is None]
    context = {
        "title": _("What employers may know"),
        "episode": episode,
        "person": episode.applicant,
        "holding": disclosure_presenters.disclosed_words(holding, due),
        "drafts": disclosure_presenters.disclosed_words(drafts),
        "earlier": disclosure_presenters.disclosed_words(earlier),
        "guide": disclosure_presenters.guide(),
        "current_year": today.year,
    }
    return render(request, "work/disclosure.html", context)


def _form(request: HttpRequest, actor: Actor, initial: dict[str, Any]) -> Any:
    return disclosure_forms.DisclosureForm(
        request.POST or None,
        employers=queries.employer_names(actor),
        today=timezone.localdate(),
        initial=initial,
    )


@require_http_methods(["GET", "POST"])
def disclosure_new(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Talk about it, and note what was decided, for one employer or for any."""
    actor, episode = _opened(request, episode_id)
    form = _form(request, actor, {"employer": request.GET.get("employer", "")})

    def save(_given: dict[str, Any]) -> None:
        commands.decide_disclosure(
            actor=actor,
            episode=people.ref(episode),
            employer_id=form.employer_id,
            **form.values(),
        )

    return form_page(
        request,
        form,
        save,
        later=who_sees(episode.applicant_id, Information.HEALTH_AT_WORK),
        title=_("Talk about what employers may know"),
        lead=_("The person decides, and can take it back at any time."),
        done=_("Noted."),
        to=_address(episode),
    )


@require_http_methods(["GET", "POST"])
def disclosure_edit(request: HttpRequest, episode_id: UUID, key: UUID) -> HttpResponse:
    """Go on with a talk that ended without an agreement."""
    actor, episode = _opened(request, episode_id)
    row = queries.disclosure(actor, episode.pk, key)
    found = queries.disclosures(actor, [episode.pk])
    shown = next(one for one in found if one.id == row.pk)
    form = _form(request, actor, disclosure_forms.initial_of(shown))

    def save(given: dict[str, Any]) -> None:
        values = form.values()
        commands.change_disclosure(
            actor=actor,
            decision=row,
            row_version=given["row_version"] or row.row_version,
            employer_id=form.employer_id,
            items=values.pop("items"),
            values=values,
        )

    return form_page(
        request,
        form,
        save,
        later=who_sees(episode.applicant_id, Information.HEALTH_AT_WORK),
        title=_("Talk about what employers may know"),
        done=_("Noted."),
        to=_address(episode),
    )


@require_POST
def disclosure_agree(request: HttpRequest, episode_id: UUID, key: UUID) -> HttpResponse:
    """Note that the person agreed to a draft, in a meeting today."""
    actor, episode = _opened(request, episode_id)
    row = queries.disclosure(actor, episode.pk, key)
    try:
        commands.agree_disclosure(
            actor=actor, decision=row, day=timezone.localdate(), how=AgreedHow.SAID
        )
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Agreed. It counts from now on."))
    return redirect(_address(episode))


@require_POST
def disclosure_back(request: HttpRequest, episode_id: UUID, key: UUID) -> HttpResponse:
    """Take a decision back for the person, at once."""
    actor, episode = _opened(request, episode_id)
    row = queries.disclosure(actor, episode.pk, key)
    try:
        commands.take_back_disclosure(
            actor=actor, decision=row, day=timezone.localdate()
        )
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Taken back. Nothing may be told from now on."))
    return redirect(_address(episode))


@require_http_methods(["GET", "POST"])
def employer_words(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """What one employer may be told, word by word, and a letter made of it."""
    actor, episode = _opened(request, episode_id)
    ref, today = people.ref(episode), timezone.localdate()
    form = disclosure_forms.EmployerForm(
        request.POST or request.GET or None, employers=queries.employer_names(actor)
    )
    context: dict[str, Any] = {
        "title": _("Words for an employer"),
        "episode": episode,
        "person": episode.applicant,
        "form": form,
    }
    if form.is_bound and form.is_valid():
        employer = queries.employer(actor, form.employer_id)
        try:
            if request.method == "POST":
                made = employer_facing.make_letter(
                    actor=actor,
                    episode=ref,
                    employer=employer,
                    day=today,
                    format=form.cleaned_data["format"] or "pdf",
                )
                return handed_out(made)
            words = employer_facing.words_for_employer(actor, ref, employer.pk, today)
        except InputFault as fault:
            add_fault(form, fault)
        else:
            context |= _words_context(words, employer)
    status = status_of(form) if request.method == "POST" else 200
    return render(request, "work/employer_words.html", context, status=status)


def _words_context(words: Any, employer: Any) -> dict[str, Any]:
    return {
        "employer": employer,
        "words": words,
        "sentence": disclosure_presenters.limit_sentence(words.limit),
        "pieces": disclosure_presenters.piece_lines(dict(words.pieces)),
    }


def handed_out(made: Any) -> HttpResponse:
    """Return a file that was made, to be kept by the browser."""
    disposition = content_disposition_header(
        as_attachment=True, filename=made.file_name
    )
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={"Content-Disposition": disposition or "attachment"},
    )
