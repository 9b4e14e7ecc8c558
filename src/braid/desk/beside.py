"""What stands beside the log of an employer contact: what was agreed, and the plan."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Ground, Information
from braid.kernel.errors import InputFault
from braid.people import queries as people
from braid.web.presenters import Action as Button
from braid.web.presenters import Later
from braid.web.responses import go
from braid.work import commands as work_commands
from braid.work import disclosure_presenters, fit_presenters
from braid.work import queries as work

FOLLOWED = ("person", "employer", "day")
SHOWN = (Information.IDENTITY, Information.WORK_GOALS, Information.HEALTH_AT_WORK)


def beside(request: HttpRequest) -> Later:
    """Return the part of the form that says what was agreed and whether it fits."""
    asked = {name: request.GET.get(name, "") for name in ("person", "employer")}
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    address = reverse("desk:log_beside") + (f"?{query}" if query else "")
    return Later(address, _("What was agreed, and the plan"), follows=FOLLOWED)


def way_to_talk(form: Any, fault: InputFault) -> Button | None:
    """Return the button to the talk that is missing, where that stands in the way."""
    person = form.cleaned_data.get("person")
    if not person or fault.field not in ("person", "told"):
        return None
    address = reverse("work:disclosure_new", args=[person])
    employer = form.cleaned_data.get("employer")
    return Button(
        _("Talk about what employers may know"),
        address + (f"?employer={employer}" if employer else ""),
    )


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    return actor


def _key(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return timezone.localdate()


@require_GET
def log_beside(request: HttpRequest) -> HttpResponse:
    """What the employer chosen may know of the person chosen, and whether it fits."""
    actor = _actor(request)
    person, employer = _key(request, "person"), _key(request, "employer")
    context: dict[str, Any] = {"title": _("What was agreed, and the plan")}
    if person is not None:
        context |= _for_person(actor, person, employer, _day(request))
    is_part = bool(request.htmx) and request.htmx.target is None  # type: ignore[attr-defined]
    name = "beside_lines" if is_part else "beside"
    return render(request, f"desk/{name}.html", context)


def _for_person(
    actor: Actor, episode_id: UUID, employer_id: UUID | None, day: date
) -> dict[str, Any]:
    episode = people.episode(actor, episode_id)
    audit.record(
        actor,
        "disclosure_opened",
        episode,
        applicant=episode.applicant_id,
        information=SHOWN,
        ground=Ground.OWN_CARE,
    )
    limit = work.agreed_for(actor, episode.pk, employer_id, day)
    context: dict[str, Any] = {
        "episode": episode,
        "person": episode.applicant,
        "sentence": disclosure_presenters.limit_sentence(limit),
        "pieces": disclosure_presenters.piece_lines(limit.items),
    }
    if employer_id is not None:
        employer = work.employer(actor, employer_id)
        fit, plan = work.fit_proposed(actor, episode.pk, employer, day)
        context |= {"fit": fit_presenters.fit_sentences(fit), "plan": plan}
    return context


def asks_whether_it_fits(request: HttpRequest, key: UUID) -> str:
    """Return where to decide whether a contact fits; empty where nobody need be asked.

    Who has scripts saw the proposal in the form.
    """
    if request.htmx:  # type: ignore[attr-defined]
        return ""
    actor = _actor(request)
    made: Any = work.employer_contact(actor, key)
    if made.fits_plan is not None:
        return ""
    fit, _plan = work.fit_proposed(actor, made.episode_id, made.employer, made.day)
    return "" if fit.answer == "open" else reverse("desk:log_fit", args=[made.pk])


@require_http_methods(["GET", "POST"])
def log_fit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Decide whether a contact fits the plan: proposed with its reason, one tap."""
    actor = _actor(request)
    found: Any = work.employer_contact(actor, key)
    to = reverse("desk:person", args=[found.episode.applicant_id])
    if request.method == "POST":
        said = {"yes": True, "no": False}.get(request.POST.get("fits", ""))
        work_commands.set_fits_plan(actor=actor, contact=found, fits_plan=said)
        messages.success(request, _("Noted."))
        return go(request, to)
    audit.record(
        actor,
        "plan_opened",
        found,
        applicant=found.episode.applicant_id,
        information=(Information.IDENTITY, Information.WORK_GOALS),
        ground=Ground.OWN_CARE,
    )
    fit, plan = work.fit_proposed(actor, found.episode_id, found.employer, found.day)
    context = {
        "title": _("Does it fit the plan?"),
        "person": found.episode.applicant,
        "employer": found.employer,
        "fit": fit_presenters.fit_sentences(fit),
        "proposed": fit.answer,
        "plan": plan,
        "back": to,
    }
    return render(request, "desk/fit.html", context)
