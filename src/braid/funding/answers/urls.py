"""Addresses of answers of funders that come as files."""

from django.urls import path

from braid.funding.answers import views

urlpatterns = [
    path("funding/agreements/<uuid:key>/answers/", views.answers, name="answers"),
    path(
        "funding/agreements/<uuid:key>/answers/take-in/",
        views.take_in,
        name="answers_take_in",
    ),
]
