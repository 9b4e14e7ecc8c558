"""Addresses of who pays what from when to when, and where two would pay for one thing."""

from django.urls import path

from braid.funding.ledger import matching_views, views

urlpatterns = [
    path("funding/ledger/", views.ledger, name="ledger"),
    path("funding/doubles/", views.doubles, name="doubles"),
    path("funding/doubles/matching/", matching_views.matching, name="matching"),
    path("funding/doubles/<uuid:key>/", views.double, name="double"),
    path(
        "funding/agreements/<uuid:key>/paid-elsewhere/",
        views.paid_elsewhere,
        name="paid_elsewhere",
    ),
    path(
        "funding/agreements/<uuid:key>/paid-elsewhere/new/",
        views.paid_elsewhere_new,
        name="paid_elsewhere_new",
    ),
]
