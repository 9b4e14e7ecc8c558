"""Find the tables in a sheet: one or several, with whatever stands around them."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from braid.exchange.roster.lexicon import Lexicon
from braid.exchange.roster.plan import SkippedRows
from braid.exchange.roster.reading.sheets import Row, Sheet, SourceFile, Value
from braid.exchange.roster.values.days import DayWords, looks_like_day
from braid.packs.layouts import folded, folded_heading

MAX_HEADING = 80
SEARCHED_FOR_HEADING = 50
NOTE_FROM = 40
_has_digit = re.compile(r"\d")
_wording = re.compile(r"[^\W\d_]{2}[^\d]*\d?$|[^\d]+$")
_letters = re.compile(r"[^\W\d_]+")
_digits = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its number in the sheet (from 0), heading and group."""

    index: int
    heading: str
    group: str


@dataclass(slots=True)
class Table:
    """A table as it stands in a sheet, before anyone says what it means.

    `labels`: what stands above it in pairs, as "Specialist: Ada"; a value may be None.
    `sections`: row number -> the text of a line within the data that names a section.
    """

    file: str
    sheet: Sheet
    caption: str | None
    heading_row: int
    columns: tuple[Column, ...]
    rows: list[Row]
    skipped: list[SkippedRows]
    labels: dict[str, Value] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)

    def values(self, column: Column) -> Iterator[Value]:
        """Yield the values of a column, blank ones as None."""
        at = column.index
        return (row.values[at] if at < len(row.values) else None for row in self.rows)


def find_tables(
    file: SourceFile,
    lexicon: Lexicon,
    known_headings: frozenset[str] = frozenset(),
    names: frozenset[str] = frozenset(),
) -> list[Table]:
    """Return the tables of a file, sheet by sheet, top down.

    `known_headings` (folded) are those of a mapping that was kept; `names` (folded)
    are specialists, whose name alone in a row begins a section.
    """

    def is_known(text: str) -> bool:
        return lexicon.is_heading(text) or folded_heading(text) in known_headings

    found: list[Table] = []
    for sheet in file.sheets:
        headings = _heading_indexes(sheet.rows, is_known, lexicon.days)
        found.extend(_cut(file.name, sheet, headings, lexicon, names))
    return found


def _heading_indexes(
    rows: Sequence[Row], is_known: Callable[[str], bool], days: DayWords
) -> list[int]:
    """Return where heading rows stand; a second line of the same headings is none."""
    found: list[int] = []
    for index, row in enumerate(rows):
        texts = [value for value in row.values if value is not None]
        if len(texts) < 2 or not all(_may_head(text) for text in texts):
            continue
        hits = sum(is_known(text) for text in texts if isinstance(text, str))
        if not _enough(hits, len(texts), bool(found)):
            continue
        if found and _same_texts(rows[found[-1]], row):
            continue
        if found and found[-1] == index - 1 and _is_grouping(rows[index - 1], row):
            found.pop()  # the line above only groups these headings
        found.append(index)
    if not found and (guess := _by_shape(rows, days)) is not None:
        found.append(guess)
    return found


def _enough(hits: int, width: int, below_another: bool) -> bool:
    """Say whether so many known headings make a row a heading row.

    Half of them must be known, two at least; a third is enough for the first heading
    of a sheet, while below another table a row of data must not pass for one.
    """
    if below_another:
        return hits >= min(3, width) and hits * 2 >= width
    return hits >= 2 and (hits * 2 >= width or (hits >= 3 and hits * 3 >= width))


def _may_head(value: Value) -> bool:
    return isinstance(value, str) and len(value) <= MAX_HEADING


def _same_texts(one: Row, other: Row) -> bool:
    return [folded(str(v)) for v in one.values if v is not None] == [
        folded(str(v)) for v in other.values if v is not None
    ]


def _by_shape(rows: Sequence[Row], days: DayWords) -> int | None:
    """Return the first row that looks like headings in a language nobody listed.

    Three or more different texts that are no numbers and no days, and below them rows
    as wide with figures in them.
    """
    for index, row in enumerate(rows[:SEARCHED_FOR_HEADING]):
        texts = [value for value in row.values if value is not None]
        bare = all(_may_head(t) and _is_wording(str(t), days) for t in texts)
        if len(texts) < 3 or not bare or len(set(texts)) < len(texts):
            continue
        below = [
            [value for value in r.values if value is not None]
            for r in rows[index + 1 : index + 6]
        ]
        wide = [values for values in below if len(values) * 2 >= len(texts)]
        if any(_has_digit.search(str(v)) for values in wide for v in values):
            return index
    return None


