"""Whether words name somebody of a list, so that a person can be asked about it."""

import re
from collections.abc import Iterable

from braid.method.likeness import fold

_APOSTROPHES = re.compile(r"['’ʼ`´]")
_WORDS = re.compile(r"[^\W_]+")
SHORTEST = 3  # letters of a given name that means somebody when it stands alone


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Return those of `names` that `text` may mean, in the order of `names`.

    A name is met when all of it stands there, however it is written, or its given name
    alone as a word with a capital letter. A family name alone is met too often.
    """
    bare = _APOSTROPHES.sub(" ", text)  # Pat's is about Pat
    words = f" {fold(text)}  {fold(bare)} "
    alone = {fold(word) for word in _WORDS.findall(bare) if word[0].isupper()}
    found = []
    for name in dict.fromkeys(names):
        whole = fold(name)
        given = whole.split(" ")[0]
        stands_alone = len(given) >= SHORTEST and given in alone
        if whole and (f" {whole} " in words or stands_alone):
            found.append(name)
    return found
