"""The facts room as a Django app."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class FactsConfig(AppConfig):
    name = "braid.facts"
    label = "facts"
    verbose_name = _("Facts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from braid.facts import statements, watching

        statements.lie_in(Path(settings.BRAID_DATA) / statements.FOLDER)
        pre_migrate.connect(watching.before_migration, sender=self)
        post_migrate.connect(watching.after_migration, sender=self)
