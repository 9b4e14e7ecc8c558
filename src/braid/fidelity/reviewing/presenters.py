"""What the pages of a review show: its steps, its days, who takes part, its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from braid.access.policy import Actor
from braid.fidelity import queries, rules
from braid.fidelity.choices import ReviewStatus
from braid.fidelity.commands.reviews import WHY_NOT, may_step
from braid.fidelity.held import TOLD
from braid.fidelity.models import Chart, Evidence, Meeting, Piece, Review, Seat
from braid.fidelity.preparing import PIECES
from braid.packs import scale_texts
from braid.web.presenters import Step

PATH = (
    ReviewStatus.PLANNED,
    ReviewStatus.RATING,
    ReviewStatus.CONSENSUS,
    ReviewStatus.MODERATED,
    ReviewStatus.ANSWERED,
    ReviewStatus.FINAL,
)
STEP: dict[str, Promise] = {
    "rating": gettext_lazy("Open the ratings"),
    "consensus": gettext_lazy("Show the reviewers each other's ratings"),
    "moderated": gettext_lazy("Tell the service"),
    "answered": gettext_lazy("Close the week of the service"),
    "final": gettext_lazy("Make it final"),
    "withdrawn": gettext_lazy("Withdraw the review"),
}
MEANS: dict[str, Promise] = {
    "rating": gettext_lazy(
        "Every reviewer rates alone from now on. What the record computes is kept beside "
        "and shown to nobody yet."
    ),
    "consensus": gettext_lazy(
        "Once every reviewer has locked, they see each other's ratings and what the "
        "record computes, and agree one score for each item."
    ),
    "moderated": gettext_lazy(
        "The service reads its scores and has a week to answer each item."
    ),
    "answered": gettext_lazy("The week of the service is over, answered or not."),
    "final": gettext_lazy("Nothing in this review changes any more."),
    "withdrawn": gettext_lazy("The review ends here. It stays in the history."),
}
ENDS_READING = (ReviewStatus.MODERATED, ReviewStatus.WITHDRAWN)
"""The steps from which the timer of personal data runs."""
DUE: dict[str, Promise] = {
    "asked": gettext_lazy("Agree on the review with the service and its partners"),
    "sharing": gettext_lazy("Agree how documents are shared at a distance"),
    "pieces": gettext_lazy("What the service was asked for is here and looked through"),
    "agenda": gettext_lazy("Agenda, frozen figures and a call with the lead reviewer"),
    "visit": gettext_lazy("The visit begins"),
    "told": gettext_lazy("The service is told at the latest"),
    "plan": gettext_lazy("The action plan is written"),
}
GROUPS: dict[str, Promise] = {
    "searching": gettext_lazy("searching for a job"),
    "working": gettext_lazy("working"),
    "job_lost": gettext_lazy("lost a job within three months"),
    "withdrawn": gettext_lazy("ended, or not met for two months"),
}
SAYS: dict[str, Promise] = {
    "whole": pgettext_lazy("of an item", "the record answers it"),
    "part": pgettext_lazy("of an item", "the record answers it in part"),
    "signals": pgettext_lazy("of an item", "the record gives signals, people judge"),
    "nothing": pgettext_lazy("of an item", "the record does not answer it"),
}


@dataclass(frozen=True, slots=True)
class Next:
    """The step that comes next: what it is, what it means, what stands in its way."""

    to: str
    label: str
    means: str
    in_the_way: Sequence[str]
    is_mine: bool

    @property
    def is_open(self) -> bool:
        return self.is_mine and not self.in_the_way


def steps(review: Review) -> list[Step]:
    """Return how far a review is; of one that was withdrawn nothing is left to do."""
    if review.status == ReviewStatus.WITHDRAWN:
        return []
    here = PATH.index(ReviewStatus(review.status))
    is_final = review.status == ReviewStatus.FINAL
    return [
        Step(str(one.label).capitalize(), _state(number, here, is_final=is_final))
        for number, one in enumerate(PATH)
    ]


def _state(number: int, here: int, *, is_final: bool) -> str:
    if number < here or is_final:
        return "done"
    return "current" if number == here else "next"


def next_step(actor: Actor, review: Review, today: date) -> Next | None:
    """Return what comes next, in words; None where the review is over."""
    follows = [one for one in rules.FOLLOWS[review.status] if one != "withdrawn"]
    if not follows:
        return None
    (to,) = follows
    found = rules.in_the_way(queries.standing(review), to, today)
    return Next(
        to,
        str(STEP[to]),
        means(review, to),
        [str(WHY_NOT[one]) for one in found],
        may_step(actor, review, to),
    )


def means(review: Review, to: str) -> str:
    """Return what a step brings about; with it, when what is personal goes."""
    if to not in ENDS_READING:
        return str(MEANS[to])
    days = queries.kept_days(review.unit)
    goes = ngettext(
        "What is personal in this review is deleted %(days)d day later.",
        "What is personal in this review is deleted %(days)d days later.",
        days,
    )
    return f"{MEANS[to]} {goes % {'days': days}}"


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something to be done by a day, and whether that day has passed."""

    text: str
    day: date
    is_past: bool


def due_lines(review: Review, today: date) -> list[DueLine]:
    """Return what is to be done by when, counted back from the visit."""
    found = rules.preparation(review.first_day, review.last_day, remote=review.remote)
    lines = [DueLine(str(DUE[one.code]), one.day, one.day < today) for one in found]
    if review.told_on:
        until = rules.answer_by(review.told_on)
        text = _("The week of the service is over")
        lines.append(DueLine(text, until, until < today))
    return sorted(lines, key=lambda line: line.day)


# ---- Parts ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a review with a page of its own."""

    label: str
    about: str
    url: str


