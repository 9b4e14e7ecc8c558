"""Likeness of names of people and employers, and search that forgives typing errors.

Everything is compared after `fold`, so that Jørgensen, Joergensen and JØRGENSEN are
one. Likeness is a number from 0 to 100; a person decides what it means.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

Id = TypeVar("Id", bound=Hashable)

# Letters that no decomposition takes apart; any accent is taken off by it.
_BARE = {
    "æ": "ae",
    "ø": "o",
    "œ": "oe",
    "ð": "d",
    "đ": "d",
    "þ": "th",
    "ł": "l",
    "ı": "i",
}
# Letters that are also written as two.
_TWO = {"ä": "ae", "ø": "oe", "ö": "oe", "ü": "ue", "å": "aa"}
_BARE_LETTERS = str.maketrans(_BARE)
_LETTERS = str.maketrans(_BARE | _TWO)
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_LEGAL_FORMS = frozenset(
    re.findall(
        r"[a-z]+",
        """
        as aps ivs is ks ps amba fmba smba asa ans da ab hb oy oyj ehf hf
        ltd limited plc llp lp cic cio llc inc incorporated corp corporation co company
        bv nv vof cv gmbh ag kg ohg ug ev mbh sa sas sarl srl spa
        """,
    )
)
_LEGAL_FORM_FIRST = re.compile(r"^(?:[aikp]/s|ab)\s+", re.IGNORECASE)
_ARTICLES = frozenset({"the"})
_CONJUNCTIONS = frozenset({"and", "og", "und"})
# An initial agrees with a name, but does not tell it from others of that letter.
_INITIAL = 0.8
# What one name has and the other lacks (a middle name, one of two family names).
_EXTRA_WORD = 0.35
# Words written together, or letters without their dots, are nearly the same name.
_NEARLY = 0.98


def fold(name: str) -> str:
    """Return a name in the one form in which names are compared.

    Lower case, without accents and punctuation, words divided by one space; æ ø å ä ö
    ü ß in two letters. Folding twice changes nothing.
    """
    return _folded(name, _LETTERS)


def _folded(name: str, letters: Mapping[int, str]) -> str:
    text = unicodedata.normalize("NFKC", name).casefold()
    text = unicodedata.normalize("NFKC", text).translate(letters)
    text = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    kept = (c if c.isalnum() else " " for c in text if not unicodedata.combining(c))
    return " ".join("".join(kept).casefold().split())


def fold_employer(name: str) -> str:
    """Return an employer's name in its comparable form, without its legal form.

    Also without a leading article and without "and", so that Marks & Spencer plc and
    Marks and Spencer are one. A name that is nothing else is kept as it is.
    """
    folded = fold(_LEGAL_FORM_FIRST.sub("", name.strip()))
    words = [word for word in folded.split() if word not in _CONJUNCTIONS]
    words = _spelled_out(words)
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    if len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    return " ".join(words) or folded


def name_likeness(one: str, other: str) -> float:
    """Return how alike two names of people are, from 0 to 100.

    The order of the words does not matter, and both ways give the same. A typing
    error, an initial for a name, a family name too many and letters without their
    dots (Jorgensen) each take a little off.
    Missing: 0 when one of the names has no letters.
    """
    bare = (_folded(name, _BARE_LETTERS).split() for name in (one, other))
    return max(
        _likeness(fold(one).split(), fold(other).split()), _NEARLY * _likeness(*bare)
    )


def employer_likeness(one: str, other: str) -> float:
    """Return how alike two names of employers are, from 0 to 100."""
    return _likeness(fold_employer(one).split(), fold_employer(other).split())


def abbreviation_matches(short: str, full_names: Iterable[str]) -> str | None:
    """Return the one full name that `short` abbreviates, or None.

    `short` is a name whose words are cut ("Beth O", "B. Ollerenshaw") or its initials
    ("BO"). None when no name fits and when more than one does; a name that is equal
    to `short` wins over those it abbreviates.
    """
    cut = fold(short).split()
    names = {name: fold(name).split() for name in full_names}
    equal = [name for name, words in names.items() if words == cut]
    fitting = equal or [
        name for name, words in names.items() if _abbreviates(cut, words)
    ]
    return fitting[0] if len(fitting) == 1 else None


@dataclass(frozen=True, slots=True)
class Hit(Generic[Id]):
    """A row found, with how well its text meets the query, from 0 to 100."""

    id: Id
    score: float


def search(
    query: str, candidates: Mapping[Id, str], limit: int = 20, cutoff: float = 70
) -> list[Hit[Id]]:
    """Return the candidates that meet the query, best first, at most `limit`.

    First texts that begin with the query, then those with a word beginning with each
    of its words, then those that hold it anywhere, then those with words like its
    words, from `cutoff` on. Equal ones stand in the order of their text. Rows are
    searched as given: whoever calls has chosen what the user may see.
    """
    wanted, bare = fold(query), _folded(query, _BARE_LETTERS)
    if not wanted:
        return []
    # Who leaves out the ring or the stroke ("Ostergard") means the letter with it.
    scored = (
        (
            max(_meets(wanted, fold(text)), _meets(bare, _folded(text, _BARE_LETTERS))),
            fold(text),
            key,
        )
        for key, text in candidates.items()
    )
    hits = sorted(
        (row for row in scored if row[0] >= cutoff), key=lambda row: (-row[0], row[1])
    )
    return [Hit(key, score) for score, _, key in hits[:limit]]


def _meets(wanted: str, text: str) -> float:
    if text.startswith(wanted):
        return 100 if text == wanted else 99
    words = text.split()
    parts = wanted.split()
    if all(any(word.startswith(part) for word in words) for part in parts):
        return 97
    if wanted in text:
        return 95
    return 0.94 * min(_best(part, words) for part in parts)


def _best(part: str, words: Sequence[str]) -> float:
    """Return the likeness (0 to 100) of `part` to the beginning of its best word.

    Up to three letters say too little to be mistyped.
    """
    if len(part) <= 3:
        return 100.0 if any(word.startswith(part) for word in words) else 0.0
    return 100 * max(
        (
            max(_alike(part, word[:n]) for n in range(len(part) - 1, len(part) + 2))
            for word in words
        ),
        default=0.0,
    )


def _alike(one: str, other: str) -> float:
    return float(OSA.normalized_similarity(one, other))


def _likeness(one: list[str], other: list[str]) -> float:
    if not one or not other:
        return 0.0
    short, long = sorted((sorted(one), sorted(other)), key=lambda w: (len(w), w))
    if short == long:
        return 100.0
    together = 100 * _NEARLY * _alike("".join(one), "".join(other)) ** 2
    return max(_paired(short, long), together)


def _paired(short: list[str], long: list[str]) -> float:
    """Return the likeness of words laid side by side, best pairs first."""
    pairs = sorted(
        ((_word(a, b), i, j) for i, a in enumerate(short) for j, b in enumerate(long)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    score = weight = 0.0
    left, right = set(range(len(short))), set(range(len(long)))
    for alike, i, j in pairs:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            letters = max(len(short[i]), len(long[j]))
            score += alike * letters
            weight += letters
    weight += _EXTRA_WORD * sum(len(long[j]) for j in right)
    return 100 * score / weight


def _word(one: str, other: str) -> float:
    """Return the likeness of two words, 0 to 1; half alike is next to nothing."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) == 1:
        return _INITIAL if one[0] == other[0] else 0.0
    return _alike(one, other) ** 2


def _abbreviates(cut: list[str], words: list[str]) -> bool:
    if len(cut) == 1 and len(cut[0]) > 1 and len(words) > 1:
        return cut[0] == "".join(word[0] for word in words)
    rest = iter(words)
    fits = all(any(word.startswith(part) for word in rest) for part in cut)
    return fits and bool(cut) and words[0].startswith(cut[0])


def _spelled_out(words: list[str]) -> list[str]:
    """Join single letters at the end: what was B.V. or A/S is one word again."""
    keep = len(words)
    while keep > 0 and len(words[keep - 1]) == 1:
        keep -= 1
    return words[:keep] + (["".join(words[keep:])] if keep < len(words) else [])
