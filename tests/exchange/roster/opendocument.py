"""OpenDocument spreadsheets made on the spot, written as LibreOffice writes them."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from braid.exchange.roster.reading.sheets import Row, Sheet

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "style", "table", "text")
) + (
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:'
    '1.0"'
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}'
    "</manifest:manifest>"
)
STYLES = (
    '<style:style style:name="ta1" style:family="table">'
    '<style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)


def spreadsheet(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as an .ods file: runs of equal cells and rows written once."""
    return packed(content("".join(map(_table, sheets))))


def rows_as_sheet(name: str, rows: Sequence[Sequence[Any]], **more: Any) -> Sheet:
    """Return rows of values as a sheet, the first of them being row 1."""
    numbered = (Row(n, tuple(row)) for n, row in enumerate(rows, 1) if any_value(row))
    return Sheet(name, tuple(numbered), **more)


def any_value(row: Sequence[Any]) -> bool:
    return any(value is not None for value in row)


def content(tables: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES} '
        f'office:version="1.3"><office:automatic-styles>{STYLES}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def packed(
    xml: str | bytes, mimetype: str = MIMETYPE, manifest: str = "", **parts: bytes
) -> bytes:
    """Return an archive with this `content.xml`, and further `parts` by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        made.writestr("content.xml", xml)
        made.writestr("META-INF/manifest.xml", MANIFEST.format(manifest))
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def one_sheet(rows: str, before: str = "") -> bytes:
    """Return a spreadsheet with one sheet that holds these rows, as XML."""
    return packed(content(f'<table:table table:name="A">{before}{rows}</table:table>'))


def _table(sheet: Sheet) -> str:
    width = max((len(row.values) for row in sheet.rows), default=1)
    style = "ta2" if sheet.hidden else "ta1"
    return (
        f"<table:table table:name={quoteattr(sheet.name or '')} "
        f'table:style-name="{style}">'
        + "".join(_columns(sheet, width))
        + "".join(_rows(sheet))
        + "</table:table>"
    )


def _columns(sheet: Sheet, width: int) -> Iterator[str]:
    for index in range(width):
        hidden = index in sheet.hidden_columns
        yield "<table:table-column" + _seen(hidden) + "/>"
    yield (
        f'<table:table-column table:number-columns-repeated="{LAST_COLUMN - width}"/>'
    )


def _rows(sheet: Sheet) -> Iterator[str]:
    """Yield the rows; cells fall away to the right and below as empty runs."""
    number = 1
    spans = {(m[0], m[1]): m for m in sheet.merged}
    for (_, hidden), run in groupby(
        sheet.rows,
        key=lambda row: (_alone(sheet, row), row.number in sheet.hidden_rows),
    ):
        rows = list(run)
        while rows:
            first = rows[0]
            if first.number > number:
                yield _blank(first.number - number)
            times = 1
            while times < len(rows) and rows[times] == Row(
                first.number + times, first.values
            ):
                times += 1
            times = 1 if _alone(sheet, first) else times
            yield (
                "<table:table-row"
                + (f' table:number-rows-repeated="{times}"' if times > 1 else "")
                + _seen(hidden)
                + ">"
                + "".join(_cells(sheet, first, spans))
                + "</table:table-row>"
            )
            number = first.number + times
            del rows[:times]
    if number <= LAST_ROW:
        yield _blank(LAST_ROW + 1 - number)


def _alone(sheet: Sheet, row: Row) -> bool:
    """Say whether a row must be written for itself: formulas, merged cells."""
    starts = any(m[0] <= row.number <= m[2] for m in sheet.merged)
    return starts or any(at[0] == row.number for at in sheet.formulas)


def _blank(times: int) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{times}"><table:table-cell '
        f'table:number-columns-repeated="{LAST_COLUMN}"/></table:table-row>'
    )


def _seen(hidden: bool) -> str:
    return ' table:visibility="collapse"' if hidden else ""


def _cells(
    sheet: Sheet, row: Row, spans: dict[tuple[int, int], tuple[int, int, int, int]]
) -> Iterator[str]:
    last = max(
        [len(row.values), *(c + 1 for r, c in sheet.formulas if r == row.number)]
    )
    values = [*row.values, *[None] * (last - len(row.values))]

    def key(column: int) -> tuple[Any, ...]:
        at = (row.number, column)
        value = values[column]
        return (type(value), value, sheet.formulas.get(at), spans.get(at))

    for (_, value, formula, span), run in groupby(range(last), key=key):
        times = len(list(run))
        more = f' table:number-columns-repeated="{times}"' if times > 1 else ""
        if formula is not None:
            more += f" table:formula={quoteattr('of:=' + formula)}"
        if span is not None:
            more += f' table:number-columns-spanned="{span[3] - span[1] + 1}"'
            more += f' table:number-rows-spanned="{span[2] - span[0] + 1}"'
        yield cell(value, more)
    if last < LAST_COLUMN:
        rest = LAST_COLUMN - last
        yield f'<table:table-cell table:number-columns-repeated="{rest}"/>'


def cell(value: Any, more: str = "") -> str:
    """Return a cell with its typed value and its text."""
    kind, text = _typed(value)
    if value is None:
        return f"<table:table-cell{more}/>"
    return f"<table:table-cell{more} {kind}>{_paragraphs(text)}</table:table-cell>"


def _typed(value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        word = str(value).lower()
        return (
            f'office:value-type="boolean" office:boolean-value="{word}"',
            word.upper(),
        )
    if isinstance(value, int | float):
        return f'office:value-type="float" office:value="{value!r}"', str(value)
    if isinstance(value, date | datetime):
        shown = f"{value.day:02}-{value.month:02}-{value.year}"
        stamp = value.isoformat()
        return f'office:value-type="date" office:date-value="{stamp}"', shown
    if isinstance(value, time | timedelta):
        seconds = (
            value.hour * 3600 + value.minute * 60 + value.second
            if isinstance(value, time)
            else round(value.total_seconds())
        )
        stamp = f"PT{seconds // 3600:02}H{seconds // 60 % 60:02}M{seconds % 60:02}S"
        return f'office:value-type="time" office:time-value="{stamp}"', stamp
    return 'office:value-type="string" calcext:value-type="string"', str(value or "")


def _paragraphs(text: str) -> str:
    return "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))


def _spaced(line: str) -> str:
    """Return a line in which every space after a space, or at the edge, is an element."""
    out = []
    for spaces, run in groupby(line, key=lambda char: char == " "):
        part = "".join(run)
        if not spaces:
            out.append(escape(part).replace("\t", "<text:tab/>"))
        elif out and len(part) == 1 and len("".join(out)) and not line.endswith(part):
            out.append(" ")
        else:
            out.append(f'<text:s text:c="{len(part)}"/>')
    return "".join(out)
