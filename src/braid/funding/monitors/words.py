"""What the keys and values are called by which watched figures are told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from braid.funding.choices import Reason
from braid.people.choices import Characteristics, Gender, RefusalReason

KEYS: Mapping[str, Callable[[], str]] = {
    "gender": lambda: _("Gender"),
    "age_band": lambda: _("Age"),
    "milestone": lambda: _("Milestone"),
    "threshold": lambda: _("Hours a week"),
    "reason": lambda: _("Reason"),
    **{
        value: (lambda label=label: str(label).capitalize())  # type: ignore[misc]
        for value, label in Characteristics.choices
    },
}
"""What each key is called."""
AGES: Mapping[str, Callable[[], str]] = {
    "under_25": lambda: _("under 25"),
    "25_34": lambda: _("25 to 34"),
    "35_44": lambda: _("35 to 44"),
    "45_54": lambda: _("45 to 54"),
    "55_and_over": lambda: _("55 and over"),
}
LABELS: Mapping[str, Mapping[str, object]] = {
    "gender": dict(Gender.choices),
    "reason": {**dict(RefusalReason.choices), **dict(Reason.choices)},
}


def key_name(key: str) -> str:
    """Return what a key is called."""
    return KEYS[key]() if key in KEYS else key.replace("_", " ")


def value_name(key: str, value: str) -> str:
    """Return what a value of a key is called; nobody knows an empty one."""
    if not value:
        return _("not known")
    if key == "age_band" and value in AGES:
        return AGES[value]()
    if key == "threshold":
        return _("at %(hours)s hours") % {"hours": value}
    return str(LABELS.get(key, {}).get(value, value.replace("_", " ")))


def place_of(key: str, value: str) -> tuple[int, str]:
    """Return where a value stands among those of its key; what nobody knows is last."""
    if not value:
        return 1000, ""
    if key == "age_band" and value in AGES:
        return list(AGES).index(value), ""
    return (int(value), "") if value.isdigit() else (0, value_name(key, value))
