"""Addresses of watching for harm that payment by results can do."""

from django.urls import path

from braid.funding.monitors import views

urlpatterns = [
    path("funding/monitors/", views.home, name="monitors"),
    path("funding/monitors/<uuid:key>/", views.agreement, name="monitored"),
    path(
        "funding/monitors/<uuid:key>/notes/new/",
        views.note_new,
        name="monitor_note_new",
    ),
    path("funding/monitor-notes/<uuid:key>/", views.note, name="monitor_note"),
]
