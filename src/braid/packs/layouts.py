"""Words of spreadsheets: one pack a language, and layouts that are known by name.

A language pack lists how headings, sheets and values are worded. A named layout lists
the headings of its tables. Files name words; this module defines which words there are.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from pydantic import Field, field_validator

from braid.packs.loader import register
from braid.packs.shapes import Pack, Situation, Strict

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(fields.split())
    for name, fields in {
        "caseload": (
            "cid name last first dob phone team spec referral source status accepted "
            "first_contact profile first_job prev_spec moved_on moved_to moved_off "
            "discharge reason notes key"
        ),
        "contacts": (
            "date cid name last first dob spec mode place minutes attended notes key"
        ),
        "employer_contacts": (
            "date spec employer person mode cid name last first dob outcome notes key"
        ),
        "jobs": (
            "cid name last first dob spec employer title type tick_competitive "
            "tick_internship tick_wage_subsidy tick_flex_job tick_set_aside "
            "tick_volunteering permanent start end hours wage paid_hours changed_on "
            "new_hours end_reason notes key"
        ),
        "meetings": "date team spec attended notes key",
        "lists": "spec fte start end team",
    }.items()
}
"""The roster fields of each kind of table."""

EVERY: Final = "every"
"""Under this key of `headings` stand words that mean the same in every kind."""

LISTS: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(words.split())
    for name, words in {
        "place": (
            "clinic ips_office home cafe library workplace jobcentre outdoors "
            "community remote"
        ),
        "contact_mode": "f2f phone video text email remote",
        "employer_contact_mode": "f2f phone video text email remote",
        "placement_type": (
            "competitive internship wage_subsidy flex_job set_aside volunteering "
            "self_employed agency apprenticeship paid_internship work_trial "
            "wage_compensation transitional family_business institution"
        ),
        "in_work_at_referral": "yes no",
        "permanent": "yes no seasonal on_call",
        "yes_no": "yes no",
        "referral_source": "clinician self caseworker family other",
        "exit_reason": (
            "own_wish moved working_no_support_needed transferred lost_contact "
            "missed_appointments time_limit not_eligible deceased other"
        ),
        "end_reason": (
            "quit_with_notice quit laid_off dismissed contract_ended season_ended "
            "better_job education health other"
        ),
        "outcome": "none follow_up interview offer refused",
        "pay_unit": "hour day week month year",
        "duration": "minute hour day week",
        "around": "specialist as_of until_now total unclear tick before_day",
    }.items()
}
"""The lists of values and the roster words in each.

