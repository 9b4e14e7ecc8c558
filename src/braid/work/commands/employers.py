"""The employer directory: one entry an employer or branch, duplicates only by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.access.records import Record
from braid.kernel.errors import InputFault
from braid.method import identifiers
from braid.method.likeness import fold_employer
from braid.work.models import (
    Application,
    Appointment,
    DisclosureDecision,
    DistinctEmployers,
    Employer,
    EmployerContact,
    Job,
    Lead,
)

if TYPE_CHECKING:
    from braid.access.models import Team

# What names an employer, and moves when two entries become one.
NAMING_EMPLOYERS: tuple[type[Record], ...] = (
    EmployerContact,
    Job,
    Lead,
    Application,
    Appointment,
    DisclosureDecision,
)
DIRECTORY = "directory of the actor's own unit, checked by require"


def _known(unit: Team, name: str) -> Employer | None:
    same = Employer.objects.filter(
        unit=unit, folded_name=fold_employer(name), merged_into__isnull=True
    )
    found: Employer | None = same.system(DIRECTORY).order_by("created_at").first()
    return found


@transaction.atomic
def employer_named(*, actor: Actor, unit: Team, name: str, city: str = "") -> Employer:
    """Return the unit's employer of exactly this name, or make it.

    Names that differ in case, accents or legal form are the same; likeness beyond that
    is proposed on the employers' page and decided by a person.
    """
    require(actor, Action.KEEP_EMPLOYERS, unit.subject())
    found = _known(unit, name)
    if found is not None:
        return found
    employer = Employer.objects.create(
        unit=unit,
        name=name.strip(),
        folded_name=fold_employer(name),
        city=city,
        created_by_id=actor.id,
    )
    audit.record(actor, "employer_added", employer)
    return employer


@transaction.atomic
def add_employer(*, actor: Actor, unit: Team, name: str, **values: Any) -> Employer:
    """Add an employer with what is known of it. Raises Refused or InputFault."""
    if _known(unit, name) is not None:
        raise InputFault(
            _("An employer of this name is in the directory already. Open that entry."),
            field="name",
        )
    employer = employer_named(actor=actor, unit=unit, name=name)
    change_employer(
        actor=actor,
        employer=employer,
        row_version=employer.row_version,
        name=name,
        **values,
    )
    return employer


def change_employer(
    *, actor: Actor, employer: Employer, row_version: int, **values: Any
) -> bool:
    """Change an employer's entry. Raises Refused, Stale, or InputFault."""
    require(actor, Action.KEEP_EMPLOYERS, employer.subject())
    number = values.get("register_number")
    if number:
        values["register_number"] = _register_number(values["register_system"], number)
    if "name" in values:
        values["folded_name"] = fold_employer(values["name"])
    parent = values.get("parent")
    if parent is not None and (parent.pk == employer.pk or parent.parent_id):
        raise InputFault(
            _(
                "A branch belongs to an employer that is no branch itself. Choose another."
            ),
            field="parent",
        )
    return edit(
        actor,
        employer,
        action="employer_changed",
        expected_version=row_version,
        **values,
    )


def _register_number(system: str, number: str) -> str:
    checked = identifiers.check(system, number)
    if checked.state == "impossible":
        raise InputFault(
            _("This register number cannot exist. Check it against the register."),
            field="register_number",
        )
    return checked.normalised


@transaction.atomic
def merge_employers(*, actor: Actor, keep: Employer, duplicate: Employer) -> None:
    """Move everything of `duplicate` to `keep`; the duplicate stays as a pointer."""
    require(actor, Action.KEEP_EMPLOYERS, keep.subject())
    require(actor, Action.KEEP_EMPLOYERS, duplicate.subject())
    if keep.pk == duplicate.pk or keep.unit_id != duplicate.unit_id:
        raise InputFault(_("Two different employers of one unit can be merged."))
    for model in NAMING_EMPLOYERS:
        rows: Any = model._default_manager
        for row in rows.filter(employer=duplicate).system(DIRECTORY):
            edit(actor, row, action="employer_merged", employer=keep)
    # A branch has no branches: what hung below both hangs below the head.
    head = keep.parent if keep.parent_id not in (None, duplicate.pk) else keep
    for branch in Employer.objects.filter(parent=duplicate).system(DIRECTORY):
        parent = None if branch.pk == keep.pk else head
        edit(actor, branch, action="employer_merged", parent=parent)
    edit(actor, duplicate, action="employer_merged", merged_into=keep)


@transaction.atomic
def keep_apart(*, actor: Actor, first: Employer, second: Employer) -> None:
    """Remember that two like employers are two; they are not proposed again."""
    require(actor, Action.KEEP_EMPLOYERS, first.subject())
    one, two = sorted((first, second), key=lambda employer: str(employer.pk))
    _pair, created = DistinctEmployers.objects.system(DIRECTORY).get_or_create(
        unit_id=first.unit_id,
        first=one,
        second=two,
        defaults={"created_by_id": actor.id},
    )
    if created:
        audit.record(actor, "employers_kept_apart", first)
