"""What the values beneath a heading look like, and which fields they could be."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from braid.exchange.roster.lexicon import Lexicon
from braid.exchange.roster.reading.sheets import Value
from braid.exchange.roster.values.days import (
    DayReader,
    Order,
    looks_like_day,
    proven_order,
)
from braid.exchange.roster.values.numbers import read_number, read_pay
from braid.exchange.roster.values.texts import clean
from braid.packs.layouts import folded

SAMPLE = 200
LONG_AGO = 18
"""A column whose middle year lies further back holds birth dates."""

RECENT_SERIAL = 18_264  # 1950-01-01

TELLING = 3
"""So many values must be there before they speak against a heading."""

WORD_LISTS = (
    "place",
    "contact_mode",
    "employer_contact_mode",
    "placement_type",
    "in_work_at_referral",
    "permanent",
    "yes_no",
    "referral_source",
    "exit_reason",
    "end_reason",
    "outcome",
)
DATES = frozenset(
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
        "changed_on",
    )
)
STAFF = frozenset(("spec", "prev_spec", "moved_to"))
_identifier = re.compile(r"(?=.*\d)[\w./-]{1,20}")
_code = re.compile(r"[^\W\d_]{1,6}[-./ ]?\d{1,8}")
_full_name = re.compile(r"[^\W\d_][\w.'’\u2010-]*(,)?(\s+[^\W\d_][\w.'’\u2010-]*){1,5}")


@dataclass(frozen=True, slots=True)
class Known:
    """What the setup already says: names and words, folded."""

    as_of: date
    specialists: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    words: Mapping[str, frozenset[str]] | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares (0 to 1) of the filled cells of a column that look like something.

    `count` filled cells were looked at; `filled` is their share of all rows; `year`
    is the middle year of the days (0: none); `length` the usual length of a text;
    `codes` are letters and a number, as A-102.
    """

    as_of: date
    count: int
    filled: float
    days: float
    day_numbers: float
    year: float
    numbers: float
    amounts: float
    identifiers: float
    codes: float
    names: float
    distinct: float
    length: float
    ticks: float
    specialists: float
    teams: float
    words: Mapping[str, float]


