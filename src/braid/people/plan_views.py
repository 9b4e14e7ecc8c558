"""The search plan of an episode: read, drafted, agreed, looked at again; its steps."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.presenters.control import who_sees
from braid.people import commands, plan_forms, plan_presenters, queries
from braid.people.choices import AgreedHow
from braid.people.models import Episode
from braid.people.queries import PlanView
from braid.web.pages import form_page

DAY = timedelta(days=1)


def _opened(request: HttpRequest, episode_id: UUID) -> tuple[Actor, Episode]:
    """Return the actor and the episode of a page of the unit; the page is recorded."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    episode = queries.co_written_episode(actor, episode_id)
    if request.method == "GET":
        audit.record(
            actor,
            "plan_opened",
            episode,
            applicant=episode.applicant_id,
            information=(Information.IDENTITY, Information.WORK_GOALS),
            ground=Ground.OWN_CARE,
        )
    return actor, episode


def _address(episode: Episode) -> str:
    return reverse("people:plan", args=[episode.pk])


def _asked_day(request: HttpRequest, today: date) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today


@require_GET
def plan(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The plan in force today or on a past day, the draft, and who does what by when."""
    actor, episode = _opened(request, episode_id)
    today = timezone.localdate()
    day = _asked_day(request, today)
    found = queries.plans(actor, [episode.pk])
    in_force = queries.on_day(found, day)
    draft = next((one for one in found if one.agreed_on is None), None)
    context = {
        "title": _("Search plan"),
        "episode": episode,
        "person": episode.applicant,
        "day": day,
        "is_today": day == today,
        "in_force": plan_presenters.plan_words(in_force) if in_force else None,
        "review_due": in_force is not None
        and plan_presenters.is_due_for_review(in_force, today),
        "draft": plan_presenters.plan_words(draft) if draft and day == today else None,
        "steps": plan_presenters.step_lines(queries.steps(actor, [episode.pk]), today),
        "versions": [one for one in found if one.agreed_on is not None],
        "current_year": today.year,
    }
    return render(request, "people/plan.html", context)


@require_http_methods(["GET", "POST"])
def plan_edit(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Change the draft; where there is none, begin the next plan with what holds now."""
    actor, episode = _opened(request, episode_id)
    today = timezone.localdate()
    found = queries.plans(actor, [episode.pk])
    draft = next((one for one in found if one.agreed_on is None), None)
    form = plan_forms.PlanForm(
        request.POST or None, initial=_initial(episode, found, draft, today)
    )

    def save(given: dict[str, Any]) -> None:
        if draft is None:
            commands.draft_plan(actor=actor, episode=episode, **form.values())
            return
        commands.change_draft(
            actor=actor,
            plan=queries.plan_to_write(actor, episode, draft.id),
            row_version=given["row_version"] or draft.row_version,
            **form.values(),
        )

    return form_page(
        request,
        form,
        save,
        later=who_sees(episode.applicant_id, Information.WORK_GOALS),
        title=_("Change the plan") if found else _("Make a search plan"),
        lead=_(
            "It is a draft until the person agrees. What was agreed before is kept."
        ),
        done=_("The draft is saved. Now agree it together."),
        to=_address(episode),
    )


def _initial(
    episode: Episode, found: list[PlanView], draft: PlanView | None, today: date
) -> dict[str, Any]:
    """Return what the form shows: the draft, else what holds now from today on."""
    if draft is not None:
        return plan_forms.PlanForm.initial_of(draft)
    if not found:
        return {"goal": episode.goal, "first_day": today}
    first_day = max(today, found[0].first_day + DAY)
    before = plan_forms.PlanForm.initial_of(found[0])
    return before | {"first_day": first_day, "row_version": None}


@require_http_methods(["GET", "POST"])
def plan_agree(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Note that the person agreed to the draft, on paper or in a meeting."""
    actor, episode = _opened(request, episode_id)
    draft = _one(queries.plans(actor, [episode.pk]), agreed=False)
    form = plan_forms.AgreeForm(
        request.POST or None,
        today=timezone.localdate(),
        initial={"row_version": draft.row_version},
    )
    return form_page(
        request,
        form,
        lambda given: commands.agree_plan(
            actor=actor,
            plan=queries.plan_to_write(actor, episode, draft.id),
            day=given["day"],
            how=AgreedHow(given["how"]),
            row_version=given["row_version"],
        ),
        title=_("Agree the plan"),
        lead=_("With a page of their own the person can also agree there."),
        done=_("The plan is agreed."),
        to=_address(episode),
    )


def _one(found: list[PlanView], *, agreed: bool) -> PlanView:
    """Return the draft or the latest plan that was agreed, else answer 404."""
    for one in found:
        if (one.agreed_on is not None) == agreed:
            return one
    raise Http404


@require_http_methods(["GET", "POST"])
def plan_review(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Note that the plan was looked at together and goes on."""
    actor, episode = _opened(request, episode_id)
    today = timezone.localdate()
    latest = _one(queries.plans(actor, [episode.pk]), agreed=True)
    country = episode.unit.organisation.country
    initial = {
        "row_version": latest.row_version,
        "review_on": commands.review_day(country, today),
    }
    form = plan_forms.ReviewForm(request.POST or None, today=today, initial=initial)
    return form_page(
        request,
        form,
        lambda given: commands.note_review(
            actor=actor,
            plan=queries.plan_to_write(actor, episode, latest.id),
            **given,
        ),
        title=_("Looked at together"),
        lead=_("If something changed, change the plan instead."),
        done=_("Noted. The plan goes on."),
        to=_address(episode),
    )


@require_http_methods(["GET", "POST"])
def step_new(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """One more step: who does what by when."""
    actor, episode = _opened(request, episode_id)
    form = plan_forms.StepForm(request.POST or None)

    def save(given: dict[str, Any]) -> None:
        values = {name: given[name] for name in ("text", "owner", "due_on")}
        commands.add_step(actor=actor, episode=episode, **values)

    return form_page(
        request,
        form,
        save,
        later=who_sees(episode.applicant_id, Information.WORK_GOALS),
        title=_("A step"),
        done=_("The step is in the plan."),
        to=_address(episode),
    )


@require_http_methods(["GET", "POST"])
def step_edit(request: HttpRequest, episode_id: UUID, key: UUID) -> HttpResponse:
    """Change a step."""
    actor, episode = _opened(request, episode_id)
    step = queries.step_to_write(actor, episode, key)
    names = plan_forms.StepForm.base_fields
    form = plan_forms.StepForm(
        request.POST or None, initial={name: getattr(step, name) for name in names}
    )
    return form_page(
        request,
        form,
        lambda given: commands.change_step(actor=actor, step=step, **given),
        later=who_sees(episode.applicant_id, Information.WORK_GOALS),
        title=_("A step"),
        done=_("The step is saved."),
        to=_address(episode),
    )


@require_POST
def step_done(request: HttpRequest, episode_id: UUID, key: UUID) -> HttpResponse:
    """Tick a step off, or open it again."""
    actor, episode = _opened(request, episode_id)
    step = queries.step_to_write(actor, episode, key)
    done_on = None if step.done_on else timezone.localdate()
    commands.set_done(actor=actor, step=step, done_on=done_on)
    messages.success(request, _("Done.") if done_on else _("Open again."))
    return redirect(_address(episode))
