"""A workbook to begin with: a sheet a kind of table, in the words of a country.

Headings, sheet names and words to choose from are the first ones of the layout packs,
so that the importer knows them again. No row is an example: what stands below the
headings is somebody's data. Examples are remarks at the headings and a sheet of prose.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from braid.exchange.roster.columns import DAYS, FREE, LIST_OF
from braid.kernel.cells import as_text
from braid.packs.layouts import BlankTexts, LayoutPack
from braid.packs.loader import get

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    kind: tuple(fields.split())
    for kind, fields in {
        "lists": "spec fte start end team",
        "caseload": (
            "cid last first dob team spec referral source status accepted "
            "first_contact profile prev_spec moved_on discharge reason notes"
        ),
        "contacts": "date cid name spec mode place minutes attended notes",
        "employer_contacts": "date spec employer person mode cid outcome notes",
        "jobs": (
            "cid name employer title type permanent start end hours wage paid_hours "
            "changed_on new_hours end_reason notes"
        ),
        "meetings": "date team spec attended",
    }.items()
}
LANGUAGE_OF: Final[Mapping[str, str]] = {
    "AT": "de",
    "CH": "de",
    "DE": "de",
    "DK": "da",
    "NL": "nl",
    "NO": "nb",
    "SE": "sv",
}
DAY_FORMS: Final[Mapping[str, str]] = {
    "AT": "dd.mm.yyyy",
    "AU": "dd/mm/yyyy",
    "CH": "dd.mm.yyyy",
    "DE": "dd.mm.yyyy",
    "DK": "dd-mm-yyyy",
    "GB": "dd/mm/yyyy",
    "IE": "dd/mm/yyyy",
    "NL": "dd-mm-yyyy",
    "NO": "dd.mm.yyyy",
    "NZ": "dd/mm/yyyy",
    "US": "mm/dd/yyyy",
}
"""How days are shown; the cells hold days, so that their order is never in doubt."""

SUFFIX: Final = ".xlsx"
OTHER_DAY_FORM: Final = "yyyy-mm-dd"
LAST_ROW: Final = 2_000
LAST_STAFF: Final = 200
WIDTHS: Final[Mapping[str, int]] = {"notes": 40, "cid": 14, "fte": 12}
LARGEST: Final[Mapping[str, float]] = {"fte": 1, "hours": 80, "new_hours": 80}
NUMBERS: Final = frozenset(
    ("fte", "minutes", "hours", "new_hours", "paid_hours", "wage")
)
NAMED: Final[Mapping[str, str]] = {"spec": "A", "prev_spec": "A", "team": "E"}
"""Fields chosen from the sheet of the staff, and its column that holds them."""

HEADING = PatternFill("solid", fgColor="DCE6F1")


@dataclass(frozen=True, slots=True)
class Blank:
    """A workbook as bytes, its file name and the language that it is in.

    `is_known`: words or days are those of the country that was asked for.
    """

    name: str
    language: str
    data: bytes
    is_known: bool


def blank_workbook(country: str | None = None) -> Blank:
    """Return the workbook of a country (two letters), in English where none is known."""
    code = (country or "").upper()
    language = LANGUAGE_OF.get(code, "en")
    made = _Made(get("layouts", language), DAY_FORMS.get(code, OTHER_DAY_FORM))
    out = io.BytesIO()
    made.book.save(out)
    known = code in LANGUAGE_OF or code in DAY_FORMS
    name = f"ips-{code.lower()}{SUFFIX}" if known else f"ips{SUFFIX}"
    return Blank(name, language, out.getvalue(), known)


class _Made:
    """The workbook while it is made."""

    def __init__(self, pack: LayoutPack, day_form: str) -> None:
        self.pack = pack
        self.day_form = day_form
        self.book = Workbook()
        self.texts = _texts(pack)
        self.words: dict[str, str] = {}
        self._explain()
        for kind, fields in COLUMNS.items():
            self._add_sheet(kind, fields)

    def _explain(self) -> None:
        """Write the sheet of prose: in one column or two, so that it is no table."""
        sheet, texts = self.book.active, self.texts
        sheet.title = texts.sheet
        sheet.column_dimensions["A"].width = 36
        sheet.column_dimensions["B"].width = 90
        for line in texts.how_to:
            sheet.append([as_text(line)])
        self._caption(sheet, texts.about_columns)
        for kind, notes in texts.notes.items():
            for field, note in notes.items():
                title = f"{_sheet_name(self.pack, kind)}: {_heading(self.pack, kind, field)}"
                sheet.append([as_text(title), as_text(note)])
        self._caption(sheet, texts.about_words)
        for name in dict.fromkeys(LIST_OF.values()):
            first = sheet.max_row + 2
            for number, word in enumerate(_words(self.pack, name)):
                sheet.cell(first + number, 1, as_text(word))
            place = f"$A${first}:$A${sheet.max_row}"
            self.words[name] = f"{quote_sheetname(sheet.title)}!{place}"

    def _caption(self, sheet: Any, text: str) -> None:
        at = sheet.max_row + 2
        sheet.cell(at, 1, as_text(text)).font = Font(bold=True)

    def _add_sheet(self, kind: str, fields: tuple[str, ...]) -> None:
        sheet = self.book.create_sheet(_sheet_name(self.pack, kind))
        sheet.freeze_panes = "A2"
        notes = self.texts.notes.get(kind, {})
        for number, field in enumerate(fields, 1):
            heading = _heading(self.pack, kind, field)
            cell = sheet.cell(1, number, as_text(heading))
            cell.font, cell.fill = Font(bold=True), HEADING
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if field in notes:
                cell.comment = Comment(notes[field], "Braid", height=90, width=260)
            letter = get_column_letter(number)
            column = sheet.column_dimensions[letter]
            column.width = WIDTHS.get(field, 18)
            if field in DAYS:
                column.number_format = self.day_form
            rule = self._rule(kind, field)
            if rule is not None:
                rule.add(f"{letter}2:{letter}{LAST_ROW}")
                sheet.add_data_validation(rule)

    def _rule(self, kind: str, field: str) -> DataValidation | None:
        """Return what the cells of a column take, None where anything may stand."""
        wanted = self.texts.wanted
        if field in DAYS:
            # From 1900 to 2119, in the day numbers of spreadsheet programs.
            return _strict("date", wanted["day"], "between", "1", "80000")
        if field in NUMBERS:
            most = str(LARGEST.get(field, 100_000))
            return _strict("decimal", wanted["number"], "between", "0", most)
        if (kind, field) in LIST_OF:
            name = LIST_OF[kind, field]
            rule = _chosen(self.words[name])
            if name not in FREE:
                rule.showErrorMessage, rule.error = True, wanted["word"]
            return rule
        if field in NAMED and kind != "lists":
            staff, letter = _sheet_name(self.pack, "lists"), NAMED[field]
            place = f"${letter}$2:${letter}${LAST_STAFF}"
            return _chosen(f"{quote_sheetname(staff)}!{place}")
        return None


def _strict(
    kind: str, error: str, operator: str, least: str, most: str
) -> DataValidation:
    rule = DataValidation(type=kind, operator=operator, formula1=least, formula2=most)
    rule.showErrorMessage, rule.error, rule.allow_blank = True, error, True
    return rule


def _chosen(place: str) -> DataValidation:
    """Return a list to choose from; a word that is not in it may be written too."""
    rule = DataValidation(type="list", formula1=place, allow_blank=True)
    rule.showErrorMessage = False
    return rule


def _texts(pack: LayoutPack) -> BlankTexts:
    if pack.blank is None:
        raise LookupError(pack.id)
    return pack.blank


def _sheet_name(pack: LayoutPack, kind: str) -> str:
    return pack.kinds[kind][0]


def _heading(pack: LayoutPack, kind: str, field: str) -> str:
    heading = pack.heading(kind, field)
    if heading is None:
        raise LookupError(f"{pack.id}: {kind}.{field}")
    return heading


def _words(pack: LayoutPack, name: str) -> Iterator[str]:
    """Yield the words of a list as people write them, each with a capital letter."""
    for words in pack.values.get(name, {}).values():
        yield words[0][:1].upper() + words[0][1:]
