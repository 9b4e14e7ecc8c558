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
