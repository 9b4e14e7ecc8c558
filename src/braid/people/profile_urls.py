"""Addresses of the career profile: each page for the unit, and in the own account."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, path

from braid.people import profile_views as views

PAGES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("", "profile", views.overview),
    ("right/", "profile_right", views.right),
    ("update/", "profile_update", views.update),
    ("history/", "profile_history", views.history),
    ("print/", "profile_print", views.on_paper),
    ("jobs/new/", "past_job_new", views.past_job_new),
    ("jobs/<uuid:key>/", "past_job", views.past_job),
    ("jobs/<uuid:key>/remove/", "past_job_remove", views.past_job_remove),
    ("<slug:section>/", "profile_section", views.section),
)


def _addresses() -> Iterator[URLPattern]:
    for address, name, view in PAGES:
        unit = f"people/<uuid:applicant_id>/profile/{address}"
        yield path(unit, view, name=name)
        yield path(f"me/profile/{address}", view, name=f"own_{name}")


urlpatterns = list(_addresses())
