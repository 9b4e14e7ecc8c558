"""Say what a table is and what its columns mean: by headings and by the values."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from rapidfuzz import fuzz, process

from braid.exchange.roster.lexicon import Lexicon, lexicon
from braid.exchange.roster.plan import Layout, MappedColumn, TableMapping
from braid.exchange.roster.profiles import Known, Profile, fit, profile
from braid.exchange.roster.reading.sheets import column_letter
from braid.exchange.roster.tables import Column, Table
from braid.packs.layouts import FIELDS, folded_heading

UNKNOWN = "unknown"
IGNORE = "ignore"
LEAST_HEADING = 0.5
LEAST_SCORE = 0.4
LISTED = 0.8
LIKE = 84
VALUE_WEIGHT = 0.4
NAME_BONUS = 1.5
COMMON = frozenset(("date", "cid", "name", "last", "first", "spec", "notes", "key"))
BY_VALUES_ALONE = frozenset(("dob", "spec", "team", "place", "type", "status", "mode"))
"""Fields whose values are telling enough where a heading says nothing.

Yes and no tell nothing: any question may be answered so.
"""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table with its kind and fields. `fields`: field -> column, one to one.

    `confidences`: column number -> how sure its field is, from 0 to 1.
    """

    table: Table
    kind: str
    confidence: float
    language: str | None
    fields: Mapping[str, Column]
    confidences: Mapping[int, float]

    def mapping(self) -> TableMapping:
        """Return what was recognised in the form that is kept and corrected."""
        named = {column.index: field for field, column in self.fields.items()}
        return TableMapping(
            self.table.file,
            self.table.sheet.name,
            self.table.caption,
            self.kind,
            tuple(
                MappedColumn(column_letter(c.index), c.heading, named.get(c.index))
                for c in self.table.columns
            ),
        )


def recognise(
    tables: Sequence[Table],
    known: Known,
    kept: Layout | None = None,
    layout_id: str | None = None,
    words: Lexicon | None = None,
) -> tuple[list[Recognised], str | None]:
    """Return the tables with their kinds and fields, and the layout known by name.

    `kept` is a mapping used before or corrected by hand: it goes before any guess.
    `layout_id` names a layout; without it one is found by its headings.
    """
    words = words or lexicon()
    languages = [_language_votes(table, words) for table in tables]
    overall = sum(languages, Counter())
    named = _named_layout(tables, words, layout_id)
    found: list[Recognised] = []
    for table, votes in zip(tables, languages, strict=True):
        language = _language(votes, overall)
        stated = _kept_for(table, kept) if kept is not None else None
        found.append(
            _by_mapping(table, stated, language)
            if stated is not None
            else _by_guess(table, known, language, named, words)
        )
    return found, next(iter(named), None)


def _language_votes(table: Table, words: Lexicon) -> Counter[str]:
    votes: Counter[str] = Counter()
    for column in table.columns:
        meanings = words.headings.get(folded_heading(column.heading), ())
        votes.update({language for language, _, _ in meanings})
    return votes


def _language(votes: Counter[str], overall: Counter[str]) -> str | None:
    """Return the language most headings are in; the other tables break a tie."""
    if not votes:
        return overall.most_common(1)[0][0] if overall else None
    return max(votes, key=lambda name: (votes[name], overall[name], name))


def _named_layout(
    tables: Sequence[Table], words: Lexicon, layout_id: str | None
) -> dict[str, list[tuple[str, Mapping[str, str]]]]:
    """Return the named layout that all its tables are met of: id -> its tables."""
    met = [frozenset(column.heading for column in table.columns) for table in tables]
    for pack in words.named:
        listed = [frozenset(table.headings) for table in pack.tables]
        whole = bool(met) and all(one in met for one in listed)
        if pack.id == layout_id or (layout_id is None and whole):
            return {pack.id: [(t.kind, t.headings) for t in pack.tables]}
    return {}


