"""The house rules in force, and which of them had a say in a score."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from braid.kernel.errors import InputFault
from braid.method.scales.shape import HouseRule, Item, Scale

CHOICES: Mapping[str, tuple[str, ...]] = {
    "rounding": ("exact", "whole"),
    "few_jobs": ("lowest", "ignored"),
    "gate_unknown": ("bounds", "strictest"),
    "many_teams": ("two", "by_share"),
    "teams_unknown": ("bounds", "none"),
    "contact_unknown": ("bounds", "absent"),
    "open_cases": ("beside", "counted"),
    "no_seekers": ("left_out", "averaged"),
    "midpoint": ("lower", "higher"),
    "tie": ("half_up", "half_down", "ask"),
    "variety": ("largest_share", "distinct"),
    "zero": ("no_score",),
    "mean": ("floor", "half_up"),
}
"""Every setting of the engine with its choices, the first where nobody says; `bands`
and `mapping` are settings too, and take numbers."""

Settled = tuple[tuple[HouseRule, ...], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a scale with the variant of each that is in force."""

    rules: tuple[HouseRule, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    _settled: dict[int | None, Settled] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def settled(self, no: int | None) -> Settled:
        """Return the rules that concern an item, and all their settings in force."""
        found = self._settled.get(no)
        if found is None:
            rules = self.of_item(no)
            values = {n: v for rule in rules for n, v in self.sets(rule).items()}
            found = self._settled[no] = rules, values
        return found

    def of_item(self, no: int | None) -> tuple[HouseRule, ...]:
        """Return the rules that concern an item; those of totals for None."""
        return tuple(r for r in self.rules if (no in r.items if no else not r.items))

    def sets(self, rule: HouseRule) -> Mapping[str, object]:
        """Return the settings of a rule in the variant in force."""
        return rule.variants[self.chosen.get(rule.id, rule.default)]


def rules_of(scale: Scale, chosen: Mapping[str, str] | None = None) -> Rules:
    """Return the rules of a scale, with variants by rule id where they are not usual.

    Raises: InputFault (`rule_unknown`, `variant_unknown`).
    """
    known = {rule.id: rule for rule in scale.rules}
    for name, variant in (chosen or {}).items():
        if name not in known:
            raise InputFault(
                f"'{scale.id}' has no house rule '{name}'. Its rules: "
                f"{', '.join(known) or 'none'}.",
                field="rule",
                reason="rule_unknown",
            )
        if variant not in known[name].variants:
            raise InputFault(
                f"'{variant}' is no variant of '{name}'. Choose one of "
                f"{', '.join(known[name].variants)}.",
                field="rule",
                reason="variant_unknown",
            )
    return Rules(scale.rules, dict(chosen or {}))


class Settings:
    """The settings of one item under rules; it remembers which of them were asked for.

    A rule had a say in a score when one of its settings was asked for. A rule without
    settings is about how figures are gathered, and always had one.
    """

    def __init__(self, item: Item | None, rules: Rules) -> None:
        self._rules, settled = rules.settled(item.no if item else None)
        own: Mapping[str, object] = item.settings if item else {}
        self._values: dict[str, object] = {**own, **settled}
        self._asked: set[str] = set()

    def get(self, name: str, default: object = None) -> object:
        """Return a setting, by default its first choice."""
        self._asked.add(name)
        usual = CHOICES[name][0] if name in CHOICES else default
        return self._values.get(name, usual)

    def used(self) -> tuple[str, ...]:
        """Return the ids of the rules that had a say."""
        return tuple(
            rule.id
            for rule in self._rules
            if not rule.settles or rule.settles & self._asked
        )
