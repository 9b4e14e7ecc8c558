"""Addresses of the funding room, a module for each part."""

from django.urls import include, path

app_name = "funding"
urlpatterns = [
    path("", include("braid.funding.claims.urls")),
    path("", include("braid.funding.events.urls")),
    path("", include("braid.funding.contracts.urls")),
    path("", include("braid.funding.invoices.urls")),
    path("", include("braid.funding.answers.urls")),
    path("", include("braid.funding.reconciling.urls")),
    path("", include("braid.funding.ledger.urls")),
    path("", include("braid.funding.monitors.urls")),
    path("", include("braid.funding.simulating.urls")),
    path("", include("braid.funding.room.urls")),
    path("", include("braid.funding.preview.urls")),
]
