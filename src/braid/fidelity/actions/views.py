"""The pages of the action plan: all of a unit, one made, changed, noted on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.facts.presenters import as_of_text
from braid.fidelity import commands, reach
from braid.fidelity.actions import presenters, reading
from braid.fidelity.actions.forms import ActionForm, Choices, ProgressForm
from braid.fidelity.commands.planning import Intent, may_note
from braid.fidelity.models import PlannedAction, Review
from braid.fidelity.next_reviews import next_review
from braid.fidelity.told import told
from braid.kernel.dates import add_months
from braid.kernel.errors import Refused
from braid.packs import scale_texts, scales
from braid.web.pages import form_page
from braid.web.presenters import Action as Button
from braid.web.presenters import Tab

if TYPE_CHECKING:
    from braid.access.models import Team

USUAL = "ips-25"  # of a plan before the first review
MONTHS = 3  # until an action is to be done, unless somebody says otherwise
OPEN, LATE, CLOSED, EVERY = "open", "late", "closed", "all"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an action comes from: a review's recommendation, a decision, or nothing."""

    scale: str
    item: int | None = None
    what: str = ""
    score: int | None = None
    review: Review | None = None
    decision_id: UUID | None = None
    owner_id: UUID | None = None
    due_on: date | None = None


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    reach.must_look(actor)
    return actor


@require_GET
def plan(request: HttpRequest, unit: str) -> HttpResponse:
    """The plan of a unit; the scores of today come after it, or with it where asked."""
    actor, today = _actor(request), timezone.localdate()
    of_unit = reach.unit(actor, unit)
    actions = reading.of_unit(actor, of_unit)
    is_asked = bool(request.htmx) or "scores" in request.GET  # type: ignore[attr-defined]
    items = {(one.scale, one.item) for one in actions} if is_asked else set()
    day, scores = reading.scores_on(actor, of_unit, items, today)
    lines = presenters.lines(actions, today, scores, reading.noted(actor, of_unit))
    which = request.GET.get("which", OPEN)
    may_write = reach.oversees(actor, of_unit)
    context: dict[str, Any] = {
        "unit": of_unit,
        "lines": [one for one in lines if _shows(one, which)],
        "is_asked": is_asked,
        "as_of": as_of_text(day),
        "later_url": f"{request.path}?scores=1&which={which}",
        "may_write": may_write,
        "current_year": today.year,
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "fidelity/actions/lines.html", context)
    _audit(actor, of_unit)
    last = next(reversed(told(actor, [of_unit.pk])), None)
    context |= {
        "title": _("Action plan"),
        "tabs": _tabs(request, lines, which),
        "actions": _buttons(of_unit, may_write=may_write),
        "advice": presenters.advice_lines(reading.waiting(last, actions)),
        "last": last,
        "decisions": reading.decided(actor, of_unit, actions),
        "evidence": presenters.evidence_text(
            reading.evidence(actor, of_unit, actions, today)
        ),
        "next": next_review(actor, of_unit),
        "today": today,
    }
    return render(request, "fidelity/actions/plan.html", context)


def _audit(actor: Actor, unit: Team) -> None:
    audit.record(
        actor, "action_plan_opened", unit, information=(Information.STATISTICAL,)
    )


def _shows(line: presenters.Line, which: str) -> bool:
    return {
        OPEN: not line.is_closed,
        LATE: line.is_late,
        CLOSED: line.is_closed,
    }.get(which, True)


def _tabs(request: HttpRequest, lines: list[presenters.Line], which: str) -> list[Tab]:
    labels = {
        OPEN: pgettext("of an action", "Open"),
        LATE: _("Late"),
        CLOSED: _("Closed"),
        EVERY: _("All"),
    }
    return [
        Tab(
            label,
            f"{request.path}?which={name}",
            name == which,
            sum(_shows(one, name) for one in lines),
        )
        for name, label in labels.items()
    ]


def _buttons(unit: Team, *, may_write: bool) -> list[Button]:
    if not may_write:
        return []
    address = reverse("fidelity:action_new", args=[unit.slug])
    return [Button(_("An action"), address, "plus-lg", True, True)]


# ---- Writing -----------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, unit: str) -> HttpResponse:
    """Add an action, of a recommendation or a decision where the address names one."""
    actor, today = _actor(request), timezone.localdate()
    of_unit = reach.unit(actor, unit)
    access.require(actor, Action.OVERSEE, of_unit.subject(Information.STATISTICAL))
    source = _source(request, actor, of_unit)
    owners = _owners(of_unit, today)
    form = _form(request, source.scale, owners, _proposed(source, actor, owners, today))

    def save(given: dict[str, Any]) -> Any:
        return commands.add_action(
            actor=actor,
            unit=of_unit,
            intent=_intent(source.scale, given, of_unit),
            review=source.review,
            decision_id=source.decision_id,
        )

    return form_page(
        request,
        form,
        save,
        title=_("An action"),
        lead=_("It stands in the plan, beside the score that the record shows."),
        submit=_("Put it in the plan"),
        done=_("It is in the plan."),
        to=_address(of_unit),
    )


