"""What is kept about people, table by table: why, on which legal basis, how long.

Each room declares its tables (`<room>/declared.py`) and the site registers them. From
this the processing register, exports and retention are made; a house test refuses a
table about a person that nobody declared. The basis is what the house believes a
controller rests on; the controller checks it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information, Purpose


class Basis(models.TextChoices):
    """The legal bases that declarations rest on (GDPR, articles 6 and 9)."""

    PUBLIC_TASK = "public_task", _("a public task, article 6(1)(e)")
    CARE = "care", _("health and social care, articles 6(1)(e) and 9(2)(h)")
    CONSENT = "consent", _("consent, articles 6(1)(a) and 9(2)(a)")
    LEGAL_DUTY = "legal_duty", _("a legal duty, article 6(1)(c)")
    VITAL_INTEREST = (
        "vital_interest",
        _("vital interests, articles 6(1)(d) and 9(2)(c)"),
    )


class Whom(models.TextChoices):
    """The kinds of people whose data are kept."""

    APPLICANT = "applicant", _("applicants")
    STAFF = "staff", _("staff of the organisations")
    EMPLOYER_CONTACT = "employer_contact", _("contact persons of employers")


@dataclass(frozen=True, slots=True)
class Part:
    """One column that differs from its table; None means as the table."""

    information: Information | None = None
    purpose: Purpose | None = None
    basis: Basis | None = None
    retention: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What one table keeps about people.

    `words` name it for readers. `information` is the class where the model declares none
    itself. `retention` is a kind of rule in the country's pack. `technical` columns
    (keys, hashes, secrets) say nothing to a reader and leave the house in no export.
    `opened` tells of a row what a column cannot say by itself: encrypted or a bare key.
    """

    words: str | Promise
    purpose: Purpose = Purpose.IPS_SUPPORT
    basis: Basis = Basis.CARE
    retention: str = "record"
    whom: Whom = Whom.APPLICANT
    information: Information | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    technical: frozenset[str] = frozenset()
    opened: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Declared:
    """What holds for one column of one table."""

    column: str
    information: Information
    purpose: Purpose
    basis: Basis
    retention: str


_held: dict[str, Held] = {}


def register(tables: Mapping[str, Held]) -> None:
    """Take the declarations of a room; keys are labels such as `people.applicant`."""
    _held.update(tables)


def of(model: type[models.Model]) -> Held | None:
    """Return what is declared about a table, or None."""
    return _held.get(model._meta.label_lower)


def tables() -> Mapping[str, Held]:
    """Return all declarations by the label of their table."""
    return _held


def columns(model: type[models.Model]) -> tuple[Declared, ...]:
    """Return what holds for each column of a declared table that says something.

    Raises LookupError where nothing is declared, or a column has no class.
    """
    held = of(model)
    if held is None:
        raise LookupError(f"'{model._meta.label}' holds people and declares nothing.")
    return tuple(
        _column(model, held, one.name)
        for one in model._meta.concrete_fields
        if not one.primary_key and one.name not in held.technical
    )


def _column(model: type[models.Model], held: Held, name: str) -> Declared:
    part = held.parts.get(name, Part())
    own = getattr(model, "field_information", {}).get(name)
    information = part.information or own or held.information
    if information is None:
        information = _of_model(model)
    if information is None:
        raise LookupError(f"'{model._meta.label}.{name}' has no class of information.")
    return Declared(
        name,
        information,
        part.purpose or held.purpose,
        part.basis or held.basis,
        part.retention or held.retention,
    )


def _of_model(model: type[models.Model]) -> Information | None:
    found = getattr(model, "information", None)  # a column of that name is no class
    return found if isinstance(found, Information) else None
