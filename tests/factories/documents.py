"""The factory of the documents room."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from braid.documents import models
from braid.kernel.ids import new_id
from tests.factories.access import TeamFactory


class DocumentFactory(DjangoModelFactory):
    """A row without bytes; `tests.documents` adds whole ones through the command."""

    applicant_id = factory.LazyFunction(new_id)
    team = factory.SubFactory(TeamFactory)
    day = date(2026, 9, 7)
    kind = "work_goals"
    title = "CV"
    file_name = "cv.txt"
    media_type = "text/plain; charset=utf-8"
    size = 3
    sha256 = "0" * 64

    class Meta:
        model = models.Document
