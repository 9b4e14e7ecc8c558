"""Find the records of a search that are one report: by DOI, else by title and year.

The same whatever the order of the files. Each pairing has its reason, so that a person
can look at it; nothing is thrown away.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, product

from rapidfuzz.distance import Indel

from braid.method.likeness import fold
from braid.voices.references.shape import Reference

ENOUGH = 0.92
"""Likeness of titles from which two records are proposed as one, 0 to 1."""
SHORTEST_TITLE = 12
"""Letters; shorter titles (“Editorial”) say too little to be told by likeness."""
RAREST = 3
"""Words of a title by which it is looked up; a slip of the pen spoils one of them."""
NEIGHBOURS = 200
"""Titles of a word with which one is compared, in order of the alphabet. Rare words have
fewer; where thousands of titles have the same words, time stays in bounds."""
YEARS_APART = 1
"""Early view and issue may lie in two years."""


class Reason(StrEnum):
    """Why two records are taken to be one report."""

    DOI = "doi"
    TITLE = "title"
    LIKE_TITLE = "like_title"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records by their place in what was given, and why they are one."""

    one: int
    other: int
    reason: Reason
    likeness: float


@dataclass(frozen=True, slots=True)
class Group:
    """Records that are one report: the fullest is `kept`, the others duplicates."""

    kept: int
    duplicates: tuple[int, ...]
    pairs: tuple[Pair, ...]


def groups(references: Sequence[Reference]) -> tuple[Group, ...]:
    """Return the groups of records that are one report, by their indexes.

    Two with different DOIs are never one. Titles are compared that share one of their three
    rarest words.
    """
    folded = [fold(each.title) for each in references]
    parents = list(range(len(references)))
    dois: dict[int, set[str]] = {
        index: {each.doi} if each.doi else set()
        for index, each in enumerate(references)
    }
    accepted: list[Pair] = []
    for pair in sorted(
        {*_by_doi(references), *_by_title(references, folded)},
        key=_Order(references),
    ):
        first, second = _root(parents, pair.one), _root(parents, pair.other)
        if first == second or len(dois[first] | dois[second]) > 1:
            continue
        parents[second] = first
        dois[first] |= dois[second]
        accepted.append(pair)
    return tuple(_grouped(references, parents, accepted))


class _Order:
    """Sorts pairs by strength, then by what the records say, never by their place."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self._said = [_said(each) for each in references]
        self._rank = {reason: rank for rank, reason in enumerate(Reason)}

    def __call__(self, pair: Pair) -> tuple[object, ...]:
        ends = sorted((self._said[pair.one], self._said[pair.other]))
        return self._rank[pair.reason], -pair.likeness, *ends


def _by_doi(references: Sequence[Reference]) -> Iterator[Pair]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, each in enumerate(references):
        if each.doi:
            found[each.doi].append(index)
    for held in found.values():
        for other in held[1:]:
            yield Pair(held[0], other, Reason.DOI, 1.0)


def _by_title(references: Sequence[Reference], folded: Sequence[str]) -> Iterator[Pair]:
    titled: dict[str, list[int]] = defaultdict(list)
    for index, title in enumerate(folded):
        if title:
            titled[title].append(index)
    for held in titled.values():
        held.sort(
            key=lambda index: (references[index].year or 0, _said(references[index]))
        )
        for one, other in pairwise(held):
            first, second = references[one], references[other]
            if _may_be_one(first, second) and (
                len(folded[one]) >= SHORTEST_TITLE or _authors_agree(first, second)
            ):
                yield Pair(one, other, Reason.TITLE, 1.0)
    for title, like in sorted(_candidates(titled)):
        likeness = Indel.normalized_similarity(title, like, score_cutoff=ENOUGH)
        if likeness < ENOUGH or _numbers(title) != _numbers(like):
            continue
        for one, other in product(
            _one_a_year(references, titled[title]),
            _one_a_year(references, titled[like]),
        ):
            if _may_be_one(references[one], references[other]):
                yield Pair(one, other, Reason.LIKE_TITLE, round(likeness, 4))


def _candidates(titles: Iterable[str]) -> set[tuple[str, str]]:
    """Return the pairs of titles that share one of their rarest words."""
    parts = {
        title: set(title.split()) for title in titles if len(title) >= SHORTEST_TITLE
    }
    common = Counter(word for held in parts.values() for word in held)
    alike: dict[str, list[str]] = defaultdict(list)
    for title in sorted(parts):
        rarest = sorted(parts[title], key=lambda word: (common[word], word))
        for word in rarest[:RAREST]:
            alike[word].append(title)
    return {
        (one, other)
        for held in alike.values()
        for place, one in enumerate(held)
        for other in held[place + 1 : place + 1 + NEIGHBOURS]
        # Of two lengths further apart none is like enough.
        if min(len(one), len(other)) * (2 - ENOUGH)
        >= max(len(one), len(other)) * ENOUGH
    }


def _one_a_year(references: Sequence[Reference], held: Iterable[int]) -> list[int]:
    found: dict[int | None, int] = {}
    for index in held:
        found.setdefault(references[index].year, index)
    return list(found.values())


def _may_be_one(one: Reference, other: Reference) -> bool:
    return not (one.doi and other.doi) and _years_agree(one, other)


def _years_agree(one: Reference, other: Reference) -> bool:
    if one.year is None or other.year is None:
        return True
    return abs(one.year - other.year) <= YEARS_APART


def _authors_agree(one: Reference, other: Reference) -> bool:
    return bool(_families(one) & _families(other))


def _families(of: Reference) -> set[str]:
    names = (name.partition(",")[0] if "," in name else name for name in of.authors)
    return {fold(name).split()[-1] for name in names if fold(name)}


def _numbers(title: str) -> list[str]:
    """Return the numbers of a title: “part 1” and “part 2” are two reports."""
    return [word for word in title.split() if word.isdigit() or word in _COUNTED]


_COUNTED = frozenset("i ii iii iv v one two three four first second third".split())  # noqa: SIM905


def _root(parents: list[int], at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _grouped(
    references: Sequence[Reference], parents: list[int], accepted: Iterable[Pair]
) -> Iterator[Group]:
    members: Mapping[int, list[int]] = defaultdict(list)
    pairs: Mapping[int, list[Pair]] = defaultdict(list)
    for index in range(len(references)):
        members[_root(parents, index)].append(index)
    for pair in accepted:
        pairs[_root(parents, pair.one)].append(pair)
    for root, held in sorted(members.items(), key=lambda each: each[1]):
        if len(held) > 1:
            kept = min(held, key=lambda index: _worth(references[index], index))
            others = tuple(index for index in held if index != kept)
            yield Group(kept, others, tuple(pairs[root]))


def _worth(of: Reference, index: int) -> tuple[object, ...]:
    return -_fullness(of), _said(of), index


def _fullness(of: Reference) -> int:
    """Count what a record tells: the one that tells most is kept."""
    told = (of.doi, of.abstract, of.year, of.authors, of.container, of.volume, of.pages)
    return sum(bool(each) for each in told)


def _said(of: Reference) -> tuple[str, ...]:
    return (of.doi, of.title, str(of.year), *of.authors, of.container, of.abstract)
