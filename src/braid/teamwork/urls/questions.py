"""Addresses of questions between the sides."""

from django.urls import path

from braid.teamwork.views import answering, questions

urlpatterns = [
    path("questions/", questions.listed, name="questions"),
    path("questions/new/", questions.new, name="question_new"),
    path("questions/bounds/", questions.bounds_part, name="question_bounds"),
    path("questions/<uuid:key>/", questions.question, name="question"),
    path("questions/<uuid:key>/give/", questions.give, name="question_give"),
    path("questions/<uuid:key>/link/", questions.link, name="question_link"),
    path("questions/<uuid:key>/remind/", questions.remind, name="question_remind"),
    path(
        "questions/<uuid:key>/take-back/",
        questions.take_back,
        name="question_take_back",
    ),
    path("answer/<str:code>/", answering.answer_link, name="answer_link"),
]
