"""The words of a scale in one language: titles, anchors, components, house rules.

Numbers stand in the scale. Anchors of items with limits, and of those that count
components, are made from its numbers and the `phrases`; whoever has a licence for the
published wording gives `anchors` instead, in a pack of their own.
"""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from braid.method.scales import Item, Scale
from braid.packs import scales
from braid.packs.jurisdictions import Language
from braid.packs.scale_texts.ranges import PHRASES, of_bands, of_components, scores_told
from braid.packs.scales.faults import Fault, refuse
from braid.packs.shapes import Pack, Strict

Score = int


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("there are no words")
    return " ".join(text.split())


Said = Annotated[str, AfterValidator(_said)]


class ItemText(Strict):
    """The words of one item.

    `measure` names what its limits are about. `anchors` by score stand in place of what
    would be made from numbers; `components` by their letters.
    """

    title: Said
    about: str = ""
    measure: Said | None = None
    anchors: dict[Score, Said] = {}
    components: dict[str, Said] = {}


class TextPack(Pack):
    """The words of `scale` in `locale`. `paraphrased`: our own, not the published ones.

    `variants` says of a house rule what it is in another variant than the usual one.
    """

    scale: str
    locale: Language = Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")
    paraphrased: bool
    title: Said
    unverified: Said
    not_documented: Said
    phrases: dict[str, Said]
    sections: dict[str, Said]
    bands: dict[str, Said]
    items: dict[int, ItemText]
    rules: dict[str, Said]
    variants: dict[str, dict[str, Said]] = {}

    @model_validator(mode="after")
    def _fits_its_scale(self) -> Self:
        scale = scales.load().get(self.scale)
        if scale is None:
            known = ", ".join(scales.load())
            refuse([(("scale",), f"there is no such scale. Known are {known}")])
        else:
            refuse(
                [
                    *self._faults_of_names(scale),
                    *self._faults_of_variants(scale),
                    *self._faults_of_items(scale),
                ]
            )
        return self

    def _faults_of_names(self, scale: Scale) -> Iterator[Fault]:
        for field, wanted in (
            ("phrases", list(PHRASES)),
            ("sections", [section.id for section in scale.sections]),
            ("bands", [band.id for band in scale.bands]),
            ("items", [item.no for item in scale.items]),
            ("rules", [rule.id for rule in scale.rules]),
        ):
            found: Mapping[str | int, object] = getattr(self, field)
            for name in wanted:
                if name not in found:
                    yield (field,), f"there are no words for {name}"
            for name in found:
                if name not in wanted:
                    yield (field, name), f"'{self.scale}' has no such thing"
        for name, phrase in self.phrases.items():
            if _places(phrase) != PHRASES.get(name, _places(phrase)):
                wanted_places = ", ".join(sorted(PHRASES[name]))
                yield ("phrases", name), f"it has a place for each of {wanted_places}"

    def _faults_of_variants(self, scale: Scale) -> Iterator[Fault]:
        known = {rule.id: set(rule.variants) - {rule.default} for rule in scale.rules}
        for rule, told in self.variants.items():
            for name in told.keys() - known.get(rule, set()):
                yield ("variants", rule, name), f"'{self.scale}' has no such thing"

    def _faults_of_items(self, scale: Scale) -> Iterator[Fault]:
        for item in scale.items:
            if item.no in self.items:
                for at, told in _faults(item, self.items[item.no]):
                    yield ("items", item.no, *at), told

    def anchors(self, item: Item) -> dict[Score, str]:
        """Return the description of each score, the highest first; none undocumented."""
        words = self.items[item.no]
        made: dict[Score, str] = {}
        if item.bands and words.measure:
            made = of_bands(item, words.measure, self.phrases)
        elif item.components:
            made = of_components(item.mapping, self.phrases)
        found = made | words.anchors
        return {score: found[score] for score in sorted(found, reverse=True)}

    def component(self, item: Item, name: str) -> str:
        """Return the words of a component."""
        return self.items[item.no].components[name]


def _places(phrase: str) -> frozenset[str]:
    """Return the names in braces of a phrase."""
    try:
        return frozenset(name for _t, name, _f, _c in Formatter().parse(phrase) if name)
    except ValueError:
        return frozenset()


def _faults(item: Item, words: ItemText) -> Iterator[Fault]:
    """Yield what is wrong with the words of an item."""
    seen: dict[str, int] = {}
    for score, text in sorted(words.anchors.items()):
        if not 1 <= score <= 5:
            yield ("anchors", score), "scores run from 1 to 5"
        first = seen.setdefault(_bare(text), score)
        if first != score:
            yield (
                ("anchors", score),
                f"it says the same as the anchor of {first}. Look at the form again: "
                "copies are known that repeat an anchor",
            )
    told = words.anchors.keys() | scores_told(item, words.measure)
    for score in range(1, 6):
        if item.documented and score not in told:
            yield ("anchors",), f"there are no words for the score {score}"
    if not item.documented and words.anchors:
        yield ("anchors",), "the scale does not document this item"
    for name in item.components:
        if name not in words.components:
            yield ("components",), f"there are no words for {name}"
    for name in words.components:
        if name not in item.components:
            yield ("components", name), "the item has no such component"
    texts = [_bare(text) for text in words.components.values()]
    for name, text in words.components.items():
        if texts.count(_bare(text)) > 1:
            yield ("components", name), "it says the same as another component"


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
