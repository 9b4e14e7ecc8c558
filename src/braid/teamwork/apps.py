"""The teamwork room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TeamworkConfig(AppConfig):
    name = "braid.teamwork"
    label = "teamwork"
    verbose_name = _("Teamwork")
    default_auto_field = "django.db.models.BigAutoField"