def profile(
    values: Iterable[Value], known: Known, lexicon: Lexicon, language: str | None
) -> Profile:
    """Return the profile of a column from a sample spread over all its rows."""
    rows = list(values)
    filled = [value for value in rows if value is not None]
    step = max(1, len(filled) // SAMPLE)
    sample = filled[::step]
    texts = [clean(value) for value in sample if isinstance(value, str)]
    days = [value for value in sample if looks_like_day(value, lexicon.days)]
    reader = _year_reader(days, known, lexicon)
    years = [day.year for v in days if (day := reader.read(v).day) is not None]
    numbers = [n for v in sample if (n := read_number(v, None).number) is not None]
    amounts = sum(_is_amount(v, lexicon) for v in sample)

    def share(test: Callable[[str], bool]) -> float:
        return sum(map(test, texts)) / len(sample) if sample else 0.0

    return Profile(
        known.as_of,
        len(sample),
        len(filled) / len(rows) if rows else 0.0,
        len(days) / len(sample) if sample else 0.0,
        sum(map(_is_day_number, sample)) / len(sample) if sample else 0.0,
        median(years) if years else 0.0,
        len(numbers) / len(sample) if sample else 0.0,
        amounts / len(sample) if sample else 0.0,
        share(lambda text: _identifier.fullmatch(text) is not None),
        share(lambda text: _code.fullmatch(text) is not None),
        share(lambda text: _full_name.fullmatch(text) is not None),
        len(set(sample)) / len(sample) if sample else 0.0,
        sum(map(len, texts)) / len(texts) if texts else 0.0,
        share(lambda text: lexicon.means("around", "tick", text)),
        share(lambda text: folded(text) in known.specialists),
        share(lambda text: folded(text) in known.teams),
        {name: share(_in_list(name, known, lexicon, language)) for name in WORD_LISTS},
    )


def _year_reader(days: Sequence[Value], known: Known, lexicon: Lexicon) -> DayReader:
    """Return a reader for the years of a column: the rest of its days matters little.

    A year of two figures is a late one unless that lies far ahead, whatever it is of.
    """
    orders = DayReader(None, known.as_of, lexicon.days).orders(days)
    order: Order = "ymd" if proven_order(orders) == "ymd" else "dmy"
    return DayReader(order, known.as_of, lexicon.days)


def _is_day_number(value: Value) -> bool:
    """Say whether a number could be a day of these times that lacks its date format."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return RECENT_SERIAL <= value < RECENT_SERIAL + 36_525


def _is_amount(value: Value, lexicon: Lexicon) -> bool:
    if read_number(value, None).number is not None:
        return True
    return read_pay(value, None, lexicon.currencies, {}).amount is not None


def _in_list(
    name: str, known: Known, lexicon: Lexicon, language: str | None
) -> Callable[[str], bool]:
    stated = (known.words or {}).get(name, frozenset())
    return lambda text: (
        folded(text) in stated or lexicon.meaning(name, text, language) is not None
    )


def fit(field: str, kind: str, seen: Profile) -> float:
    """Say how well values fit a field: from -1 (cannot be) over 0 to 1 (must be)."""
    if seen.count == 0:
        return 0.0
    if field in DATES or field in ("start", "end"):
        found = _fit_day(field, seen)
    elif field in STAFF:
        found = _fit_staff(seen)
    elif field.startswith("tick_"):
        found = 0.6 if seen.ticks > 0.8 and seen.filled < 0.98 else -0.9
    else:
        found = _FITS.get(field, _fit_text)(kind, seen)
    return found if found > 0 or seen.count >= TELLING else found / 2


def _fit_day(field: str, seen: Profile) -> float:
    if seen.days < 0.3:
        return 0.0 if seen.day_numbers > 0.8 else -1.0
    if seen.days < 0.6:
        return 0.0
    if not seen.year:
        return 0.1
    long_ago = seen.year < seen.as_of.year - LONG_AGO
    if field == "dob":
        return 1.0 if long_ago else -1.0
    return -0.8 if long_ago and field not in ("start", "end") else 0.4


def _fit_staff(seen: Profile) -> float:
    if max(seen.days, seen.numbers) > 0.3:
        return -1.0
    if seen.specialists > 0.5:
        return 0.9
    return 0.0 if seen.distinct < 0.5 or seen.count < 20 else -0.5


def _fit_text(kind: str, seen: Profile) -> float:
    return -1.0 if seen.days > 0.5 else -0.6 if seen.numbers > 0.7 else 0.1


def _fit_number(_: str, seen: Profile) -> float:
    if seen.days > 0.5 or seen.amounts < 0.3:
        return -1.0
    return 0.4 if seen.amounts > 0.7 else 0.0


def _fit_minutes(kind: str, seen: Profile) -> float:
    # A length in words, as "45 min", is no plain number and still one.
    return (
        -1.0
        if seen.days > 0.5 or seen.names > 0.5
        else (0.4 if seen.numbers > 0.6 else 0.0)
    )


def _fit_identifier(_: str, seen: Profile) -> float:
    if seen.days > 0.5 or seen.names > 0.5 or seen.length > 20:
        return -1.0
    if seen.codes > 0.95 and seen.distinct > 0.98 and seen.count >= TELLING:
        return 0.7
    numbered = seen.identifiers + (seen.numbers if seen.identifiers < 0.5 else 0)
    return 0.6 if numbered > 0.7 else -0.4 if numbered < 0.2 else 0.0


def _fit_name(_: str, seen: Profile) -> float:
    if max(seen.days, seen.numbers, seen.identifiers) > 0.5:
        return -1.0
    if seen.specialists > 0.5:
        return -0.9
    return 0.5 if seen.names > 0.6 else 0.0


def _fit_half_name(_: str, seen: Profile) -> float:
    return -1.0 if max(seen.days, seen.numbers, seen.identifiers) > 0.5 else 0.3


def _fit_team(_: str, seen: Profile) -> float:
    if max(seen.days, seen.numbers) > 0.5 or seen.specialists > 0.5:
        return -1.0
    return 0.9 if seen.teams > 0.5 else 0.0


def _fit_words(name: str, otherwise: float = 0.0) -> Callable[[str, Profile], float]:
    def found(_: str, seen: Profile) -> float:
        if seen.days > 0.5:
            return -1.0
        return 0.7 if seen.words[name] > 0.5 else otherwise

    return found


def _fit_mode(kind: str, seen: Profile) -> float:
    name = "employer_contact_mode" if kind == "employer_contacts" else "contact_mode"
    if seen.days > 0.5 or seen.numbers > 0.5:
        return -1.0
    return 0.7 if max(seen.words[name], seen.words["yes_no"] * 0.9) > 0.5 else 0.0


def _fit_notes(_: str, seen: Profile) -> float:
    return -0.5 if seen.days > 0.5 else 0.1


def _fit_key(_: str, seen: Profile) -> float:
    return 0.4 if max(seen.numbers, seen.identifiers) > 0.8 else -0.5


_FITS: Mapping[str, Callable[[str, Profile], float]] = {
    "cid": _fit_identifier,
    "key": _fit_key,
    "name": _fit_name,
    "last": _fit_half_name,
    "first": _fit_half_name,
    "team": _fit_team,
    "mode": _fit_mode,
    "place": _fit_words("place"),
    "type": _fit_words("placement_type"),
    "permanent": _fit_words("permanent"),
    "status": _fit_words("in_work_at_referral"),
    "attended": _fit_words("yes_no", -0.4),
    "source": _fit_words("referral_source", 0.1),
    "reason": _fit_words("exit_reason", 0.1),
    "end_reason": _fit_words("end_reason", 0.1),
    "outcome": _fit_words("outcome", 0.1),
    "minutes": _fit_minutes,
    "hours": _fit_number,
    "new_hours": _fit_number,
    "paid_hours": _fit_number,
    "wage": _fit_number,
    "fte": _fit_number,
    "notes": _fit_notes,
    "phone": _fit_notes,
}
