"""Addresses of the pages people live in."""

from django.urls import path

from braid.desk import (
    beside,
    blocks,
    documents,
    figures,
    log,
    searching,
    together,
    views,
    words,
)
from braid.desk.emergency import views as emergency
from braid.desk.gatherings.urls import urlpatterns as gatherings
from braid.desk.handing_over import views as handing_over
from braid.desk.job_centre import views as job_centre
from braid.desk.meeting import acts as meeting_acts
from braid.desk.meeting import corridor as meeting_corridor
from braid.desk.meeting import papers as meeting_papers
from braid.desk.meeting import views as meeting
from braid.desk.own import blocks as own_blocks
from braid.desk.own import consents as own_consents
from braid.desk.own import disclosure as own_disclosure
from braid.desk.own import documents as own_documents
from braid.desk.own import export as own_export
from braid.desk.own import inviting as own_inviting
from braid.desk.own import plans as own_plans
from braid.desk.own import views as own
from braid.desk.own import welcome
from braid.desk.own.who_sees import own_who_sees
from braid.desk.papers import views as papers
from braid.desk.shared import people as shared
from braid.desk.shared import who_sees as who
from braid.desk.sharing import views as sharing
from braid.desk.stewardship import duties, glasses, policy, requests, review, set_asides
from braid.desk.stewardship import home as stewardship
from braid.desk.todo import views as todo

