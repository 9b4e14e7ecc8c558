"""Read the cells of one column: a value, or what is wrong with it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from braid.exchange.roster import faults as said
from braid.exchange.roster.faults import (
    Fault,
    ask,
    ask_choice,
    ask_day,
    ask_number,
    warn,
)
from braid.exchange.roster.plan import AnswerShape, Until
from braid.exchange.roster.reading.sheets import Value
from braid.exchange.roster.values.days import OLDEST, YOUNGEST, DayReader
from braid.exchange.roster.values.numbers import (
    Mark,
    Number,
    Pay,
    read_hours,
    read_minutes,
    read_number,
    read_pay,
)
from braid.exchange.roster.values.texts import clean, is_formula, split_phone

LONGEST_CONTACT = 600
MOST_HOURS = 80
MOST_PAID_HOURS = 1_000
MOST_PAY = 10_000_000
PLANNED_DAYS = 2 * 366
LONG_AGO = 15
HABIT = 3
"""So many amounts must be there before their words are a habit."""
BLANKS = frozenset(("-", "--", "–", "—", "n/a", "na", ".", "/", "nil"))
_error = re.compile(r"#N/A|#[A-Z/0]{3,9}[!?]|Err:\d{3}")


class Reading(NamedTuple):
    """What a cell holds. `rest` is what was taken out of it or stands beside it."""

    value: Any
    fault: Fault | None = None
    rest: Any = None


BLANK = Reading(None)
Parse = Callable[[Value], Reading]


class Column:
    """Reads the cells of one field; the same value is read once.

    `told` holds what is said once of the column instead of in row after row; `error` is
    what is said of a cell in which the program shows one.
    """

    def __init__(
        self,
        field: str,
        parse: Parse,
        *,
        blanks: bool = False,
        error: Fault | None = None,
    ) -> None:
        self.field = field
        self.told: list[Fault] = []
        self._error = error or warn("error_cell", said.ERROR_CELL)
        self._parse = parse
        self._blanks = blanks
        self._read: dict[tuple[type, Value], Reading] = {}

    def read(self, value: Value) -> Reading:
        """Return what a cell holds; a blank one holds nothing."""
        if value is None:
            return BLANK
        key = (value.__class__, value)
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = self._fresh(value)
        return found

    def _fresh(self, value: Value) -> Reading:
        if isinstance(value, str):
            text = clean(value)
            if not text or (self._blanks and text.casefold() in BLANKS):
                return BLANK
            if _error.fullmatch(text):
                return Reading(None, self._error)
        return self._parse(value)


def day_column(
    field: str,
    reader: DayReader,
    until: Until,
    *,
    planned: bool = False,
    bounded: bool = True,
    serial: bool = False,
) -> Column:
    """Read days; `planned`: one that lies ahead may be meant (an end that is known).

    Not `bounded`: any day may be meant, however far away. `serial`: the column is made
    of day numbers, which is said once.
    """

    def parse(value: Value) -> Reading:
        day, problem = reader.read(value)
        if day is None:
            text = {
                "impossible_date": said.IMPOSSIBLE_DATE,
                "ambiguous_date": said.AMBIGUOUS_DATE,
            }.get(problem, said.UNREADABLE_DATE)
            return Reading(None, ask_day(problem, field, until, text))
        beyond = _beyond(field, day, reader, until, planned) if bounded else None
        if beyond is not None:
            return Reading(day if beyond.action == "accept_warn" else None, beyond)
        is_number = problem == "serial_number_date"
        if problem and not (is_number and serial):
            text = said.SERIAL_NUMBER if is_number else said.SWAPPED_DAY
            return Reading(day, warn(problem, text, day=day.isoformat()))
        return Reading(day)

    # A row cannot stand without its day.
    keeps_out = until == said.ROW_OUT
    error = ask_day("error_cell", field, until, said.ERROR_DAY) if keeps_out else None
    column = Column(field, parse, blanks=True, error=error)
    if serial:
        column.told.append(warn("serial_number_date", said.SERIAL_COLUMN))
    return column


def _beyond(
    field: str, day: date, reader: DayReader, until: Until, planned: bool
) -> Fault | None:
    """Return what is wrong with a day that exists: ahead of the file, or too far back."""
    as_of = reader.as_of
    if reader.birth:
        age = (as_of - day).days / 365.25
        if YOUNGEST <= age <= OLDEST:
            return None
        return ask_day(
            "birth_date_unlikely",
            field,
            until,
            said.UNLIKELY_AGE,
            least=YOUNGEST,
            most=OLDEST,
        )
    if day > as_of:
        if planned and (day - as_of).days <= PLANNED_DAYS:
            return warn("planned_date", said.PLANNED_DATE, as_of=as_of.isoformat())
        return ask_day(
            "future_date", field, until, said.FUTURE_DATE, as_of=as_of.isoformat()
        )
    held = field in ("start", "end", "changed_on")  # a job may be held for long
    if not held and day.year < as_of.year - LONG_AGO:
        return ask_day("date_long_ago", field, until, said.LONG_AGO, years=LONG_AGO)
    return None


def number_text(value: Value) -> str:
    """Return a number typed as a number the way people write it: 20100, not 20100.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))


