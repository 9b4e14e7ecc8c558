"""Guess what a table is and what its columns mean: by headings and by the values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from rapidfuzz import fuzz, process

from braid.exchange.roster.lexicon import Lexicon
from braid.exchange.roster.profiles import Profile, fit
from braid.exchange.roster.tables import Column, Table
from braid.packs.layouts import FIELDS, folded_heading

LEAST_HEADING = 0.5
LEAST_SCORE = 0.4
LISTED = 0.8
LIKE = 84
VALUE_WEIGHT = 0.4
NAME_BONUS = 1.5
PERSON = ("cid", "name", "last", "first", "dob")
COMMON = frozenset(("date", "cid", "name", "last", "first", "spec", "notes", "key"))
BY_VALUES_ALONE = frozenset(
    ("cid", "date", "dob", "spec", "team", "place", "type", "status", "mode")
)
"""Fields whose values are telling enough where a heading says nothing.

Yes and no tell nothing: any question may be answered so.
"""

DAYS_ALONE = 0.8

OF_THE_COURSE = frozenset(
    (
        "referral",
        "source",
        "status",
        "accepted",
        "first_contact",
        "profile",
        "discharge",
        "reason",
        "team",
    )
)
OF_THE_JOB = frozenset(("start", "end", "hours", "wage", "type", "permanent"))


@dataclass(frozen=True, slots=True)
class Guess:
    """A table taken as one kind: how much speaks for it, and its fields.

    `fields`: field -> column, one to one; `confidences`: column number -> 0 to 1.
    """

    kind: str
    score: float
    fields: Mapping[str, Column]
    confidences: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a guess goes by: the table, its columns' values, its language, the words."""

    table: Table
    seen: Mapping[int, Profile]
    language: str | None
    words: Lexicon

    def speaks(self, column: Column, field: str, kind: str) -> float:
        """Say how well the values of a column fit a field, as `fit` does.

        The one column of days in a log holds the days of the log.
        """
        seen = self.seen[column.index]
        found = fit(field, kind, seen)
        if field == "date" and found > 0 and seen.days > DAYS_ALONE:
            days = sum(one.days > DAYS_ALONE for one in self.seen.values())
            return DAYS_ALONE if days == 1 else found
        return found


def guesses(evidence: Evidence) -> tuple[list[Guess], float]:
    """Return what the table is, and how sure that is (0 to 1); none if nothing fits.

    Mostly one guess. Two where a row tells of a person's course and of their job as
    well: a caseload list with columns for a job.
    """
    found = [guess(evidence, kind) for kind in FIELDS]
    best = max(found, key=lambda one: one.score)
    if best.score <= 0:
        return [], 0.0
    sure = best.score / sum(max(0.0, one.score) for one in found)
    if best.kind in ("caseload", "jobs") and (both := _wide(evidence)):
        return both, sure
    return [best], sure


def _wide(evidence: Evidence) -> list[Guess]:
    """Return a caseload list and the jobs in it, if the table is both.

    Two columns at least must speak of a course and not of a job: "Start date" may be
    that of either.
    """
    course = guess(evidence, "caseload", without=frozenset(("first_job",)))
    alone = guess(evidence, "jobs").confidences
    telling = [
        field
        for field in course.fields.keys() & OF_THE_COURSE
        if course.confidences[at := course.fields[field].index] > alone.get(at, 0) + 0.2
    ]
    names = {field: course.fields[field] for field in PERSON if field in course.fields}
    if len(telling) < 2 or not names:
        return []
    job = guess(
        evidence,
        "jobs",
        beside=frozenset(course.confidences),
        without=frozenset((*PERSON, "spec", "notes")),
    )
    if "employer" not in job.fields or len(job.fields.keys() & OF_THE_JOB) < 2:
        return []
    return [course, Guess("jobs", job.score, {**names, **job.fields}, job.confidences)]


def guess(
    evidence: Evidence,
    kind: str,
    *,
    beside: frozenset[int] = frozenset(),
    without: frozenset[str] = frozenset(),
) -> Guess:
    """Return the table as if it were of this kind.

    `beside`: columns that mean something already; `without`: fields not to be given.
    """
    table = evidence.table
    columns = [column for column in table.columns if column.index not in beside]
    ranked = sorted(
        (
            (score, -column.index, field, column)
            for column in columns
            for field, score in _scores(evidence, column, kind)
            if field not in without
        ),
        key=lambda row: row[:3],
        reverse=True,
    )
    fields: dict[str, Column] = {}
    sure: dict[int, float] = {}
    for score, _, field, column in ranked:
        if field not in fields and column.index not in sure:
            fields[field] = column
            sure[column.index] = round(min(1.0, score), 3)
    score = sum(
        sure[column.index] * (0.5 if field in COMMON else 1.0)
        for field, column in fields.items()
    )
    score += _called(table, kind, evidence.words) - 0.25 * (len(columns) - len(fields))
    return Guess(kind, score if _possible(kind, fields) else -1.0, fields, sure)


