"""Addresses of the integration room."""

from django.urls import path

from braid.integration import views

app_name = "integration"
urlpatterns = [
    path("integration/", views.home, name="home"),
    path("integration-notes/<uuid:key>/", views.note, name="note"),
    path("integration-notes/<uuid:key>/away/", views.note_remove, name="note_remove"),
    path("integration/<slug:unit>/", views.integration, name="integration"),
    path("integration/<slug:unit>/drift/", views.drift, name="drift"),
    path("integration/<slug:unit>/one-pager/", views.pager, name="one_pager"),
    path(
        "integration/<slug:unit>/one-pager/<slug:quarter>/",
        views.pager_pdf,
        name="one_pager_pdf",
    ),
    path("integration/<slug:unit>/notes/new/", views.note_new, name="note_new"),
    path("integration/<slug:unit>/<slug:measure>/", views.measure, name="measure"),
]