def text_column(field: str) -> Column:
    """Read free text; one that begins as a formula is kept and named."""

    def parse(value: Value) -> Reading:
        text = number_text(value)
        if isinstance(value, str) and is_formula(value):
            return Reading(text, warn("formula_injection", said.FORMULA_INJECTION))
        return Reading(text)

    return Column(field, parse)


def name_column(field: str) -> Column:
    """Read a name; a telephone number typed into it goes to `rest`."""

    def parse(value: Value) -> Reading:
        text = number_text(value)
        if not any(map(str.isalnum, text)):
            return BLANK  # "-" and "???" name nobody
        if is_formula(text):
            return Reading(text, warn("formula_injection", said.FORMULA_INJECTION))
        name, phone = split_phone(text)
        if not phone:
            return Reading(text)
        return Reading(name, warn("phone_in_name", said.PHONE_IN_NAME), phone)

    return Column(field, parse)


def minutes_column(
    field: str,
    unit: str,
    mark: Mark | None,
    units: Mapping[str, str],
) -> Column:
    """Read how long a contact took, in minutes."""

    def parse(value: Value) -> Reading:
        number = read_minutes(
            value, "hours" if unit == "hours" else "minutes", mark, units
        )
        if number.number is None:
            return Reading(None, _no_number(field, number, "minutes_as_text"))
        minutes = int(number.number)
        if minutes < 0:
            fault = ask_number("minutes_negative", field, said.MINUTES_NEGATIVE)
            return Reading(None, fault)
        if minutes > LONGEST_CONTACT:
            fault = ask_number("minutes_out_of_range", field, said.MINUTES_RANGE)
            return Reading(None, fault)
        return Reading(minutes)

    return Column(field, parse, blanks=True)


def _no_number(field: str, number: Number | Pay, kind: str) -> Fault:
    if number.problem == "formula_text":
        return ask_number("formula_text", field, said.FORMULA_TEXT)
    if number.problem == "ambiguous_number":
        return ask_number("ambiguous_number", field, said.AMBIGUOUS_NUMBER)
    text = said.HOURS_AS_TEXT if kind == "hours_as_text" else said.NOT_A_NUMBER
    return ask_number(kind, field, text)


def hours_column(field: str, mark: Mark | None, units: Mapping[str, str]) -> Column:
    """Read hours a week, above 0 and at most 80."""

    def parse(value: Value) -> Reading:
        number = read_hours(value, mark, units)
        if number.number is None:
            return Reading(None, _no_number(field, number, "hours_as_text"))
        if number.number == 0:
            return Reading(None, ask_number("hours_zero", field, said.HOURS_ZERO))
        if not 0 < number.number <= MOST_HOURS:
            fault = ask_number("hours_out_of_range", field, said.HOURS_RANGE)
            return Reading(None, fault)
        return Reading(_plain(number.number))

    return Column(field, parse, blanks=True)


