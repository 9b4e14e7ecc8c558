"""Addresses of the exchange room."""

from django.urls import path

from braid.exchange.calendar import views as calendar
from braid.exchange.views import blank, bringing, differing, figures, saving, steps

app_name = "exchange"
urlpatterns = [
    path("calendar/", calendar.listed, name="feeds"),
    path("calendar/new/", calendar.new, name="feed_new"),
    path("calendar/<uuid:key>/end/", calendar.end, name="feed_end"),
    path("calendar/<str:token>.ics", calendar.feed, name="feed"),
    path("imports/", bringing.imports, name="imports"),
    path("imports/new/", bringing.new, name="new"),
    path("imports/blank/", blank.blank, name="blank"),
    path("imports/<uuid:batch_id>/", bringing.batch, name="batch"),
    path("imports/<uuid:batch_id>/progress/", bringing.progress, name="progress"),
    path("imports/<uuid:batch_id>/restart/", bringing.restart, name="restart"),
    path("imports/<uuid:batch_id>/found/", steps.found, name="found"),
    path("imports/<uuid:batch_id>/found/<int:number>/", steps.table, name="table"),
    path("imports/<uuid:batch_id>/once/", steps.once, name="once"),
    path("imports/<uuid:batch_id>/questions/", steps.questions, name="questions"),
    path(
        "imports/<uuid:batch_id>/questions/<int:number>/",
        steps.question,
        name="question",
    ),
    path("imports/<uuid:batch_id>/preview/", steps.preview, name="preview"),
    path("imports/<uuid:batch_id>/changes/", differing.changes, name="changes"),
    path("imports/<uuid:batch_id>/figures/", figures.figures, name="figures"),
    path("imports/<uuid:batch_id>/commit/", saving.commit, name="commit"),
    path("imports/<uuid:batch_id>/result/", saving.result, name="result"),
    path("imports/<uuid:batch_id>/again/", saving.again, name="again"),
    path("imports/<uuid:batch_id>/undo/", saving.undo, name="undo"),
]
