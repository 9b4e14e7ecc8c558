"""The choices of a page: which period, which people inside a unit, which unit of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from babel import Locale
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from braid.access.choices import TeamKind
from braid.access.queries import teams_beside
from braid.outcomes.charts import EQUITY_KEYS
from braid.outcomes.presenters.cards import Asking, period_text
from braid.outcomes.presenters.words import KEYS, language, period_name, value_name
from braid.packs import suppression

if TYPE_CHECKING:
    from braid.outcomes.queries import Look
    from braid.outcomes.scopes import Scope


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the form above the figures; its answers may stand in groups."""

    name: str
    label: str
    groups: tuple[tuple[str, tuple[Option, ...]], ...]


def chosen_context(look: Look, asking: Asking, of: Scope) -> dict[str, Any]:
    """Return what a page says of its choices and offers to choose."""
    chosen = asking.chosen or {}
    fields = [_periods(look, asking)]
    if of.unit is None:
        fields.append(_units(of, asking.unit))
    if look.choices is not None and of.unit is not None:
        teams = teams_beside(of.unit, TeamKind.TREATMENT_TEAM)
        fields += [
            _one(
                "team",
                _("Treatment team"),
                _("All treatment teams"),
                ((str(team.pk), team.name) for team in teams),
                chosen.get("team", ""),
            ),
            _one(
                "cohort",
                _("Accepted in"),
                _("Whenever accepted"),
                ((quarter, quarter) for quarter in look.choices.cohorts),
                chosen.get("cohort", ""),
            ),
            _groups(look, chosen.get("group", "")),
        ]
    return {
        "choices": fields,
        "period": period_text(asking.period),
        "people": _people(fields, asking),
        "is_chosen": bool(chosen or asking.unit),
        "of_one_unit": bool(asking.unit) and asking.unit not in of.countries,
        "hiding": hiding(of),
    }


def hiding(of: Scope) -> str:
    """Say by which rule numbers are kept back and rounded; nothing inside a unit."""
    if of.is_inside:
        return ""
    profile = suppression.get(suppression.USUAL)
    return _("%(rule)s The rule is that of: %(name)s.") % {
        "rule": profile.text(language()),
        "name": profile.name(language()),
    }


def keys(now: str) -> Choice:
    """Return the field of what the equity page tells figures by."""
    options = tuple(Option(key, KEYS[key](), key == now) for key in EQUITY_KEYS)
    return Choice("by", _("By"), (("", options),))


def _periods(look: Look, asking: Asking) -> Choice:
    newest = [look.periods[0], *reversed(look.periods[1:])]
    options = tuple(
        Option(one.period, period_name(one), one.period == asking.period.period)
        for one in newest
    )
    return Choice("period", _("Period"), (("", options),))


def _one(
    name: str, label: str, everybody: str, known: Iterable[tuple[str, str]], now: str
) -> Choice:
    options = [Option(value, text, value == now) for value, text in known]
    return Choice(name, label, (("", (Option("", everybody), *options)),))


def _groups(look: Look, now: str) -> Choice:
    found = look.choices.groups if look.choices else {}
    grouped = tuple(
        (
            KEYS[key](),
            tuple(
                Option(
                    f"{key}:{value}",
                    value_name(key, value),
                    f"{key}:{value}" == now,
                )
                for value in values
            ),
        )
        for key, values in found.items()
    )
    everybody = (("", (Option("", _("All groups")),)),)
    return Choice("group", _("Group"), (*everybody, *grouped))


def _units(of: Scope, now: str) -> Choice:
    options = [Option("", _("All units"))]
    if len(of.countries) > 1:
        options += [Option(code, _country(code), code == now) for code in of.countries]
    options += [Option(str(u.pk), u.name, str(u.pk) == now) for u in of.units]
    return Choice("unit", _("Unit"), (("", tuple(options)),))


def _country(code: str) -> str:
    known = Locale.parse(to_locale(language())).territories
    return str(known.get(code.upper(), code))


def unit_chosen(of: Scope, asked: str) -> str:
    """Return the unit or country of all units that is asked for; empty for all."""
    if of.unit is not None:
        return ""
    known = {str(unit.pk) for unit in of.units}
    known |= set(of.countries) if len(of.countries) > 1 else set()
    return asked if asked in known else ""


def _people(fields: list[Choice], asking: Asking) -> str:
    """Say who is counted, in the words of the choices."""
    named = [
        option.label
        for field in fields
        if field.name != "period"
        for _title, options in field.groups
        for option in options
        if option.is_chosen and option.value
    ]
    return ", ".join(named)
