"""The day with which a record can begin: nothing is noted of a day before it."""

from datetime import date
from uuid import UUID

from django.db.models import Min
from django.utils.translation import gettext as _

from braid.access.queries import first_post_on
from braid.kernel.errors import InputFault
from braid.people.models import Episode
from braid.people.queries import EpisodeRef
from braid.web.days import day_text

REASON = "the first day of a record, a day and nothing else"


def of_unit(unit_id: UUID) -> date | None:
    """Return the day on which somebody first worked in a unit or was referred to it."""
    referred = Episode.objects.system(REASON).filter(unit_id=unit_id)
    days = (
        first_post_on(unit_id),
        referred.aggregate(day=Min("referred_on"))["day"],
    )
    return min((day for day in days if day is not None), default=None)


def of_person(episode: EpisodeRef) -> date | None:
    """Return the day on which somebody was first referred to a unit, else the unit's."""
    referred = Episode.objects.system(REASON).filter(
        unit_id=episode.unit_id, applicant_id=episode.applicant_id
    )
    first: date | None = referred.aggregate(day=Min("referred_on"))["day"]
    return first or of_unit(episode.unit_id)


def must_not_precede(day: date, begins_on: date | None) -> None:
    """Refuse a day on which there was no record yet. Raises InputFault."""
    if begins_on is not None and day < begins_on:
        raise InputFault(
            _(
                "%(day)s lies before this record begins, on %(first)s. Choose that day "
                "or a later one."
            )
            % {"day": day_text(day), "first": day_text(begins_on)},
            field="day",
            reason="before_record",
        )
