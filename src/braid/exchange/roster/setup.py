"""What the importing person states once about unit and files."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, cast

from braid.exchange.roster.wording import N_, Sentence, say
from braid.kernel.errors import InputFault
from braid.packs.layouts import LISTS

DateOrder = Literal["dmy", "mdy", "ymd"]
DecimalMark = Literal[".", ","]
DurationUnit = Literal["minutes", "hours"]
OFFICES = ("clinic", "ips_office")
FIRST_YEAR, LAST_YEAR = 1990, 2100
TRUTHS = ("in_work_at_referral", "permanent", "yes_no")
"""Lists whose words stand for true or false."""


@dataclass(frozen=True, slots=True)
class SpecialistPost:
    """A specialist of the unit; `fte` None: not stated. Both days inside."""

    name: str
    fte: float | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """The setup; None or empty where nothing was stated.

    `offices`: the roster words of places that count as offices. `vocabulary`: list
    (place, contact_mode, employer_contact_mode, placement_type, in_work_at_referral,
    permanent, yes_no) -> the service's word -> the roster word, true or false.
    """

    unit: str = ""
    as_of: date | None = None
    country: str | None = None
    specialists: tuple[SpecialistPost, ...] = ()
    treatment_teams: tuple[str, ...] = ()
    offices: tuple[str, ...] = OFFICES
    encoding: str | None = None
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    duration_unit: DurationUnit | None = None
    vocabulary: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


class SetupFaults(InputFault):
    """Everything that is wrong with a setup, a sentence each."""

    code = "setup_faults"

    def __init__(self, faults: tuple[Sentence, ...]) -> None:
        super().__init__("\n".join(map(str, faults)), field="setup", reason="setup")
        self.faults = faults


def read_setup(data: object) -> Setup:
    """Return the setup that a JSON document states; every key may be missing.

    Raises: SetupFaults with all that is wrong in one go.
    """
    if not isinstance(data, Mapping):
        raise SetupFaults(
            (
                say(
                    N_(
                        "The setup is not a JSON object. Write it in braces, with the "
                        "keys %(keys)s."
                    ),
                    keys=", ".join(_READERS),
                ),
            )
        )
    reading = _Reading()
    read = {
        key: _READERS[key](reading, key, value)
        for key, value in data.items()
        if value is not None and key in _READERS
    }
    for key in data:
        if key not in _READERS:
            reading.wrong(key, N_("is not a key of the setup"), ", ".join(_READERS))
    if reading.faults:
        raise SetupFaults(tuple(reading.faults))
    return Setup(**cast(dict[str, Any], read))


class _Reading:
    """Collects faults while a setup is read."""

    def __init__(self) -> None:
        self.faults: list[Sentence] = []

    def wrong(self, where: str, met: str, expected: str) -> None:
        self.faults.append(
            say(
                N_("“%(where)s” %(met)s. Expected: %(expected)s. Correct the setup."),
                where=where,
                met=say(met),
                expected=expected,
            )
        )

    def text(self, where: str, value: object) -> str:
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.wrong(where, N_("is not a text"), '"…"')
        return ""

    def day(self, where: str, value: object) -> date | None:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.wrong(where, N_("is not a day"), "2026-06-30")
            return None

    def as_of(self, where: str, value: object) -> date | None:
        day = self.day(where, value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.wrong(where, N_("is not a day of these times"), "2026-06-30")
        return day

    def texts(self, where: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            self.wrong(where, N_("is not a list"), "[…]")
            return ()
        return tuple(self.text(f"{where}[{n}]", item) for n, item in enumerate(value))

    def words(self, where: str, value: object) -> tuple[str, ...]:
        found = self.texts(where, value)
        for word in found:
            if word and word not in LISTS["place"]:
                expected = ", ".join(sorted(LISTS["place"]))
                self.wrong(f"{where}: {word}", N_("is not a kind of place"), expected)
        return found

    def country(self, where: str, value: object) -> str:
        text = self.text(where, value).upper()
        if not re.fullmatch(r"[A-Z]{2}", text):
            self.wrong(where, N_("is not a country"), "DK, NL, GB, US, …")
        return text

    def specialists(self, where: str, value: object) -> tuple[SpecialistPost, ...]:
        if not isinstance(value, list | tuple):
            self.wrong(where, N_("is not a list"), '[{"name": "…", "fte": 1.0}]')
            return ()
        posts = [self._post(f"{where}[{n}]", item) for n, item in enumerate(value)]
        return tuple(post for post in posts if post is not None)

    def _post(self, where: str, value: object) -> SpecialistPost | None:
        if not isinstance(value, Mapping):
            self.wrong(where, N_("is not an object"), '{"name": "…", "fte": 1.0}')
            return None
        days = {
            key: self.day(f"{where}.{key}", value[key])
            for key in ("start", "end")
            if value.get(key) is not None
        }
        first, last = days.get("start"), days.get("end")
        if first and last and last < first:
            self.wrong(f"{where}.end", N_("lies before the start"), "start ≤ end")
        name = self.text(f"{where}.name", value.get("name"))
        return SpecialistPost(name, self._fte(where, value.get("fte")), first, last)

    def _fte(self, where: str, value: object) -> float | None:
        if value is None:
            return None
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if (
            not number
            or not 0 <= float(cast(float, value)) <= 2
            or math.isnan(float(cast(float, value)))
        ):
            self.wrong(f"{where}.fte", N_("is not a share of a post"), "0.0–1.0")
            return None
        return float(cast(float, value))

    def vocabulary(self, where: str, value: object) -> dict[str, dict[str, object]]:
        if not isinstance(value, Mapping):
            self.wrong(where, N_("is not an object"), '{"place": {"…": "home"}}')
            return {}
        found: dict[str, dict[str, object]] = {}
        for name, words in value.items():
            if name not in LISTS or not isinstance(words, Mapping):
                expected = ", ".join(sorted(LISTS))
                self.wrong(f"{where}.{name}", N_("is not a list of words"), expected)
                continue
            found[name] = dict(self._meanings(f"{where}.{name}", name, words))
        return found

    def _meanings(
        self, where: str, name: str, words: Mapping[Any, Any]
    ) -> Iterator[tuple[str, object]]:
        for word, meaning in words.items():
            known = meaning in LISTS[name] if isinstance(meaning, str) else False
            if known or (name in TRUTHS and isinstance(meaning, bool)):
                yield str(word), meaning
            else:
                choices = sorted(LISTS[name]) + ["true, false"] * (name in TRUTHS)
                met = N_("does not say a known meaning")
                self.wrong(f"{where}.{word}", met, ", ".join(choices))


def _one_of(*choices: str) -> Callable[[_Reading, str, object], str]:
    def read(reading: _Reading, where: str, value: object) -> str:
        if value not in choices:
            reading.wrong(where, N_("is not one of the choices"), " ".join(choices))
        return str(value)

    return read


_READERS: Mapping[str, Callable[[_Reading, str, Any], object]] = {
    "unit": _Reading.text,
    "as_of": _Reading.as_of,
    "country": _Reading.country,
    "specialists": _Reading.specialists,
    "treatment_teams": _Reading.texts,
    "offices": _Reading.words,
    "encoding": _Reading.text,
    "date_order": _one_of("dmy", "mdy", "ymd"),
    "decimal_mark": _one_of(".", ","),
    "duration_unit": _one_of("minutes", "hours"),
    "vocabulary": _Reading.vocabulary,
}