`around` names what stands beside the data: the label before a specialist's name or
the date of the file, "until now", a line of totals, a word that says nothing, a tick,
a weekday or another word before a day.
"""

Words = tuple[str, ...]
WANTED: Final = ("day", "word", "number")


class NamedTable(Strict):
    """A table of a named layout: its kind and what each of its headings means."""

    kind: str
    headings: dict[str, str]


class BlankTexts(Strict):
    """What stands in the blank workbook of a language beside its headings and words.

    `wanted`: what to write where a cell takes a `day`, a `word` or a `number` only.
    `notes`: kind of table -> field -> what belongs in its column.
    """

    sheet: str
    about_columns: str
    about_words: str
    how_to: Words
    wanted: dict[str, str]
    notes: dict[str, dict[str, str]]

    @field_validator("wanted")
    @classmethod
    def _all_wanted(cls, wanted: dict[str, str]) -> dict[str, str]:
        _known(WANTED, wanted, "text of 'wanted' here")
        return wanted

    @field_validator("notes")
    @classmethod
    def _known_columns(
        cls, notes: dict[str, dict[str, str]]
    ) -> dict[str, dict[str, str]]:
        _known(notes, FIELDS, "kind of table")
        for kind, fields in notes.items():
            _known(fields, FIELDS[kind], f"field of '{kind}'")
        return notes


class LayoutPack(Pack):
    """Words of one language, or (with `tables`) a layout that is known by name.

    `kinds`: kind of table -> how sheets, captions and files of it are called.
    `headings`: kind, or `every` -> field -> headings. `values`: list -> roster word ->
    words. The first of each is how a blank workbook writes it, `blank` what else stands
    in it. `months`: twelve lists. `currencies`: code -> signs and words.
    """

    language: str = ""
    label: str = ""
    kinds: dict[str, Words] = {}
    headings: dict[str, dict[str, Words]] = {}
    values: dict[str, dict[str, Words]] = {}
    months: tuple[Words, ...] = Field(default=(), max_length=12)
    currencies: dict[str, Words] = {}
    tables: tuple[NamedTable, ...] = ()
    blank: BlankTexts | None = None

    @field_validator("kinds")
    @classmethod
    def _known_kinds(cls, kinds: dict[str, Words]) -> dict[str, Words]:
        _known(kinds, FIELDS, "kind of table")
        return kinds

    @field_validator("headings")
    @classmethod
    def _known_fields(
        cls, headings: dict[str, dict[str, Words]]
    ) -> dict[str, dict[str, Words]]:
        every = {name for fields in FIELDS.values() for name in fields}
        for kind, fields in headings.items():
            _known((kind,), (*FIELDS, EVERY), "kind of table")
            _known(fields, FIELDS.get(kind, every), f"field of '{kind}'")
        return headings

    @field_validator("values")
    @classmethod
    def _known_values(
        cls, values: dict[str, dict[str, Words]]
    ) -> dict[str, dict[str, Words]]:
        _known(values, LISTS, "list of values")
        for name, words in values.items():
            _known(words, LISTS[name], f"word of '{name}'")
        return values

    @field_validator("tables")
    @classmethod
    def _known_tables(cls, tables: tuple[NamedTable, ...]) -> tuple[NamedTable, ...]:
        for table in tables:
            _known((table.kind,), FIELDS, "kind of table")
            fields = FIELDS[table.kind]
            _known(table.headings.values(), fields, f"field of '{table.kind}'")
        return tables

    def fields_of(self, heading: str) -> Iterator[tuple[str, str]]:
        """Yield each (kind, field) that a heading is a listed word for."""
        wanted = folded_heading(heading)
        for kind, field, word in self.heading_words():
            if folded_heading(word) == wanted:
                yield kind, field

    def heading_words(self) -> Iterator[tuple[str, str, str]]:
        """Yield (kind, field, word) of every listed heading, `every` spread out.

        What a kind lists for a field stands beside what `every` lists for it, unless
        the kind gives the same word to another of its fields.
        """
        for kind, fields in FIELDS.items():
            own = self.headings.get(kind, {})
            taken = {folded_heading(word) for words in own.values() for word in words}
            for field in fields:
                for word in own.get(field, ()):
                    yield kind, field, word
                for word in self.headings.get(EVERY, {}).get(field, ()):
                    if folded_heading(word) not in taken:
                        yield kind, field, word

    def heading(self, kind: str, field: str) -> str | None:
        """Return the heading that a blank workbook gives a field, None for none."""
        found = (word for k, f, word in self.heading_words() if (k, f) == (kind, field))
        return next(found, None)

    def meaning(self, list_name: str, word: str) -> str | None:
        """Return the roster word that a value stands for, or None."""
        wanted = folded(word)
        for roster_word, words in self.values.get(list_name, {}).items():
            if any(folded(known) == wanted for known in words):
                return roster_word
        return None


_plain = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th", "ł": "l"}
)
_camel = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_gaps = re.compile(r"[^\w€$£%]+|_+")


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Return a text as it is compared: lower case, without accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_plain))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _gaps.sub(" ", bare).strip()


@lru_cache(maxsize=65_536)
def folded_heading(text: str) -> str:
    """Return a heading as it is compared: `Client_ID` and “Client ID:” alike."""
    return folded(_camel.sub(" ", text.replace("#", " nr ")))


def _known(names: Any, known: Any, what: str) -> None:
    for name in names:
        if name not in known:
            raise ValueError(
                f"'{name}' is no {what}. Known are: {', '.join(sorted(known))}"
            )


def run_situation(pack: LayoutPack, situation: Situation) -> list[str]:
    """Return what disagrees: `headings` of a `kind`, or a `word` of a `list`."""
    given = situation.input
    if "list" in given:
        found: object = pack.meaning(given["list"], str(given["word"]))
    else:
        table = next((t for t in pack.tables if t.kind == given["kind"]), None)
        if table is not None:
            found = {h: table.headings.get(h) for h in given["headings"]}
        else:
            found = {
                heading: next(
                    (f for kind, f in pack.fields_of(heading) if kind == given["kind"]),
                    None,
                )
                for heading in given["headings"]
            }
    return [] if found == situation.expect else [f"found {found}"]


register("layouts", LayoutPack, run_situation)