def paid_hours_column(field: str, mark: Mark | None) -> Column:
    """Read paid hours in all, from 0 to 1,000: they are told of short jobs only."""

    def parse(value: Value) -> Reading:
        number = read_number(value, mark)
        if number.number is None:
            return Reading(None, _no_number(field, number, "hours_as_text"))
        if not 0 <= number.number <= MOST_PAID_HOURS:
            fault = ask_number("hours_out_of_range", field, said.PAID_HOURS_RANGE)
            return Reading(None, fault)
        return Reading(_plain(number.number))

    return Column(field, parse, blanks=True)


def pay_column(
    field: str,
    mark: Mark | None,
    currencies: Mapping[str, str],
    units: Mapping[str, str],
    habit: str,
) -> Column:
    """Read pay; words beside the number are named unless all the column has them."""

    def parse(value: Value) -> Reading:
        pay = read_pay(value, mark, currencies, units)
        if pay.amount is None:
            return Reading(None, _no_number(field, pay, "pay_as_text"), pay)
        if pay.amount <= 0:
            return Reading(None, ask_number("pay_out_of_range", field, said.PAY_RANGE))
        if pay.amount > MOST_PAY:
            return Reading(None, ask_number("pay_out_of_range", field, said.PAY_HIGH))
        worded = pay.words not in ("", habit)
        fault = warn("currency_text", said.CURRENCY_TEXT) if worded else None
        return Reading(_plain(pay.amount), fault, pay)

    return Column(field, parse, blanks=True)


def habitual_words(
    values: Iterable[Value], currencies: Mapping[str, str], units: Mapping[str, str]
) -> str:
    """Return the words that most amounts of a column have around them."""
    words = Counter(
        read_pay(value, None, currencies, units).words
        for value in values
        if value is not None
    )
    if words.total() < HABIT:
        return ""
    common, times = words.most_common(1)[0]
    return common if times * 2 > words.total() else ""


def choice_column(
    field: str,
    meaning: Callable[[str], object],
    unknown: Callable[[str], Fault | None],
) -> Column:
    """Read words of a list; `unknown` says what to do about one nobody explained."""

    def parse(value: Value) -> Reading:
        text = number_text(value)
        found = meaning(text)
        if found is None:
            return Reading(None, unknown(text), text)
        return Reading(found, None, text)

    return Column(field, parse, blanks=True)


def who_column(
    field: str,
    resolve: Callable[[str], tuple[str | None, str, str | None]],
    choices: tuple[str, ...],
    texts: tuple[str, str],
    habits: Mapping[str, int],
) -> Column:
    """Read names of specialists or teams.

    `resolve` returns the name meant, how it was found (`''` as typed, `abbreviated`,
    `spelled_otherwise`) and the nearest name where none is meant. `texts`: the kind
    (specialist, team) and what is asked about a stranger. `habits`: text -> rows, of
    texts that the service types throughout: they are spoken of once.
    """
    kind, question = texts

    def parse(value: Value) -> Reading:
        typed = number_text(value)
        name, how, nearest = resolve(typed)
        rows = habits.get(typed)
        if name is None:
            # A stranger in row after row is missing in the setup, which is asked.
            fault = ask_choice(f"unknown_{kind}", field, choices, question, nearest)
            return Reading(None, None if rows else fault, typed)
        if not how:
            return Reading(name, None, typed)
        told = said.ABBREVIATED if how == "abbreviated" else said.SPELLED_OTHERWISE
        fault = warn(f"{kind}_{how}", told, name=name)
        if rows:
            told = said.SHORT_FOR
            column.told.append(warn(f"{kind}_{how}", told, name=name, rows=rows))
        return Reading(name, None if rows else fault, typed)

    column = Column(field, parse, blanks=True)
    return column


FORMS = {
    "minutes": "minutes",
    "wage": "amount",
    "hours": "hours",
    "new_hours": "hours",
    "paid_hours": "hours",
}


def unvalued_formula(field: str, form: str | None, until: Until) -> Fault:
    """Return the question for a formula whose value was never stored."""
    shape = AnswerShape((field,), form or FORMS.get(field, "text"))
    return ask("formula_without_value", until, shape, said.FORMULA_WITHOUT_VALUE)


def _plain(number: Decimal) -> Decimal:
    """Return a number in the one form in which it is stored: 22.5, 40, never 4E+1."""
    short = number.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral() else short
