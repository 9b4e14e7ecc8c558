"""Addresses of the report of a review."""

from django.urls import path

from braid.fidelity.report import views

urlpatterns = [
    path("fidelity-review/<uuid:key>/report/", views.report, name="report"),
    path(
        "fidelity-review/<uuid:key>/report.docx", views.report_word, name="report_word"
    ),
    path("fidelity-review/<uuid:key>/report.pdf", views.report_pdf, name="report_pdf"),
    path(
        "fidelity-review/<uuid:key>/report/<slug:part>/",
        views.report_passage,
        name="report_passage",
    ),
]
