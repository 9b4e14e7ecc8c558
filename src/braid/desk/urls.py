"""Addresses of the pages people live in."""

from django.urls import path

from braid.desk import figures, log, views

app_name = "desk"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/figures/", views.own_figures, name="own_figures"),
    path("today/week/", figures.own_week, name="own_week"),
    path("caseload/", views.caseload, name="caseload"),
    path("search/", views.search, name="search"),
    path("unit/", views.unit, name="unit"),
    path("unit/figures/", figures.unit_figures, name="unit_figures"),
    path("unit/figures/<slug:measure_id>/", figures.figure, name="figure"),
    path("people/<uuid:applicant_id>/", views.person, name="person"),
    path("people/<uuid:applicant_id>/timeline/", views.timeline, name="timeline"),
    path("contacts/<uuid:key>/", log.edit_contact, name="contact"),
    path("log/contact/", log.contact, name="log_contact"),
    path("log/employer/", log.employer, name="log_employer"),
    path("log/job-start/", log.job_start, name="log_job_start"),
    path("log/job-end/", log.job_end, name="log_job_end"),
    path("log/note/", log.note, name="log_note"),
    path("log/undo/<slug:kind>/<uuid:key>/", log.take_back, name="take_back"),
]
