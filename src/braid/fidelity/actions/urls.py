"""Addresses of the action plan."""

from django.urls import path

from braid.fidelity.actions import views

urlpatterns = [
    path("fidelity-actions/<slug:unit>/", views.plan, name="actions"),
    path("fidelity-actions/<slug:unit>/new/", views.new, name="action_new"),
    path("fidelity-action/<uuid:key>/", views.change, name="action"),
    path("fidelity-action/<uuid:key>/progress/", views.note, name="action_progress"),
]
