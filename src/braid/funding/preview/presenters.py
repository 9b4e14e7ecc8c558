"""What a claim still needs, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from braid.funding.contract_words.milestones import proof_text
from braid.packs.contracts import title_of
from braid.web.presenters import State

if TYPE_CHECKING:
    from braid.funding.preview.queries import Ahead

SOON = 14  # days to a deadline


@dataclass(frozen=True, slots=True)
class AheadLine:
    """A milestone as pages show it: for whom, when, and what is missing."""

    milestone: str
    funder: str
    contract: str
    day: date | None
    is_reached: bool
    is_ready: bool
    present: tuple[str, ...]
    missing: str
    first: tuple[str, ...]
    deadline: date | None
    state: State
    state_text: str
    name: str = ""
    url: str = ""


def lines(
    found: Iterable[Ahead],
    today: date,
    names: Mapping[UUID, tuple[UUID, str]] | None = None,
) -> list[AheadLine]:
    """Return these milestones in words; `names` by episode, where several people are."""
    return [_line(one, today, names or {}) for one in found]


def _line(one: Ahead, today: date, names: Mapping[UUID, tuple[UUID, str]]) -> AheadLine:
    applicant, name = names.get(UUID(one.episode), (None, ""))
    state, text = _state(one, today)
    return AheadLine(
        milestone=one.milestone.replace("_", " "),
        funder=one.funder,
        contract=title_of(one.contract),
        day=one.day,
        is_reached=one.is_reached,
        is_ready=one.is_ready,
        present=tuple(map(proof_text, one.present)),
        missing=_one_of(one.missing),
        first=tuple(name.replace("_", " ") for name in one.first),
        deadline=one.deadline,
        state=state,
        state_text=text,
        name=name,
        url=reverse("desk:person", args=[applicant]) if applicant else "",
    )


def _one_of(sets: Iterable[tuple[str, ...]]) -> str:
    """Return sets of evidence of which one is enough."""
    told = [
        _(" and ").join(proof_text(kind) for kind in sorted(kinds)) for kinds in sets
    ]
    return _(", or ").join(told)


def _state(one: Ahead, today: date) -> tuple[State, str]:
    if one.is_ready:
        return State.OK, _("complete")
    if one.is_reached and one.deadline is not None and one.missing:
        if one.deadline < today:
            return State.OVERDUE, _("too late for evidence")
        if (one.deadline - today).days <= SOON:
            return State.SOON, _("evidence soon")
    if one.is_reached:
        return State.INFO, _("evidence missing") if one.missing else _("waits")
    return State.INFO, _("ahead")
