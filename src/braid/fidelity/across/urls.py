"""Addresses of the pages across units."""

from django.urls import path

from braid.fidelity.across import views

urlpatterns = [
    path("fidelity-across/", views.across, name="across"),
    path("fidelity-across/live/", views.live, name="across_live"),
    path("fidelity-across/outcomes/", views.outcomes, name="across_outcomes"),
    path("fidelity-across/community/", views.together, name="across_community"),
    path(
        "fidelity-across/files/<slug:part>/<slug:kind>/",
        views.file,
        name="across_file",
    ),
]