def parts(actor: Actor, review: Review) -> list[Part]:
    """Return the parts of a review that `actor` may open as it stands."""
    arranges, rates = queries.may_plan(actor, review), queries.may_rate(actor, review)
    takes_part = arranges or queries.may_answer(actor, review) or rates
    is_told, key = review.status in TOLD, review.pk
    is_open = review.opened_on is not None
    found: list[tuple[bool, str, str, str]] = [
        (takes_part, "agenda", _("Agenda"), _("Who is met, what is watched, when")),
        (
            takes_part,
            "pieces",
            _("What the service brings"),
            _("Beside what the record answers by itself"),
        ),
        (takes_part, "sample", _("Sample of records"), _("By number, never by name")),
        (
            rates,
            "evidence",
            _("Evidence"),
            _("What you saw, heard and read, item by item"),
        ),
        (
            rates and review.status == ReviewStatus.RATING,
            "rate",
            _("Rate"),
            _("Alone, item by item"),
        ),
        (
            rates and is_open,
            "disagreement",
            _("Where ratings differ"),
            _("Item by item, with what the record computes"),
        ),
        (
            rates and is_open,
            "consensus",
            _("Agreed scores"),
            _("One for each item, with the reason of each change"),
        ),
        (
            is_told,
            "answers",
            _("Answers of the service"),
            _("Item by item, within its week"),
        ),
        (
            is_told or (rates and is_open),
            "report",
            _("Report"),
            _("Scores, what was seen, what is recommended"),
        ),
    ]
    lines = [
        Part(label, about, reverse(f"fidelity:{name}", args=[key]))
        for is_shown, name, label, about in found
        if is_shown
    ]
    if is_told:
        url = reverse("fidelity:actions", args=[review.unit.slug])
        lines.append(Part(_("Action plan"), _("What the unit does about it"), url))
    return lines


# ---- People -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SeatLine:
    """Somebody who takes part; `note` says of a reviewer whether they have locked."""

    name: str
    part: str
    note: str
    ended_on: date | None
    end_url: str


def seat_lines(actor: Actor, review: Review, seats: Iterable[Seat]) -> list[SeatLine]:
    """Return who takes part, with a way to end a seat for who plans."""
    may_end = queries.may_plan(actor, review)
    return [
        SeatLine(
            name=one.user.name,
            part=one.get_part_display(),
            note=_("has locked their ratings") if one.locked_at else "",
            ended_on=one.ended_on,
            end_url=reverse("fidelity:seat_end", args=[one.pk])
            if may_end and one.ended_on is None
            else "",
        )
        for one in seats
    ]


# ---- What is gathered -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """The lines of one day of the agenda; None for those without a day."""

    day: date | None
    lines: Sequence[Meeting]


def agenda_days(meetings: Iterable[Meeting]) -> list[AgendaDay]:
    """Return the agenda day by day, what has no day at the end."""
    found: dict[date | None, list[Meeting]] = {}
    for one in meetings:
        found.setdefault(one.day, []).append(one)
    ordered = sorted(found, key=lambda day: day or date.max)
    return [AgendaDay(day, found[day]) for day in ordered]


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A piece with the items that it is for, and what the record says of them."""

    piece: Piece
    what: str
    items: Sequence[tuple[str, str]]
    is_answered: bool


def piece_lines(review: Review, pieces: Iterable[Piece]) -> list[PieceLine]:
    """Return what the service was asked for; what the record answers comes last."""
    names = item_names(review)
    lines = [
        PieceLine(
            one,
            str(PIECES[one.code].what),
            [
                (names[int(item)], str(SAYS[said]))
                for item, said in one.answered.items()
            ],
            all(said == "whole" for said in one.answered.values()),
        )
        for one in pieces
        if one.code in PIECES
    ]
    return sorted(lines, key=lambda line: line.is_answered)


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One record of the sample; `name` and `url` only for the service."""

    number: int
    group: str
    name: str = ""
    url: str = ""


def chart_lines(
    charts: Iterable[Chart],
    whose: dict[int, UUID],
    names: dict[UUID, tuple[UUID, str]],
) -> list[ChartLine]:
    """Return the sample, with whose each record is where that may be known."""
    lines = []
    for one in charts:
        person = names.get(whose.get(one.number, one.pk))
        group = str(GROUPS.get(one.stratum, one.stratum))
        if person is None:
            lines.append(ChartLine(one.number, group))
        else:
            url = reverse("desk:person", args=[person[0]])
            lines.append(ChartLine(one.number, group, person[1], url))
    return lines


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item with the evidence that the reader may read, and a way to add some."""

    label: str
    evidence: Sequence[Evidence]
    add_url: str


def evidence_lines(review: Review, rows: Iterable[Evidence]) -> list[ItemLine]:
    """Return the evidence item by item; what is about all of it comes first."""
    found: dict[int | None, list[Evidence]] = {}
    for row in rows:
        found.setdefault(row.item, []).append(row)
    url = reverse("fidelity:evidence_new", args=[review.pk])
    whole = ItemLine(_("The review as a whole"), found.get(None, []), url)
    return [
        whole,
        *(
            ItemLine(name, found.get(number, []), f"{url}?item={number}")
            for number, name in item_names(review).items()
        ),
    ]


def item_names(review: Review) -> dict[int, str]:
    """Return the items of a review's scale by number, each with its number before it."""
    words = scale_texts.texts(review.scale, get_language() or "en")
    items = queries.scale_of(review).items
    return {item.no: f"{item.no} · {words.items[item.no].title}" for item in items}


def scale_name(scale: str) -> str:
    """Return the name of a scale."""
    return str(scale_texts.texts(scale, get_language() or "en").title)
