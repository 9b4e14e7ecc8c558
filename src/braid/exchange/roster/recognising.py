"""Say what tables are: by a mapping that was kept, a layout's name, or a guess."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from braid.exchange.roster.guessing import PERSON, Evidence, Guess, guess, guesses
from braid.exchange.roster.lexicon import Lexicon, lexicon
from braid.exchange.roster.plan import Layout, MappedColumn, TableMapping
from braid.exchange.roster.profiles import Known, profile
from braid.exchange.roster.reading.sheets import column_letter
from braid.exchange.roster.tables import Column, Table
from braid.packs.layouts import FIELDS, folded_heading

UNKNOWN = "unknown"


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

    @property
    def own(self) -> frozenset[str]:
        """Return the fields that do not only say whose row it is."""
        return frozenset(self.fields) - {*PERSON, "key"}

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
    `layout_id` names a layout; without it one is found by its headings. A table whose
    rows tell of two kinds of thing comes twice.
    """
    words = words or lexicon()
    languages = [_language_votes(table, words) for table in tables]
    overall = sum(languages, Counter())
    named = _named_layout(tables, words, layout_id)
    found: list[Recognised] = []
    for table, votes in zip(tables, languages, strict=True):
        language = _language(votes, overall)
        seen = {
            column.index: profile(table.values(column), known, words, language)
            for column in table.columns
        }
        evidence = Evidence(table, seen, language, words)
        stated = _kept_for(table, kept) if kept is not None else []
        if stated:
            found.extend(_by_mapping(evidence, mapping) for mapping in stated)
        else:
            found.extend(_by_name(evidence, named) or _by_guess(evidence))
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


def _kept_for(table: Table, kept: Layout) -> list[TableMapping]:
    """Return the kept mappings of a table: the same headings, the nearest name first.

    Two where its rows tell of two kinds of thing.
    """
    headings = tuple(column.heading for column in table.columns)
    place = (table.sheet.name, table.caption)
    near = [m for m in kept.tables if (m.sheet, m.caption) == place]
    same = [m for m in kept.tables if m.signature == headings]
    found = [m for m in same if m in near] or same
    if not found and near:
        # A column more or less: most headings must be the same.
        best = max(near, key=lambda m: len(set(m.signature) & set(headings)))
        if len(set(best.signature) & set(headings)) * 2 > len(headings):
            found = [m for m in near if m.signature == best.signature]
    return list({mapping.kind: mapping for mapping in found}.values())


def _by_mapping(evidence: Evidence, mapping: TableMapping) -> Recognised:
    """Return a table as a mapping says; columns that are new to it are guessed.

    So are all where nobody said more than what kind of table it is.
    """
    table = evidence.table
    stated: dict[str, list[str | None]] = {}
    meant = any(mapped.field for mapped in mapping.columns)
    for mapped in mapping.columns if meant else ():
        stated.setdefault(mapped.heading, []).append(mapped.field)
    fields: dict[str, Column] = {}
    told: set[int] = set()
    for column in table.columns:
        queue = stated.get(column.heading)
        if queue is None:
            continue
        told.add(column.index)
        field = queue.pop(0) if queue else None
        if field is not None and field in FIELDS.get(mapping.kind, ()):
            fields.setdefault(field, column)
    sure = {column.index: 1.0 for column in fields.values()}
    if mapping.kind in FIELDS and len(told) < len(table.columns):
        more = guess(
            evidence, mapping.kind, beside=frozenset(told), without=frozenset(fields)
        )
        fields |= more.fields
        sure |= more.confidences
    return Recognised(table, mapping.kind, 1.0, evidence.language, fields, sure)


def _by_name(
    evidence: Evidence, named: Mapping[str, list[tuple[str, Mapping[str, str]]]]
) -> list[Recognised]:
    table = evidence.table
    headings = {column.heading for column in table.columns}
    for listed in named.values():
        for kind, meant in listed:
            if set(meant) == headings:
                fields = {meant[c.heading]: c for c in table.columns}
                sure = {column.index: 1.0 for column in table.columns}
                return [Recognised(table, kind, 1.0, evidence.language, fields, sure)]
    return []


def _by_guess(evidence: Evidence) -> Iterator[Recognised]:
    found, sure = guesses(evidence)
    for one in found or [Guess(UNKNOWN, 0.0, {}, {})]:
        yield Recognised(
            evidence.table,
            one.kind,
            round(sure, 3),
            evidence.language,
            one.fields,
            one.confidences,
        )
