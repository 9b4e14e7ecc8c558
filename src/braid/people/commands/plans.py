"""The search plan: drafted together, agreed, looked at again, followed by the next.

A draft is edited in place. What was agreed is never rewritten: the next plan takes its
place from a day on.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.packs import jurisdictions
from braid.people.choices import AgreedHow, Owner, TargetKind
from braid.people.models import Episode, PlanAction, PlanTarget, SearchPlan

DAY = timedelta(days=1)
REVIEW = "plan_review"  # the clock of the country's pack
REVIEW_DAYS = 90  # where the pack has no such clock: at least every quarter
OF_PLAN = "plans of an episode already opened by policy"


@dataclass(frozen=True, slots=True)
class NewTarget:
    """Work that a plan looks for: a code where the lists have it, else words."""

    kind: TargetKind
    code: str = ""
    words: str = ""


def _require(actor: Actor, row: Episode | SearchPlan | PlanAction) -> None:
    require(actor, Action.CO_WRITE, row.subject(Information.WORK_GOALS))


def plans_of(episode: Episode) -> Any:
    return SearchPlan.objects.filter(episode=episode).system(OF_PLAN)


def review_day(country: str, agreed_on: date) -> date:
    """Return by when an agreed plan is looked at again, by the country's clock."""
    clock = jurisdictions.of_country(country).clock(REVIEW)
    return clock.due(agreed_on) if clock else agreed_on + REVIEW_DAYS * DAY


@transaction.atomic
def draft_plan(
    *,
    actor: Actor,
    episode: Episode,
    first_day: date,
    goal: str,
    targets: Collection[NewTarget] = (),
    **values: Any,
) -> SearchPlan:
    """Write the next plan of an episode, to hold from `first_day` once it is agreed."""
    _require(actor, episode)
    last = plans_of(episode).order_by("number").last()
    if last is not None and last.agreed_on is None:
        raise InputFault(
            _("There is a draft already. Open it and change it."), reason="draft"
        )
    _must_follow(last, first_day)
    plan = SearchPlan.objects.create(
        episode=episode,
        number=last.number + 1 if last else 1,
        first_day=first_day,
        goal=goal,
        created_by_id=actor.id,
        **values,
    )
    _set_targets(actor, plan, targets)
    _record(actor, "plan_drafted", plan)
    return plan


def _must_follow(before: SearchPlan | None, first_day: date) -> None:
    if before is not None and first_day <= before.first_day:
        raise InputFault(
            _(
                "The plan in force began on %(day)s, and what was agreed is kept. "
                "Let the new one begin after that day."
            )
            % {"day": before.first_day},
            field="first_day",
        )


def _set_targets(
    actor: Actor, plan: SearchPlan, targets: Collection[NewTarget]
) -> None:
    PlanTarget.objects.filter(plan=plan).system(OF_PLAN).delete()
    PlanTarget.objects.bulk_create(
        PlanTarget(
            plan=plan,
            kind=one.kind,
            code=one.code,
            words=one.words,
            created_by_id=actor.id,
        )
        for one in dict.fromkeys(targets)
    )


@transaction.atomic
def change_draft(
    *,
    actor: Actor,
    plan: SearchPlan,
    row_version: int,
    targets: Collection[NewTarget],
    **values: Any,
) -> None:
    """Change a draft in place. Raises Stale, or InputFault for a plan that was agreed."""
    _require(actor, plan)
    if plan.agreed_on is not None:
        raise _agreed_already()
    before = plans_of(plan.episode).filter(number__lt=plan.number).last()
    _must_follow(before, values.get("first_day", plan.first_day))
    applicant = plan.episode.applicant_id
    edit(
        actor,
        plan,
        action="plan_draft_changed",
        expected_version=row_version,
        applicant=applicant,
        **values,
    )
    _set_targets(actor, plan, targets)


