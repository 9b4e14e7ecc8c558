"""A funder's answer file as pages show it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from braid.funding.answers import told
from braid.funding.answers.commands import Plan
from braid.funding.answers.rules import Move
from braid.funding.choices import ClaimState, Reason
from braid.funding.invoices.texts import amount
from braid.funding.models import AnswerFile
from braid.funding.showing import Cell, Table, day_cell

STATES = {state.value: state.label for state in ClaimState}
REASONS = {reason.value: reason.label for reason in Reason}


def plan_table(plan: Plan) -> Table:
    """Return what a file would do, row by row."""
    return Table(
        caption=_("What the file would do"),
        columns=(
            _("Claim"),
            _("Becomes"),
            _("Paid"),
            _("Less or more than claimed"),
            _("Reference"),
            _("Day"),
            _("In words"),
        ),
        rows=[_move_row(move) for move in plan.moves],
    )


def _move_row(move: Move) -> list[Cell]:
    answer = move.answer
    states = [str(STATES[state]) for state in move.states]
    becomes = ", ".join(states) or _("stays as it is")
    words = ": ".join(filter(None, (str(REASONS.get(answer.reason, "")), answer.text)))
    return [
        Cell(answer.claim),
        Cell(becomes),
        Cell("" if answer.amount is None else amount(answer.amount), is_number=True),
        Cell("" if not move.differs else amount(move.differs), is_number=True),
        Cell(answer.reference),
        day_cell(answer.day) if answer.day else Cell(""),
        Cell(words),
    ]


def faults(plan: Plan) -> list[tuple[str, str]]:
    """Return where each fault stands and what it is, as far as a page holds them."""
    names = {key: str(label) for key, label in STATES.items()}
    shown = plan.faults[: told.MOST_TOLD]
    return [(told.place(each), told.sentence(each, names)) for each in shown]


def files_table(rows: Sequence[AnswerFile] | Iterable[AnswerFile]) -> Table:
    """Return the files that were taken in."""
    return Table(
        caption=_("Files that were taken in"),
        columns=(
            _("Taken in"),
            _("File"),
            _("Answers"),
            _("By"),
            _("SHA-256 of the file"),
        ),
        rows=[
            [
                day_cell(row.written_at.date()),
                Cell(row.name),
                Cell(str(row.rows), is_number=True),
                Cell(row.written_by.name if row.written_by else ""),
                Cell(row.sha256, is_code=True),
            ]
            for row in rows
        ],
    )
