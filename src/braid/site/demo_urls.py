"""Addresses of the demo."""

from django.urls import path

from braid.site.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.cards, name="cards"),
    path("demo/<str:key>/", views.enter, name="enter"),
]
