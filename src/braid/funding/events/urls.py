"""Addresses of what funders decided about an episode, and of papers about no job."""

from django.urls import path

from braid.funding.events import views

urlpatterns = [
    path("funding/episodes/<uuid:episode_id>/", views.events, name="events"),
    path("funding/episodes/<uuid:episode_id>/new/", views.new, name="event_new"),
    path("funding/episodes/<uuid:episode_id>/paper/", views.paper, name="event_paper"),
    path("funding/events/<uuid:key>/take-back/", views.take_back, name="event_back"),
]
