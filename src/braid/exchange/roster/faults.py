"""What is said about a cell: one function a kind, so that wording stands in one place."""

from collections.abc import Sequence
from typing import NamedTuple

from braid.exchange.roster.plan import Action, AnswerShape, AnswerValue, Place, Until
from braid.exchange.roster.wording import N_, Sentence, say

ROW_OUT: Until = "row_out"
FIELD_BLANK: Until = "field_blank"


class Fault(NamedTuple):
    """What is wrong with the value of a field, and what may be done about it."""

    kind: str
    action: Action
    sentence: Sentence
    until: Until | None = None
    shape: AnswerShape | None = None
    proposal: AnswerValue | None = None
    other: Place | None = None
    known: str | None = None

    def beside(self, other: Place | None, known: str | None = None) -> "Fault":
        """Return it with the row, or who in Braid, this one is compared with."""
        return self._replace(other=other, known=known)


def warn(kind: str, text: str, **values: object) -> Fault:
    """Return a warning: the row is taken, the value as the sentence says."""
    return Fault(kind, "accept_warn", say(text, **values))


def ask(
    kind: str,
    until: Until,
    shape: AnswerShape,
    text: str,
    proposal: AnswerValue | None = None,
    **values: object,
) -> Fault:
    """Return a question; `until` says how the row stands meanwhile."""
    return Fault(kind, "ask", say(text, **values), until, shape, proposal)


def ask_day(kind: str, field: str, until: Until, text: str, **values: object) -> Fault:
    """Ask for a day; where it keeps the row out, the row may be dropped too."""
    keys = (field, "reject") if until == ROW_OUT else (field,)
    return ask(kind, until, AnswerShape(keys, "date"), text, None, **values)


def ask_number(kind: str, field: str, text: str, **values: object) -> Fault:
    """Ask for a number; the field stays blank meanwhile."""
    form = {"minutes": "minutes", "wage": "amount"}.get(field, "hours")
    return ask(kind, FIELD_BLANK, AnswerShape((field,), form), text, None, **values)


def ask_choice(
    kind: str,
    field: str,
    choices: Sequence[str],
    text: str,
    proposal: str | None = None,
    **values: object,
) -> Fault:
    """Ask which of the choices is meant; the field stays blank meanwhile."""
    shape = AnswerShape((field,), "choice", tuple(choices))
    return ask(
        kind,
        FIELD_BLANK,
        shape,
        text,
        None if proposal is None else {field: proposal},
        **values,
    )


UNREADABLE_DATE = N_("This is no day that can be read. Which day is meant?")
IMPOSSIBLE_DATE = N_("There is no such day in that month. Which day is meant?")
AMBIGUOUS_DATE = N_("Day and month cannot be told apart. Which day is meant?")
FUTURE_DATE = N_(
    "This day lies after %(as_of)s, the day of the file. Which day is meant?"
)
LONG_AGO = N_("This day lies more than %(years)s years back. Which day is meant?")
PLANNED_DATE = N_("This day lies after %(as_of)s, the day of the file; it was kept.")
SERIAL_NUMBER = N_("A spreadsheet's day number as text; it was read as %(day)s.")
SERIAL_COLUMN = N_(
    "The days of this column are stored as a spreadsheet's day numbers; they were read "
    "as days."
)
OTHER_ORDER = N_(
    "Day, month and year stand in another order here than was stated; the column itself "
    "shows it, and its days were read so."
)
SWAPPED_DAY = N_("Only one reading of this is a day: %(day)s.")
UNLIKELY_AGE = N_("The person would be under %(least)s or over %(most)s. Which day?")
FORMULA_TEXT = N_("A formula typed as text; it is never worked out. Which number?")
FORMULA_WITHOUT_VALUE = N_("A formula without a stored value. What is the value?")
FORMULA_CELL = N_("A formula; the value stored beside it was taken.")
FORMULA_COLUMN = N_(
    "This column is made of formulas; the values stored beside them were taken."
)
FORMULA_INJECTION = N_(
    "The text begins as a formula does. It was kept as text, is never run, and is "
    "made harmless when it is written out."
)
ERROR_CELL = N_("The spreadsheet shows an error here; the field was left blank.")
ERROR_DAY = N_("The spreadsheet shows an error here. Which day is meant?")
NOT_A_NUMBER = N_("This is no number that can be read. Which number is meant?")
AMBIGUOUS_NUMBER = N_(
    "It cannot be told whether the mark divides thousands or decimals. Which number?"
)
HOURS_AS_TEXT = N_("These are not hours a week in a number. How many hours are they?")
HOURS_ZERO = N_("A job of 0 hours a week. How many hours are they?")
HOURS_RANGE = N_("No job has so many hours a week. How many are they?")
MINUTES_NEGATIVE = N_("A duration below zero. How many minutes were they?")
MINUTES_RANGE = N_("No contact lasts that long. How many minutes were they?")
PAID_HOURS_RANGE = N_("No short job has so many paid hours. How many are they?")
PAY_HIGH = N_("No job pays that much. What is the pay?")
PAY_RANGE = N_("Pay cannot be zero or less. What is the pay?")
CURRENCY_TEXT = N_("An amount with words around it: the number was read, text kept.")
PHONE_IN_NAME = N_("A telephone number in the name: it was taken out of the name.")
ABBREVIATED = N_("Only one specialist fits: %(name)s.")
SHORT_FOR = N_("In %(rows)s rows a short form was read as %(name)s.")
SPELLED_OTHERWISE = N_("Spelled otherwise than “%(name)s”, which it was read as.")
UNKNOWN_SPECIALIST = N_("No specialist of the unit is called so. Who is meant?")
UNKNOWN_TEAM = N_("No treatment team is called so. Which team is meant?")
UNKNOWN_WORD = N_("This word was not explained. What does it stand for?")
