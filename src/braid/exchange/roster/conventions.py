"""How a unit types days, numbers and words: stated, proven by the data, or guessed.

What is only guessed becomes a need: something to be asked once for the whole import.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from braid.exchange.roster.codes import (
    CURRENCY_OF_COUNTRY,
    CURRENCY_OF_LANGUAGE,
    settled_currency,
)
from braid.exchange.roster.lexicon import Lexicon
from braid.exchange.roster.plan import Need
from braid.exchange.roster.reading.sheets import Value
from braid.exchange.roster.setup import Setup
from braid.exchange.roster.values.days import (
    DayReader,
    Order,
    order_of_column,
    proven_order,
)
from braid.exchange.roster.values.numbers import (
    Mark,
    is_ambiguous,
    mark_of_column,
    read_number,
    read_pay,
)
from braid.exchange.roster.wording import N_, say
from braid.packs.layouts import LISTS, folded, folded_heading

POINT_LANGUAGES = frozenset(("en",))
LONG_IN_MINUTES = 12
"""Durations with a middle above this are minutes: no log is of half days."""
WORD_OF_THE_SERVICE = 3
"""A word in so many rows is how the service speaks, not a slip."""


@dataclass(slots=True)
class Conventions:
    """The stated setup, and what had to be guessed beside it (`needs`)."""

    setup: Setup
    as_of: date
    lexicon: Lexicon
    language: str | None
    order_guess: Order = "dmy"
    needs: dict[str, Need] = field(default_factory=dict)

    def day_reader(self, values: Iterable[Value], *, birth: bool = False) -> DayReader:
        """Return the reader of a column of days.

        A column is read in the order that it proves; what was stated is for those that
        prove none. Where neither settles it, it is asked, and guessed meanwhile.
        """
        texts = {value for value in values if isinstance(value, str)}
        bare = DayReader(None, self.as_of, self.lexicon.days, birth=birth)
        order, doubted = order_of_column(self.setup.date_order, bare.orders(texts))
        if order is None and any(
            bare.read(text).problem == "ambiguous_date" for text in texts
        ):
            order = self.order_guess
            self.needs.setdefault(
                "date_order",
                Need(
                    "date_order",
                    say(N_("Which comes first in dates, day or month?")),
                    ("dmy", "mdy", "ymd"),
                    order,
                ),
            )
        return DayReader(
            order, self.as_of, self.lexicon.days, birth=birth, doubted=doubted
        )

    def guess_order(self, columns: Iterable[Iterable[Value]]) -> None:
        """Note the order that most columns of an import prove; day first otherwise."""
        bare = DayReader(None, self.as_of, self.lexicon.days)
        orders = (proven_order(bare.orders(values)) for values in columns)
        proven = Counter(order for order in orders if order is not None)
        if proven and self.setup.decimal_mark != ",":
            self.order_guess = proven.most_common(1)[0][0]

    def mark(self, values: Iterable[Value]) -> Mark | None:
        """Return the decimal mark of a column, None where no text turns on it."""
        texts = {value for value in values if isinstance(value, str)}
        stated = self.setup.decimal_mark
        mark = mark_of_column(stated, texts)
        if mark is None and stated is None and any(map(is_ambiguous, texts)):
            mark = "." if self.language in POINT_LANGUAGES else ","
            self.needs.setdefault(
                "decimal_mark",
                Need(
                    "decimal_mark",
                    say(N_("Which mark divides decimals: 22.5 or 22,5?")),
                    (".", ","),
                    mark,
                ),
            )
        return mark

    def duration_unit(self, heading: str, values: Iterable[Value]) -> str:
        """Return whether a plain duration is in minutes or hours.

        Stated, or said by the heading, or proven by lengths that no hours could be.
        """
        if self.setup.duration_unit is not None:
            return self.setup.duration_unit
        for word in folded_heading(heading).split():
            unit = self.lexicon.meaning("duration", word, self.language)
            if unit in ("minute", "hour"):
                return f"{unit}s"
        numbers = [
            abs(n)
            for value in values
            if (n := read_number(value, self.setup.decimal_mark).number)
        ]
        if not numbers or median(numbers) > LONG_IN_MINUTES:
            return "minutes"  # or each with its unit beside it
        guess = "hours" if any(n % 1 for n in numbers) else "minutes"
        self.needs.setdefault(
            "duration_unit",
            Need(
                "duration_unit",
                say(N_("Are contacts timed in minutes or in hours?")),
                ("minutes", "hours"),
                guess,
            ),
        )
        return guess

    def words(self, list_name: str) -> Mapping[str, str]:
        """Return the words of a list in every language, this import's own last."""
        merged: dict[str, str] = {}
        languages = self.lexicon.values.get(list_name, {})
        for name in sorted(languages, key=lambda name: name == self.language):
            merged.update(languages[name])
        return merged

    def stated_meaning(self, list_name: str, text: str) -> str | None:
        """Return what the setup says that a word stands for; truths as yes and no."""
        wanted = folded(text)
        for word, meaning in self.setup.vocabulary.get(list_name, {}).items():
            if folded(word) == wanted:
                if isinstance(meaning, bool):
                    return "yes" if meaning else "no"
                return str(meaning)
        return None

    def need_word(self, list_name: str, heading: str, word: str, rows: int) -> None:
        """Ask once what a word of the service stands for."""
        key = f"vocabulary.{list_name}.{word}"
        text = N_(
            "“%(word)s” stands in %(rows)s rows of “%(heading)s”. What does it mean?"
        )
        sentence = say(text, word=word, rows=rows, heading=heading)
        self.needs.setdefault(key, Need(key, sentence, tuple(sorted(LISTS[list_name]))))

    def currency(self, heading: str, values: Iterable[Value]) -> str | None:
        """Return the currency of a column of pay: heading, cells, country, language."""
        currencies = self.lexicon.currencies
        in_heading = read_pay(f"1 {heading}", ".", currencies, {}).currency
        found = {
            pay.currency
            for value in values
            if isinstance(value, str)
            and (pay := read_pay(value, ".", currencies, {})).currency
        }
        only = found.pop() if len(found) == 1 else None
        usual = CURRENCY_OF_COUNTRY.get(self.setup.country or "")
        spoken = CURRENCY_OF_LANGUAGE.get(self.language or "")
        return settled_currency(in_heading or only, usual or spoken)
