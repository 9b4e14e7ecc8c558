"""Addresses of the ratings of a review."""

from django.urls import path

from braid.fidelity.rating import (
    agreeing_views,
    answer_views,
    beside_views,
    comparing_views,
    views,
)

REVIEW = "fidelity-review/<uuid:key>"

urlpatterns = [
    path(f"{REVIEW}/rate/", views.rate, name="rate"),
    path(f"{REVIEW}/rate/lock/", views.lock, name="rate_lock"),
    path(f"{REVIEW}/rate/<int:item>/", views.rate_item, name="rate_item"),
    path(f"{REVIEW}/disagreement/", comparing_views.disagreement, name="disagreement"),
    path(f"{REVIEW}/consensus/", agreeing_views.consensus, name="consensus"),
    path(
        f"{REVIEW}/consensus/<int:item>/",
        agreeing_views.consensus_item,
        name="consensus_item",
    ),
    path(f"{REVIEW}/moderation/", agreeing_views.moderation, name="moderation"),
    path(
        f"{REVIEW}/moderation/<int:item>/",
        agreeing_views.moderation_item,
        name="moderation_item",
    ),
    path(f"{REVIEW}/answer/", answer_views.answers, name="answers"),
    path(f"{REVIEW}/answer/<int:item>/", answer_views.answer_item, name="answer_item"),
    path(
        "fidelity-answer/<uuid:key>/file/", answer_views.answer_file, name="answer_file"
    ),
    path(f"{REVIEW}/final/", agreeing_views.final, name="final"),
    path(f"{REVIEW}/final/<int:item>/", agreeing_views.final_item, name="final_item"),
    path(f"{REVIEW}/earlier/", beside_views.correction, name="correction"),
    path(f"{REVIEW}/stated-band/", beside_views.stated_band, name="stated_band"),
]
