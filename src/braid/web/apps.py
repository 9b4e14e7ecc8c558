"""The room as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The design system; it has no models."""

    name = "braid.web"
    label = "web"
    verbose_name = "Braid: design system"
