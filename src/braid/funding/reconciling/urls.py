"""Address of what was claimed beside what was paid."""

from django.urls import path

from braid.funding.reconciling import views

urlpatterns = [
    path(
        "funding/agreements/<uuid:key>/reconciliation/",
        views.reconciliation,
        name="reconciliation",
    ),
]
