"""The site as a Django app: it wires the rooms together."""

from django.apps import AppConfig
from django.conf import settings

from braid.packs import loader
from braid.site.demo import shelf


class SiteConfig(AppConfig):
    name = "braid.site"
    label = "braid_site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from braid.site import wiring

        loader.use_folders(settings.BRAID_PACKS)
        if settings.BRAID_DEMO_MARK.exists():
            shelf.use()
        wiring.register_extractors()
        wiring.hand_in_circle()
        wiring.hand_in_acquaintance()
        wiring.hand_in_holdings()
        wiring.hand_in_drafts()
        wiring.hand_in_listeners()
        wiring.hand_in_outcomes()
        wiring.hand_in_documents()
        wiring.hand_in_rights()
