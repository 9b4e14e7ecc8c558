"""Two versions of a report, line by line: what changed from the old to the new."""

from collections.abc import Iterator
from dataclasses import dataclass

from braid.outcomes.reporting.document import Document, Entry

COMPARED = ("numerator", "denominator", "value", "n", "reason", "mark", "left_out")


@dataclass(frozen=True, slots=True)
class Change:
    """A line that is not the same in both; None where one of the two has no such line."""

    old: Entry | None
    new: Entry | None

    @property
    def line(self) -> Entry:
        """Return the line as it is now, or as it was."""
        found = self.new or self.old
        if found is None:
            raise ValueError("A change has an old or a new line; this has neither.")
        return found


def changes(old: Document, new: Document) -> Iterator[Change]:
    """Yield each line whose number, parts or targets changed, in the new order."""
    before = {line.key: line for line in old.lines}
    after = {line.key: line for line in new.lines}
    for key, line in after.items():
        if key not in before:
            yield Change(None, line)
        elif not _same(before[key], line):
            yield Change(before[key], line)
    for key, line in before.items():
        if key not in after:
            yield Change(line, None)


def _same(one: Entry, other: Entry) -> bool:
    needed = [[target.needed for target in line.targets] for line in (one, other)]
    return needed[0] == needed[1] and all(
        getattr(one, name) == getattr(other, name) for name in COMPARED
    )
