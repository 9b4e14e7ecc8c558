"""Pseudonyms before coding: what may tell who somebody is, decided on by a person.

    hits = find(transcript.text, load_packs(["dk"]), names)
    decisions = {hit.id: Decision(Verdict.ACCEPT, by="ada") for hit in hits}
    done = apply(transcript, hits, decisions)

Nothing is replaced by itself, and nothing while one hit is undecided.
"""

from braid.voices.pseudonyms.applying import Pseudonymised, Report, apply
from braid.voices.pseudonyms.deciding import Decision, Verdict, decide, undecided
from braid.voices.pseudonyms.finding import Hit, find, load_packs
from braid.voices.pseudonyms.naming import Kind, Name, Names

__all__ = [
    "Decision",
    "Hit",
    "Kind",
    "Name",
    "Names",
    "Pseudonymised",
    "Report",
    "Verdict",
    "apply",
    "decide",
    "find",
    "load_packs",
    "undecided",
]
