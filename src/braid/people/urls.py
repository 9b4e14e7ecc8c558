"""Addresses of the people room."""

from django.urls import path

from braid.people import treatment_views, views

app_name = "people"
urlpatterns = [
    path("refer/", views.refer, name="refer"),
    path("people/<uuid:applicant_id>/details/", views.details, name="details"),
    path("people/<uuid:applicant_id>/numbers/", views.numbers, name="numbers"),
    path(
        "people/<uuid:applicant_id>/treatment-notes/new/",
        treatment_views.new,
        name="treatment_note_new",
    ),
    path(
        "treatment-notes/<uuid:key>/",
        treatment_views.change,
        name="treatment_note",
    ),
    path(
        "treatment-notes/<uuid:key>/take-back/",
        treatment_views.take_back,
        name="treatment_note_take_back",
    ),
    path("episodes/<uuid:episode_id>/words/", views.goal, name="goal"),
    path("episodes/<uuid:episode_id>/dates/", views.dates, name="dates"),
    path("episodes/<uuid:episode_id>/hold/", views.hold, name="hold"),
    path("episodes/<uuid:episode_id>/treatment/", views.treatment, name="treatment"),
    path("episodes/<uuid:episode_id>/casework/", views.casework, name="casework"),
    path("episodes/<uuid:episode_id>/state/", views.state, name="state"),
    path("episodes/<uuid:episode_id>/end/", views.end, name="end"),
    path("episodes/<uuid:episode_id>/refusal/", views.refusal, name="refusal"),
]
