"""Agreements in words: what is shared with whom, what for, and until when."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from braid.access.agreements import Agreed, Ending, Offer
from braid.access.choices import (
    ConsentKind,
    ConsentWay,
    InformationChoice,
    PurposeChoice,
)
from braid.access.policy import Information
from braid.desk.presenters import due_words
from braid.packs.consents import ConsentText
from braid.web import presenters as web
from braid.web.days import day_text

ONE_OF_THESE: dict[str, Promise] = {
    ConsentKind.GIVEN: gettext_lazy("Agreed: %(who)s may read %(what)s"),
    ConsentKind.EXTENDED: gettext_lazy("Extended: %(who)s may go on reading %(what)s"),
    ConsentKind.NARROWED: gettext_lazy("Narrowed: %(who)s may only read %(what)s"),
    ConsentKind.WITHDRAWN: gettext_lazy(
        "Taken back: %(who)s may no longer read %(what)s"
    ),
}


def classes(information: Iterable[Any]) -> str:
    """Return the names of classes in the order of the closed list.

    Some names hold a comma, so semicolons stand between them.
    """
    wanted = {str(one) for one in information}
    return "; ".join(
        str(label) for value, label in InformationChoice.choices if value in wanted
    )


def purpose(value: str) -> str:
    return str(PurposeChoice(value).label)


@dataclass(frozen=True, slots=True)
class Line:
    """An agreement as a page shows it."""

    agreed: Agreed
    what: str
    purpose: str
    pill: str
    state: web.State
    waits: bool
    again: str

    @property
    def who(self) -> str:
        return self.agreed.receiver.name


def lines(
    found: Iterable[Agreed],
    text: ConsentText,
    today: date,
    again: Callable[[Agreed], str],
) -> list[Line]:
    """Return agreements in words; `text` says from when their end is told.

    `again` leads to where the whole agreement is given anew.
    """
    shown = []
    for one in found:
        waits = one.first_day > today
        pill, state = _pill(one, text, today)
        shown.append(
            Line(
                agreed=one,
                what=classes(one.information),
                purpose=purpose(one.purpose),
                pill=pill,
                state=state,
                waits=waits and one.entry.asked_by_id is not None,
                again=again(one),
            )
        )
    return shown


def _pill(agreed: Agreed, text: ConsentText, today: date) -> tuple[str, web.State]:
    if agreed.first_day > today:
        begins = day_text(agreed.first_day, today.year)
        return _("begins on %(day)s") % {"day": begins}, web.State.INFO
    left = (agreed.last_day - today).days
    if left <= text.remind_days.value:
        return _("ends: %(days)s") % {"days": due_words(left)}, web.State.SOON
    return _("holds"), web.State.OK


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the ledger as the history shows it."""

    entry: Any
    sentence: str
    purpose: str
    how: str
    signature: UUID | None = None


def history(
    rows: Iterable[Any], signatures: Collection[UUID] = frozenset()
) -> list[Step]:
    """Return entries in words, in their order.

    `signatures` are the signed papers that the reader may open.
    """
    return [
        Step(
            entry=row,
            sentence=str(ONE_OF_THESE[row.kind])
            % {"who": row.receiver.name, "what": classes(row.information)},
            purpose=purpose(row.purpose),
            how=how(row),
            signature=row.signature if row.signature in signatures else None,
        )
        for row in rows
    ]


def how(row: Any) -> str:
    """Say how an entry was taken: the way, who recorded, who asked, a witness."""
    said = [str(ConsentWay(row.way).label)]
    if row.recorded_by and row.way != ConsentWay.OWN_ACCOUNT:
        said.append(_("recorded by %(name)s") % {"name": row.recorded_by.name})
    if row.asked_by:
        said.append(_("%(name)s asked") % {"name": row.asked_by.name})
    if row.witness:
        said.append(_("witness: %(name)s") % {"name": row.witness})
    return " · ".join(said)


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of an agreement in one language, filled in."""

    language: str
    title: str
    opening: list[str]
    parts: list[tuple[str, str]]
    closing: list[str]


def wording(
    text: ConsentText,
    language: str,
    *,
    who: str,
    what_for: str,
    information: Collection[str] = (),
) -> Wording:
    """Return the wording about one receiver and one purpose.

    Without classes it leaves them out: on a form they stand as what can be ticked.
    """
    chosen = text.language(language)
    words = text.wordings[chosen]
    parts = [
        (words.labels["receiver"], who),
        (words.labels["purpose"], words.purposes.get(what_for, "")),  # type: ignore[call-overload]
    ]
    if information:
        listed = [
            str(words.information.get(one, one))  # type: ignore[call-overload]
            for one in Information
            if one in information
        ]
        parts.append((words.labels["information"], "; ".join(listed)))
    return Wording(chosen, words.title, words.opening, parts, words.closing)


def languages(text: ConsentText, current: str, address: str) -> list[web.Tab]:
    """Return the languages of a text, each in its own name; none if there is but one."""
    if len(text.wordings) < 2:
        return []
    joint = "&" if "?" in address else "?"
    return [
        web.Tab(
            get_language_info(code)["name_local"].capitalize(),
            f"{address}{joint}language={code}",
            code == current,
        )
        for code in text.wordings
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that could be agreed, with the way to its text."""

    offer: Offer
    purpose: str
    what: str
    teams: str
    url: str


def ending_clock(ending: Ending, text: ConsentText, today: date) -> web.Clock:
    """Return an agreement that ends soon as a clock is shown."""
    return web.Clock(
        text=_("What %(who)s may read for “%(purpose)s” ends on %(day)s")
        % {
            "who": ending.entry.receiver.name,
            "purpose": purpose(ending.entry.purpose),
            "day": day_text(ending.last_day, today.year),
        },
        pill=due_words((ending.last_day - today).days),
        state=web.State.SOON,
        stops=gettext_lazy("renewing it together, or letting it end"),
        source=text.remind_days.source,
    )
