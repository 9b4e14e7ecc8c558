"""Look over the files of an import: tables, columns, names, conventions."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from braid.exchange.roster.columns import DAYS, HABITUAL, STAFF, build_columns
from braid.exchange.roster.conventions import Conventions
from braid.exchange.roster.drafts import Source
from braid.exchange.roster.lexicon import Lexicon, lexicon
from braid.exchange.roster.plan import ColumnSeen, Layout, Need, TableSeen
from braid.exchange.roster.profiles import Known
from braid.exchange.roster.reading.sheets import SourceFile, Value, column_letter
from braid.exchange.roster.recognising import Recognised, recognise
from braid.exchange.roster.records import KINDS
from braid.exchange.roster.setup import Setup, SpecialistPost
from braid.exchange.roster.tables import Table, find_tables
from braid.exchange.roster.values.days import YEARS_BACK, DayReader
from braid.exchange.roster.values.numbers import read_number
from braid.exchange.roster.values.texts import clean
from braid.exchange.roster.who import Roll, names_in_use
from braid.exchange.roster.wording import N_, say
from braid.method.encodings import CHOICES
from braid.method.likeness import fold
from braid.packs.layouts import folded, folded_heading

SAMPLES = 5
FULL_TIME = 2.0
"""More than two posts is no share of one: hours, or a percentage without its sign."""

_day_in_title = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.? [^\W\d]+ \d{4}")


@dataclass(slots=True)
class Survey:
    """What stands in the files, and how the unit types it."""

    files: tuple[SourceFile, ...]
    tables: list[Recognised]
    layout_id: str | None
    conventions: Conventions
    specialists: Roll
    teams: Roll

    def sources(self) -> list[Source]:
        """Return the tables that hold records, each with its readers."""
        twins = {
            id(table.table): [t for t in self.tables if t.table is table.table]
            for table in self.tables
        }
        return [
            Source(
                table,
                build_columns(table, self.conventions, self.specialists, self.teams),
                list(self._around(table)),
                twin=next((t for t in twins[id(table.table)] if t is not table), None),
            )
            for table in self.tables
            if table.kind in KINDS
        ]

    def _around(self, table: Recognised) -> Iterator[tuple[int, str | None]]:
        """Yield from which row on the surroundings name which specialist."""
        labels, sheet = table.table.labels, table.table.sheet.name
        if "specialist" in labels:
            yield table.table.heading_row, self._meant(labels["specialist"])
        elif "spec" not in table.fields and sheet and self.specialists.names:
            name = self.specialists.resolve(sheet)[0]
            if name is not None:
                yield table.table.heading_row, name
        for row, text in table.table.sections.items():
            if (name := self._meant(text)) is not None:
                yield row, name

    def _meant(self, value: Value) -> str | None:
        if value is None:
            return None
        text = clean(str(value))
        return self.specialists.resolve(text)[0] or (
            None if self.specialists.names else text
        )


def survey(
    files: Sequence[SourceFile],
    setup: Setup,
    as_of: date,
    kept: Layout | None = None,
    layout_id: str | None = None,
    words: Lexicon | None = None,
) -> Survey:
    """Return what stands in the files; what was not stated is read from them."""
    words = words or lexicon()
    stated = frozenset(folded(post.name) for post in setup.specialists)
    tables, name = _recognise(files, setup, as_of, kept, layout_id, words, stated)
    specialists = _specialists(setup, tables)
    if not stated and specialists.names:
        known = frozenset(map(folded, specialists.names))
        tables, name = _recognise(files, setup, as_of, kept, layout_id, words, known)
        specialists = _specialists(setup, tables)
    language = next((t.language for t in tables if t.language), None)
    conventions = Conventions(setup, as_of, words, language)
    conventions.guess_order(
        list(table.table.values(column))
        for table in tables
        for field, column in table.fields.items()
        if field in DAYS
    )
    teams = _teams(setup, tables)
    found = Survey(tuple(files), tables, name, conventions, specialists, teams)
    _needs(found)
    return found


def _recognise(
    files: Sequence[SourceFile],
    setup: Setup,
    as_of: date,
    kept: Layout | None,
    layout_id: str | None,
    words: Lexicon,
    specialists: frozenset[str],
) -> tuple[list[Recognised], str | None]:
    headings = frozenset(
        folded_heading(heading)
        for mapping in (kept.tables if kept else ())
        for heading in mapping.signature
    )
    known = Known(
        as_of,
        specialists,
        frozenset(map(folded, setup.treatment_teams)),
        {name: frozenset(map(folded, w)) for name, w in setup.vocabulary.items()},
    )
    tables: list[Table] = []
    for file in files:
        tables.extend(find_tables(file, words, headings, specialists))
    return recognise(tables, known, kept, layout_id, words)


def _texts(tables: Iterable[Recognised], *fields: str) -> list[str]:
    return [
        clean(str(value))
        for table in tables
        for field in fields
        if field in table.fields
        for value in table.table.values(table.fields[field])
        if isinstance(value, str)
    ]


def _specialists(setup: Setup, tables: Sequence[Recognised]) -> Roll:
    """Return the specialists stated, or those that the files show."""
    if setup.specialists:
        return Roll([post.name for post in setup.specialists], people=True)
    lists = [table for table in tables if table.kind == "lists"]
    labels = [
        clean(str(table.table.labels["specialist"]))
        for table in tables
        if table.table.labels.get("specialist") is not None
    ]
    rows = [table for table in tables if table.kind in KINDS]
    texts = _texts(rows, "spec", "prev_spec", "moved_to")
    return names_in_use(texts, [*_texts(lists, "spec"), *labels], people=True)


def _teams(setup: Setup, tables: Sequence[Recognised]) -> Roll:
    if setup.treatment_teams:
        return Roll(setup.treatment_teams, people=False)
    lists = [table for table in tables if table.kind == "lists"]
    rows = [table for table in tables if table.kind in KINDS]
    return names_in_use(_texts(rows, "team"), _texts(lists, "team"), people=False)


def _needs(found: Survey) -> None:
    """Note what should be stated once, with what the files show as a guess."""
    needs, setup = found.conventions.needs, found.conventions.setup
    posts = () if setup.specialists else tuple(_posts(found))
    listed = bool(posts) and all(
        post.fte is not None and post.first_day for post in posts
    )
    if not setup.specialists and not listed:
        text = N_("Who are the unit's specialists, with which FTE, from when to when?")
        needs["specialists"] = Need("specialists", say(text), (), posts)
    if not setup.treatment_teams and _teams_in_use(found):
        text = N_("Which are the treatment teams?")
        names = found.teams.names
        needs["treatment_teams"] = Need("treatment_teams", say(text), (), names)
    _needs_strangers(found)
    for file in found.files:
        if not file.encoding_proven and setup.encoding is None:
            text = N_(
                "In which encoding was “%(file)s” saved? Look whether its letters are "
                "right."
            )
            sentence = say(text, file=file.name)
            needs["encoding"] = Need("encoding", sentence, CHOICES, file.encoding)


def _teams_in_use(found: Survey) -> bool:
    """Say whether rows name a treatment team that no list of the files names."""
    lists = [table for table in found.tables if table.kind == "lists"]
    listed = set(map(fold, _texts(lists, "team")))
    return any(fold(name) not in listed for name in found.teams.names)


def _needs_strangers(found: Survey) -> None:
    """Ask for specialists and teams that the setup lacks and the rows are full of."""
    needs, setup = found.conventions.needs, found.conventions.setup
    rows = [table for table in found.tables if table.kind in KINDS]
    if setup.specialists and (new := _strangers(rows, found.specialists, *STAFF)):
        posts = (*setup.specialists, *map(SpecialistPost, new))
        text = N_(
            "Names stand in many rows (%(count)s of them) that are not among the "
            "specialists. Who are all the specialists, those who left included?"
        )
        sentence = say(text, count=len(new))
        needs.setdefault("specialists", Need("specialists", sentence, (), posts))
    if setup.treatment_teams and (new := _strangers(rows, found.teams, "team")):
        text = N_(
            "Teams stand in many rows (%(count)s of them) that are not among the "
            "treatment teams. Which are all the teams?"
        )
        names = (*setup.treatment_teams, *new)
        sentence = say(text, count=len(new))
        needs.setdefault(
            "treatment_teams", Need("treatment_teams", sentence, (), names)
        )


def _strangers(tables: Iterable[Recognised], roll: Roll, *fields: str) -> list[str]:
    """Return the texts that nobody is meant by and that a column holds throughout."""
    found: dict[str, None] = {}
    for table in tables:
        for field in fields:
            for text, rows in Counter(_texts([table], field)).items():
                if rows >= HABITUAL and roll.resolve(text)[0] is None:
                    found.setdefault(text)
    return list(found)


def _posts(found: Survey) -> Iterator[SpecialistPost]:
    """Yield the specialists that the files show, with FTE and days from a list."""
    listed: dict[str, SpecialistPost] = {}
    conventions = found.conventions
    for table in found.tables:
        if table.kind != "lists":
            continue
        reader = conventions.day_reader(
            value
            for field in ("start", "end")
            if field in table.fields
            for value in table.table.values(table.fields[field])
        )
        for row in table.table.rows:
            cells = {
                field: row.values[column.index]
                for field, column in table.fields.items()
                if column.index < len(row.values)
            }
            name = cells.get("spec")
            if isinstance(name, str):
                first, last = (
                    reader.read(value).day if value is not None else None
                    for value in (cells.get("start"), cells.get("end"))
                )
                listed[clean(name)] = SpecialistPost(
                    clean(name), _share(cells.get("fte")), first, last
                )
    for name in found.specialists.names:
        yield listed.get(name, SpecialistPost(name))


def _share(value: Value) -> float | None:
    """Return a share of full time, as 0.8 or “80 %”; None for hours and the like."""
    text = clean(value) if isinstance(value, str) else ""
    hundredths = text.endswith("%")
    number = read_number(text.rstrip("% ") if hundredths else value, None).number
    if number is None:
        return None
    share = float(number) / 100 if hundredths else float(number)
    return share if 0 <= share <= FULL_TIME else None


def day_of_file(files: Sequence[SourceFile], setup: Setup, today: date) -> date | None:
    """Return the day that the files say they are of, as "As at 30/06/2026".

    Stated in the setup, or standing beside a label or in a title above a table.
    """
    if setup.as_of is not None:
        return setup.as_of
    words = lexicon()
    reader = DayReader(setup.date_order or "dmy", today, words.days)
    for file in files:
        for table in find_tables(file, words):
            told = table.labels.get("as_of")
            if told is not None and (day := _file_day(reader, told)) is not None:
                return day
            for row in table.sheet.rows:
                if row.number >= table.heading_row:
                    break
                for value in row.values:
                    match = (
                        _day_in_title.search(value) if isinstance(value, str) else None
                    )
                    if match and (day := _file_day(reader, match[0])) is not None:
                        return day
    return None


def _file_day(reader: DayReader, told: Value) -> date | None:
    """Return the day that a label or title tells, if a file could be of it."""
    day = reader.read(told).day
    if day is None or not -YEARS_BACK <= day.year - reader.as_of.year <= 1:
        return None
    return day


def table_seen(table: Recognised, source: Source | None) -> TableSeen:
    """Return a recognised table as pages and commands show it."""
    raw = table.table
    named = {column.index: field for field, column in table.fields.items()}
    blanks = source.skipped if source is not None else []
    skipped = sorted((*raw.skipped, *blanks), key=lambda s: s.first)
    around = source.around[0][1] if source is not None and source.around else None
    twin = source.twin if source is not None else None
    used = {column.index for column in twin.fields.values()} if twin else set()
    return TableSeen(
        raw.file,
        raw.sheet.name,
        raw.caption,
        table.kind,
        table.confidence,
        table.language,
        raw.heading_row,
        len(raw.rows) - len(blanks),
        tuple(
            ColumnSeen(
                column_letter(column.index),
                column.heading,
                column.group,
                named.get(column.index),
                table.confidences.get(column.index, 0.0),
                column.index in raw.sheet.hidden_columns,
                _samples(raw.values(column)),
                elsewhere=column.index in used,
            )
            for column in raw.columns
        ),
        tuple(skipped),
        around,
    )


def _samples(values: Iterable[Value]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in values:
        if value is not None:
            found.setdefault(clean(str(value)))
            if len(found) == SAMPLES:
                break
    return tuple(found)


def with_names(setup: Setup, found: Survey) -> Setup:
    """Return the setup with the names that the files show where none were stated."""
    return replace(
        setup,
        specialists=setup.specialists or tuple(_posts(found)),
        treatment_teams=setup.treatment_teams or found.teams.names,
    )
