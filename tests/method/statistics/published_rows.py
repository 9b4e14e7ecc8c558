"""The rows of the published outcomes, and the counts that a contrast is made from."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "published" / "outcomes.csv"
SAME = ("id", "definition", "window_months")


class Counts(NamedTuple):
    """An arm as it was printed."""

    events: int
    n: int


def rows():
    """Every row."""
    with FILE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def accepted():
    """The rows that must be met: seen in their source, with counts."""
    return [row for row in rows() if row["evidence"] == "S" and row["counts"]]


def key(row):
    return tuple(row[name] for name in SAME)


def counted():
    """The counts of every arm of a proportion, by what it is of and its name."""
    return {
        (*key(row), row["arm"]): Counts(int(row["events"]), int(row["n"]))
        for row in accepted()
        if row["statistic"] == "proportion"
    }


def arms_of(row):
    """The counts of the two arms that a contrast names, in its order."""
    one, other = row["arm"].split("|")
    known = counted()
    return known[*key(row), one], known[*key(row), other]


def printed(row):
    """The value with its limits, as far as they were printed."""
    return tuple(
        Decimal(row[name]) if row[name] else None
        for name in ("value", "ci_low", "ci_high")
    )


def name(row):
    """A short name for a test."""
    return f"{row['id']} {row['arm']} {row['definition']} {row['statistic']}"
