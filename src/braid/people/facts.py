"""What the episodes and their courses give to the facts."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    RowRange,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear, Least

from braid.people.choices import EpisodeState
from braid.people.models import (
    CaseloadSpell,
    CaseworkSpell,
    Characteristic,
    Episode,
    EpisodeEntry,
    Refusal,
    Residence,
    TreatmentSpell,
)

Units = Collection[UUID] | None
REASON = "facts of units that the policy was asked about"
BEGAN = Coalesce("referred_on", "accepted_on", "entered_on", Value(date.max))
# Referred is no state of the service, and the end is the episode's own.
DECIDED = (
    EpisodeState.WAITING,
    EpisodeState.ACTIVE,
    EpisodeState.PAUSED,
    EpisodeState.STEPPED_DOWN,
)


def _of(units: Units, model: Any, unit_path: str = "unit") -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.system(REASON).order_by()
    return rows if units is None else rows.filter(**{f"{unit_path}_id__in": units})


def _first_day_off(episode: str, exited_on: str) -> Any:
    """Return the exit of an episode; one that was not started is off from that day."""
    not_started = EpisodeEntry.objects.filter(
        episode=OuterRef(episode), state=EpisodeState.NOT_STARTED
    )
    return Coalesce(exited_on, Subquery(not_started.values("day")[:1]))


def episodes(units: Units) -> QuerySet[Any]:
    """Episodes; the first of a person is the earliest in any unit."""
    earlier = (
        Episode.objects.filter(applicant=OuterRef("applicant"))
        .alias(began=BEGAN)
        .filter(
            Q(began__lt=OuterRef("began"))
            | Q(began=OuterRef("began"), pk__lt=OuterRef("pk"))
        )
    )
    return (
        _of(units, Episode)
        .alias(began=BEGAN)
        .annotate(
            first_of_person=~Exists(earlier),
            birth_year=ExtractYear("applicant__birth_date"),
            first_day_off=_first_day_off("pk", "exited_on"),
        )
        .values_list(
            "id",
            "unit_id",
            "applicant_id",
            "referred_on",
            "referral_source",
            "referred_by_id",
            "accepted_on",
            "entered_on",
            "profile_started_on",
            "first_day_off",
            "exit_reason",
            "at_referral",
            "first_of_person",
            "birth_year",
            "applicant__gender",
        )
    )


def groups(units: Units) -> QuerySet[Any]:
    """What somebody told for figures about equal access; silence is no row."""
    told = _of(units, Characteristic, "episode__unit").exclude(value="")
    return told.values_list("episode_id", "episode__unit_id", "key", "value")


def residence(units: Units) -> QuerySet[Any]:
    """Areas that somebody lived in; where they live after the exit is nobody's figure."""
    return _spells(units, Residence).values_list(
        "episode_id", "episode__unit_id", "area", "first_day", "ended"
    )


def refusals(units: Units) -> QuerySet[Any]:
    return _of(units, Refusal).values_list(
        "id", "unit_id", "episode_id", "day", "by_role", "stage", "reason"
    )


def _last_day(*ends: Any) -> Any:
    """Return the earliest of ends that may be unknown; engines differ on nulls."""
    return Coalesce(Least(*ends), *ends)


def _day_before(path: str) -> Any:
    day = ExpressionWrapper(F(path) - timedelta(days=1), output_field=DateField())
    return Cast(day, DateField())


def _until_exit(rows: QuerySet[Any], begins: str, ends: Any) -> QuerySet[Any]:
    """Annotate spells with when they `ended`: nothing goes on from the first day off."""
    return (
        rows.annotate(first_day_off=_first_day_off("episode", "episode__exited_on"))
        .annotate(ended=_last_day(ends, _day_before("first_day_off")))
        .filter(Q(ended__isnull=True) | Q(ended__gte=F(begins)))
    )


def _spells(units: Units, model: Any) -> QuerySet[Any]:
    rows = _of(units, model, "episode__unit")
    return _until_exit(rows, "first_day", F("last_day"))


def caseload(units: Units) -> QuerySet[Any]:
    return _spells(units, CaseloadSpell).values_list(
        "episode_id",
        "episode__unit_id",
        "specialist_id",
        "first_day",
        "ended",
        "ended_because",
    )


def treatment(units: Units) -> QuerySet[Any]:
    return _spells(units, TreatmentSpell).values_list(
        "episode_id", "episode__unit_id", "team_id", "first_day", "ended"
    )


def casework(units: Units) -> QuerySet[Any]:
    """Which job centre has whom; the caseworker is nobody's figure."""
    return _spells(units, CaseworkSpell).values_list(
        "episode_id", "episode__unit_id", "team_id", "first_day", "ended"
    )


def status(units: Units) -> QuerySet[Any]:
    """What was decided, from its day until the earliest day of any later decision.

    A later entry overrules those before it from its own day on; what it leaves no day
    is left out.
    """
    later = Window(
        Min("day"),
        partition_by="episode_id",
        order_by="number",
        frame=RowRange(start=1, end=None),
    )
    decided = (
        _of(units, EpisodeEntry, "episode__unit")
        .filter(day__isnull=False, state__in=DECIDED)
        .annotate(overruled=later)
    )
    return _until_exit(decided, "day", _day_before("overruled")).values_list(
        "episode_id", "episode__unit_id", "state", "day", "ended"
    )


EXTRACTORS: Mapping[str, Callable[[Units], QuerySet[Any]]] = {
    "episodes": episodes,
    "groups": groups,
    "residence": residence,
    "refusals": refusals,
    "caseload": caseload,
    "treatment": treatment,
    "casework": casework,
    "status": status,
}
# What the queries read besides: a model, its field, and the way there from a row.
_ENTRIES = ("people.EpisodeEntry", "episode", "episode")
ALSO_READ: Mapping[type[Model], tuple[tuple[str, str, str], ...]] = {
    Episode: (
        ("people.EpisodeEntry", "episode", "pk"),
        ("people.Episode", "applicant", "applicant"),
    ),
    EpisodeEntry: (_ENTRIES,),
    **dict.fromkeys(
        (Residence, CaseloadSpell, TreatmentSpell, CaseworkSpell), (_ENTRIES,)
    ),
}
