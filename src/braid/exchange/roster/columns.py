"""One reader for each recognised column of a table."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from braid.exchange.roster import cells
from braid.exchange.roster import faults as said
from braid.exchange.roster.cells import Column
from braid.exchange.roster.conventions import WORD_OF_THE_SERVICE, Conventions
from braid.exchange.roster.faults import (
    FIELD_BLANK,
    ROW_OUT,
    Fault,
    ask_choice,
    warn,
)
from braid.exchange.roster.reading.sheets import Value
from braid.exchange.roster.recognising import Recognised
from braid.exchange.roster.setup import TRUTHS
from braid.exchange.roster.values.days import FIRST_SERIAL, LAST_SERIAL
from braid.exchange.roster.values.texts import clean
from braid.exchange.roster.who import Roll
from braid.packs.layouts import LISTS, folded

LIST_OF: Final[Mapping[tuple[str, str], str]] = {
    ("caseload", "status"): "in_work_at_referral",
    ("caseload", "source"): "referral_source",
    ("caseload", "reason"): "exit_reason",
    ("contacts", "mode"): "contact_mode",
    ("contacts", "place"): "place",
    ("contacts", "attended"): "yes_no",
    ("employer_contacts", "mode"): "employer_contact_mode",
    ("employer_contacts", "outcome"): "outcome",
    ("jobs", "type"): "placement_type",
    ("jobs", "permanent"): "permanent",
    ("jobs", "end_reason"): "end_reason",
    ("meetings", "attended"): "yes_no",
}
FREE: Final = frozenset(("referral_source", "exit_reason", "end_reason", "outcome"))
"""Lists whose words may be anything: an unknown one is kept as text, without a code."""

DAYS: Final = frozenset(
    (
        "date",
        "dob",
        "referral",
        "accepted",
        "first_contact",
        "profile",
        "first_job",
        "moved_on",
        "moved_off",
        "discharge",
        "start",
        "end",
        "changed_on",
    )
)
KEY_DAYS: Final = frozenset(("date", "start"))
PLANNED: Final = frozenset(("end", "discharge", "changed_on"))
HABITUAL: Final = 10
"""What stands in so many rows of a column is how the service types, not a slip."""

STAFF: Final = frozenset(("spec", "prev_spec", "moved_to"))
NAMES: Final = frozenset(("name", "last", "first"))


def build_columns(
    table: Recognised, conventions: Conventions, specialists: Roll, teams: Roll
) -> dict[str, Column]:
    """Return the reader of each field of a table."""
    return {
        field: _column(field, table, conventions, specialists, teams)
        for field in table.fields
    }


def _column(
    field: str,
    table: Recognised,
    conventions: Conventions,
    specialists: Roll,
    teams: Roll,
) -> Column:
    if field in DAYS:
        return _days(field, table, conventions)
    if field in STAFF or field == "team":
        roll = teams if field == "team" else specialists
        return _who(field, table, roll)
    if field in NAMES:
        return cells.name_column(field)
    if (table.kind, field) in LIST_OF:
        return _choices(field, table, conventions)
    if field.startswith("tick_"):
        return _ticks(field, conventions)
    if field in ("minutes", "hours", "new_hours", "paid_hours", "wage"):
        return _numbers(field, table, conventions)
    return cells.text_column(field)


def _who(field: str, table: Recognised, roll: Roll) -> Column:
    values = table.table.values(table.fields[field])
    texts = Counter(cells.number_text(value) for value in values if value is not None)
    habits = {text: rows for text, rows in texts.items() if rows >= HABITUAL}
    told = (
        ("team", said.UNKNOWN_TEAM)
        if field == "team"
        else ("specialist", said.UNKNOWN_SPECIALIST)
    )
    return cells.who_column(field, roll.resolve, roll.names, told, habits)


def _days(field: str, table: Recognised, conventions: Conventions) -> Column:
    values = list(table.table.values(table.fields[field]))
    # A log may name anybody; only the caseload list says who somebody is.
    birth = field == "dob" and table.kind == "caseload"
    reader = conventions.day_reader(values, birth=field == "dob")
    is_key = field in KEY_DAYS and table.kind != "lists"
    until = ROW_OUT if is_key else FIELD_BLANK
    column = cells.day_column(
        field,
        reader,
        until,
        planned=field in PLANNED,
        bounded=field != "dob" or birth,
        serial=_of_day_numbers(values),
    )
    if conventions.setup.date_order not in (None, reader.order):
        column.told.append(warn("date_order_of_column", said.OTHER_ORDER))
    return column


def _of_day_numbers(values: Sequence[Value]) -> bool:
    """Say whether a column of days was left without a date format."""
    filled = [value for value in values if value is not None]
    numbers = sum(
        isinstance(value, int | float) and FIRST_SERIAL <= value <= LAST_SERIAL
        for value in filled
    )
    return numbers >= HABITUAL and numbers * 2 > len(filled)


def _numbers(field: str, table: Recognised, conventions: Conventions) -> Column:
    column = table.fields[field]
    values = list(table.table.values(column))
    mark = conventions.mark(values)
    if field == "minutes":
        unit = conventions.duration_unit(column.heading, values)
        return cells.minutes_column(field, unit, mark, conventions.words("duration"))
    if field == "wage":
        currencies = conventions.lexicon.currencies
        units = conventions.words("pay_unit")
        habit = cells.habitual_words(values, currencies, units)
        return cells.pay_column(field, mark, currencies, units, habit)
    if field == "paid_hours":
        return cells.paid_hours_column(field, mark)
    return cells.hours_column(field, mark, conventions.words("duration"))


def _ticks(field: str, conventions: Conventions) -> Column:
    """Read ticks: anything but a clear no is one."""

    def meaning(text: str) -> object:
        return not conventions.lexicon.means("yes_no", "no", text)

    return cells.choice_column(field, meaning, lambda _: None)


def _choices(field: str, table: Recognised, conventions: Conventions) -> Column:
    list_name = LIST_OF[table.kind, field]
    heading = table.fields[field].heading
    strict = list_name == "placement_type" and bool(
        conventions.setup.vocabulary.get(list_name)
    )
    turned = list_name == "yes_no" and conventions.lexicon.means(
        "yes_no", "no", heading
    )

    def truth(text: str) -> str | None:
        if conventions.lexicon.means("around", "tick", text):
            return "yes"
        return conventions.lexicon.meaning("yes_no", text, table.language)

    def listed(text: str) -> str | None:
        found = conventions.lexicon.meaning(list_name, text, table.language)
        if found is None and list_name == "employer_contact_mode":
            # A column "Face to face" with yes and no in it.
            return {"yes": "f2f", "no": "remote"}.get(truth(text) or "")
        return truth(text) if found is None and list_name in TRUTHS else found

    def meaning(text: str) -> object:
        found = conventions.stated_meaning(list_name, text)
        if found is None and not strict:
            found = listed(text)
        # Under a heading as "Did not attend", yes means that nobody came.
        return {"yes": "no", "no": "yes"}.get(found or "", found) if turned else found

    return cells.choice_column(
        field, meaning, _unknown_word(field, table, conventions, listed)
    )


def _unknown_word(
    field: str,
    table: Recognised,
    conventions: Conventions,
    listed: Callable[[str], str | None],
) -> Callable[[str], Fault | None]:
    """Return what is done about a word that nobody explained.

    A word that says nothing ("other"), or one beside a stated vocabulary, is asked
    where it stands. A word that the service uses throughout is asked once.
    """
    list_name = LIST_OF[table.kind, field]
    column = table.fields[field]
    counts: Counter[str] = Counter()
    for value in table.table.values(column):
        if value is not None:
            counts[folded(clean(str(value)))] += 1
    kind = "placement_type_unknown" if field == "type" else "unknown_word"
    stated = bool(conventions.setup.vocabulary.get(list_name))

    def unknown(text: str) -> Fault | None:
        if list_name in FREE:
            return None
        says_nothing = conventions.lexicon.means("around", "unclear", text)
        rows = counts[folded(text)]
        if not stated and not says_nothing and rows >= WORD_OF_THE_SERVICE:
            conventions.need_word(list_name, column.heading, text, rows)
            return None
        choices = sorted(LISTS[list_name])
        return ask_choice(kind, field, choices, said.UNKNOWN_WORD, listed(text))

    return unknown