app_name = "desk"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/figures/", views.own_figures, name="own_figures"),
    path("today/week/", figures.own_week, name="own_week"),
    path("todo/", todo.listed, name="todo"),
    path("todo/new/", todo.task_new, name="task_new"),
    path("todo/put-off/", todo.put_off, name="put_off"),
    path("todo/put-off/<uuid:key>/back/", todo.take_up_again, name="take_up_again"),
    path("todo/<uuid:key>/", todo.task, name="task"),
    path("todo/<uuid:key>/done/", todo.task_done, name="task_done"),
    path(
        "todo/steps/<uuid:episode_id>/<uuid:key>/done/",
        todo.step_done,
        name="todo_step",
    ),
    path("caseload/", views.caseload, name="caseload"),
    path("search/", views.search, name="search"),
    path("unit/", views.unit, name="unit"),
    path("unit/figures/", figures.unit_figures, name="unit_figures"),
    path("shared/", shared.listed, name="shared"),
    path("job-centre/", job_centre.listed, name="job_centre"),
    path(
        "job-centre/<uuid:applicant_id>/",
        job_centre.person,
        name="job_centre_person",
    ),
    path("words/", words.listed, name="words"),
    path("people/<uuid:applicant_id>/", views.person, name="person"),
    path("people/<uuid:applicant_id>/who-sees/", who.who_sees, name="who_sees"),
    path(
        "people/<uuid:applicant_id>/audience/<slug:information>/",
        who.audience,
        name="audience",
    ),
    path("me/who-sees/", own_who_sees, name="own_who_sees"),
    path("log/audience/", who.log_audience, name="log_audience"),
    path("access/policy/", policy.policy, name="policy"),
    path(
        "people/<uuid:applicant_id>/together/", together.person, name="person_together"
    ),
    path("today/together/", together.day, name="day_together"),
    path("me/questions/", together.own_questions, name="own_questions"),
    path("people/<uuid:applicant_id>/timeline/", views.timeline, name="timeline"),
    path(
        "people/<uuid:applicant_id>/search/",
        searching.searching,
        name="person_search",
    ),
    path(
        "people/<uuid:applicant_id>/documents/", documents.documents, name="documents"
    ),
    path(
        "people/<uuid:applicant_id>/documents/audience/",
        who.document_audience,
        name="document_audience",
    ),
    path("people/<uuid:applicant_id>/papers/", papers.papers, name="papers"),
    path("people/<uuid:applicant_id>/papers/<slug:name>/", papers.paper, name="paper"),
    path("documents/<uuid:key>/", documents.document, name="document"),
    path("documents/<uuid:key>/back/", documents.take_back, name="document_back"),
    path("me/documents/", own_documents.own_documents, name="own_documents"),
    path("contacts/<uuid:key>/", log.edit_contact, name="contact"),
    path("people/<uuid:applicant_id>/blocks/", blocks.of_person, name="blocks"),
    path("blocks/<uuid:key>/lift/", blocks.lift, name="block_lift"),
    path("blocks/<uuid:key>/set-aside/", blocks.set_aside, name="set_aside"),
    path(
        "blocks/<uuid:key>/set-aside/<uuid:asked_id>/agree/",
        blocks.agree,
        name="set_aside_agree",
    ),
    path("me/blocks/", own_blocks.own_blocks, name="own_blocks"),
    # What is shared by consent, for staff and in the own account.
    path("people/<uuid:applicant_id>/sharing/", sharing.sharing, name="sharing"),
    path("people/<uuid:applicant_id>/sharing/give/", sharing.give, name="sharing_give"),
    path("sharing/<uuid:entry_id>/", sharing.entry, name="sharing_entry"),
    path("sharing/<uuid:entry_id>/until/", sharing.until, name="sharing_until"),
    path(
        "sharing/<uuid:entry_id>/take-back/",
        sharing.take_back,
        name="sharing_take_back",
    ),
    path("me/consents/", own_consents.consents, name="own_consents"),
    path("me/consents/give/", own_consents.give, name="own_consent_give"),
    path("me/consents/<uuid:entry_id>/", own_consents.entry, name="own_consent"),
    path(
        "me/consents/<uuid:entry_id>/until/",
        own_consents.until,
        name="own_consent_until",
    ),
    path(
        "me/consents/<uuid:entry_id>/withdraw/",
        own_consents.withdraw,
        name="own_consent_withdraw",
    ),
    path(
        "me/consents/<uuid:entry_id>/answer/",
        own_consents.answer,
        name="own_consent_answer",
    ),
    path("emergency/", emergency.emergency, name="glass"),
    path("emergency/<uuid:key>/close/", emergency.close, name="glass_close"),
    path("access/", stewardship.home, name="stewardship"),
    path("access/emergencies/", glasses.glasses, name="glasses"),
    path("access/emergencies/<uuid:key>/", glasses.review, name="glass_review"),
    path("access/requests/", requests.listed, name="requests"),
    path("access/requests/<uuid:key>/", requests.one, name="request"),
    path("access/requests/<uuid:key>/copy/", requests.copy, name="request_copy"),
    path("access/requests/<uuid:key>/erase/", requests.erase, name="request_erase"),
    path("access/requests/<uuid:key>/lift/", requests.lift, name="request_lift"),
    path(
        "access/requests/<uuid:key>/close/", requests.restrict, name="request_restrict"
    ),
    path("access/retention/", duties.kept, name="retention"),
    path("access/register/", duties.register, name="register"),
    path("access/breach/", duties.breach_report, name="breach"),
    path("access/review/", review.review, name="review"),
    path("access/review/look/", review.look, name="review_look"),
    path("access/review/sign-off/", review.sign_off, name="review_sign_off"),
    path("access/review/<uuid:key>/", review.finding, name="finding"),
    path("access/review/<uuid:key>/ask/", review.ask, name="finding_ask"),
    path("asked/<uuid:key>/", review.answer, name="finding_answer"),
    path("access/blocks/", set_asides.set_asides, name="set_asides"),
    path("episodes/<uuid:episode_id>/exit/", handing_over.end, name="end"),
    path(
        "episodes/<uuid:episode_id>/hand-over/",
        handing_over.hand_over,
        name="hand_over",
    ),
    path(
        "people/<uuid:applicant_id>/handover/", handing_over.handover, name="handover"
    ),
    path("specialists/<uuid:key>/hand-over/", handing_over.leaving, name="leaving"),
    path("log/contact/", log.contact, name="log_contact"),
    path("log/employer/", log.employer, name="log_employer"),
    path("log/employer/beside/", beside.log_beside, name="log_beside"),
    path("log/employer/<uuid:key>/fit/", beside.log_fit, name="log_fit"),
    path("log/job-start/", log.job_start, name="log_job_start"),
    path("log/job-end/", log.job_end, name="log_job_end"),
    path("log/note/", log.note, name="log_note"),
    path("log/undo/<slug:kind>/<uuid:key>/", log.take_back, name="take_back"),
    # Treatment-team meetings.
    path("teams/<uuid:team_id>/meetings/", meeting.team, name="team_meetings"),
    path(
        "teams/<uuid:team_id>/meetings/<uuid:unit_id>/new/",
        meeting.prepare,
        name="team_meeting_new",
    ),
    path("meetings/<uuid:key>/", meeting.meeting, name="team_meeting"),
    path("meetings/<uuid:key>/news/", meeting.news, name="team_meeting_news"),
    path("meetings/<uuid:key>/when/", meeting.details, name="team_meeting_details"),
    path("meetings/<uuid:key>/decide/", meeting.decide, name="team_meeting_decide"),
    path("meetings/<uuid:key>/paper/", meeting_papers.paper, name="team_meeting_paper"),
    path("meetings/<uuid:key>/text/", meeting_papers.text, name="team_meeting_text"),
    path("meetings/<uuid:key>/state/", meeting_acts.state, name="team_meeting_state"),
    path("meetings/<uuid:key>/seats/", meeting_acts.seat, name="team_meeting_seat"),
    path("meetings/<uuid:key>/notes/", meeting_acts.note, name="team_meeting_note"),
    path(
        "meetings/<uuid:key>/lines/<uuid:episode_id>/",
        meeting_acts.line,
        name="team_meeting_line",
    ),
    path(
        "meetings/<uuid:key>/lines/<uuid:episode_id>/talked/",
        meeting_acts.talked,
        name="team_meeting_talked",
    ),
    path(
        "meetings/<uuid:key>/lines/<uuid:episode_id>/recorded/",
        meeting_acts.recorded,
        name="team_meeting_recorded",
    ),
    path(
        "meetings/<uuid:key>/plans/<uuid:plan_id>/seen/",
        meeting_acts.plan_seen,
        name="team_meeting_plan_seen",
    ),
    path(
        "meetings/<uuid:key>/not-yet/",
        meeting_acts.add_not_yet,
        name="team_meeting_not_yet",
    ),
    path("not-yet/<uuid:key>/again/", meeting_acts.ask_again, name="not_yet_again"),
    path("not-yet/<uuid:key>/outcome/", meeting_acts.settle, name="not_yet_outcome"),
    path("decisions/<uuid:key>/done/", meeting_acts.decided, name="decision_done"),
    path(
        "people/<uuid:applicant_id>/corridor/",
        meeting_corridor.corridor,
        name="corridor",
    ),
    # The applicant's own pages, and the way to them.
    path("people/<uuid:applicant_id>/account/", own_inviting.invite, name="invite"),
    path(
        "people/<uuid:applicant_id>/account/end/", own_inviting.end, name="account_end"
    ),
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/account/", welcome.account, name="welcome_account"),
    path("welcome/goodbye/", welcome.ended, name="own_ended"),
    path("welcome/<str:code>/", welcome.welcome, name="welcome_link"),
    path("me/", own.home, name="own_home"),
    path("me/plan/", own_plans.search_plan, name="own_search_plan"),
    path("me/plan/words/", own.plan, name="own_plan"),
    path("me/plan/<uuid:key>/agree/", own_plans.plan_agree, name="own_plan_agree"),
    path("me/plan/steps/<uuid:key>/done/", own_plans.step_done, name="own_step_done"),
    path("me/disclosure/", own_disclosure.disclosure, name="own_disclosure"),
    path("me/disclosure/new/", own_disclosure.decide, name="own_disclosure_new"),
    path(
        "me/disclosure/<uuid:key>/agree/",
        own_disclosure.agree,
        name="own_disclosure_agree",
    ),
    path(
        "me/disclosure/<uuid:key>/back/",
        own_disclosure.take_back,
        name="own_disclosure_back",
    ),
    path("me/how/", own.how, name="own_how"),
    path("me/how/<uuid:key>/back/", own.how_back, name="own_how_back"),
    path("me/new/<uuid:key>/seen/", own.notice_seen, name="own_notice_seen"),
    path("me/people/", own.around, name="own_people"),
    path("me/jobs/", own.jobs, name="own_jobs"),
    path("me/data/", own.data, name="own_data"),
    path("me/looked/", own.looked, name="own_looked"),
    path("me/export/", own_export.own_export, name="own_export"),
    path("me/requests/", own.ask, name="own_requests"),
    path("me/end/", own.end, name="own_end"),
    # Meetings of every other kind.
    *gatherings,
]
