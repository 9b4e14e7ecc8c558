"""Addresses of what an episode still needs for a claim: dates and evidence, never amounts."""

from django.urls import path

from braid.funding.preview import views

urlpatterns = [
    path("funding/ahead/", views.caseload, name="ahead"),
    path("funding/ahead/<uuid:episode_id>/", views.episode, name="ahead_of_episode"),
]
