"""The one shape of a transcript: a text as it is frozen, and who speaks where."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from braid.method.passages import normalised
from braid.voices.opening import fault

MOST_TEXT = 20_000_000  # code points
LONGEST_LINE = 1_000_000
_NO_LETTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_BLANK = re.compile(r"\s*\Z")
# A label has one to four words, the first with a capital or a digit, then a colon and what
# is said; a time may stand in between. `12:30` and `http://` are no labels.
_WORD = r"[^\W_][\w.'’&/-]{0,29}"
_LABEL = re.compile(
    rf"[ \t\u00a0]*(?P<name>{_WORD}(?:[ \t\u00a0]{_WORD}){{0,3}})"
    r"(?:[ \t\u00a0]*[\[(][\d:.,;> -]{4,30}[\])])?[ \t\u00a0]*:(?=[ \t\u00a0]|$)[ \t\u00a0]*"
)
LONGEST_LABEL = 48

_SENTENCES = {
    "left_out": _("%(number)s characters that are no letters were left out."),
    "footnotes": _("%(number)s footnotes were placed at the end of the text."),
    "footnotes_left_out": _("Footnotes were left out: this format hides them."),
    "text_boxes": _(
        "%(number)s text boxes were placed after the paragraphs they stand by."
    ),
    "comments": _("%(number)s comments in the margin were left out."),
    "deleted": _("%(number)s deletions under tracked changes were left out."),
    "headers": _("Page headers and footers were left out."),
    "pictures": _("%(number)s pictures were left out."),
    "pages_without_text": _(
        "%(number)s pages hold no text, only pictures of it, and were left out."
    ),
    "spoke_once": _(
        "%(number)s speakers have one turn only. Look whether each is a speaker and no word "
        "before a colon."
    ),
    "cues_unread": _(
        "%(number)s cues have no readable time or no words and were left out."
    ),
    "charset_proposed": _(
        "The encoding is a guess. Look at the special letters, and choose another if they "
        "are wrong."
    ),
    "charset_replaced": _(
        "%(number)s characters could not be read in this encoding. Choose another."
    ),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that whoever imports should know; `number` where it is counted."""

    kind: str
    number: int = 0

    @property
    def sentence(self) -> str:
        return str(_SENTENCES[self.kind]) % {"number": self.number}


@dataclass(frozen=True, slots=True)
class Charset:
    """The encoding a text was read in, and those that it may be else.

    Proven by the bytes, or stated in the file itself; else it is a guess to look at.
    """

    used: str
    is_proven: bool
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says at a stretch: code points, the end exclusive.

    `words` is where the words begin, after the speaker's label. The speaker is "" where
    nobody is named. Times in milliseconds, of media only.
    """

    start: int
    words: int
    end: int
    speaker: str = ""
    begin_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A text, normalised, with its turns in order and apart from one another."""

    text: str
    turns: tuple[Turn, ...]
    format: str
    charset: Charset | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def speakers(self) -> Mapping[str, int]:
        """Return how many turns each speaker has, in the order in which they first speak."""
        return Counter(turn.speaker for turn in self.turns if turn.speaker)


@dataclass(slots=True)
class Line:
    """A paragraph as it was met; a speaker and times where its format states them."""

    text: str
    speaker: str | None = None
    begin_ms: int | None = None
    end_ms: int | None = None


@dataclass(slots=True)
class Draft:
    """Paragraphs in order, and what was left out of them.

    `is_wrapped` says that a paragraph may run over several lines up to a blank one.
    """

    format: str
    lines: list[Line] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    charset: Charset | None = None
    is_wrapped: bool = False

    def add(self, text: str) -> None:
        """Add paragraphs, one a line."""
        self.lines += [Line(part) for part in text.split("\n")]

    def finished(self) -> Transcript:
        """Return the transcript. Raises: InputFault (`no_text`, `too_long`, `long_line`)."""
        lines = list(self._cleaned())
        text = "\n".join(line.text for line in lines)
        if not text.strip():
            raise fault(_NO_TEXT, "no_text")
        if len(text) > MOST_TEXT:
            raise fault(_TOO_LONG % {"most": MOST_TEXT}, "too_long")
        turns = tuple(_turns(lines, wrapped=self.is_wrapped))
        once = Counter(turn.speaker for turn in turns if turn.speaker).values()
        self.counted["spoke_once"] = sum(number == 1 for number in once)
        return Transcript(text, turns, self.format, self.charset, self._notices())

    def _cleaned(self) -> Iterator[Line]:
        """Yield the lines normalised, each by itself: a line end joins nothing."""
        for line in self.lines:
            if len(line.text) > LONGEST_LINE:
                raise fault(_LONG_LINE % {"most": LONGEST_LINE}, "long_line")
            kept, left_out = _NO_LETTERS.subn("", line.text)
            self.counted["left_out"] += left_out
            line.text = normalised(kept)
            if line.speaker is not None:
                line.speaker = normalised(_NO_LETTERS.sub("", line.speaker)).strip()
            yield line

    def _notices(self) -> tuple[Notice, ...]:
        return tuple(
            Notice(kind, self.counted[kind])
            for kind in _SENTENCES
            if self.counted[kind]
        )


