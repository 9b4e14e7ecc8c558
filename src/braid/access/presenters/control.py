"""The small control “Who sees this?” beside a form."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from braid.access.policy import Information
from braid.web.presenters import Later


def who_sees(applicant_id: UUID, information: Information) -> Later:
    """Return the part that says who reads one class of what is kept about somebody."""
    address = reverse("desk:audience", args=[applicant_id, information.value])
    return Later(address, _("Who sees this?"))


def who_reads_document(applicant_id: UUID) -> Later:
    """Return the part of a form that says who will read a document of the kind chosen."""
    address = reverse("desk:document_audience", args=[applicant_id])
    return Later(address, _("Who reads this?"), follows=("kind",))
