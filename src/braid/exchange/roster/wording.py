"""Sentences that are translated where they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:
    """Mark a text for translation and return it as it is."""
    return text


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English text with named `%(places)s`, and what stands in them.

    To show it in another language: `gettext(sentence.text) % sentence.values`, where
    a value that is a sentence itself is shown likewise. It holds no name or number of
    an applicant.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


def say(text: str, **values: object) -> Sentence:
    """Return a sentence; mark the text with `N_`."""
    return Sentence(text, values)
