"""A fidelity scale as data: its numbers, never its words (`braid.packs.scale_texts`)."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from braid.method import scales as engine
from braid.packs.jurisdictions import Names
from braid.packs.scales.faults import Fault, refuse
from braid.packs.scales.parts import HIGHEST, LOWEST, ItemOf, RuleOf, TotalBand
from braid.packs.shapes import Pack, Strict


class Entry(Strict):
    """A line of the rule log: on which day something was decided or compared, and what."""

    on: date
    says: str = Field(min_length=1)


class ScalePack(Pack):
    """A scale in one edition. Items by number; sections list theirs in printed order.

    `verified` once somebody has compared it with the published form. Total bands by id,
    from the lowest up; where they are not known `bands_unknown` says why.
    """

    title: Names
    edition_of_manual: str = Field(min_length=1)
    verified: bool
    sections: dict[str, tuple[int, ...]] = Field(min_length=1)
    items: dict[int, ItemOf] = Field(min_length=1)
    no_fit_allowed: bool = False
    bands: dict[str, TotalBand] = {}
    bands_unknown: str = ""
    aliases: dict[str, str] = {}
    house_rules: dict[str, RuleOf] = {}
    rule_log: tuple[Entry, ...] = Field(min_length=1)
    rating: Literal["1-5"] = "1-5"

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        refuse(
            [
                *self._faults_of_items(),
                *self._faults_of_bands(),
                *self._faults_of_rules(),
            ]
        )
        return self

    def _faults_of_items(self) -> Iterator[Fault]:
        numbers = list(range(1, len(self.items) + 1))
        if sorted(self.items) != numbers:
            yield ("items",), f"items are numbered from 1 to {len(self.items)}"
        if [no for each in self.sections.values() for no in each] != numbers:
            yield ("sections",), "they list every item once, in the order of the form"
        keys = [item.key for item in self.items.values()]
        for no, item in self.items.items():
            if keys.count(item.key) > 1:
                yield ("items", no, "key"), f"'{item.key}' is the key of two items"

    def _faults_of_bands(self) -> Iterator[Fault]:
        if bool(self.bands) == bool(self.bands_unknown):
            yield (
                ("bands",),
                "give them, or say in 'bands_unknown' why they are not known",
            )
        begins = LOWEST * len(self.items)
        for name, band in self.bands.items():
            if band.min != begins or band.max < band.min:
                yield (
                    ("bands", name),
                    f"it begins at {begins}, where the one before ends, and goes up",
                )
            begins = band.max + 1
        if self.bands and begins != HIGHEST * len(self.items) + 1:
            yield ("bands",), f"they end at {HIGHEST * len(self.items)}"
        for alias, band_id in self.aliases.items():
            if band_id not in self.bands:
                yield ("aliases", alias), f"'{band_id}' is no band of this scale"

    def _faults_of_rules(self) -> Iterator[Fault]:
        for name, rule in self.house_rules.items():
            for no in rule.items:
                if no not in self.items:
                    yield ("house_rules", name, "items"), f"there is no item {no}"
        decided: dict[tuple[int, str], str] = {}
        for name, rule in self.house_rules.items():
            settles = {s for sets in rule.variants.values() for s in sets.built}
            for place in ((no, s) for no in rule.items for s in sorted(settles)):
                first = decided.setdefault(place, name)
                if first != name:
                    yield (
                        ("house_rules", name),
                        f"'{place[1]}' of item {place[0]} is decided by '{first}'",
                    )

    @property
    def open_values(self) -> list[str]:
        """Return that the form must still be compared, and items that are not known."""
        unknown = [str(no) for no, item in self.items.items() if not item.documented]
        found = [] if self.verified else ["not compared with the published form"]
        found += [f"items not documented: {', '.join(unknown)}"] if unknown else []
        return found + [self.bands_unknown] * bool(self.bands_unknown)

    @cached_property
    def scale(self) -> engine.Scale:
        """Return the scale as the engine has it."""
        return engine.Scale(
            id=self.id,
            version=self.version,
            edition_of_manual=self.edition_of_manual,
            verified=self.verified,
            sections=tuple(
                engine.Section(name, items) for name, items in self.sections.items()
            ),
            items=tuple(
                self.items[no].built(no, name, place)
                for name, items in self.sections.items()
                for place, no in enumerate(items, 1)
            ),
            bands=tuple(
                engine.Band(name, band.min, band.max)
                for name, band in self.bands.items()
            ),
            bands_unknown=self.bands_unknown,
            no_fit=LOWEST if self.no_fit_allowed else None,
            rules=tuple(rule.built(name) for name, rule in self.house_rules.items()),
            aliases=self.aliases,
        )
