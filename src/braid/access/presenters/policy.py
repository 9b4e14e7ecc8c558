"""The whole policy in words, as it stands in the code: nothing here is a second list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.access.audience import never_reading
from braid.access.choices import (
    GroundChoice,
    InformationChoice,
    PurposeChoice,
    RoleChoice,
)
from braid.access.policy import (
    ABOUT_A_PERSON,
    GRANTS,
    PURPOSES,
    SENSITIVE,
    SERVES_ONLY,
    Action,
    Cell,
    Ground,
    Information,
    is_closed_by_restriction,
)
from braid.access.shared import due

ACTIONS: dict[Action, Promise] = {
    Action.READ: _("read"),
    Action.RECORD: _("write down"),
    Action.CO_WRITE: _("write together"),
    Action.TAKE_PART: _("take part in meetings and questions"),
    Action.SUPERVISE: _("supervision"),
    Action.CONFIRM: _("confirm advice on benefits"),
    Action.REFER: _("refer somebody"),
    Action.ASSIGN: _("take on, hand over, end"),
    Action.SHARE: _("note a consent"),
    Action.INVITE: _("invite to the own page"),
    Action.BLOCK: _("block a person"),
    Action.SET_ASIDE: _("set a block aside, two together"),
    Action.BREAK_GLASS: _("use emergency access"),
    Action.ASK: _("ask for one's rights"),
    Action.ANSWER: _("answer such a request"),
    Action.REVIEW_ACCESS: _("review who opened what"),
    Action.OVERSEE: _("see figures of the unit"),
    Action.RATE: _("rate a service in a review"),
    Action.SEE_AMOUNTS: _("see claims and amounts, without a name"),
    Action.CLAIM: _("prepare and send claims"),
    Action.RELEASE: _("release a claim that somebody else prepared"),
    Action.PAY: _("answer and pay claims"),
    Action.SETTLE: _("decide on double funding, reverse a claim"),
    Action.KEEP_EMPLOYERS: _("keep the employers"),
    Action.IMPORT: _("import files"),
    Action.MANAGE_MEMBERS: _("manage members"),
}
HOLDS_WHEN: dict[Ground, Promise] = {
    Ground.OWN_RECORD: _("it is about the person who is signed in"),
    Ground.OWN_CARE: _(
        "a team of the reader's holds it: the unit its record, a treatment team its notes"
    ),
    Ground.CONSENT: _(
        "the person agreed to it for this purpose, this organisation and this kind, it "
        "is in force today, and a team of the reader's works with the person today"
    ),
    Ground.DUTY: _(
        "a law of the country gives it to a job centre for this purpose, and a team of "
        "the reader's works with the person today"
    ),
    Ground.BROKEN_GLASS: _(
        "the reader used emergency access for this person in the last hour; it is told "
        "and reviewed"
    ),
    Ground.OFFICE: _(
        "the reader has this role in the organisation; it never opens a person"
    ),
    Ground.INVITED: _(
        "the reader was invited to this table in person; it opens nothing about anybody"
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: an act on a kind of information, and a cell a role."""

    action: str
    what: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A word and what it means."""

    what: str
    means: str


def roles() -> tuple[str, ...]:
    """Return the roles that may ever do something, as the table has them."""
    return tuple(str(RoleChoice(role).label) for role, row in GRANTS.items() if row)


def roles_without() -> str:
    """Return the roles that see figures and documents, never a record."""
    return _listed(RoleChoice(role).label for role in never_reading())


def reading() -> list[Row]:
    """Return who reads which kind of information about a person, on which ground."""
    return [_row((Action.READ, one)) for one in ABOUT_A_PERSON]


def acting() -> list[Row]:
    """Return every other act that somebody may do."""
    cells = dict.fromkeys(cell for row in GRANTS.values() for cell in row)
    ordered = sorted(
        (cell for cell in cells if cell[0] != Action.READ),
        key=lambda cell: (list(Action).index(cell[0]), _place(cell[1])),
    )
    return [_row(cell) for cell in ordered]


def _place(information: Information | None) -> int:
    return -1 if information is None else list(Information).index(information)


def _row(cell: Cell) -> Row:
    action, information = cell
    return Row(
        action=str(ACTIONS[action]),
        what=str(InformationChoice(information).label) if information else "",
        cells=tuple(
            _listed(GroundChoice(ground).label for ground in row.get(cell, ()))
            for row in GRANTS.values()
            if row
        ),
    )


def grounds() -> list[Pair]:
    """Return each ground with when it holds."""
    return [Pair(str(GroundChoice(one).label), str(HOLDS_WHEN[one])) for one in Ground]


def purposes() -> list[Pair]:
    """Return each role with what it works at, the first one unless another is chosen."""
    return [
        Pair(
            str(RoleChoice(role).label),
            _listed(PurposeChoice(one).label for one in found),
        )
        for role, found in PURPOSES.items()
    ]


def limits() -> list[Pair]:
    """Return what a purpose never gets, or gets on some grounds only."""
    return [
        Pair(
            f"{PurposeChoice(purpose).label}: {InformationChoice(one).label}",
            str(_("only on: %(grounds)s"))
            % {"grounds": _listed(GroundChoice(each).label for each in sorted(found))}
            if found
            else str(_("never")),
        )
        for (purpose, one), found in SERVES_ONLY.items()
    ]


def duties(country: str, day: date) -> list[Pair]:
    """Return what the law of a country gives a job centre on `day`, and for what."""
    given = (
        (one, [purpose for purpose, where in due(one, day) if where == country])
        for one in ABOUT_A_PERSON
    )
    return [
        Pair(
            str(InformationChoice(one).label),
            _listed(PurposeChoice(each).label for each in sorted(found)),
        )
        for one, found in given
        if found
    ]


def left_by_restriction() -> str:
    """Return what of a restricted record stays open to those who have a ground."""
    return _listed(
        InformationChoice(one).label
        for one in ABOUT_A_PERSON
        if not is_closed_by_restriction(Action.READ, one, Ground.OWN_CARE)
    )


def always_recorded() -> str:
    """Return the kinds of which every single opening is recorded."""
    return _listed(
        InformationChoice(one).label for one in ABOUT_A_PERSON if one in SENSITIVE
    )


def _listed(words: Iterable[object]) -> str:
    return ", ".join(str(word) for word in words)