def _is_wording(text: str, days: DayWords) -> bool:
    """Say whether a text could head a column: letters, and at most a number at the end."""
    return bool(_wording.match(text)) and not looks_like_day(text, days)


def _cut(
    file: str,
    sheet: Sheet,
    headings: Sequence[int],
    lexicon: Lexicon,
    names: frozenset[str],
) -> Iterator[Table]:
    """Yield the tables of a sheet, each with what stands above it."""
    rows = sheet.rows
    tops = [
        _top(rows, at, headings[n - 1] + 1 if n else 0, lexicon)
        for n, at in enumerate(headings)
    ]
    labels: dict[str, Value] = {}
    for n, at in enumerate(headings):
        end = tops[n + 1] if n + 1 < len(headings) else len(rows)
        above = rows[tops[n] : at]
        group, caption = _group_and_caption(sheet, above, rows[at], lexicon)
        labels = labels | dict(_labels(above, lexicon))
        table = Table(
            file,
            sheet,
            caption,
            rows[at].number,
            tuple(_columns(sheet, rows[at], group)),
            [],
            [
                SkippedRows(row.number, row.number, _why_above(row, group, caption))
                for row in above
            ],
            labels,
        )
        table.skipped.append(SkippedRows(rows[at].number, rows[at].number, "heading"))
        _take_rows(table, rows[at + 1 : end], lexicon, names)
        _note_blanks(table, rows, tops[n], end)
        yield table


def _top(rows: Sequence[Row], heading: int, floor: int, lexicon: Lexicon) -> int:
    """Return the index of the first row that belongs above this heading.

    Everything above the first heading does; further down a group line, a caption and
    short lines that follow one another without a blank row.
    """
    if floor == 0:
        return 0
    top = heading
    while top > floor:
        above = rows[top - 1]
        filled = sum(value is not None for value in above.values)
        near = rows[top].number - above.number <= (1 if top < heading else 2)
        grouping = top == heading and _is_grouping(above, rows[heading])
        if not near or not (filled == 1 or grouping or _is_label(above, lexicon)):
            break
        top -= 1
    return top


def _is_label(row: Row, lexicon: Lexicon) -> bool:
    texts = [value for value in row.values if value is not None]
    first = texts[0] if texts else None
    return len(texts) <= 2 and isinstance(first, str) and _label(first, lexicon) != ""


def _label(text: str, lexicon: Lexicon) -> str:
    """Return what a label names: `specialist`, `as_of`, or nothing that matters."""
    for what in ("specialist", "as_of"):
        if lexicon.means("around", what, text.split(":")[0]):
            return what
    return ""


def _labels(above: Sequence[Row], lexicon: Lexicon) -> Iterator[tuple[str, Value]]:
    for row in above:
        texts = [value for value in row.values if value is not None]
        if not texts or len(texts) > 2 or not isinstance(texts[0], str):
            continue
        name, _, rest = texts[0].partition(":")
        if what := _label(name, lexicon):
            yield what, texts[1] if len(texts) == 2 else rest.strip() or None


def _is_grouping(row: Row, heading: Row) -> bool:
    texts = [value for value in row.values if value is not None]
    width = sum(value is not None for value in heading.values)
    bare = all(_may_head(t) and not _has_digit.search(str(t)) for t in texts)
    near = heading.number == row.number + 1
    return near and bare and 2 <= len(texts) < width


def _group_and_caption(
    sheet: Sheet, above: Sequence[Row], heading: Row, lexicon: Lexicon
) -> tuple[Row | None, str | None]:
    rest = list(above)
    group: Row | None = None
    if rest and rest[-1].number == heading.number - 1:
        last = rest[-1]
        spans = any(m[0] == last.number and m[3] - m[1] > 0 for m in sheet.merged)
        alone = sum(value is not None for value in last.values) == 1
        if not _is_label(last, lexicon) and (
            _is_grouping(last, heading) or (spans and not alone)
        ):
            group = rest.pop()
    below = group or heading
    if rest and rest[-1].number >= below.number - 2:
        texts = [value for value in rest[-1].values if value is not None]
        if len(texts) == 1 and isinstance(texts[0], str):
            text = texts[0].strip()
            if not _has_digit.search(text) and not _label(text, lexicon):
                return group, text
    return group, None


def _why_above(row: Row, group: Row | None, caption: str | None) -> str:
    if row is group:
        return "group"
    alone = [str(value).strip() for value in row.values if value is not None]
    return "caption" if alone == [caption] else "title"


