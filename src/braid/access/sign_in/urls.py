"""Addresses of signing in, beside those of allauth."""

from django.urls import path

from braid.access.sign_in import views

urlpatterns = [
    path("sign-in/<slug:slug>/", views.sign_in_with, name="sign_in_with"),
    path("sign-in/<slug:slug>/answer/", views.sign_in_answer, name="sign_in_answer"),
    path("sign-in/<slug:slug>/again/", views.sign_in_again, name="sign_in_again"),
    path("sign-in/<slug:slug>/connect/", views.connect, name="sign_in_connect"),
    path(
        "sign-in/<slug:slug>/disconnect/",
        views.disconnect,
        name="sign_in_disconnect",
    ),
    path("security/", views.security, name="security"),
    path("security/sessions/<int:key>/end/", views.session_end, name="session_end"),
    path("purpose/<slug:purpose>/", views.choose_purpose, name="choose_purpose"),
    path(
        "members/<uuid:key>/lost-phone/",
        views.factors_take_away,
        name="factors_take_away",
    ),
    path("access/sign-in/", views.provider_list, name="providers"),
    path("access/sign-in/new/", views.provider_new, name="provider_new"),
    path("access/sign-in/<uuid:key>/", views.provider_edit, name="provider_edit"),
]
