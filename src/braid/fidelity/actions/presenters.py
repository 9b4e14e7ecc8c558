"""Actions as lines: what, who, how near, the score today beside the target."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from braid.fidelity.actions.reading import Advice, Asked, Evidence
from braid.fidelity.choices import Progress
from braid.fidelity.commands.planning import CLOSED
from braid.packs import scale_texts
from braid.web.days import day_text
from braid.web.presenters import State

if TYPE_CHECKING:
    from braid.fidelity.models import PlannedAction
    from braid.method.scales import Scored


@dataclass(frozen=True, slots=True)
class Line:
    """An action as the plan shows it; `today` is the score by the record, in words.

    `may_note`: the reader may say how it goes.
    """

    action: PlannedAction
    title: str
    pill: str
    state: State
    is_closed: bool
    is_late: bool
    today: str = ""
    reaches: bool = False
    may_note: bool = False

    @property
    def who(self) -> str:
        """Return the owner, and what was written about them."""
        owner = self.action.owner.name if self.action.owner else ""
        return ", ".join(part for part in (owner, self.action.owner_words) if part)


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """A recommendation that waits for an action, with its item's name."""

    advice: Advice
    title: str


def title_of(scale: str, item: int) -> str:
    """Return an item with its number and its name."""
    words = scale_texts.texts(scale, get_language() or "en")
    return f"{item} · {words.items[item].title}"


def lines(
    actions: Iterable[PlannedAction],
    today: date,
    scores: Mapping[Asked, Scored] | None = None,
    noted: Container[UUID] = (),
) -> list[Line]:
    """Return the actions: what is open first, the nearest day at the top.

    `noted` are those of which the reader may say how they go.
    """
    found = [
        replace(_line(one, today, scores or {}), may_note=one.pk in noted)
        for one in actions
    ]
    return sorted(found, key=lambda one: (one.is_closed, one.action.due_on))


def _line(action: PlannedAction, today: date, scores: Mapping[Asked, Scored]) -> Line:
    is_closed = action.progress in CLOSED
    is_late = not is_closed and action.due_on < today
    scored = scores.get((action.scale, action.item))
    return Line(
        action,
        title_of(action.scale, action.item),
        _late(action, today) if is_late else str(action.get_progress_display()),
        _state(action, is_late=is_late),
        is_closed,
        is_late,
        score_text(scored) if scored else "",
        reaches=scored is not None and scored.floor >= action.target,
    )


def _late(action: PlannedAction, today: date) -> str:
    days = (today - action.due_on).days
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}


def _state(action: PlannedAction, *, is_late: bool) -> State:
    if is_late:
        return State.OVERDUE
    return State.OK if action.progress == Progress.DONE else State.INFO


def score_text(scored: Scored) -> str:
    """Return a score, or between which scores it lies; nobody knows from 1 to 5."""
    if scored.floor == scored.ceiling:
        return str(scored.floor)
    if (scored.floor, scored.ceiling) == (1, 5):
        return _("for reviewers to judge")
    return _("%(low)s to %(high)s") % {"low": scored.floor, "high": scored.ceiling}


def advice_lines(found: Iterable[Advice]) -> list[AdviceLine]:
    return [AdviceLine(one, title_of(one.scale, one.item)) for one in found]


def evidence_text(found: Evidence) -> str:
    """Say what the plan shows of item 11, since when, and what it does not show."""
    said = _(
        "Since %(day)s: %(written)s actions written down, %(noted)s notes of progress."
    ) % {
        "day": day_text(found.since),
        "written": found.written,
        "noted": found.noted,
    }
    if found.held is None:
        return said
    met = _(
        "The steering group met with somebody of the management in %(held)s of the last "
        "%(wanted)s quarters."
    ) % {"held": found.held, "wanted": found.wanted}
    return f"{said} {met}"
