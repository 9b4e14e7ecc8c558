"""Saving a rating from its form: what stands in the way is told beside what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from braid.fidelity.choices import RatingStatus
from braid.fidelity.commands.rating import Said
from braid.fidelity.rating.forms import RatingForm
from braid.kernel.errors import Change, InputFault, Stale

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from braid.fidelity.models import Rating

SCORE = ("score", "status")
NO_CHANGES: tuple[Change, ...] = ()
Save = Callable[[Said, str], object]


def save(
    form: RatingForm, write: Save, last: Callable[[], Rating | None]
) -> tuple[bool, tuple[Change, ...]]:
    """Write what a form says; return whether it was, and who changed what meanwhile.

    Where somebody was faster nothing is written: the page shows both, and the form, sent
    again, lets what was typed stand. `last` reads the version that stands by then.
    """
    if not form.is_valid():
        return False, NO_CHANGES
    said = form.said
    try:
        write(said, form.cleaned_data["shown"])
    except InputFault as fault:
        field = "rating" if fault.field in SCORE else fault.field
        form.add_error(field if field in form.fields else None, str(fault))
    except Stale as stale:
        form.add_error(
            None,
            _(
                "Somebody saved this item while you were typing, perhaps you in another "
                "window. Both versions are below; save again to let yours stand."
            ),
        )
        form.show_again(last())
        return False, tuple(_in_words(form, one) for one in stale.changes)
    else:
        return True, NO_CHANGES
    return False, NO_CHANGES


def _in_words(form: RatingForm, change: Change) -> Change:
    """Return a change as the form words it."""
    if change.field in SCORE:
        return replace(
            change,
            field=str(form.fields["rating"].label),
            old=_status(change.old),
            new=_status(change.new),
        )
    label: StrOrPromise = form.fields[change.field].label or ""
    return replace(change, field=str(label))


def _status(value: str) -> str:
    known = {str(one.value): str(one.label) for one in RatingStatus}
    return known.get(value, value)
