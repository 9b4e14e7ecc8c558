"""Addresses of the fidelity room, a module for each part."""

from django.urls import include, path

app_name = "fidelity"
urlpatterns = [
    path("", include("braid.fidelity.live.urls")),
    path("", include("braid.fidelity.actions.urls")),
    path("", include("braid.fidelity.across.urls")),
    path("", include("braid.fidelity.rating.urls")),
    path("", include("braid.fidelity.report.urls")),
    path("", include("braid.fidelity.exchange_form.urls")),
    path("", include("braid.fidelity.reviewing.urls")),
]
