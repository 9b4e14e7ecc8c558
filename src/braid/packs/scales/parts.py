"""The parts of a scale as a file writes them, and how the engine has them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from braid.method import scales as engine
from braid.packs.scales.faults import Fault, refuse
from braid.packs.shapes import Strict

Score = int
Evidence = Literal["MIS", "DOC", "INT", "OBS", "ISP", "VL"]
LOWEST, HIGHEST = 1, 5


class BandsOf(Strict):
    """Limits by score, in per cent or in the unit of the value; or anchors, the nearest.

    `otherwise` is the score of everything else, or its lowest and highest.
    """

    at_most: dict[Score, Decimal] = {}
    at_least: dict[Score, Decimal] = {}
    more_than: dict[Score, Decimal] = {}
    nearest: dict[Score, Decimal] = {}
    otherwise: int | tuple[int, int] | None = None

    @model_validator(mode="after")
    def _each_score_once_and_in_order(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[Fault]:
        steps = [(s, at) for side in self._sides() for s, at in side.items()]
        scores = [score for score, _at in steps] + [*self._rest()]
        if sorted(scores) != list(range(LOWEST, HIGHEST + 1)) and not self.nearest:
            yield (), "each score from 1 to 5 is given once"
        if bool(self.nearest) == bool(steps):
            yield (), "give limits, or anchors as 'nearest'"
        if self.at_most and (self.at_least or self.more_than):
            yield ("at_most",), "a value is good when it is small, or large: not both"
        limits = [at for _score, at in sorted([*steps, *self.nearest.items()])]
        falls = bool(self.at_most) or limits != sorted(limits)
        ordered = sorted(set(limits), reverse=falls)
        if limits != ordered:
            yield (), "limits go one way from score to score, and none stands twice"

    def _sides(self) -> tuple[dict[Score, Decimal], ...]:
        return self.at_most, self.at_least, self.more_than

    def _rest(self) -> range:
        if self.otherwise is None:
            return range(0)
        if isinstance(self.otherwise, int):
            return range(self.otherwise, self.otherwise + 1)
        return range(self.otherwise[0], self.otherwise[1] + 1)

    @property
    def built(self) -> engine.Bands:
        """Return the bands as the engine has them."""
        rest = self._rest()
        sides: tuple[engine.Side, ...] = ("at_most", "at_least", "more_than")
        steps = [
            engine.Step(score, side, Fraction(at))
            for side, limits in zip(sides, self._sides(), strict=True)
            for score, at in limits.items()
        ]
        return engine.Bands(
            steps=tuple(sorted(steps, key=lambda step: -step.score)),
            anchors={score: Fraction(at) for score, at in self.nearest.items()},
            otherwise=(rest[0], rest[-1]) if rest else None,
        )


class GateOf(Strict):
    """A second condition of a high score; `unknown` is a note, where it may be unknown."""

    key: str
    caps: dict[str | bool, Score] = Field(min_length=2)
    notes: dict[str | bool, str] = {}
    unknown: str | None = None

    @property
    def built(self) -> engine.Gate:
        """Return the gate as the engine has it."""
        caps = {_answer(answer): cap for answer, cap in self.caps.items()}
        notes = {_answer(answer): note for answer, note in self.notes.items()}
        return engine.Gate(self.key, caps, notes, self.unknown)


def _answer(said: str | bool) -> str:
    return str(said).lower() if isinstance(said, bool) else said


class ConditionOf(Strict):
    """`key` reaches `percent` of `of`; without `of` it is more than nought."""

    key: str
    of: str | None = None
    percent: int = Field(default=100, gt=0, le=100)


class RungOf(Strict):
    """What a description asks of the record: `all` of it or `any`."""

    all: tuple[ConditionOf, ...] = ()
    any: tuple[ConditionOf, ...] = ()
    judged: bool = False

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.all) == bool(self.any):
            raise ValueError("give one of 'all', 'any'")
        return self

    def built(self, score: Score) -> engine.Rung:
        """Return the rung as the engine has it."""
        return engine.Rung(
            score,
            "all" if self.all else "any",
            tuple(
                engine.Condition(each.key, each.of, each.percent)
                for each in self.all or self.any
            ),
            self.judged,
        )


class QuantityOf(Strict):
    """A word of the engine and what it is given."""

    model_config = ConfigDict(frozen=True, extra="allow", coerce_numbers_to_str=True)

    word: str

    @property
    def given(self) -> dict[str, Any]:
        """Return what the word is given, lists as the engine has them."""
        extra = self.model_extra or {}
        return {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in extra.items()
        }

    @model_validator(mode="after")
    def _known(self) -> Self:
        word = engine.WORDS.get(self.word)
        if word is None:
            known = ", ".join(engine.WORDS)
            refuse([(("word",), f"'{self.word}' is no word. Known are {known}")])
        elif word.takes != self.given.keys():
            takes = ", ".join(sorted(word.takes)) or "nothing"
            refuse([((), f"'{self.word}' takes {takes}")])
        return self


class ItemOf(Strict):
    """One item; `mark` says how its anchors are known, S seen in the source, R general.

    An item that is not documented has no anchors, and no quantity gives its score.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: Literal["band", "count", "ladder"]
    auto: Literal["A", "P", "J"] = "J"
    mark: Literal["S", "R", "R?", "H"] = "R"
    per_es: bool = False
    documented: bool = True
    evidence: tuple[Evidence, ...] = ()
    quantity: QuantityOf | None = None
    bands: BandsOf | None = None
    components: tuple[str, ...] = ()
    mapping: tuple[Score, ...] = ()
    rungs: dict[Score, RungOf] = {}
    gates: tuple[GateOf, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[Fault]:
        word = self.quantity.word if self.quantity else None
        if not self.documented:
            if self.quantity or self.bands or self.components:
                yield ("documented",), "an item that is not documented has no anchors"
            return
        if self.kind == "band" and not (self.bands and word):
            yield ("kind",), "a 'band' item has 'bands' and a 'quantity'"
        if (word == "components") != (self.kind == "count"):
            yield (
                ("kind",),
                "a 'count' item has the quantity 'components', no other has",
            )
        if self.kind == "count" and len(self.mapping) != len(self.components) + 1:
            yield ("mapping",), "it gives a score for none, one … and all components"
        if list(self.mapping) != sorted(self.mapping) or not _scores(self.mapping):
            yield ("mapping",), "scores from 1 to 5 never fall with more components"
        if len(set(self.components)) != len(self.components):
            yield ("components",), "a component is named twice"
        if (word == "rungs") != bool(self.rungs) or not _scores(self.rungs):
            yield ("rungs",), "the quantity 'rungs' needs them, by scores from 1 to 5"
        for n, gate in enumerate(self.gates):
            for name in (*gate.notes.values(), *filter(None, [gate.unknown])):
                if name not in engine.NOTES:
                    known = ", ".join(engine.NOTES)
                    yield ("gates", n), f"'{name}' is no note. Known are {known}"

    def built(self, no: int, section: str, section_no: int) -> engine.Item:
        """Return the item as the engine has it."""
        word = self.quantity
        return engine.Item(
            no=no,
            section=section,
            section_no=section_no,
            key=self.key,
            kind=self.kind,
            auto=self.auto,
            per_es=self.per_es,
            evidence=self.evidence,
            quantity=engine.Quantity(word.word, word.given) if word else None,
            bands=self.bands.built if self.bands else None,
            components=self.components,
            mapping=self.mapping,
            rungs=tuple(rung.built(score) for score, rung in self.rungs.items()),
            gates=tuple(gate.built for gate in self.gates),
            documented=self.documented,
        )


def _scores(found: Any) -> bool:
    return all(LOWEST <= score <= HIGHEST for score in found)


class SetsOf(Strict):
    """What a variant of a house rule sets: choices of the engine, bands, a mapping."""

    model_config = ConfigDict(frozen=True, extra="allow", coerce_numbers_to_str=True)

    bands: BandsOf | None = None
    mapping: tuple[Score, ...] | None = None

    @property
    def built(self) -> Mapping[str, object]:
        """Return what is set, as the engine has it."""
        sets: dict[str, object] = dict(self.model_extra or {})
        if self.bands:
            sets["bands"] = self.bands.built
        if self.mapping is not None:
            sets["mapping"] = self.mapping
        return sets

    @model_validator(mode="after")
    def _known(self) -> Self:
        refuse(
            (
                (name,),
                f"'{value}' is no choice of '{name}'. Known are {_choices(name)}",
            )
            for name, value in (self.model_extra or {}).items()
            if value not in engine.CHOICES.get(name, ())
        )
        return self


def _choices(name: str) -> str:
    known = engine.CHOICES.get(name)
    return ", ".join(known) if known else f"the settings {', '.join(engine.CHOICES)}"


class RuleOf(Strict):
    """A decision of the house about a gap: whom it concerns, and its variants.

    Without items it concerns totals. `default` is the variant in force.
    """

    items: tuple[int, ...]
    default: str
    variants: dict[str, SetsOf] = Field(min_length=1)

    @model_validator(mode="after")
    def _default_is_a_variant(self) -> Self:
        if self.default not in self.variants:
            known = ", ".join(self.variants)
            refuse([(("default",), f"it is one of the variants: {known}")])
        return self

    def built(self, name: str) -> engine.HouseRule:
        """Return the rule as the engine has it."""
        variants = {key: sets.built for key, sets in self.variants.items()}
        return engine.HouseRule(name, self.items, self.default, variants)


class TotalBand(Strict):
    """A name for totals from `min` to `max`, both inside."""

    min: int
    max: int
    mark: Literal["S", "R", "R?", "H"] = "R"
