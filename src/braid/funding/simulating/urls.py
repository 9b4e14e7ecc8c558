"""Addresses of a proposed contract over past facts."""

from django.urls import path

from braid.funding.simulating import views

urlpatterns = [
    path("funding/simulation/", views.home, name="simulations"),
    path("funding/simulation/<slug:unit>/", views.unit, name="simulation"),
]
