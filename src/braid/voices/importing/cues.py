"""WebVTT and SubRip: cues with times, and a speaker where one is named.

Sources: W3C, "WebVTT: The Web Video Text Tracks Format"; SubRip has no standard.
"""

import re
from collections.abc import Iterator

from braid.voices.importing.plain import decoded, unescaped
from braid.voices.importing.shape import Draft, Line

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:[ \t][^\n]*)?\s*\Z")
_VOICE = re.compile(r"<v(?:\.[^\s>]{1,60})*[ \t]+([^>\n]{1,80})>")
_NAMED = re.compile(
    r"(?:-\s*)?(?P<name>[^\W\d_][\w .'’&/-]{0,39})\s*:\s+(?P<words>.+)", re.DOTALL
)
_NO_CUE = ("NOTE", "STYLE", "REGION", "WEBVTT")
_BLOCKS = re.compile(r"\n[ \t]*\n+")


def read_vtt(data: bytes, draft: Draft, chosen: str | None) -> None:
    _read(decoded(data, draft, chosen, "utf-8"), draft)


def read_srt(data: bytes, draft: Draft, chosen: str | None) -> None:
    _read(decoded(data, draft, chosen), draft)


def _read(text: str, draft: Draft) -> None:
    text = re.sub("\r\n?", "\n", text.lstrip("\ufeff"))
    for block in _BLOCKS.split(text):
        if block.strip() and not block.lstrip().startswith(_NO_CUE):
            _cue(block.strip("\n").split("\n"), draft)


def _cue(block: list[str], draft: Draft) -> None:
    """Add the words of a cue; a line before the time is its number or its name."""
    at = next((n for n, line in enumerate(block[:2]) if TIMING.match(line)), None)
    times = TIMING.match(block[at]) if at is not None else None
    if at is None or times is None:
        draft.counted["cues_unread"] += 1
        return
    begin, end = _ms(times.groups()[:4]), _ms(times.groups()[4:])
    lines = list(_spoken(block[at + 1 :]))
    if not lines or end < begin:
        draft.counted["cues_unread"] += 1
        return
    for name, words in lines:
        goes_on = bool(draft.lines) and draft.lines[-1].speaker == name
        shown = words if goes_on or not name else f"{name}: {words}"
        draft.lines.append(Line(shown, name, begin, end))


def _spoken(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield who says what in a cue: by voice tags, by names before a colon, or nobody."""
    text = "\n".join(lines)
    voices = _VOICE.split(text)
    if len(voices) > 1:
        names = ["", *voices[1::2]]
        parts = list(zip(names, voices[::2], strict=True))
    else:
        parts = list(_by_names(lines))
    for name, words in parts:
        said = unescaped(words)
        if said:
            yield unescaped(name), said


def _by_names(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield parts of a cue that begin with a name; other lines go on with the last."""
    name, words = "", list[str]()
    for line in lines:
        match = _NAMED.match(unescaped(line))
        if match and match["name"][0].isupper() and len(match["name"].split()) <= 4:
            if words:
                yield name, " ".join(words)
            name, words = match["name"].strip(), [match["words"]]
        else:
            words.append(line)
    if words:
        yield name, " ".join(words)


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return 1000 * whole + int(fraction.ljust(3, "0"))
