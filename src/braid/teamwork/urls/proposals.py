"""Addresses of what was proposed instead of a job."""

from django.urls import path

from braid.teamwork.views import proposals

urlpatterns = [
    path(
        "episodes/<uuid:episode_id>/proposals/new/", proposals.new, name="proposal_new"
    ),
    path("proposals/<uuid:key>/", proposals.change, name="proposal"),
    path(
        "proposals/<uuid:key>/take-back/",
        proposals.take_back,
        name="proposal_take_back",
    ),
    path("me/proposals/", proposals.own, name="own_proposals"),
    path("me/proposals/new/", proposals.own_new, name="own_proposal_new"),
]
