"""What a record of one episode is, for this room and for those above it."""

from braid.access.records import Record


class OfEpisode(Record):
    """What belongs to one episode: held by its unit, about its applicant."""

    unit_path = "episode__unit"
    applicant_path = "episode__applicant_id"

    class Meta:
        abstract = True
