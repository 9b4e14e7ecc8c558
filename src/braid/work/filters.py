"""Filters of the list of jobs; they run after the policy's scope."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from braid.web.forms import LaidOut
from braid.work.choices import Placement

NOT_KNOWN = "unknown"


class FilterForm(LaidOut, forms.Form):
    """The form of a filter, laid out like every other."""


class JobFilter(django_filters.FilterSet):
    """Jobs by whether they go on, and by kind."""

    going = django_filters.ChoiceFilter(
        label=_("Which"),
        choices=[
            ("now", _("going on now")),
            ("ended", _("ended")),
            ("open", _("to be completed")),
        ],
        method="by_going",
        empty_label=_("all jobs"),
    )
    placement = django_filters.ChoiceFilter(
        label=_("Kind"),
        choices=[*Placement.choices, (NOT_KNOWN, _("not known yet"))],
        method="by_placement",
        empty_label=_("all kinds"),
    )

    class Meta:
        form = FilterForm

    def by_going(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today: date = timezone.localdate()
        running = Q(last_day__isnull=True) | Q(last_day__gte=today)
        match value:
            case "now":
                return rows.filter(running, first_day__lte=today)
            case "ended":
                return rows.filter(last_day__lt=today)
            case _:
                return rows.filter(placement="")

    def by_placement(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(placement="" if value == NOT_KNOWN else value)
