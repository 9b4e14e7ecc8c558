"""Days as readers of each language write them."""

from datetime import date, time
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, format_time
from django.utils.translation import get_language, to_locale

# English as Europe writes it: the day before the month, the clock with 24 hours.
PLAIN_ENGLISH = "en_150"


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    if language in ("", "en"):
        return Locale.parse(PLAIN_ENGLISH)
    try:
        return Locale.parse(to_locale(language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(PLAIN_ENGLISH)


def _write(skeleton: str, day: date) -> str:
    return _written(skeleton, day, get_language() or "")


@lru_cache(maxsize=4096)  # the same days stand on every page, and Babel is slow
def _written(skeleton: str, day: date, language: str) -> str:
    return format_skeleton(skeleton, day, locale=_locale(language))


def day_text(day: date, current_year: int | None = None) -> str:
    """Write a day: 5 Oct 2026, or 5 Oct when it lies in `current_year`."""
    return _write("MMMd" if day.year == current_year else "yMMMd", day)


def month_text(day: date) -> str:
    """Write the month of a day, short: Oct."""
    return _write("MMM", day)


def clock_text(moment: time) -> str:
    """Write a time of day: 14:30."""
    return format_time(moment, "short", locale=_locale(get_language() or ""))
