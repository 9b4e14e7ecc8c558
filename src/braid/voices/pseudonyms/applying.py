"""Write pseudonyms into a transcript once every hit is decided; its turns move with it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from braid.kernel.errors import InputFault
from braid.method.passages import normalised
from braid.voices.importing.shape import Transcript, Turn
from braid.voices.pseudonyms.deciding import Decision, Verdict, decide
from braid.voices.pseudonyms.finding import Hit
from braid.voices.pseudonyms.naming import Kind, counted, key

_UNDECIDED = _(
    "%(number)s places are not decided yet. Each is accepted, changed or rejected before "
    "the text is frozen. Nothing was replaced."
)
_OTHER_TEXT = _(
    "The hits are not of this text. Look for them again and decide anew. Nothing was "
    "replaced."
)


@dataclass(frozen=True, slots=True)
class Report:
    """Counts by kind, never the words: how many were found, replaced and left."""

    found: Mapping[str, int]
    replaced: Mapping[str, int]
    left: Mapping[str, int]
    verdicts: Mapping[str, int]
    authors: int


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """A transcript ready to be frozen, the table that undoes it, and a report.

    `table` tells who is who, by the words as they stood: it is kept encrypted, apart
    from the text, and can be deleted by itself.
    """

    transcript: Transcript
    table: Mapping[str, str]
    report: Report


def apply(
    transcript: Transcript, hits: Sequence[Hit], decisions: Mapping[str, Decision]
) -> Pseudonymised:
    """Return the transcript with its pseudonyms. Raises: InputFault (`undecided`,
    `other_text`, those of `decide`).
    """
    text = transcript.text
    if any(text[hit.start : hit.end] != hit.quote for hit in hits):
        raise _unfit(_OTHER_TEXT, "other_text")
    done = decide(hits, decisions)
    if missing := len(hits) - len(done):
        raise _unfit(_UNDECIDED % {"number": missing}, "undecided")
    written = [
        (hit, done[hit.id].text or hit.suggestion)
        for hit in sorted(hits, key=lambda hit: hit.start)
        if done[hit.id].verdict is not Verdict.REJECT
    ]
    table = {hit.quote: pseudonym for hit, pseudonym in written}
    return Pseudonymised(
        _rewritten(transcript, written),
        table,
        _report(hits, done),
    )


def _rewritten(
    transcript: Transcript, written: Sequence[tuple[Hit, str]]
) -> Transcript:
    parts, last, ends, shifts, shift = list[str](), 0, list[int](), list[int](), 0
    for hit, pseudonym in written:
        parts += [transcript.text[last : hit.start], pseudonym]
        last = hit.end
        shift += len(pseudonym) - (hit.end - hit.start)
        ends.append(hit.end)
        shifts.append(shift)
    text = "".join([*parts, transcript.text[last:]])
    if normalised(text) != text:
        raise _unfit(_OTHER_TEXT, "other_text")
    starts = [hit.start for hit, _ in written]

    def moved(offset: int) -> int:
        at = bisect_right(ends, offset)
        before = shifts[at - 1] if at else 0
        inside = at < len(starts) and starts[at] < offset
        return starts[at] + before if inside else offset + before

    names = {key(hit.quote): pseudonym for hit, pseudonym in written}
    turns = tuple(_turn(turn, moved, names) for turn in transcript.turns)
    return replace(transcript, text=text, turns=turns)


def _turn(turn: Turn, moved: Callable[[int], int], names: Mapping[str, str]) -> Turn:
    return replace(
        turn,
        start=moved(turn.start),
        words=moved(turn.words),
        end=moved(turn.end),
        speaker=names.get(key(turn.speaker), turn.speaker),
    )


def _report(hits: Sequence[Hit], done: Mapping[str, Decision]) -> Report:
    kinds: dict[bool, list[Kind]] = {True: [], False: []}
    for hit in hits:
        kinds[done[hit.id].verdict is not Verdict.REJECT].append(hit.kind)
    verdicts = Counter(done[hit.id].verdict for hit in hits)
    return Report(
        counted(hit.kind for hit in hits),
        counted(kinds[True]),
        counted(kinds[False]),
        {each.value: verdicts[each] for each in Verdict if verdicts[each]},
        len({decision.by for decision in done.values()}),
    )


def _unfit(message: object, reason: str) -> InputFault:
    return InputFault(message, field="decisions", reason=reason)
