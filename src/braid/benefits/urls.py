"""Addresses of the benefits room."""

from django.urls import path

from braid.benefits.views import earnings, home, household, own, process, scenarios

app_name = "benefits"
_PERSON = "people/<uuid:applicant_id>/benefits/"
_SCENARIO = "benefits/scenarios/<uuid:key>/"
urlpatterns = [
    path("benefits/", home.home, name="home"),
    path("benefits/recall/", home.recall, name="recall"),
    path(_PERSON, process.person, name="person"),
    path(f"{_PERSON}offer/", process.offer, name="offer"),
    path(f"{_PERSON}new/", household.benefit_new, name="benefit_new"),
    path(f"{_PERSON}questions/new/", household.question_new, name="question_new"),
    path(f"{_PERSON}duties/new/", household.duty_new, name="duty_new"),
    path(f"{_PERSON}earnings/", earnings.earnings, name="earnings"),
    path(f"{_PERSON}earnings/month/", earnings.month, name="earnings_month"),
    path(f"{_PERSON}scenarios/new/", scenarios.new, name="scenario_new"),
    path("benefits/rounds/<uuid:key>/answer/", process.answer, name="answer"),
    path("benefits/rounds/<uuid:key>/book/", process.book, name="book"),
    path("benefits/rounds/<uuid:key>/done/", process.done, name="done"),
    path("benefits/held/<uuid:key>/", household.benefit_edit, name="benefit"),
    path(
        "benefits/questions/<uuid:key>/answer/",
        household.question_answer,
        name="question_answer",
    ),
    path("benefits/duties/<uuid:key>/done/", household.duty_done, name="duty_done"),
    path(_SCENARIO, scenarios.scenario_page, name="scenario"),
    path(f"{_SCENARIO}progress/", scenarios.progress, name="scenario_progress"),
    path(f"{_SCENARIO}print/", scenarios.print_page, name="scenario_print"),
    path(f"{_SCENARIO}pdf/", scenarios.pdf, name="scenario_pdf"),
    path(f"{_SCENARIO}duties/", scenarios.duties_told, name="duties_told"),
    path(f"{_SCENARIO}confirm/", scenarios.confirm, name="confirm"),
    path(f"{_SCENARIO}shown/", scenarios.shown, name="shown"),
    path(f"{_SCENARIO}discard/", scenarios.discard, name="discard"),
    path(f"{_SCENARIO}hand-over/", scenarios.hand_over, name="hand_over"),
    path("me/benefits/", own.own, name="own"),
]
