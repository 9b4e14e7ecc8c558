"""Which specialist or team is meant by what somebody typed."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from braid.exchange.roster.values.texts import clean, split_name
from braid.method.likeness import abbreviation_matches, fold, name_likeness

LIKE = 85
NEAR = 55
AHEAD = 6
"""So much more alike than the next name must one be to be taken."""
FEW = 10

Meant = tuple[str | None, str, str | None]
"""The name meant, how it was found ('' as typed), the nearest name where none is."""


class Roll:
    """The names of a unit's specialists or teams."""

    def __init__(self, names: Iterable[str], *, people: bool) -> None:
        self.names = tuple(dict.fromkeys(names))
        self._people = people
        self._exact: dict[str, str] = {}
        for name in self.names:
            self._exact[fold(name)] = name
            if people:
                given, family = split_name(name)
                self._exact.setdefault(fold(f"{family} {given}"), name)

    def resolve(self, text: str) -> Meant:
        """Return who is meant by a text; nobody, unless one name alone fits."""
        exact = self._exact.get(fold(text))
        if exact is not None or not self.names:
            return exact, "", None
        if self._people and (short := self._short(text)) is not None:
            return short, "abbreviated", None
        ranked = sorted(self._likeness(text), reverse=True)
        best, name = ranked[0]
        clear = len(ranked) == 1 or best - ranked[1][0] >= AHEAD
        if best >= LIKE and clear:
            return name, "spelled_otherwise", None
        return None, "", name if best >= NEAR else None

    def _short(self, text: str) -> str | None:
        """Return the one name that is cut short: initials, or half of it alone."""
        found = {
            name
            for name in self.names
            if fold(text) in (fold(half) for half in split_name(name))
        }
        if (cut := abbreviation_matches(text, self.names)) is not None:
            found.add(cut)
        return found.pop() if len(found) == 1 else None

    def _likeness(self, text: str) -> Iterable[tuple[float, str]]:
        if self._people:
            return ((name_likeness(text, name), name) for name in self.names)
        found = process.extract(
            fold(text), [fold(name) for name in self.names], scorer=fuzz.ratio
        )
        return ((score, self.names[at]) for _, score, at in found)


def names_in_use(texts: Sequence[str], listed: Iterable[str], *, people: bool) -> Roll:
    """Return the names that the data themselves show: listed ones, and those in use.

    A name that stands but once among many may be a slip: it is not taken for a name.
    """
    counts: Counter[str] = Counter(clean(text) for text in texts)
    spelled: dict[str, str] = {}
    for name in listed:
        spelled.setdefault(fold(name), name)
    least = 1 if counts.total() < FEW else 2
    for name, count in counts.most_common():
        whole = not people or all(len(word) > 1 for word in fold(name).split())
        if count >= least and whole and fold(name):
            spelled.setdefault(fold(name), name)
    return Roll(spelled.values(), people=people)
