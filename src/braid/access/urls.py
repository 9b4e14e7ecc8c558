"""Addresses of the access room; allauth's own pages stand under /account/."""

from django.urls import include, path

from braid.access import draft_views, views

app_name = "access"
urlpatterns = [
    path("start/", views.first_run, name="first_run"),
    path("invitation/<str:token>/", views.accept_invitation, name="accept_invitation"),
    path("no-role/", views.no_place, name="no_place"),
    path("nothing-yet/", views.no_page, name="no_page"),
    path("members/", views.members, name="members"),
    path("members/new/", views.member_new, name="member_new"),
    path("members/new-team/", views.team_new, name="team_new"),
    path("organisation/calendars/", views.calendar_initials, name="calendar_initials"),
    path("teams/<uuid:key>/enquiries/", views.team_enquiries, name="team_enquiries"),
    path("members/<uuid:key>/invite/", views.member_invite, name="member_invite"),
    path("members/<uuid:key>/end/", views.member_end, name="member_end"),
    path("appearance/", views.appearance, name="appearance"),
    path("place/<uuid:key>/", views.choose_place, name="choose_place"),
    path("drafts/", draft_views.keep, name="draft"),
    path("drafts/away/", draft_views.throw_away, name="draft_away"),
    path("", include("braid.access.sign_in.urls")),
]
