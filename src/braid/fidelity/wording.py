"""Sentences that several pages of the room share."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


def any_of(names: Iterable[str]) -> str:
    """Return names with "or" before the last; nothing for none."""
    *first, last = list(names) or [""]
    if not first:
        return last
    return _("%(names)s or %(last)s") % {"names": ", ".join(first), "last": last}
