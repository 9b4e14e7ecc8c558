"""The diary: what is planned, for whom it is and with whom, and what meets in time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from braid.access.policy import Action, Actor, Information
from braid.access.prepared import prepared
from braid.work.choices import AppointmentState, AppointmentWith, Mode, Place
from braid.work.models import Appointment

USUAL_MINUTES = 30  # taken for an appointment whose length is not said


@dataclass(frozen=True, slots=True)
class Slot:
    """An appointment as the diary shows it; `overlaps` where another meets it in time."""

    id: UUID
    applicant_id: UUID | None
    person: str
    employer_id: UUID | None
    employer: str
    staff: str
    with_whom: str
    day: date
    begins_at: time | None
    minutes: int | None
    mode: str
    place: str
    place_words: str
    topic: str
    state: str
    overlaps: bool = False

    @property
    def begins(self) -> datetime | None:
        return datetime.combine(self.day, self.begins_at) if self.begins_at else None

    @property
    def ends(self) -> datetime | None:
        begins = self.begins
        lasts = timedelta(minutes=self.minutes or USUAL_MINUTES)
        return begins + lasts if begins else None

    @property
    def with_label(self) -> str:
        return str(AppointmentWith(self.with_whom).label)

    @property
    def title(self) -> str:
        """Return whom it is with: the employer, the person, or the kind of partner."""
        if self.with_whom == AppointmentWith.EMPLOYER:
            return self.employer or self.with_label
        if self.with_whom == AppointmentWith.APPLICANT:
            return self.person or self.with_label
        return self.with_label

    @property
    def for_whom(self) -> str:
        """Return the person whom it is about, where the title does not say it."""
        return "" if self.with_whom == AppointmentWith.APPLICANT else self.person

    @property
    def where(self) -> str:
        if self.mode and self.mode != Mode.IN_PERSON:
            return str(Mode(self.mode).label)
        place = str(Place(self.place).label) if self.place else ""
        return self.place_words or place

    @property
    def is_planned(self) -> bool:
        return self.state == AppointmentState.PLANNED

    @property
    def state_label(self) -> str:
        return str(AppointmentState(self.state).label)


_COLUMNS = (
    "pk",
    "episode__applicant_id",
    "episode__applicant__given_name",
    "episode__applicant__family_name",
    "employer_id",
    "employer__name",
    "staff__name",
    "with_whom",
    "day",
    "begins_at",
    "minutes",
    "mode",
    "place",
    "place_words",
    "topic",
    "state",
)


def _slots(rows: Iterable[tuple[Any, ...]]) -> list[Slot]:
    return _in_order(
        Slot(
            pk,
            applicant,
            f"{given or ''} {family or ''}".strip(),
            employer_id,
            employer or "",
            staff or "",
            *rest,
        )
        for pk, applicant, given, family, employer_id, employer, staff, *rest in rows
    )


def _in_order(slots: Iterable[Slot]) -> list[Slot]:
    """Return the slots by day and time, those without a time last in their day."""
    found = sorted(
        slots, key=lambda one: (one.day, one.begins_at or time.max, str(one.id))
    )
    return [
        replace(one, overlaps=any(meet(one, other) for other in found if one != other))
        for one in found
    ]


def meet(one: Slot, other: Slot) -> bool:
    """Say whether two appointments share a moment; one that was called off meets none."""
    gone = AppointmentState.CANCELLED
    if gone in (one.state, other.state) or one.day != other.day:
        return False
    if not (one.begins and one.ends and other.begins and other.ends):
        return False
    return one.begins < other.ends and other.begins < one.ends


def diary(actor: Actor, staff_id: UUID, first: date, last: date) -> list[Slot]:
    """Return somebody's appointments of these days, without those called off."""
    return _slots(_diary(actor, staff_id, first, last))


@prepared
def _diary(actor: Actor, staff_id: UUID, first: date, last: date) -> QuerySet[Any]:
    rows = Appointment.objects.visible_to(actor, Action.RECORD).filter(
        staff_id=staff_id, day__range=(first, last)
    )
    kept = rows.exclude(state=AppointmentState.CANCELLED)
    return kept.order_by("day", "begins_at").values_list(*_COLUMNS)


def appointments_of(
    actor: Actor, episode_ids: Collection[UUID], today: date
) -> list[Slot]:
    """Return what is planned for or with a person from today on; for the unit."""
    rows = Appointment.objects.visible_to(actor, Action.RECORD).filter(
        episode_id__in=episode_ids, day__gte=today, state=AppointmentState.PLANNED
    )
    return _slots(rows.values_list(*_COLUMNS)[:20])


def own_appointments(
    actor: Actor, episode_ids: Collection[UUID], today: date
) -> list[Slot]:
    """Return the applicant's own next appointments; what about only where it is theirs."""
    planned = Q(
        episode_id__in=episode_ids, day__gte=today, state=AppointmentState.PLANNED
    )
    rows = Appointment.objects.visible_to(actor, Action.READ).filter(planned)
    about = Appointment.objects.visible_to(
        actor, Action.READ, Information.CONVERSATION
    ).filter(planned)
    topics = dict(about.values_list("pk", "topic"))
    found = _slots(rows.values_list(*_COLUMNS)[:20])
    return [replace(slot, topic=topics.get(slot.id, "")) for slot in found]


def appointment(actor: Actor, key: UUID) -> Appointment:
    """Return an appointment in `actor`'s own care, else answer 404."""
    found: Appointment | None = (
        Appointment.objects.visible_to(actor, Action.RECORD)
        .select_related(
            "unit__organisation",
            "episode__applicant",
            "episode__unit",
            "employer",
            "staff",
            "contact",
            "employer_contact",
        )
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def slot(actor: Actor, key: UUID) -> Slot:
    """Return one appointment as the diary shows it, else answer 404."""
    rows = Appointment.objects.visible_to(actor, Action.RECORD).filter(pk=key)
    for found in _slots(rows.values_list(*_COLUMNS)):
        return found
    raise Http404