def _address(unit: Team) -> str:
    return reverse("fidelity:actions", args=[unit.slug])


def _source(request: HttpRequest, actor: Actor, unit: Team) -> Source:
    """Return what the address says the action is of; what is not there answers 404."""
    asked, reviews = request.GET, told(actor, [unit.pk])
    item = int(asked["item"]) if asked.get("item", "").isdecimal() else None
    if key := asked.get("review"):
        for one in reviews:
            if str(one.review.pk) == key and item is not None and item in one.scores:
                score, words = one.scores[item], one.advice.get(item, "")
                return Source(one.scale.id, item, words, score, one.review)
        raise Http404
    if key := asked.get("decision"):
        for task in reading.decided(actor, unit, reading.of_unit(actor, unit)):
            if str(task.pk) == key:
                return Source(
                    USUAL,
                    int(task.item) if task.item.isdecimal() else None,
                    task.text,
                    decision_id=task.pk,
                    owner_id=task.staff_id,
                    due_on=task.due_on,
                )
        raise Http404
    return Source(reviews[-1].scale.id if reviews else USUAL, item)


def _proposed(
    source: Source, actor: Actor, owners: Choices, today: date
) -> dict[str, Any]:
    """Return what stands in the form first: all that can be known without asking."""
    known = {key for key, _name in owners}
    owner = str(source.owner_id or actor.id or "")
    return {
        "item": source.item,
        "what": source.what,
        "target": min((source.score or 4) + 1, scales.get(source.scale).highest),
        "owner": owner if owner in known else "",
        "due_on": source.due_on or add_months(today, MONTHS),
    }


def _form(
    request: HttpRequest, scale: str, owners: Choices, initial: dict[str, Any]
) -> ActionForm:
    words = scale_texts.texts(scale, get_language() or "en")
    defined = scales.get(scale)
    return ActionForm(
        request.POST or None,
        items=[
            (str(one.no), f"{one.no} · {words.items[one.no].title}")
            for one in defined.items
        ],
        targets=[
            (str(score), str(score))
            for score in range(defined.lowest + 1, defined.highest + 1)
        ],
        owners=owners,
        initial=initial,
    )


def _owners(unit: Team, today: date) -> Choices:
    staff = access.staff_names(frozenset({unit.pk}), today)
    return [(str(key), name) for key, name in sorted(staff, key=lambda one: one[1])]


def _intent(scale: str, given: dict[str, Any], unit: Team, owner: Any = None) -> Intent:
    """Return what the form says; `owner` is who was chosen before."""
    if given["owner"] != str(owner.pk if owner else ""):
        staff = access.staff_of(frozenset({unit.pk}), timezone.localdate())
        owner = staff.filter(pk=given["owner"]).first() if given["owner"] else None
    return Intent(
        scale=scale,
        item=given["item"],
        target=given["target"],
        what=given["what"],
        due_on=given["due_on"],
        owner=owner,
        owner_words=given["owner_words"],
        look_again_on=given["look_again_on"],
    )


def _action(actor: Actor, key: UUID) -> PlannedAction:
    """Return an action that `actor` may read, else answer 404."""
    found = reading.visible(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change what an action says."""
    actor = _actor(request)
    found = _action(actor, key)
    subject = found.unit.subject(Information.STATISTICAL)
    access.require(actor, Action.OVERSEE, subject)
    owners = _owners(found.unit, timezone.localdate())
    if found.owner and str(found.owner_id) not in dict(owners):
        owners.append((str(found.owner_id), found.owner.name))
    names = ("item", "what", "target", "owner_words", "due_on", "look_again_on")
    initial = {name: getattr(found, name) for name in (*names, "row_version")}
    initial["owner"] = str(found.owner_id or "")
    return form_page(
        request,
        _form(request, found.scale, owners, initial),
        lambda given: commands.change_action(
            actor=actor,
            action=found,
            intent=_intent(found.scale, given, found.unit, found.owner),
            row_version=given["row_version"] or 0,
        ),
        title=_("Change the action"),
        done=_("Saved."),
        to=_address(found.unit),
    )


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say how an action goes."""
    actor = _actor(request)
    found = _action(actor, key)
    if not may_note(actor, found):
        raise Refused("no_ground")
    form = ProgressForm(
        request.POST or None,
        initial={"progress": found.progress, "row_version": found.row_version},
    )
    return form_page(
        request,
        form,
        lambda given: commands.note_progress(
            actor=actor, action=found, today=timezone.localdate(), **given
        ),
        title=_("How does it go?"),
        lead=found.what,
        done=_("Noted."),
        to=_address(found.unit),
    )
