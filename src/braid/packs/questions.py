"""Situations that ask a pack one question each and name parts of its answer."""

from collections.abc import Callable, Mapping
from typing import Any

from braid.kernel.errors import InputFault, PackFault
from braid.packs.shapes import Runner, Situation

MISSING = "no part of it"


def runner(questions: Mapping[str, Callable[..., Any]]) -> Runner:
    """Return what runs situations whose `input` is a question (`ask`) with its values.

    `expect` names the parts of the answer that matter.
    """

    def run_situation(pack: Any, situation: Situation) -> list[str]:
        given = dict(situation.input) if isinstance(situation.input, dict) else {}
        question = questions.get(str(given.pop("ask", "")))
        if question is None:
            return [f"'ask' is one of {', '.join(questions)}."]
        if not isinstance(situation.expect, dict) or not situation.expect:
            return ["nothing is expected. Name a part of the answer and its value."]
        try:
            answer = question(pack, **given)
        except (TypeError, InputFault, PackFault) as error:
            return [f"the question cannot be asked: {error}"]
        return [
            f"{part} is {answer.get(part, MISSING)!r}, expected was {expected!r}."
            for part, expected in situation.expect.items()
            if part not in answer or answer[part] != expected
        ]

    return run_situation
