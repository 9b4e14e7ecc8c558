"""Fields of records as an import tells them: their names, labels, words, and what they
are about."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.db import models
from django.utils.formats import number_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access.policy import Information
from braid.exchange import linked
from braid.web.templatetags.braid_web import day

PARTS: Mapping[str, tuple[str, Any]] = {
    "people.identifier": ("client_number", gettext_lazy("client number")),
    "people.caseloadspell": ("caseload", gettext_lazy("on the caseload")),
    "people.treatmentspell": ("treatment", gettext_lazy("treatment team")),
    "people.note": ("note", gettext_lazy("note")),
    "work.jobterms": ("terms", gettext_lazy("hours and pay")),
    "work.paidwork": ("paid_work", gettext_lazy("paid in all")),
}
"""Parts of a record: what their fields are called by in JSON, and by readers."""
SINGLE = frozenset(("people.identifier", "people.note"))
"""Parts of which one field alone is told."""
LABELS: Mapping[tuple[str, str], Any] = {
    ("people.episode", "state"): gettext_lazy("state"),
    ("people.caseloadspell", "specialist"): gettext_lazy("specialist"),
    ("people.caseloadspell", "ended_because"): gettext_lazy("why it ended"),
    ("people.treatmentspell", "team"): gettext_lazy("treatment team"),
    ("teamwork.attendance", "staff"): gettext_lazy("specialist"),
    ("teamwork.attendance", "team"): gettext_lazy("treatment team"),
    ("work.contact", "episode"): gettext_lazy("referral"),
    ("work.employercontact", "episode"): gettext_lazy("referral"),
    ("work.job", "episode"): gettext_lazy("referral"),
}
"""Labels of fields that no form shows under a name of its own."""
ABOUT_A_PERSON = frozenset(
    (Information.IDENTITY, Information.CONTACT_DETAILS, Information.CONVERSATION)
)


def field_name(of: str, name: str) -> str:
    """Return what JSON calls a field: its own name, after that of its part."""
    part = PARTS.get(of)
    if part is None:
        return name
    return part[0] if of in SINGLE else f"{part[0]}.{name}"


def field_label(of: str, name: str) -> str:
    """Return what readers call a field."""
    part = PARTS.get(of)
    if part is not None and of in SINGLE:
        return str(part[1])
    label = LABELS.get((of, name)) or linked.field(of, name).verbose_name
    if part is None or str(label) == str(part[1]):
        return str(label)
    return _("%(part)s: %(field)s") % {"part": part[1], "field": label}


@cache
def information(of: str, name: str) -> Information | None:
    """Return the class of information that a field is of."""
    told_of = linked.field(of, name).model
    classes: Mapping[str, Information] = getattr(told_of, "field_information", {})
    own: Information | None = getattr(told_of, "information", None)
    return classes.get(name, own)


@cache
def is_personal(of: str, name: str) -> bool:
    """Say whether a field tells who somebody is, or holds free words."""
    has_words = isinstance(linked.field(of, name), models.TextField)
    return has_words or information(of, name) in ABOUT_A_PERSON


def value_shown(of: str, name: str, value: Any) -> str | SafeString:
    """Return a value as readers see it: words for codes, days as <time>."""
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field = linked.field(of, name)
    if field.related_model is not None:
        return _of_record(field, str(value))
    if isinstance(field, models.DateField):
        return _day(str(value))
    if field.choices:
        words = dict(field.flatchoices)
        return str(words.get(value, value))
    if isinstance(field, models.DecimalField):
        return _number(str(value))
    return str(value)


def value_words(of: str, name: str, value: Any) -> str:
    """Return a value as it is printed: words for codes, days as YYYY-MM-DD."""
    field = linked.field(of, name)
    if value not in (None, "") and (
        isinstance(field, models.DateField) or field.related_model is not None
    ):
        return str(value)
    return str(value_shown(of, name, value))


def _of_record(field: Any, value: str) -> str | SafeString:
    """Return what a record is called; an episode is told by the day of its referral."""
    is_episode = field.related_model._meta.label_lower == linked.EPISODE
    return _day(value) if is_episode else value


def _day(value: str) -> str | SafeString:
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return conditional_escape(value)


def _number(value: str) -> str:
    try:
        return str(number_format(Decimal(value)))
    except InvalidOperation:
        return value
