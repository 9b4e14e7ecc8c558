"""Addresses of the meetings that are not of a treatment team."""

from django.urls import path

from braid.desk.gatherings import acts, groups, matters, views

ONE = "meetings/at/<uuid:key>/"

urlpatterns = [
    path("meetings/", views.listed, name="gatherings"),
    path("meetings/new/<slug:kind>/", views.new, name="gathering_new"),
    path("meetings/agenda/new/", matters.new, name="matter_new"),
    path("meetings/covers/new/", matters.cover_new, name="cover_new"),
    path("meetings/covers/<uuid:key>/back/", matters.cover_back, name="cover_back"),
    path(
        "meetings/decisions/<uuid:key>/seen/", matters.seen, name="unit_decision_seen"
    ),
    path("meetings/groups/new/", groups.new, name="group_new"),
    path("meetings/groups/<uuid:key>/", groups.one, name="group"),
    path("meetings/groups/<uuid:key>/name/", groups.rename, name="group_rename"),
    path("meetings/groups/<uuid:key>/end/", groups.end, name="group_end"),
    path(
        "meetings/groups/<uuid:key>/members/new/",
        groups.member_new,
        name="group_member_new",
    ),
    path(
        "meetings/groups/<uuid:key>/members/<uuid:member_id>/end/",
        groups.member_end,
        name="group_member_end",
    ),
    path(ONE, views.one, name="gathering"),
    path(f"{ONE}edit/", views.edit, name="gathering_edit"),
    path(f"{ONE}seats/", acts.seat, name="gathering_seat"),
    path(f"{ONE}guests/new/", acts.guest, name="gathering_guest"),
    path(
        f"{ONE}guests/<uuid:guest_id>/back/",
        acts.guest_back,
        name="gathering_guest_back",
    ),
    path(f"{ONE}people/new/", acts.person_new, name="gathering_person_new"),
    path(f"{ONE}people/<uuid:episode_id>/", acts.person, name="gathering_person"),
    path(f"{ONE}agenda/new/", matters.of_meeting, name="gathering_matter_new"),
    path(f"{ONE}agenda/<uuid:matter_id>/", matters.take_up, name="gathering_matter"),
    path(f"{ONE}decisions/new/", acts.decision_new, name="gathering_decision_new"),
    path(
        f"{ONE}decisions/<uuid:decision_id>/", acts.decision, name="gathering_decision"
    ),
    path(
        f"{ONE}decisions/<uuid:decision_id>/done/",
        acts.decision_done,
        name="gathering_decision_done",
    ),
    path(f"{ONE}notes/new/", acts.note_new, name="gathering_note_new"),
    path(
        f"{ONE}notes/<uuid:note_id>/back/", acts.note_back, name="gathering_note_back"
    ),
    path(f"{ONE}figures/", acts.figures, name="gathering_figures"),
    path(f"{ONE}observation/", acts.observation, name="gathering_observation"),
    path(f"{ONE}close/", acts.close, name="gathering_close"),
    path(f"{ONE}open/", acts.reopen, name="gathering_reopen"),
    path(f"{ONE}call-off/", acts.call_off, name="gathering_call_off"),
]
