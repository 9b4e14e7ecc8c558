"""The gallery alone."""

from django.urls import include, path

urlpatterns = [path("gallery/", include("braid.web.urls"))]
