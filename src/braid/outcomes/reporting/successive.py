"""Two versions of one report: what the second may not say beside the first.

Where counts are printed as they are, a number that grew by one tells of one person. So
of a measure any of whose counts changed by fewer than the profile's smallest number, a
correction says nothing at all; then nothing follows from sums either. A profile that
rounds needs none of this: a step of it is wider than the numbers that it hides.
"""

from dataclasses import replace

from braid.outcomes.reporting.document import Document, Entry
from braid.packs import suppression


def kept_back(old: Document, new: Document) -> Document:
    """Return the later version without what its difference from the old would tell."""
    profile = suppression.get(new.profile) if new.profile else None
    if profile is None or profile.rounded_to is not None:
        return new
    before = {line.key: line for line in old.lines}
    telling = {
        line.measure
        for line in new.lines
        if line.key in before and _is_small(before[line.key], line, profile.below)
    }
    mark = profile.mark(False, new.language)
    sections = tuple(
        replace(
            section, lines=tuple(_hidden(each, telling, mark) for each in section.lines)
        )
        for section in new.sections
    )
    return replace(new, sections=sections)


def _is_small(old: Entry, new: Entry, below: int) -> bool:
    """Say whether a count of a line changed, and by fewer than may be told."""
    pairs = (
        (old.numerator, new.numerator),
        (old.denominator, new.denominator),
        (old.n, new.n),
    )
    return any(
        one is not None and other is not None and 0 < abs(one - other) < below
        for one, other in pairs
    )


def _hidden(line: Entry, telling: set[str], mark: str) -> Entry:
    if line.measure not in telling:
        return line
    return replace(
        line,
        numerator=None,
        denominator=None,
        value=None,
        n=None,
        reason="",
        mark=line.mark or mark,
        left_out=dict.fromkeys(line.left_out),
        targets=tuple(replace(t, needed=None, is_met=None) for t in line.targets),
    )
