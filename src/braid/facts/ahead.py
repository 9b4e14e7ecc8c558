"""Compiling every statement before somebody asks for it, once for each way of asking.

That it was done is kept beside the statements and goes with them: another version of the
method, of a library or of a measure is compiled ahead anew.
"""

from __future__ import annotations

import hashlib

from braid.facts import statements
from braid.packs import measures


class _NotYet(Exception):
    """Nothing says that all is compiled."""


def is_needed() -> bool:
    """Say whether statements are still to be compiled, and can be kept."""
    if not statements.can_be_kept():
        return False
    try:
        statements.kept(_name(), _not_yet)
    except _NotYet:
        return True
    return False


def compile_all() -> int:
    """Compile what pages and reports ask of all measures; return how many statements."""
    from braid.facts import measuring

    number = sum(map(measuring.compile_ahead, measures.load().values()))
    statements.kept(_name(), lambda: str(number))
    return number


def _name() -> str:
    told = "\n".join(one.model_dump_json() for one in measures.load().values())
    return f"all of {hashlib.sha256(told.encode()).hexdigest()}"


def _not_yet() -> str:
    raise _NotYet
