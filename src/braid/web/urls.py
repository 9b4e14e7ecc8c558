"""The gallery of components, for those who build pages."""

from django.urls import path

from braid.web.gallery import views

app_name = "web"

urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("timeline/", views.timeline, name="gallery-timeline"),
    path("form/", views.form, name="gallery-form"),
    path("confirm/", views.confirm, name="gallery-confirm"),
    path("message/", views.message, name="gallery-message"),
    path("progress/", views.progress, name="gallery-progress"),
    path("error/<slug:name>/", views.error, name="gallery-error"),
    path("empty/", views.empty, name="gallery-empty"),
]