def _kept_for(table: Table, kept: Layout) -> TableMapping | None:
    """Return the kept mapping of a table: same headings, the nearest name first."""
    headings = tuple(column.heading for column in table.columns)
    place = (table.sheet.name, table.caption)
    near = [m for m in kept.tables if (m.sheet, m.caption) == place]
    same = [m for m in kept.tables if m.signature == headings]
    for mapping in same:
        if mapping in near:
            return mapping
    if same:
        return same[0]
    # A column more or less: most headings must be the same.
    for mapping in near:
        shared = set(mapping.signature) & set(headings)
        if len(shared) * 2 > len(headings):
            return mapping
    return None


def _by_mapping(
    table: Table, mapping: TableMapping, language: str | None
) -> Recognised:
    stated: dict[str, list[str | None]] = {}
    for mapped in mapping.columns:
        stated.setdefault(mapped.heading, []).append(mapped.field)
    fields: dict[str, Column] = {}
    for column in table.columns:
        queue = stated.get(column.heading)
        field = queue.pop(0) if queue else None
        if field is not None and field in FIELDS.get(mapping.kind, ()):
            fields.setdefault(field, column)
    sure = {column.index: 1.0 for column in fields.values()}
    return Recognised(table, mapping.kind, 1.0, language, fields, sure)


def _by_guess(
    table: Table,
    known: Known,
    language: str | None,
    named: Mapping[str, list[tuple[str, Mapping[str, str]]]],
    words: Lexicon,
) -> Recognised:
    headings = {column.heading for column in table.columns}
    for listed in named.values():
        for kind, meant in listed:
            if set(meant) == headings:
                by_name = {meant[c.heading]: c for c in table.columns}
                sure = {column.index: 1.0 for column in table.columns}
                return Recognised(table, kind, 1.0, language, by_name, sure)
    seen = {
        column.index: profile(table.values(column), known, words, language)
        for column in table.columns
    }
    guesses = [_guess(table, kind, seen, language, words) for kind in FIELDS]
    best = max(guesses, key=lambda guess: guess.confidence)
    if best.confidence <= 0:
        return Recognised(table, UNKNOWN, 0.0, language, {}, {})
    total = sum(max(0.0, guess.confidence) for guess in guesses)
    return Recognised(
        table,
        best.kind,
        round(best.confidence / total, 3),
        language,
        best.fields,
        best.confidences,
    )


def _guess(
    table: Table,
    kind: str,
    seen: Mapping[int, Profile],
    language: str | None,
    words: Lexicon,
) -> Recognised:
    """Return the table as if it were of this kind; `confidence` is the plain score."""
    scores = sorted(
        (
            (score, -column.index, field, column)
            for column in table.columns
            for field, score in _scores(column, kind, seen, language, words)
        ),
        key=lambda row: row[:3],
        reverse=True,
    )
    fields: dict[str, Column] = {}
    sure: dict[int, float] = {}
    for score, _, field, column in scores:
        if field not in fields and column.index not in sure:
            fields[field] = column
            sure[column.index] = round(min(1.0, score), 3)
    weight = sum(
        sure[column.index] * (0.5 if field in COMMON else 1.0)
        for field, column in fields.items()
    )
    score = weight - 0.25 * (len(table.columns) - len(fields))
    score += _called(table, kind, words)
    if not _possible(kind, fields):
        score = -1.0
    return Recognised(table, kind, score, language, fields, sure)


def _scores(
    column: Column,
    kind: str,
    seen: Mapping[int, Profile],
    language: str | None,
    words: Lexicon,
) -> Iterable[tuple[str, float]]:
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
        values = fit(field, kind, seen[column.index])
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
    texts = [text for text, _, _ in listed]
    near = process.extract(
        heading, texts, scorer=fuzz.ratio, score_cutoff=LIKE, limit=8
    )
    for _, likeness, at in near:
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
