"""Addresses of the teamwork room: one list a subject."""

from braid.teamwork.urls import proposals, questions

app_name = "teamwork"
urlpatterns = [*proposals.urlpatterns, *questions.urlpatterns]
