"""Where each employer stands: the three visits, who was there, who was long not."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When

from braid.access.policy import Actor
from braid.work.choices import Mode, VisitStage
from braid.work.models import Employer, EmployerContact

STAGES = (VisitStage.INTRODUCE, VisitStage.LEARN, VisitStage.MATCH)
A_MONTH = timedelta(days=30)
LATELY = timedelta(days=365)  # how far back colleagues at an employer are named


def with_path(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Add to employers the furthest visit of three, and the last one face to face."""
    seen = Q(contacts__in=EmployerContact.objects.visible_to(actor).order_by())
    steps = Case(
        *(
            When(contacts__stage=stage, then=Value(number))
            for number, stage in enumerate(STAGES, start=1)
        ),
        default=Value(0),
        output_field=IntegerField(),
    )
    return rows.annotate(
        steps_taken=Max(steps, filter=seen),
        last_visit_on=Max(
            "contacts__day", filter=seen & Q(contacts__mode=Mode.IN_PERSON)
        ),
    )


def not_visited(rows: QuerySet[Any], months: int, today: date) -> QuerySet[Any]:
    """Keep employers whom nobody met face to face for `months`; rows of `with_path`."""
    before = today - months * A_MONTH
    return rows.filter(Q(last_visit_on__lt=before) | Q(last_visit_on__isnull=True))


@dataclass(frozen=True, slots=True)
class Visit:
    """One of the three visits: when it was last, how often, or None where it is to come."""

    stage: str
    last_on: date | None
    number: int

    @property
    def label(self) -> str:
        return str(VisitStage(self.stage).label)


def path(actor: Actor, one: Employer) -> list[Visit]:
    """Return the three visits to an employer in their order."""
    made = (
        EmployerContact.objects.visible_to(actor)
        .filter(employer=one)
        .exclude(stage="")
        .values("stage")
        .annotate(last_on=Max("day"), number=Count("pk"))
        .order_by()
    )
    found = {row["stage"]: row for row in made}
    return [
        Visit(stage, found[stage]["last_on"], found[stage]["number"])
        if stage in found
        else Visit(stage, None, 0)
        for stage in STAGES
    ]


@dataclass(frozen=True, slots=True)
class SeenBy:
    """A colleague who knows an employer: how often they spoke, and when last."""

    name: str
    number: int
    last_on: date


def seen_by(
    actor: Actor, employer_id: UUID, today: date, *, without: UUID | None = None
) -> list[SeenBy]:
    """Return who of the unit spoke with an employer within a year, by name."""
    rows = (
        EmployerContact.objects.visible_to(actor)
        .filter(employer_id=employer_id, day__gte=today - LATELY, staff__isnull=False)
        .exclude(staff_id=without)
        .values(name=F("staff__name"))
        .annotate(number=Count("pk"), last_on=Max("day"))
        .order_by("name")
    )
    return [SeenBy(**row) for row in rows]
