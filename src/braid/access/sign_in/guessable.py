"""Passwords that somebody would try: common ones, small changes of them, known names.

The list of the commonest passwords is the one that Django carries: 20,000, sorted out of
published breaches, compressed, in small letters. Nothing is asked of another computer.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from braid.access.sign_in import queries

SITE = ("braid", "ips", "employment")
FEWEST_LETTERS = 4  # that must be left when what everybody knows is taken away
LONGEST_BLOCK = 6  # repeated, it is no more than itself
_LOOK_ALIKE = "034578@$+€"
_LETTERS = "oeastbaste"
# A one and an exclamation mark stand for either letter.
_READINGS = tuple(
    str.maketrans(_LOOK_ALIKE + "1!|", _LETTERS + other * 3) for other in "il"
)
_BEFORE, _BEHIND = re.compile(r"^[\W\d_]+"), re.compile(r"[\W\d_]+$")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """Return the commonest passwords, and the letters of those with digits in them."""
    listed = frozenset(CommonPasswordValidator().passwords)
    return listed | {
        letters for one in listed if len(letters := _letters(one)) >= FEWEST_LETTERS
    }


def is_guessable(password: str, names: Iterable[str] = ()) -> bool:
    """Say whether a password is a common one, or one with small changes.

    Small changes are digits and signs at its ends or between, signs that look like
    letters, a part written several times, and words that everybody here knows: the
    site's and the `names`.
    """
    known = _words([*SITE, *names])
    return any(_is_weak(reading, known) for reading in _readings(password))


def _readings(password: str) -> Iterator[str]:
    """Write a password as the letters that it may stand for, with its ends and without."""
    plain = "".join(unicodedata.normalize("NFKC", password).casefold().split())
    for text in {plain, _BEHIND.sub("", plain), _BEFORE.sub("", plain)}:
        yield _letters(text)
        yield from (_letters(text.translate(reading)) for reading in _READINGS)


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text)


def _is_weak(letters: str, known: tuple[str, ...]) -> bool:
    for word in known:
        letters = letters.replace(word, "")
    block = _block(letters)
    return len(block) < FEWEST_LETTERS or block in common() or _is_run(block)


def _block(text: str) -> str:
    """Return the part that a text is written of several times, or the text."""
    for size in range(1, len(text) // 2 + 1):
        if text == text[:size] * (len(text) // size) and (
            size <= LONGEST_BLOCK or text[:size] in common()
        ):
            return text[:size] if size >= FEWEST_LETTERS else ""
    return text


def _is_run(text: str) -> bool:
    return any(text in row or text in row[::-1] for row in _ROWS)


def _words(names: Iterable[str]) -> tuple[str, ...]:
    """Return names whole and word by word, the longest first."""
    found = set()
    for name in names:
        plain = name.casefold()
        found.add(_letters(plain))
        found.update(word for word in re.findall(r"[^\W\d_]+", plain) if len(word) > 2)
    return tuple(sorted(found - {""}, key=len, reverse=True))


def refuse(password: str, names: Iterable[str] = ()) -> None:
    """Raise ValidationError with a sentence for a password that would be guessed."""
    if is_guessable(password, names):
        raise ValidationError(_sentence(), code="password_guessable")


def _sentence() -> str:
    return _(
        "This password is too easy to guess: it is a common one, perhaps with small "
        "changes, or made of names that everybody here knows. Three or four unrelated "
        "words are better."
    )


class GuessableValidator:
    """Refuses what somebody would try, the organisation's name included."""

    def validate(self, password: str, user: Any = None) -> None:
        refuse(password, queries.known_names(getattr(user, "pk", None)))

    def get_help_text(self) -> str:
        return _(
            "Not a common password, nor one made of the names of your organisation."
        )
