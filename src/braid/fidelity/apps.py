"""The fidelity room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FidelityConfig(AppConfig):
    name = "braid.fidelity"
    label = "fidelity"
    verbose_name = _("Fidelity")
    default_auto_field = "django.db.models.BigAutoField"
