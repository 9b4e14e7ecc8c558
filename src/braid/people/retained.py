"""When a record comes to its end: nobody works with the person any more."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from braid.people.choices import EpisodeState
from braid.people.models import Applicant, Episode, EpisodeEntry, TreatmentNote

REASON = "whose record came to its end"
OVER = (EpisodeState.EXITED, EpisodeState.NOT_STARTED)


def ended_before(organisation_id: UUID, day: date) -> list[UUID]:
    """Return the applicants with whom nobody worked on `day` or after it.

    The first day off of the last episode counts; without one the day on which it was
    decided, and for a person without an episode the day on which they were recorded.
    """
    decided = EpisodeEntry.objects.filter(
        episode=OuterRef("pk"), recorded_at__date__gte=day
    ).system(REASON)
    lasting = (
        Episode.objects.system(REASON)
        .filter(applicant=OuterRef("pk"))
        .filter(
            ~Q(state__in=OVER)
            | Q(exited_on__gte=day)
            | (Q(exited_on__isnull=True) & Exists(decided))
        )
    )
    noted = TreatmentNote.objects.filter(applicant=OuterRef("pk"), day__gte=day)
    ever = Episode.objects.filter(applicant=OuterRef("pk"))
    return list(
        Applicant.objects.system(REASON)
        .filter(organisation_id=organisation_id)
        .filter(~Exists(lasting), ~Exists(noted.system(REASON)))
        .filter(Exists(ever.system(REASON)) | Q(created_at__date__lt=day))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def name_of(applicant_id: UUID) -> str:
    """Return how an applicant is called, for whoever answers their request."""
    person = Applicant.objects.system("who asks something of the organisation")
    found: Applicant | None = person.filter(pk=applicant_id).first()
    return found.name if found is not None else ""


def matching(words: str, birth_date: date | None) -> list[UUID]:
    """Return the applicants of this name, born on this day, for the owner of the shell."""
    people = Applicant.objects.system("somebody was named in the shell")
    wanted = " ".join(words.casefold().split())
    found = people.filter(birth_date=birth_date) if birth_date else people
    return [one.pk for one in found if " ".join(one.name.casefold().split()) == wanted]
