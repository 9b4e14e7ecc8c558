"""Addresses of planning a review and gathering its evidence."""

from django.urls import path

from braid.fidelity.reviewing import evidence_views, preparing_views, views

REVIEW = "fidelity-review/<uuid:key>/"

urlpatterns = [
    path("fidelity-reviews/", views.all_reviews, name="all_reviews"),
    path("fidelity-reviews/<slug:unit>/", views.reviews, name="reviews"),
    path("fidelity-reviews/<slug:unit>/new/", views.review_new, name="review_new"),
    path(REVIEW, views.review, name="review"),
    path(f"{REVIEW}change/", views.review_change, name="review_change"),
    path(f"{REVIEW}step/<slug:to>/", views.review_step, name="review_step"),
    path(f"{REVIEW}freeze/", views.freeze, name="freeze"),
    path(f"{REVIEW}seats/new/", views.seat_new, name="seat_new"),
    path("fidelity-seat/<uuid:key>/end/", views.seat_end, name="seat_end"),
    path(f"{REVIEW}agenda/", preparing_views.agenda, name="agenda"),
    path(f"{REVIEW}agenda/new/", preparing_views.meeting_new, name="meeting_new"),
    path("fidelity-meeting/<uuid:key>/", preparing_views.meeting, name="meeting"),
    path(
        "fidelity-meeting/<uuid:key>/away/",
        preparing_views.meeting_remove,
        name="meeting_remove",
    ),
    path(f"{REVIEW}pieces/", preparing_views.pieces, name="pieces"),
    path("fidelity-piece/<uuid:key>/", preparing_views.piece, name="piece"),
    path(
        "fidelity-piece/<uuid:key>/file/",
        preparing_views.piece_file,
        name="piece_file",
    ),
    path(f"{REVIEW}sample/", preparing_views.sample, name="sample"),
    path(f"{REVIEW}evidence/", evidence_views.evidence, name="evidence"),
    path(f"{REVIEW}evidence/new/", evidence_views.evidence_new, name="evidence_new"),
    path(
        "fidelity-evidence/<uuid:key>/away/",
        evidence_views.evidence_remove,
        name="evidence_remove",
    ),
    path(
        "fidelity-evidence/<uuid:key>/file/",
        evidence_views.evidence_file,
        name="evidence_file",
    ),
]
