"""Addresses of the work room."""

from django.urls import path

from braid.work import (
    application_views,
    diary_views,
    disclosure_views,
    employer_views,
    lead_views,
    support_views,
    time_views,
    views,
)

app_name = "work"
urlpatterns = [
    path("employers/", employer_views.employers, name="employers"),
    path("employers/new/", employer_views.employer_new, name="employer_new"),
    path("employers/alike/", employer_views.duplicates, name="duplicates"),
    path("employers/<uuid:key>/", employer_views.employer, name="employer"),
    path(
        "employers/<uuid:key>/edit/", employer_views.employer_edit, name="employer_edit"
    ),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:key>/", views.job, name="job"),
    path("jobs/<uuid:key>/edit/", views.job_edit, name="job_edit"),
    path("jobs/<uuid:key>/terms/", views.terms, name="terms"),
    path("jobs/<uuid:key>/absence/", views.absence, name="absence"),
    path("jobs/<uuid:key>/confirm/", views.confirm, name="confirm"),
    path("jobs/<uuid:key>/ordinary/", views.ordinary, name="ordinary"),
    path("absences/<uuid:key>/", views.absence_edit, name="absence_edit"),
    path("jobs/<uuid:key>/support-plan/", support_views.plan, name="support_plan"),
    path("jobs/<uuid:key>/support/", support_views.support, name="support"),
    path("jobs/<uuid:key>/problem/", support_views.problem, name="problem"),
    path("job-problems/<uuid:key>/", support_views.problem_edit, name="problem_edit"),
    path("jobs/<uuid:key>/papers/new/", support_views.evidence, name="evidence_new"),
    path(
        "job-papers/<uuid:key>/take-back/",
        support_views.evidence_back,
        name="evidence_back",
    ),
    path("jobs/<uuid:key>/how-it-ended/", support_views.review, name="end_review"),
    path(
        "jobs/<uuid:key>/search-again/",
        support_views.search_again,
        name="search_again",
    ),
    path("jobs/<uuid:key>/goes-on/", support_views.reopen, name="job_reopen"),
    path("leads/", lead_views.leads, name="leads"),
    path("leads/new/", lead_views.lead_new, name="lead_new"),
    path("leads/<uuid:key>/", lead_views.lead, name="lead"),
    path("leads/<uuid:key>/edit/", lead_views.lead_edit, name="lead_edit"),
    path("leads/<uuid:key>/state/", lead_views.lead_state, name="lead_state"),
    path("leads/<uuid:key>/people/", lead_views.lead_people, name="lead_people"),
    path("leads/for/<uuid:episode_id>/", lead_views.person_leads, name="person_leads"),
    path("applications/", application_views.applications, name="applications"),
    path(
        "applications/new/", application_views.application_new, name="application_new"
    ),
    path(
        "applications/<uuid:key>/",
        application_views.application_edit,
        name="application_edit",
    ),
    path(
        "applications/<uuid:key>/interview/",
        application_views.application_interview,
        name="application_interview",
    ),
    path(
        "episodes/<uuid:episode_id>/education/",
        application_views.education_new,
        name="education_new",
    ),
    path(
        "education/<uuid:key>/", application_views.education_edit, name="education_edit"
    ),
    path("diary/", diary_views.diary, name="diary"),
    path("diary/new/", diary_views.appointment_new, name="appointment_new"),
    path("diary/<uuid:key>/", diary_views.appointment, name="appointment"),
    path(
        "diary/<uuid:key>/edit/", diary_views.appointment_edit, name="appointment_edit"
    ),
    path(
        "diary/<uuid:key>/kept/", diary_views.appointment_kept, name="appointment_kept"
    ),
    path(
        "diary/<uuid:key>/missed/",
        diary_views.appointment_missed,
        name="appointment_missed",
    ),
    path(
        "diary/<uuid:key>/cancel/",
        diary_views.appointment_cancel,
        name="appointment_cancel",
    ),
    path(
        "diary/<uuid:key>/reopen/",
        diary_views.appointment_reopen,
        name="appointment_reopen",
    ),
    path(
        "diary/<uuid:key>/calendar/",
        diary_views.appointment_calendar,
        name="appointment_calendar",
    ),
    path("time/", time_views.time, name="time"),
    path("time/totals/", time_views.time_totals, name="time_totals"),
    path(
        "episodes/<uuid:episode_id>/disclosure/",
        disclosure_views.disclosure,
        name="disclosure",
    ),
    path(
        "episodes/<uuid:episode_id>/disclosure/new/",
        disclosure_views.disclosure_new,
        name="disclosure_new",
    ),
    path(
        "episodes/<uuid:episode_id>/disclosure/words/",
        disclosure_views.employer_words,
        name="employer_words",
    ),
    path(
        "episodes/<uuid:episode_id>/disclosure/<uuid:key>/",
        disclosure_views.disclosure_edit,
        name="disclosure_edit",
    ),
    path(
        "episodes/<uuid:episode_id>/disclosure/<uuid:key>/agree/",
        disclosure_views.disclosure_agree,
        name="disclosure_agree",
    ),
    path(
        "episodes/<uuid:episode_id>/disclosure/<uuid:key>/back/",
        disclosure_views.disclosure_back,
        name="disclosure_back",
    ),
]
