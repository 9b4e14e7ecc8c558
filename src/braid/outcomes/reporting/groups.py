"""What the groups of figures are called."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from braid.people.choices import Gender

NAMES: Mapping[str, Callable[[], str]] = {
    "under_25": lambda: _("under 25"),
    "25_34": lambda: _("25 to 34"),
    "35_44": lambda: _("35 to 44"),
    "45_54": lambda: _("45 to 54"),
    "55_and_over": lambda: _("55 and over"),
}


def group_text(value: str | None) -> str:
    """Return the name of a group; of one that a pack or a service named, its own word."""
    if value is None:
        return _("not known")
    if value in NAMES:
        return NAMES[value]()
    if value in Gender.values:
        return str(Gender(value).label)
    return value.replace("_", " ")
