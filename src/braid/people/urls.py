"""Addresses of the people room."""

from django.urls import path

from braid.people import (
    classification_views,
    course_views,
    equity_views,
    not_started_views,
    outside_views,
    plan_views,
    profile_urls,
    referral_views,
    treatment_views,
    views,
)

app_name = "people"
urlpatterns = [
    path("refer/", referral_views.refer, name="refer"),
    path("refer/sent/", referral_views.sent, name="sent"),
    path("referrals/", referral_views.referrals, name="referrals"),
    path(
        "enquiries/<uuid:key>/close/",
        referral_views.enquiry_close,
        name="enquiry_close",
    ),
    path("want-to-work/<slug:slug>/", outside_views.want_to_work, name="want_to_work"),
    path(
        "want-to-work/<slug:slug>/thanks/",
        outside_views.thanks,
        name="want_to_work_thanks",
    ),
    path("me/again/", referral_views.own_again, name="own_again"),
    path("people/<uuid:applicant_id>/again/", referral_views.again, name="again"),
    path("unit/not-started/", not_started_views.not_started, name="not_started"),
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
    path("episodes/<uuid:episode_id>/groups/", equity_views.groups, name="groups"),
    path("episodes/<uuid:episode_id>/area/", equity_views.area, name="area"),
    path("episodes/<uuid:episode_id>/state/", course_views.state, name="state"),
    path("episodes/<uuid:episode_id>/pause/", course_views.pause, name="pause"),
    path(
        "episodes/<uuid:episode_id>/step-down/",
        course_views.step_down,
        name="step_down",
    ),
    path("episodes/<uuid:episode_id>/take-up/", course_views.take_up, name="take_up"),
    path(
        "episodes/<uuid:episode_id>/receipt/",
        referral_views.acknowledge,
        name="acknowledge",
    ),
    path("episodes/<uuid:episode_id>/referral/", referral_views.loop, name="loop"),
    path("episodes/<uuid:episode_id>/same/", referral_views.same, name="same"),
    path("episodes/<uuid:episode_id>/entered/", referral_views.entered, name="entered"),
    path("episodes/<uuid:episode_id>/refusal/", course_views.refusal, name="refusal"),
    *profile_urls.urlpatterns,
    path("classification/", classification_views.classification, name="classification"),
    path("episodes/<uuid:episode_id>/plan/", plan_views.plan, name="plan"),
    path(
        "episodes/<uuid:episode_id>/plan/edit/", plan_views.plan_edit, name="plan_edit"
    ),
    path(
        "episodes/<uuid:episode_id>/plan/agree/",
        plan_views.plan_agree,
        name="plan_agree",
    ),
    path(
        "episodes/<uuid:episode_id>/plan/review/",
        plan_views.plan_review,
        name="plan_review",
    ),
    path(
        "episodes/<uuid:episode_id>/plan/steps/new/",
        plan_views.step_new,
        name="step_new",
    ),
    path(
        "episodes/<uuid:episode_id>/plan/steps/<uuid:key>/",
        plan_views.step_edit,
        name="step_edit",
    ),
    path(
        "episodes/<uuid:episode_id>/plan/steps/<uuid:key>/done/",
        plan_views.step_done,
        name="step_done",
    ),
]
