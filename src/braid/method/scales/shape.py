"""What a fidelity scale is made of: sections, items, bands, house rules. No reading.

A scale comes from a pack; the engine knows no item numbers, only closed words. All
numbers are exact: whole numbers and fractions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from braid.kernel.errors import InputFault

Kind = Literal["band", "count", "ladder"]
Auto = Literal["A", "P", "J"]
Status = Literal["scored", "no_fit", "insufficient"]
Side = Literal["at_most", "at_least", "more_than"]

NOTES = (
    "zero_denominator",
    "three_or_more_teams",
    "not_tracked",
    "half_point_tie",
    "methods_differ",
    "fewer_than_ten_jobs",
    "nearest_anchor",
    "attachment_unknown",
    "contact_unknown",
    "review_unknown",
    "contact_minutes_proxy",
)
"""What may be said beside a score; closed, in no order."""


@dataclass(frozen=True, slots=True)
class Step:
    """The limit of one score: a value `at_most`, `at_least` or `more_than` `at`."""

    score: int
    side: Side
    at: Fraction

    def holds(self, value: Fraction) -> bool:
        """Say whether a value is within the limit."""
        if self.side == "at_most":
            return value <= self.at
        return value >= self.at if self.side == "at_least" else value > self.at


@dataclass(frozen=True, slots=True)
class Bands:
    """Scores by a value: the highest score whose step holds, else `otherwise`.

    With `anchors`, the score of the nearest anchor, a midpoint to the lower score or the
    higher; `otherwise` then holds for values under the lowest anchor. `otherwise` is the
    lowest and the highest score of such a value; they differ where the scale is silent.
    """

    steps: tuple[Step, ...] = ()
    anchors: Mapping[int, Fraction] = field(default_factory=dict)
    otherwise: tuple[int, int] | None = None

    def bounds(
        self, value: Fraction, *, higher_midpoints: bool = False
    ) -> tuple[int, int]:
        """Return the lowest and highest score of a value; the same where it is clear."""
        if self.anchors:
            return self._nearest(value, -1 if higher_midpoints else 1)
        score = next((step.score for step in self.steps if step.holds(value)), None)
        return self._else() if score is None else (score, score)

    def _nearest(self, value: Fraction, first: int) -> tuple[int, int]:
        if self.otherwise and value < min(self.anchors.values()):
            return self.otherwise
        score = min(
            self.anchors, key=lambda s: (abs(self.anchors[s] - value), s * first)
        )
        return score, score

    def _else(self) -> tuple[int, int]:
        if self.otherwise is None:
            raise ValueError("Bands without anchors say what holds otherwise.")
        return self.otherwise

    def step(self, score: int) -> Step | None:
        """Return the limit of a score, None where it has none of its own."""
        if self.anchors:
            return self._between(score)
        return next((step for step in self.steps if step.score == score), None)

    def _between(self, score: int) -> Step | None:
        """Return from where an anchor is the nearest, as seen from the next lower one."""
        if score not in self.anchors:
            return None
        here, lower = (
            self.anchors[score],
            max((s for s in self.anchors if s < score), default=None),
        )
        if lower is None:
            return Step(score, "at_least", here) if self.otherwise else None
        middle = (here + self.anchors[lower]) / 2
        if here > self.anchors[lower]:
            return Step(score, "more_than", middle)
        # The midpoint itself goes to the lower score; just under it is nearer.
        return Step(score, "at_most", middle)


@dataclass(frozen=True, slots=True)
class Gate:
    """A second condition: a known answer caps the score.

    `unknown` is the note where nobody recorded the answer; without it one is needed.
    """

    key: str
    caps: Mapping[str, int]
    notes: Mapping[str, str] = field(default_factory=dict)
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One part of a rung: `key` reaches `percent` of `of`, or is more than nought."""

    key: str
    of: str | None = None
    percent: int = 100


@dataclass(frozen=True, slots=True)
class Rung:
    """What a description asks of the record: all of its conditions, or any.

    Where `judged`, a reviewer decides: the record raises the ceiling, never the floor.
    """

    score: int
    how: Literal["all", "any"]
    conditions: tuple[Condition, ...]
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """How raw quantities become a value: a word of the engine and the keys it reads."""

    word: str
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a scale.

    `settings` are the closed choices that house rules may set otherwise. `mapping` is
    the score for each number of components present. Undocumented items have no anchors.
    """

    no: int
    section: str
    section_no: int
    key: str
    kind: Kind
    auto: Auto = "J"
    per_es: bool = False
    evidence: tuple[str, ...] = ()
    quantity: Quantity | None = None
    bands: Bands | None = None
    components: tuple[str, ...] = ()
    mapping: tuple[int, ...] = ()
    rungs: tuple[Rung, ...] = ()
    gates: tuple[Gate, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    documented: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """Items that are summed together, in the order of the printed form."""

    id: str
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A name for totals from `low` to `high`, both inside."""

    id: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class HouseRule:
    """What the house decided where a scale leaves a gap; each variant sets choices.

    `items` are those it concerns, none where it concerns totals. A rule that no variant
    of which sets anything is kept where figures are gathered, before any score.
    """

    id: str
    items: tuple[int, ...]
    default: str
    variants: Mapping[str, Mapping[str, object]]
    settles: frozenset[str] = field(init=False, compare=False, repr=False)
    """The settings that this rule decides."""

    def __post_init__(self) -> None:
        names = (name for sets in self.variants.values() for name in sets)
        object.__setattr__(self, "settles", frozenset(names))


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale in one edition. Bands from the lowest total up; none where unknown.

    `no_fit` is the score of an item that does not fit, None where the scale has no such
    box. `aliases` are words of authors for bands (`high` for `good`).
    """

    id: str
    version: str
    edition_of_manual: str
    verified: bool
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    bands: tuple[Band, ...] = ()
    bands_unknown: str = ""
    no_fit: int | None = None
    rules: tuple[HouseRule, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    lowest: int = 1
    highest: int = 5

    def item(self, no: int) -> Item:
        """Return an item by its number. Raises: InputFault (`item_unknown`)."""
        for item in self.items:
            if item.no == no:
                return item
        raise InputFault(
            f"There is no item {no} in '{self.id}'. Its items are 1 to "
            f"{len(self.items)}.",
            field="item",
            reason="item_unknown",
        )

    @property
    def least(self) -> int:
        """Return the lowest total."""
        return self.lowest * len(self.items)

    @property
    def most(self) -> int:
        """Return the highest total."""
        return self.highest * len(self.items)


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of one item, with all that explains it.

    `score` is None unless `floor` and `ceiling` meet. `value` is what the bands looked
    at: a ratio, a share of one, days, contacts a week, or the mean of scores. `rule` are
    the house rules that changed, or could have changed, the score.
    """

    item: Item
    status: Status
    score: int | None
    floor: int
    ceiling: int
    value: Fraction | None = None
    rule: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    extras: Mapping[str, object] = field(default_factory=dict)
