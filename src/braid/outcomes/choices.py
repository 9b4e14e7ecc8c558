"""Closed lists of the outcomes room; the values are those of the facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """With whom a report was shared."""

    TEAM = "team", _("the teams")
    LEADERSHIP = "leadership", _("the leadership")
    STEERING = "steering", _("the steering group")
    PARTNER = "partner", _("a partner organisation")
    PUBLIC = "public", _("the public")
