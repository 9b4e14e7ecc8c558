"""What was proposed instead of a job, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from braid.teamwork.choices import ProposalKind, ProposedBy
from braid.teamwork.queries.proposals import ProposalView


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal in words: what, by whom, and what the person wanted."""

    view: ProposalView
    what: str
    who: str
    wanted: str


def proposal_lines(found: Iterable[ProposalView]) -> list[ProposalLine]:
    """Return proposals in words, in their order."""
    return [_line(one) for one in found]


def _line(one: ProposalView) -> ProposalLine:
    role = str(ProposedBy(one.by_role).label)
    return ProposalLine(
        view=one,
        what=str(ProposalKind(one.kind).label),
        who=", ".join(part for part in (role, one.office) if part),
        wanted=wanted_words(one.wanted),
    )


def wanted_words(wanted: bool | None) -> str:
    """Return in words what the person wanted."""
    if wanted is None:
        return _("not known whether it was wanted")
    return _("the person wanted it") if wanted else _("the person did not want it")
