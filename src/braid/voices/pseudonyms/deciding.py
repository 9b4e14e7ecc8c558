"""What a person decides on each hit, and what is still open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from braid.kernel.errors import InputFault
from braid.voices.pseudonyms.finding import Hit
from braid.voices.pseudonyms.naming import PSEUDONYM, key

LONGEST = 60


class Verdict(StrEnum):
    """Take the suggestion, write something else, leave it, or take it wherever it stands."""

    ACCEPT = "accept"
    CHANGE = "change"
    REJECT = "reject"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and who gave it; `text` is what a change writes."""

    verdict: Verdict
    by: str
    text: str = ""


_NO_AUTHOR = _("A decision needs its author. Say who decides.")
_NO_PSEUDONYM = _(
    "What is written instead stands in square brackets, such as [P1] or [town], in at most "
    "%(most)s characters. Write it so."
)
_STRANGER = _(
    "A decision is about a place that is no hit of this text. Look for the hits again and "
    "decide anew."
)


def decide(
    hits: Iterable[Hit], decisions: Mapping[str, Decision]
) -> dict[str, Decision]:
    """Return the decisions on all hits that are decided: `always` reaches its likes.

    A decision on a hit itself comes before an `always` on another with the same words.
    Raises: InputFault (`no_author`, `no_pseudonym`, `stranger`).
    """
    listed = list(hits)
    by_id = {hit.id: hit for hit in listed}
    for name, decision in decisions.items():
        _must_be_sound(by_id.get(name), decision)
    always = {
        key(by_id[name].quote): decision
        for name, decision in decisions.items()
        if decision.verdict is Verdict.ALWAYS
    }
    found = {}
    for hit in listed:
        said = decisions.get(hit.id) or always.get(key(hit.quote))
        if said is not None:
            found[hit.id] = said
    return found


def undecided(hits: Iterable[Hit], decisions: Mapping[str, Decision]) -> list[Hit]:
    """Return the hits on which nobody has decided yet, in order."""
    listed = list(hits)
    done = decide(listed, decisions)
    return [hit for hit in listed if hit.id not in done]


def _must_be_sound(hit: Hit | None, decision: Decision) -> None:
    if hit is None:
        raise _unfit(_STRANGER, "stranger")
    if not decision.by.strip():
        raise _unfit(_NO_AUTHOR, "no_author")
    changes = decision.verdict is Verdict.CHANGE or decision.text
    if changes and (
        len(decision.text) > LONGEST or not PSEUDONYM.fullmatch(decision.text)
    ):
        raise _unfit(_NO_PSEUDONYM % {"most": LONGEST}, "no_pseudonym")


def _unfit(message: object, reason: str) -> InputFault:
    return InputFault(message, field="decision", reason=reason)
