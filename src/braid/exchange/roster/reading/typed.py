"""What a cell of an OpenDocument spreadsheet holds: its type and value are attributes."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from braid.exchange.roster.reading.sheets import MAX_CELL_TEXT, Value
from braid.kernel.cells import as_written

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
EXTENSION = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
NUMBERS = ("float", "percentage", "currency")
MIDNIGHT, ONE_DAY = time(), timedelta(1)
_whole = re.compile(r"-?\d{1,18}")
_duration = re.compile(r"PT(\d{1,9})H(\d{1,9})M(\d{1,9})(?:[.,]\d+)?S")
_prefix = re.compile(r"^(?:\w+:)?=")


def typed_value(attributes: Mapping[str, str], shown: str) -> Value:
    """Return the value of a cell; `shown` is its text as the program displays it.

    A value that is not of its type (a day of a calendar without that day) is text.
    """
    kind = attributes.get(f"{OFFICE}value-type")
    value: Value = None
    if attributes.get(f"{EXTENSION}value-type") == "error":
        pass  # its value is made up by the program; the text names the error
    elif kind in NUMBERS:
        value = _number(attributes.get(f"{OFFICE}value", ""))
    elif kind == "date":
        value = _day(attributes.get(f"{OFFICE}date-value", ""))
    elif kind == "time":
        value = _time(attributes.get(f"{OFFICE}time-value", ""))
    elif kind == "boolean":
        found = attributes.get(f"{OFFICE}boolean-value")
        value = {"true": True, "false": False}.get(found or "")
    elif kind == "string":
        value = attributes.get(f"{OFFICE}string-value")
    if value is None:
        value = shown
    if isinstance(value, str):
        return as_written(value[:MAX_CELL_TEXT]) if value.strip() else None
    return value


def formula_of(attributes: Mapping[str, str]) -> str | None:
    """Return the formula of a cell without the name of its grammar, None for none."""
    text = attributes.get(f"{TABLE}formula")
    return None if text is None else _prefix.sub("", text)


def _number(text: str) -> int | float | None:
    try:
        return int(text) if _whole.fullmatch(text) else float(text)
    except ValueError:
        return None


def _day(text: str) -> date | datetime | None:
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return moment.date() if moment.time() == MIDNIGHT else moment


def _time(text: str) -> time | timedelta | None:
    match = _duration.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = map(int, match.groups())
    try:
        length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None
    return (datetime.min + length).time() if length < ONE_DAY else length
