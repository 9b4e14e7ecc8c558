"""Text as typed: spaces, formulas, telephone numbers, names in one cell."""

import re
from typing import NamedTuple

_gaps = re.compile(r"\s+")
_sign = "=+-@\uff1d\uff0b\uff0d\uff20\t\r"
_formula = re.compile(
    r"[-+@\uff0b\uff0d\uff20]\s*[\w$'\"(].*[(!|]|[-+]\s*[\d.,]+\s*[-+*/^]"
)
_phone = re.compile(
    r"(?:\b(?:tlf|tel|telefon|telephone|phone|mobil|mobile|mob|ph|cell)\b\.?:?\s*)?"
    r"(?<![\w-])\+?\(?\d[\d\s()./\u2011\u2013-]{3,}\d(?![\w-])",
    re.IGNORECASE,
)
LEAST_PHONE_DIGITS = 6
PARTICLES = frozenset(
    ("van", "de", "den", "der", "ter", "ten", "te", "von", "zu", "zum", "zur", "af")
) | frozenset(
    ("av", "el", "al", "bin", "ibn", "da", "di", "du", "dos", "la", "le", "mac", "st")
)


class FullName(NamedTuple):
    """The two halves of a name; what cannot be told apart is in `family`."""

    given: str
    family: str


def clean(text: str) -> str:
    """Return a text without outer and double spaces, hard spaces included."""
    return _gaps.sub(" ", text.replace("\ufeff", "")).strip()


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet program might run a text that somebody typed.

    An equals sign always counts; `+`, `-` and `@` only before what reads as a formula,
    not before a telephone number, a list dash or a greeting.
    """
    bare = text.lstrip()
    if not bare or bare[0] not in _sign:
        return False
    return bare[0] in "=\uff1d" or _formula.match(bare) is not None


def split_phone(text: str) -> tuple[str, str]:
    """Return a name without the telephone number typed into its cell, and that."""
    match = _phone.search(text)
    if match is None or sum(c.isdigit() for c in match[0]) < LEAST_PHONE_DIGITS:
        return text, ""
    rest = clean(f"{text[: match.start()]} {text[match.end() :]}")
    return rest.strip(" ,;:-/()").strip(), match[0].strip()


def split_name(text: str) -> FullName:
    """Return the halves of a name, however it is typed.

    `Holt, Niall`, `Niall Holt`, `HOLT Niall`, `Aafke van den Dam`.
    """
    if "," in text:
        family, _, given = text.partition(",")
        return FullName(given.strip(), family.strip())
    words = text.split()
    if len(words) < 2:
        return FullName("", text)
    loud = [word for word in words if word.isupper() and len(word) > 2]
    if loud and len(loud) < len(words):
        return FullName(" ".join(w for w in words if w not in loud), " ".join(loud))
    at = next(
        (n for n, word in enumerate(words[1:], 1) if word.casefold() in PARTICLES),
        len(words) - 1,
    )
    return FullName(" ".join(words[:at]), " ".join(words[at:]))
