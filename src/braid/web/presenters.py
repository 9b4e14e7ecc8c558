"""Shapes that the components show. Rooms above fill them; templates only read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.utils.functional import Promise


class State(StrEnum):
    """How urgent a pill or clock is; the words on it say the same without colour."""

    OK = "ok"
    INFO = "info"
    SOON = "soon"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the main navigation."""

    label: str
    url: str
    icon: str = "circle"
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A line of the user's menu; `method="post"` for acts such as signing out."""

    label: str
    url: str
    icon: str = ""
    method: str = "get"


@dataclass(frozen=True, slots=True)
class UserMenu:
    """Who is signed in, where they work, and what they can do about it."""

    name: str
    place: str = ""
    items: Sequence[MenuItem] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """Something unusual that holds on every page until it ends, and how to end it."""

    title: str
    text: str
    until: datetime
    act: str
    act_url: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a page header, an empty page or a card."""

    label: str
    url: str
    icon: str = ""
    primary: bool = False
    in_dialog: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """Something that must happen by a day: what, how near, what stops it, by which rule."""

    text: str
    pill: str
    state: State = State.INFO
    stops: str | Promise = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened on a day; `withheld` says why the text is not shown."""

    day: date
    title: str
    text: str = ""
    strand: str = ""
    strand_label: str = ""
    icon: str = "circle"
    url: str = ""
    by: str = ""
    withheld: str = ""

    @property
    def css(self) -> str:
        """Return the classes beside `timeline-entry`, with a space before each."""
        strand = f" strand-{self.strand}" if self.strand else ""
        return f"{strand} is-withheld" if self.withheld else strand

    @property
    def around(self) -> str:
        """Return the strand and who was there."""
        return " · ".join(part for part in (self.strand_label, self.by) if part)


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A card of the board, with the clock that runs next."""

    title: str
    url: str
    sub: str = ""
    note: str = ""
    pill: str = ""
    state: State = State.INFO


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column of the board; `count` may exceed the cards shown."""

    title: str
    slug: str
    cards: Sequence[BoardCard] = field(default_factory=tuple)
    count: int | None = None
    more_url: str = ""

    @property
    def total(self) -> int:
        """Return how many the column holds, shown or not."""
        return len(self.cards) if self.count is None else self.count


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a flow: `done`, `current` or `next`."""

    label: str
    state: str = "next"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """A part that is asked for after its page or form; without scripts it is a link.

    Inside a form it is asked for anew when something changes, with the values of the
    fields that `follows` names and no other.
    """

    url: str
    text: str
    follows: Sequence[str] = ()

    @property
    def included(self) -> str:
        """Return the fields as htmx selects them."""
        return ", ".join(f"[name='{name}']" for name in self.follows)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab, which is a link to a page of its own."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None
