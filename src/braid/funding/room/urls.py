"""Addresses of the room of a funder: figures and claims under pseudonyms, never persons."""

from django.urls import path

from braid.funding.room import views

urlpatterns = [
    path("funding/room/", views.room, name="room"),
    path("funding/room/<uuid:key>/figures/", views.figures, name="room_figures"),
]
