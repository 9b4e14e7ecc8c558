"""Addresses of the outcomes room."""

from django.urls import include, path

from braid.outcomes import adjusting_views, comparing_views, quarter_views, views

app_name = "outcomes"
urlpatterns = [
    path("", include("braid.outcomes.reporting.urls")),
    path("outcomes/", views.home, name="home"),
    path("outcome-quarters/<slug:unit>/", quarter_views.quarter_list, name="quarters"),
    path(
        "outcome-quarters/<slug:unit>/<slug:quarter>/",
        quarter_views.quarter,
        name="quarter",
    ),
    path("outcome-notes/<uuid:key>/", views.note, name="note"),
    path("outcome-notes/<uuid:key>/away/", views.note_remove, name="note_remove"),
    path("outcomes/<slug:scope>/", views.outcomes, name="outcomes"),
    path("outcomes/<slug:scope>/equity/", views.equity, name="equity"),
    path("outcomes/<slug:scope>/compare/", comparing_views.compare, name="compare"),
    path(
        "outcomes/<slug:scope>/compare/adjusted/",
        adjusting_views.adjusted_sides,
        name="adjusted",
    ),
    path("outcomes/<slug:scope>/notes/new/", views.note_new, name="note_new"),
    path("outcomes/<slug:scope>/<slug:chart>/rows/", views.rows, name="rows"),
    path(
        "outcomes/<slug:scope>/<slug:chart>/file/<slug:kind>/", views.file, name="file"
    ),
]