def _columns(sheet: Sheet, heading: Row, group: Row | None) -> Iterator[Column]:
    over = _spread(sheet, group, len(heading.values)) if group is not None else {}
    for index, value in enumerate(heading.values):
        if value is not None:
            yield Column(index, " ".join(str(value).split()), over.get(index, ""))


def _spread(sheet: Sheet, group: Row, width: int) -> dict[int, str]:
    """Return the group text over each column: by merged cells, else to the next."""
    merged = {m[1]: m[3] for m in sheet.merged if m[0] <= group.number <= m[2]}
    over: dict[int, str] = {}
    text, last = "", -1
    for index in range(width):
        value = group.values[index] if index < len(group.values) else None
        if value is not None:
            text = " ".join(str(value).split())
            last = merged.get(index, index if merged else width)
        if index <= last:
            over[index] = text
    return over


def _take_rows(
    table: Table, rows: Sequence[Row], lexicon: Lexicon, names: frozenset[str]
) -> None:
    """Sort the rows below a heading into data and what is none."""
    heading = {c.index: folded(c.heading) for c in table.columns}
    shapes = _shapes(rows)
    last_wide = max(
        (n for n, row in enumerate(rows) if _filled(row) > 1), default=len(rows)
    )
    for n, row in enumerate(rows):
        why = _why_not_data(table, row, heading, lexicon)
        if why is None and _filled(row) == 1 and len(table.columns) >= 4:
            why = _lonely(table, row, shapes, names, n > last_wide)
        if why is None:
            table.rows.append(row)
        else:
            table.skipped.append(SkippedRows(row.number, row.number, why))


def _filled(row: Row) -> int:
    return sum(value is not None for value in row.values)


def _why_not_data(
    table: Table, row: Row, heading: dict[int, str], lexicon: Lexicon
) -> str | None:
    cells = [(i, v) for i, v in enumerate(row.values) if v is not None]
    formulas = table.sheet.formulas
    if formulas and all((row.number, i) in formulas for i, _ in cells):
        # Formulas filled down beyond the data, or sums without a word beside them.
        return "total" if any(isinstance(v, int | float) for _, v in cells) else "blank"
    if all(isinstance(v, str) and heading.get(i) == folded(v) for i, v in cells):
        return "heading" if len(cells) > 1 else None
    words = [v for _, v in cells if isinstance(v, str) and not _has_digit.search(v)]
    if len(words) == 1 and _says_total(words[0], lexicon):
        return "total"
    sparse = len(cells) * 2 <= len(table.columns)
    if sparse and any(lexicon.means("around", "total", word) for word in words):
        return "total"
    return None


def _says_total(text: str, lexicon: Lexicon) -> bool:
    words = folded(text).split()
    return bool(words) and (
        lexicon.means("around", "total", text)
        or lexicon.means("around", "total", words[0])
    )


def _shapes(rows: Sequence[Row]) -> dict[int, Counter[str]]:
    shapes: dict[int, Counter[str]] = {}
    for row in rows:
        if _filled(row) > 1:
            for index, value in enumerate(row.values):
                if isinstance(value, str):
                    shapes.setdefault(index, Counter())[_shape(value)] += 1
    return shapes


def _shape(text: str) -> str:
    return _digits.sub("9", _letters.sub("a", text.strip()))


def _lonely(
    table: Table,
    row: Row,
    shapes: dict[int, Counter[str]],
    names: frozenset[str],
    at_the_end: bool,
) -> str | None:
    """Say why a row with one cell is no data: a section's name, or a note."""
    index, value = next((i, v) for i, v in enumerate(row.values) if v is not None)
    if not isinstance(value, str):
        alone = at_the_end and not isinstance(value, date)
        return "total" if alone else None
    if folded(value) in names:
        table.sections[row.number] = value.strip()
        return "section"
    if len(value) <= NOTE_FROM and shapes.get(index, Counter())[_shape(value)]:
        return None
    if not at_the_end:
        table.sections[row.number] = value.strip()
        return "section"
    return "note"


def _note_blanks(table: Table, rows: Sequence[Row], top: int, end: int) -> None:
    """Name the rows without any value from the table's top to the next one's."""
    before = rows[top - 1].number if top else 0
    for row in rows[top:end]:
        if row.number > before + 1:
            table.skipped.append(SkippedRows(before + 1, row.number - 1, "blank"))
        before = row.number
    table.skipped.sort(key=lambda skipped: skipped.first)
