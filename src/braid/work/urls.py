"""Addresses of the work room."""

from django.urls import path

from braid.work import views

app_name = "work"
urlpatterns = [
    path("employers/", views.employers, name="employers"),
    path("employers/new/", views.employer_new, name="employer_new"),
    path("employers/alike/", views.duplicates, name="duplicates"),
    path("employers/<uuid:key>/", views.employer, name="employer"),
    path("employers/<uuid:key>/edit/", views.employer_edit, name="employer_edit"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:key>/", views.job, name="job"),
    path("jobs/<uuid:key>/edit/", views.job_edit, name="job_edit"),
    path("jobs/<uuid:key>/terms/", views.terms, name="terms"),
    path("jobs/<uuid:key>/absence/", views.absence, name="absence"),
    path("jobs/<uuid:key>/confirm/", views.confirm, name="confirm"),
]
