"""Closed lists of the exchange room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    READING = "reading", _("being read")
    PLANNED = "planned", _("to be looked at")
    COMMITTING = "committing", _("being saved")
    COMMITTED = "committed", _("imported")
    UNDONE = "undone", _("taken back")
    FAILED = "failed", _("not read")


class Does(models.TextChoices):
    """What an import did to a record."""

    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")


class LinkKind(models.TextChoices):
    """What a link is about: a kind of roster row, or what such rows name."""

    CASELOAD = "caseload", _("caseload list")
    CONTACTS = "contacts", _("contacts")
    EMPLOYER_CONTACTS = "employer_contacts", _("employer contacts")
    JOBS = "jobs", _("jobs")
    MEETINGS = "meetings", _("meetings")
    PERSON = "person", _("people")
    EMPLOYER = "employer", _("employers")
    STAFF = "staff", _("specialists")
    TEAM = "team", _("treatment teams")
