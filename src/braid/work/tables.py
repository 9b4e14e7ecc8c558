"""Lists of employers and jobs."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from braid.web.templatetags import braid_web
from braid.work import presenters


class DayColumn(tables.Column):
    """A day, written as elsewhere."""

    def render(self, value: object) -> str:
        return braid_web.day(value)  # type: ignore[arg-type]


VISITS = {1: _("introduced"), 2: _("learned"), 3: _("match presented")}


class EmployerTable(tables.Table):
    """The directory."""

    name = tables.Column(linkify=True, verbose_name=_("Employer"))
    city = tables.Column(verbose_name=_("Town"), default="")
    steps_taken = tables.Column(verbose_name=_("Visit reached"), empty_values=())
    contacts_made = tables.Column(verbose_name=_("Contacts"))
    last_contact_on = DayColumn(verbose_name=_("Last contact"), default=_("none yet"))
    last_visit_on = DayColumn(verbose_name=_("Last met"), default=_("never"))

    class Meta:
        attrs = {"caption": _("Employers")}
        order_by = "name"

    def render_steps_taken(self, value: int | None) -> str:
        return str(VISITS[value]) if value else ""


class JobTable(tables.Table):
    """Jobs and placements."""

    person = tables.Column(
        accessor="episode__applicant",
        verbose_name=_("Person"),
        linkify=True,
        order_by=("episode__applicant__given_name", "episode__applicant__family_name"),
    )
    employer = tables.Column(verbose_name=_("Employer"), default=_("not named"))
    job = tables.Column(
        accessor="title", verbose_name=_("Job"), linkify=True, empty_values=()
    )
    kind = tables.Column(accessor="placement", verbose_name=_("Kind"), empty_values=())
    first_day = DayColumn(verbose_name=_("First day"))
    last_day = DayColumn(verbose_name=_("Last day"), default=_("goes on"))
    hours = tables.Column(
        accessor="pk", verbose_name=_("Terms"), orderable=False, empty_values=()
    )

    class Meta:
        attrs = {"caption": _("Jobs")}
        order_by = "-first_day"

    def render_job(self, record: Any) -> str:
        return str(record.title or _("title not known"))

    def render_kind(self, record: Any) -> str:
        return str(record.get_placement_display() or _("not known yet"))

    def render_hours(self, record: Any) -> str:
        terms = list(record.terms.all())
        return presenters.terms_line(terms[-1]) if terms else ""


class ApplicationTable(tables.Table):
    """Applications of the unit's applicants."""

    person = tables.Column(
        accessor="episode__applicant",
        verbose_name=_("Person"),
        linkify=True,
        order_by=("episode__applicant__given_name", "episode__applicant__family_name"),
    )
    employer = tables.Column(verbose_name=_("Employer"), default=_("not named"))
    title = tables.Column(
        verbose_name=_("Job"),
        linkify=lambda record: reverse("work:application_edit", args=[record.pk]),
        empty_values=(),
    )
    day = DayColumn(verbose_name=_("Sent"))
    result = tables.Column(verbose_name=_("How it stands"))
    interview_on = DayColumn(
        verbose_name=_("Interview"),
        default="",
        attrs={"td": {"class": lambda record: "" if record.interview_on else "nil"}},
    )

    class Meta:
        attrs = {"caption": _("Applications")}
        order_by = "-day"

    def render_title(self, record: Any) -> str:
        return str(record.title or _("title not known"))
