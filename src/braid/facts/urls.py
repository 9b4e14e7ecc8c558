"""Addresses of the facts: snapshots, what changed between two, a unit's to take along."""

from django.urls import path

from braid.facts import views

app_name = "facts"
urlpatterns = [
    path("facts/", views.snapshots, name="snapshots"),
    path("facts/build/", views.build, name="build"),
    path("facts/build/<uuid:key>/", views.building, name="building"),
    path("facts/compare/", views.compare, name="compare"),
    path("facts/take-along/", views.take_along, name="take_along"),
    path("facts/take-along/<slug:unit>/<slug:form>/", views.download, name="download"),
    path("facts/<uuid:key>/", views.snapshot, name="snapshot"),
]
