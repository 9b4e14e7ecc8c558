"""Look for what may tell who somebody is: lists, forms of numbers, capitalised words.

Rules, no model: what is found can be said why. What the rules miss a person must find;
they propose, and nothing more.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from braid.kernel.errors import InputFault
from braid.method.passages import passage
from braid.packs import pseudonyms as packs
from braid.packs.pseudonyms import Identifying, Streets
from braid.voices.pseudonyms.naming import PSEUDONYM, Kind, Names, bare, key

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_WEB = re.compile(r"(?<!\w)(?:https?://|www\.)[^\s<>\"]{3,200}")
_DAY = re.compile(
    r"(?<![\w./-])(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4}|\d{2})(?![\w/-])"
    r"|(?<![\w./-])(\d{4})-(\d{2})-(\d{2})(?![\w/-])"
)
_HOUSE = r"\d{1,4}[ \u00a0]?[A-Za-z]?(?!\w)"
_JOINS = frozenset((" ", "\u00a0", "-"))
LONGEST_STREET = 100
_BEFORE = {
    "before": re.compile(r"(?<!\w)\d{1,4}[A-Za-z]? (?:[^\W\d_a-z][\w’'-]* ){1,3}\Z"),
    "after": re.compile(r"(?:(?<![\w.’'-])[^\W\d_a-z][\w.’'-]* ){0,2}[\w’'-]*\Z"),
}
LONGEST_NAME = 5  # words in a row that are taken for one name
# Of two hits on the same words the one further up stays.
_STRONGEST = (
    *(Kind.NATIONAL_NUMBER, Kind.EMAIL, Kind.WEB, Kind.PHONE, Kind.DATE),
    *(Kind.ADDRESS, Kind.PERSON, Kind.EMPLOYER, Kind.ORGANISATION, Kind.PLACE),
    *(Kind.TOWN, Kind.OTHER, Kind.POSTCODE, Kind.WORD),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that may tell who somebody is: its words, what is around, what to write.

    `found_by` says which rule found it: list, speaker, capital, or the system or form.
    """

    start: int
    end: int
    kind: Kind
    quote: str
    before: str
    after: str
    suggestion: str
    found_by: str

    @property
    def id(self) -> str:
        """Return the name of the hit within its text."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kind: Kind
    found_by: str


def load_packs(countries: Iterable[str]) -> list[Identifying]:
    """Return the packs of countries. Raises: InputFault (`country_unknown`)."""
    known = packs.load()
    wanted = list(countries)
    if unknown := [each for each in wanted if each not in known]:
        raise InputFault(
            f"There are no rules for '{unknown[0]}'. Known are: {', '.join(sorted(known))}.",
            field="country",
            reason="country_unknown",
        )
    return [known[each] for each in wanted]


def find(
    text: str,
    countries: Sequence[Identifying],
    names: Names,
    speakers: Iterable[str] = (),
) -> list[Hit]:
    """Return the hits of a text in order, none over another, each with a suggestion.

    `names` remembers the pseudonyms that are suggested; `speakers` are names too, where they
    are no common words.
    """
    common = {
        word.casefold()
        for pack in countries
        for word in (*pack.speech.common, *pack.speech.months)
    }
    # `Interviewer` speaks, and is nobody's name.
    named = [name for name in speakers if name.casefold() not in common]
    found = [
        *_generic(text),
        *(each for pack in countries for each in _of_country(text, pack)),
        *_listed(text, names, named),
        *_capitalised(text, common),
    ]
    return [_hit(text, each, names) for each in _apart(found, text)]


def _hit(text: str, found: _Found, names: Names) -> Hit:
    place = passage(text, found.start, found.end)
    return Hit(
        found.start,
        found.end,
        found.kind,
        place.quote,
        place.before,
        place.after,
        names.suggested(found.kind, place.quote),
        found.found_by,
    )


def _generic(text: str) -> Iterator[_Found]:
    for match in _EMAIL.finditer(text):
        yield _Found(match.start(), match.end(), Kind.EMAIL, "form")
    for match in _WEB.finditer(text):
        yield _Found(match.start(), match.end(), Kind.WEB, "form")
    for match in _DAY.finditer(text):
        if _is_day(match):
            yield _Found(match.start(), match.end(), Kind.DATE, "form")


def _is_day(match: re.Match[str]) -> bool:
    day, _, month, year, iso_year, iso_month, iso_day = match.groups()
    tried = (
        [(iso_year, iso_month, iso_day)]
        if iso_year
        else [(year.zfill(4), month, day), (year.zfill(4), day, month)]
    )
    for y, m, d in tried:
        try:
            date(max(1, int(y) or 2000), int(m), int(d))
        except ValueError:
            continue
        return True
    return False


def _of_country(text: str, pack: Identifying) -> Iterator[_Found]:
    for start, end, system in packs.numbers(pack, text):
        yield _Found(start, end, Kind.NATIONAL_NUMBER, system)
    for start, end in packs.formed(pack.phones, text):
        yield _Found(start, end, Kind.PHONE, pack.id)
    for start, end in packs.formed(pack.postcodes, text):
        if not pack.postcodes.with_town:
            yield _Found(start, end, Kind.POSTCODE, pack.id)
        elif town := _capital_after(text, end):
            yield _Found(start, town, Kind.POSTCODE, pack.id)
    for start, end in _addresses(pack.streets, text):
        yield _Found(start, end, Kind.ADDRESS, pack.id)
    for match in _spoken_days(pack.speech.months).finditer(text):
        yield _Found(match.start(), match.end(), Kind.DATE, pack.id)


def _capital_after(text: str, at: int) -> int | None:
    """Return the end of a capitalised word that follows, as a town does its postcode."""
    match = _WORD.match(text, at + 1) if text[at : at + 1] in _JOINS else None
    return match.end() if match and match[0][0].isupper() else None


def _addresses(streets: Streets, text: str) -> Iterator[tuple[int, int]]:
    """Yield streets with their numbers: from the ending, back over the words before it."""
    for match in _endings(streets.endings, streets.number).finditer(text):
        behind = text[max(0, match.start() - LONGEST_STREET) : match.start()]
        before = _BEFORE[streets.number].search(behind)
        if before and (before[0] + match[0]).lstrip("0123456789 ")[0].isupper():
            yield match.start() - len(before[0]), match.end()


@lru_cache(maxsize=64)
def _endings(endings: tuple[str, ...], number: str) -> re.Pattern[str]:
    ends = "|".join(sorted(map(re.escape, endings), key=len, reverse=True))
    if number == "before":
        return re.compile(rf"(?<= )(?:{ends})(?!\w)")
    return re.compile(rf"(?:{ends}) {_HOUSE}", re.IGNORECASE)


@lru_cache(maxsize=64)
def _spoken_days(months: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    day = r"\d{1,2}(?:\.|st|nd|rd|th|e|:e)?"
    year = r"(?:,? \d{4})?"
    return re.compile(
        rf"(?<!\w)(?:{day} (?:of )?(?:{named}){year}|(?:{named}) {day}{year})(?!\w)",
        re.IGNORECASE,
    )


def _listed(text: str, names: Names, speakers: Iterable[str]) -> Iterator[_Found]:
    """Yield the names of the study and of those who speak, in any case, with a genitive."""
    said = {alias: (name.kind, "list") for alias, name in names.aliases().items()}
    for speaker in speakers:
        said.setdefault(key(speaker), (Kind.PERSON, "speaker"))
    said = {name: what for name, what in said.items() if name}
    if not said:
        return
    # The longest first, so that a whole name is one hit.
    ordered = sorted(said, key=len, reverse=True)
    words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered)
    pattern = re.compile(rf"(?<!\w)(?:{words})(?:['’]?s)?(?!\w)", re.IGNORECASE)
    for match in pattern.finditer(text):
        kind, by = (
            said.get(key(match[0])) or said.get(bare(match[0])) or (Kind.OTHER, "list")
        )
        yield _Found(match.start(), match.end(), kind, by)


def _capitalised(text: str, common: set[str]) -> Iterator[_Found]:
    """Yield runs of capitalised words that are no common words.

    A word that the text also has in small letters is a common one, unless it stands
    beside a name.
    """
    words = list(_WORD.finditer(text))
    small = {word[0] for word in words if word[0][0].islower()}
    run: list[re.Match[str]] = []
    for word in words:
        if run and not _goes_on(text, run[-1], word):
            yield from _run(run)
            run = []
        if not word[0][0].isupper():
            continue
        folded = word[0].casefold()
        if folded in common or (folded in small and not run):
            yield from _run(run)
            run = []
            continue
        run.append(word)
    yield from _run(run)


def _goes_on(text: str, last: re.Match[str], word: re.Match[str]) -> bool:
    return text[last.end() : word.start()] in _JOINS and word[0][0].isupper()


def _run(run: Sequence[re.Match[str]]) -> Iterator[_Found]:
    for at in range(0, len(run), LONGEST_NAME):
        part = run[at : at + LONGEST_NAME]
        yield _Found(part[0].start(), part[-1].end(), Kind.WORD, "capital")


def _apart(found: Iterable[_Found], text: str) -> list[_Found]:
    """Return what is found so that no two overlap, nor any a pseudonym that is there."""
    rank = {kind: at for at, kind in enumerate(_STRONGEST)}
    ordered = sorted(found, key=lambda f: (rank[f.kind], -(f.end - f.start), f.start))
    starts = [match.start() for match in PSEUDONYM.finditer(text)]
    ends = [match.end() for match in PSEUDONYM.finditer(text)]
    kept: list[_Found] = []
    for each in ordered:
        at = bisect_right(ends, each.start)
        if at < len(starts) and starts[at] < each.end:
            continue
        place = bisect_left(starts, each.start)
        starts.insert(place, each.start)
        ends.insert(place, each.end)
        kept.append(each)
    return sorted(kept, key=lambda f: f.start)
