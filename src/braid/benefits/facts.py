"""What benefits counselling gives to the facts: that it took place, never an amount."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Exists,
    F,
    Model,
    OuterRef,
    QuerySet,
    UUIDField,
    Value,
    When,
)

from braid.benefits.choices import Answer, Member
from braid.benefits.models import Benefit, Calculation, Counselling

Units = Collection[UUID] | None
REASON = "facts of units that the policy was asked about"


def _of(units: Units, model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.system(REASON).order_by()
    return rows if units is None else rows.filter(episode__unit_id__in=units)


def plan_events(units: Units) -> tuple[QuerySet[Any], ...]:
    """Return offers, refusals and counselling, with who did it.

    Counselling counts once a result that a counsellor confirmed belongs to it; a recalled
    one is none.
    """
    rounds = _of(units, Counselling)
    offers = rounds.filter(offered_on__isnull=False)
    refusals = rounds.filter(answer=Answer.DECLINED, answered_on__isnull=False)
    confirmed = Calculation.objects.filter(
        counselling=OuterRef("pk"),
        confirmed_at__isnull=False,
        recalled_on__isnull=True,
    )
    counselled = rounds.filter(Exists(confirmed), done_on__isnull=False)
    by_whom = Case(
        When(offered_by=F("counsellor"), then=Value("counsellor")),
        default=Value("specialist"),
    )
    return (
        _events(offers, "benefits_offered", "offered_on", by_whom),
        _events(refusals, "benefits_declined", "answered_on", Value("applicant")),
        _events(counselled, "benefits_counselling", "done_on", Value("counsellor")),
    )


def _events(rows: QuerySet[Any], kind: str, day: str, by_role: Any) -> QuerySet[Any]:
    return rows.annotate(
        event_kind=Value(kind),
        event_day=F(day),
        event_by=by_role,
        employer=Value(None, output_field=UUIDField()),
    ).values_list(
        "pk",
        "episode__unit_id",
        "episode_id",
        "event_kind",
        "event_day",
        "event_by",
        "job_id",
        "employer",
    )


def benefit_spells(units: Units) -> QuerySet[Any]:
    """Return which benefit an applicant had from when to when; no words, no amounts."""
    return (
        _of(units, Benefit)
        .filter(member=Member.APPLICANT, first_day__isnull=False)
        .exclude(benefit="")
        .values_list(
            "episode_id", "episode__unit_id", "benefit", "first_day", "last_day"
        )
    )


EXTRACTORS: Mapping[str, Callable[[Units], Any]] = {
    "plan_events": plan_events,
    "benefit_spells": benefit_spells,
}
# What the queries read besides: a model, its field, and the way there from a row.
ALSO_READ: Mapping[type[Model], tuple[tuple[str, str, str], ...]] = {
    Counselling: (("benefits.Calculation", "counselling", "pk"),)
}