def _scores(
    evidence: Evidence, column: Column, kind: str
) -> Iterator[tuple[str, float]]:
    words, language, seen = evidence.words, evidence.language, evidence.seen
    by_heading = dict(heading_scores(column.heading, kind, language, words))
    may_be_anything = (
        not words.is_heading(column.heading)
        and seen[column.index].words["yes_no"] < 0.5
    )
    if column.group:
        grouped = heading_scores(
            f"{column.group} {column.heading}", kind, language, words
        )
        for field, score in grouped:
            # Listed words only: the group alone says nothing of its columns.
            if score >= LISTED:
                by_heading[field] = max(score * 0.95, by_heading.get(field, 0.0))
    for field in FIELDS[kind]:
        heading = by_heading.get(field, 0.0)
        values = evidence.speaks(column, field, kind)
        if heading < LEAST_HEADING:
            alone = field in BY_VALUES_ALONE and values >= 0.7
            heading = 0.2 if alone and may_be_anything else 0.0
        score = heading + VALUE_WEIGHT * values
        if heading and values <= -0.8:
            score = heading * 0.5 + VALUE_WEIGHT * values
        if heading and score >= LEAST_SCORE:
            yield field, score


def heading_scores(
    heading: str, kind: str, language: str | None, words: Lexicon
) -> tuple[tuple[str, float], ...]:
    """Return how well a heading names each field of a kind, 1 for a listed word."""
    return _folded_scores(folded_heading(heading), kind, language, words)


@lru_cache(maxsize=16_384)
def _folded_scores(
    heading: str, kind: str, language: str | None, words: Lexicon
) -> tuple[tuple[str, float], ...]:
    best: dict[str, float] = {}

    def note(field: str, score: float, spoken: str) -> None:
        score *= 1.0 if spoken == language else LISTED
        best[field] = max(score, best.get(field, 0.0))

    parts = set(heading.split())
    listed = words.by_kind[kind]
    for text, spoken, field in listed:
        if text == heading:
            note(field, 1.0, spoken)
            continue
        own = set(text.split())
        if own < parts:
            least = 0.9 if len(own) > 1 else 0.65
            note(field, max(0.45, least - 0.07 * (len(parts) - len(own))), spoken)
        elif parts < own and len(parts) > 1:
            note(field, 0.55, spoken)
    if all(spoken != language for spoken, _, _ in words.headings.get(heading, ())):
        # Nobody listed it: it may be one of the words with a slip in it.
        texts = [text for text, _, _ in listed]
        for _, likeness, at in process.extract(
            heading, texts, scorer=fuzz.ratio, score_cutoff=LIKE, limit=8
        ):
            note(listed[at][2], 0.85 * likeness / 100, listed[at][1])
    return tuple(best.items())


def _called(table: Table, kind: str, words: Lexicon) -> float:
    """Return the bonus for a caption, sheet or file that is called like the kind."""
    names = (
        (table.caption, 1.0),
        (table.sheet.name, 0.9),
        (PurePath(table.file).stem if table.sheet.name is None else None, 0.9),
    )
    bonus = 0.0
    for name, weight in names:
        text = folded_heading(name or "")
        if kind in words.kinds.get(text, ()):
            bonus = max(bonus, weight)
        elif any(kind in words.kinds.get(part, ()) for part in text.split()):
            bonus = max(bonus, weight * 0.5)
    return NAME_BONUS * bonus


def _possible(kind: str, fields: Mapping[str, Column]) -> bool:
    """Say whether the fields found are enough for a table to be of this kind."""
    met = fields.keys()
    who = bool(met & {"cid", "name", "last"})
    course = {"dob", "referral", "accepted", "discharge", "status", "source", "team"}
    job = {"title", "type", "start", "end", "hours", "wage"}
    return {
        "caseload": who and len(met & course) >= 1 and "date" not in met,
        "contacts": who and "date" in met,
        "employer_contacts": {"date", "employer"} <= met,
        "jobs": ("employer" in met or "title" in met) and len(met & job) >= 2,
        "meetings": {"date", "team"} <= met and bool(met & {"spec", "attended"}),
        "lists": "spec" in met and bool(met & {"fte", "team"}),
    }[kind]