def _agreed_already() -> InputFault:
    return InputFault(
        _(
            "This plan was agreed and stays as it is. Change the plan, and the next one "
            "takes its place from a day on."
        ),
        reason="agreed",
    )


@transaction.atomic
def agree_plan(
    *,
    actor: Actor,
    plan: SearchPlan,
    day: date,
    how: AgreedHow,
    row_version: int | None = None,
) -> None:
    """Note that the applicant agreed; the plan before it ends the day before this one.

    In the own account only the applicant agrees; what was signed or said is noted by
    the unit.
    """
    _require(actor, plan)
    if plan.agreed_on is not None:
        raise _agreed_already()
    check_how(actor, plan.episode, how)
    before = plans_of(plan.episode).filter(number__lt=plan.number).last()
    _must_follow(before, plan.first_day)
    applicant = plan.episode.applicant_id
    edit(
        actor,
        plan,
        action="plan_agreed",
        expected_version=row_version,
        applicant=applicant,
        agreed_on=day,
        agreed_how=how,
        review_on=plan.review_on or review_day(_country(plan), day),
    )
    if before is not None and (
        before.last_day is None or before.last_day >= plan.first_day
    ):
        edit(
            actor,
            before,
            action="plan_ended",
            applicant=applicant,
            last_day=plan.first_day - DAY,
        )


def _country(plan: SearchPlan) -> str:
    country: str = plan.episode.unit.organisation.country
    return country


def check_how(actor: Actor, episode: Episode, how: str) -> None:
    """Raise InputFault where somebody notes an agreement that only another can give."""
    is_own = actor.own == episode.applicant_id
    if (how == AgreedHow.OWN_ACCOUNT) != is_own:
        raise InputFault(
            _("In the own account only the applicant agrees. Note how you heard it."),
            field="how",
        )


def note_review(
    *,
    actor: Actor,
    plan: SearchPlan,
    reviewed_on: date,
    review_on: date | None = None,
    row_version: int | None = None,
) -> bool:
    """Note that the plan in force was looked at together, and when it is next."""
    _require(actor, plan)
    if plan.agreed_on is None:
        raise InputFault(
            _("A draft is changed until it is agreed; there is no review.")
        )
    if review_on is not None and review_on <= reviewed_on:
        raise InputFault(
            _("The next look would not come after this one. Choose a later day."),
            field="review_on",
        )
    return edit(
        actor,
        plan,
        action="plan_reviewed",
        expected_version=row_version,
        applicant=plan.episode.applicant_id,
        reviewed_on=reviewed_on,
        review_on=review_on or review_day(_country(plan), reviewed_on),
    )


@transaction.atomic
def add_step(
    *,
    actor: Actor,
    episode: Episode,
    text: str,
    owner: Owner,
    due_on: date | None = None,
) -> PlanAction:
    """Add who does what by when."""
    _require(actor, episode)
    step = PlanAction.objects.create(
        episode=episode,
        text=text,
        owner=owner,
        due_on=due_on,
        created_by_id=actor.id,
    )
    _record(actor, "plan_step_added", step)
    return step


def change_step(
    *, actor: Actor, step: PlanAction, row_version: int, **values: Any
) -> bool:
    """Change a step. Raises Refused or Stale."""
    _require(actor, step)
    return edit(
        actor,
        step,
        action="plan_step_changed",
        expected_version=row_version,
        applicant=step.episode.applicant_id,
        **values,
    )


def set_done(*, actor: Actor, step: PlanAction, done_on: date | None) -> bool:
    """Tick a step off, or open it again with None."""
    _require(actor, step)
    return edit(
        actor,
        step,
        action="plan_step_done" if done_on else "plan_step_reopened",
        applicant=step.episode.applicant_id,
        done_on=done_on,
    )


def _record(actor: Actor, action: str, row: SearchPlan | PlanAction) -> None:
    audit.record(actor, action, row, applicant=row.episode.applicant_id)
