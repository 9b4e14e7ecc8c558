"""Addresses of reports."""

from django.urls import path

from braid.outcomes.reporting import views

urlpatterns = [
    path("outcome-reports/", views.reports, name="reports"),
    path("outcome-reports/released/", views.releases, name="releases"),
    path("outcome-reports/released/<uuid:key>/", views.released, name="released"),
    path(
        "outcome-reports/released/<uuid:key>/file/<slug:kind>/",
        views.released_file,
        name="released_file",
    ),
    path("outcome-reports/released/<uuid:key>/correct/", views.correct, name="correct"),
    path("outcome-reports/released/<uuid:key>/share/", views.share, name="share"),
    path(
        "outcome-reports/released/<uuid:key>/again/", views.run_again, name="run_again"
    ),
    path("outcome-reports/<slug:report>/", views.report, name="report"),
    path(
        "outcome-reports/<slug:report>/file/<slug:kind>/",
        views.report_file,
        name="report_file",
    ),
    path("outcome-reports/<slug:report>/release/", views.release, name="release"),
]