_NO_TEXT = _(
    "There are no words in this file. Expected is a transcript or a document with text; a "
    "scan has to be read by another program first."
)
_TOO_LONG = _(
    "The text has more than %(most)s characters. That is more than can be coded at once. "
    "Bring it in parts."
)
_LONG_LINE = _(
    "A paragraph has more than %(most)s characters, which no transcript has. Look whether "
    "the file is what you meant to bring."
)


def _turns(lines: Sequence[Line], *, wrapped: bool) -> Iterator[Turn]:
    """Yield the turns of a text: by its speakers, or without any by its paragraphs."""
    if any(line.speaker is not None for line in lines):
        return _stated(lines)
    labels = [_LABEL.match(line.text) for line in lines]
    found = [_speaker(match) for match in labels]
    # One word before a colon is no conversation.
    if sum(speaker is not None for speaker in found) < 2:
        return _paragraphs(lines, wrapped=wrapped)
    return _labelled(lines, found, [match.end() if match else 0 for match in labels])


def _speaker(match: re.Match[str] | None) -> str | None:
    if match is None or len(match[0]) > LONGEST_LABEL:
        return None
    name = re.sub(r"\s+", " ", match["name"])
    return name if name[0].isupper() or name[0].isdigit() else None


def _stated(lines: Sequence[Line]) -> Iterator[Turn]:
    """Yield the turns of cues, those of one speaker in a row as one."""
    last: Turn | None = None
    for at, line in _placed(lines):
        name = line.speaker or ""
        end = at + len(line.text)
        label = _LABEL.match(line.text) if name else None
        words = at + (label.end() if label and _speaker(label) == name else 0)
        if last is not None and name and last.speaker == name:
            last = Turn(last.start, last.words, end, name, last.begin_ms, line.end_ms)
            continue
        if last is not None:
            yield last
        last = Turn(at, words, end, name, line.begin_ms, line.end_ms)
    if last is not None:
        yield last


def _labelled(
    lines: Sequence[Line], speakers: Sequence[str | None], ends: Sequence[int]
) -> Iterator[Turn]:
    """Yield the turns from label to label; what stands before the first is nobody's."""
    last: Turn | None = None
    offset = 0
    for line, speaker, words in zip(lines, speakers, ends, strict=True):
        end = offset + len(line.text)
        if speaker is not None:
            if last is not None:
                yield last
            last = Turn(offset, offset + words, end, speaker)
        elif last is None and not _BLANK.match(line.text):
            yield Turn(offset, offset, end)
        elif last is not None and not _BLANK.match(line.text):
            last = Turn(last.start, last.words, end, last.speaker)
        offset = end + 1
    if last is not None:
        yield last


def _paragraphs(lines: Sequence[Line], *, wrapped: bool) -> Iterator[Turn]:
    """Yield paragraphs as turns of nobody; in wrapped text a blank line ends one."""
    by_blank = wrapped and any(_BLANK.match(line.text) for line in lines[1:-1])
    start, end, last_number = -1, -1, -2
    for number, (at, line) in _numbered(lines):
        if start >= 0 and by_blank and number == last_number + 1:
            end, last_number = at + len(line.text), number
            continue
        if start >= 0:
            yield Turn(start, start, end)
        start, end, last_number = at, at + len(line.text), number
    if start >= 0:
        yield Turn(start, start, end)


def _placed(lines: Iterable[Line]) -> Iterator[tuple[int, Line]]:
    return (placed for _, placed in _numbered(lines))


def _numbered(lines: Iterable[Line]) -> Iterator[tuple[int, tuple[int, Line]]]:
    """Yield the lines with words: their number, and the offset at which each begins."""
    offset = 0
    for number, line in enumerate(lines):
        if not _BLANK.match(line.text):
            yield number, (offset, line)
        offset += len(line.text) + 1
