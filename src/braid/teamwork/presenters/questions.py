"""Questions in words: who may read what of whom, how long it took, what stands where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.access.policy import Information
from braid.packs import suppression
from braid.teamwork import rules
from braid.teamwork.choices import BARS, SIDES, QuestionKind
from braid.teamwork.queries.bounds import KINDS, Asking, Receiver
from braid.teamwork.queries.questions import Pair, QuestionView
from braid.teamwork.rules import Responses
from braid.web.presenters import State


@dataclass(frozen=True, slots=True)
class Bounds:
    """What stands beneath a question while it is typed: sentences, and what bars it."""

    lines: tuple[str, ...]
    bar: str = ""


def bounds(
    asking: Asking, receiver: Receiver | None, kind: str, names: Iterable[str] = ()
) -> Bounds:
    """Return what each side may read, and why the question cannot be sent as it stands."""
    if asking.person is None:
        line = _("A general question: both teams read it. It names nobody.")
        return Bounds((line,), _named() if list(names) else "")
    if receiver is None:
        return Bounds(
            (_("Choose whom you ask; then it stands here what they may read."),)
        )
    return Bounds(_reading(asking, receiver), _barred(asking, receiver, kind))


def _named() -> str:
    return _(
        "This may name somebody who is helped here. Ask it from the page of the person, "
        "or take the name out."
    )


def _reading(asking: Asking, receiver: Receiver) -> tuple[str, ...]:
    name = asking.person.given_name if asking.person is not None else ""
    may = [kind for kind in KINDS if kind in receiver.reads]
    never = [kind for kind in KINDS if kind in receiver.never]
    rest = [kind for kind in KINDS if kind not in receiver.reads | receiver.never]
    unread = [kind for kind in may if kind not in asking.reads]
    known = Information.IDENTITY in receiver.reads
    said = {"team": receiver.team, "name": name}
    lines = []
    if not known:
        lines.append(
            _("%(team)s may not know that it is about %(name)s: nothing is agreed.")
            % said
        )
    elif may:
        lines.append(
            _("%(team)s may read about %(name)s: %(what)s.")
            % {**said, "what": _classes(may)}
        )
    if known and rest:
        lines.append(
            _("They may not read %(what)s: %(name)s has not agreed.")
            % {**said, "what": _classes(rest)}
        )
    if known and never:
        lines.append(
            _("Never open to them, whatever is agreed: %(what)s.")
            % {"what": _classes(never)}
        )
    if unread:
        lines.append(
            _("You may not read their answer about %(what)s: %(name)s has not agreed.")
            % {**said, "what": _classes(unread)}
        )
    return tuple(lines)


def _classes(found: Iterable[Information]) -> str:
    return "; ".join(str(QuestionKind(one.value).label) for one in found)


def _barred(asking: Asking, receiver: Receiver, kind: str) -> str:
    if kind not in QuestionKind.values:
        return ""
    barred = rules.bar(
        Information(kind),
        asker=asking.reads,
        receiver=receiver.reads,
        is_to_clinic=receiver.is_clinic,
        is_restricted=asking.is_restricted,
    )
    return str(BARS[barred]) if barred is not None else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A question with the words of its state, as a list or a person's page shows it."""

    view: QuestionView
    who: str
    what: str
    pill: str
    state: State


def lines(found: Iterable[QuestionView], today: date) -> list[Line]:
    """Return questions as lines; what is over its day comes first."""
    listed = [line(view, today) for view in found]
    return sorted(
        listed, key=lambda one: (not one.view.is_open, one.state != State.OVERDUE)
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """Questions of a list: those that wait or whose answer is new, and the others."""

    now: list[Line]
    answered: list[Line]


def parted(found: Iterable[QuestionView], reader: UUID | None, today: date) -> Parts:
    """Return questions in two parts; an answer is new until whoever asked has seen it."""
    parts = Parts([], [])
    for one in lines(found, today):
        view = one.view
        is_new = view.by_id == reader and view.answer_seen_on is None
        (parts.now if view.is_open or is_new else parts.answered).append(one)
    return parts


def line(view: QuestionView, today: date) -> Line:
    """Return one question as a line."""
    pill, state = _pill(view, today)
    return Line(view, who(view), what(view), pill, state)


def who(view: QuestionView) -> str:
    """Return who asked whom."""
    by = ", ".join(part for part in (view.by_name, view.by_team) if part)
    of = ", ".join(part for part in (view.of_name, view.of_team) if part)
    return _("%(by)s asks %(of)s") % {
        "by": by or SIDES[view.by_sector],
        "of": of or SIDES[view.of_sector],
    }


def what(view: QuestionView) -> str:
    """Return the class of a question in words; of one about nobody that it is general."""
    return class_words(view.kind)


def class_words(kind: str) -> str:
    """Return a class in words, empty being in general."""
    return str(QuestionKind(kind).label) if kind else _("in general")


def _pill(view: QuestionView, today: date) -> tuple[str, State]:
    if not view.is_open:
        if view.answered_on is None:
            return _("taken back"), State.INFO
        return _("answered"), State.OK
    if view.escalated_on is not None:
        return _("passed on to the whole team"), State.OVERDUE
    if view.is_overdue(today):
        return _("its day has passed"), State.OVERDUE
    if view.due_on == today:
        return _("wanted today"), State.DUE
    return _("open"), State.INFO


@dataclass(frozen=True, slots=True)
class Figure:
    """How fast one side answered the other, in words, with what it is of."""

    who: str
    median: str
    in_time: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two sides with both figures."""

    title: str
    figures: tuple[Figure, ...]


def figures(found: Iterable[Pair]) -> list[PairLine]:
    """Return how fast each answered the other; the same words for both."""
    return [
        PairLine(
            f"{pair.unit} – {_of_side(pair)}",
            (
                _figure(_of_side(pair), pair.unit, pair.team_answers, pair.crosses),
                _figure(pair.unit, _of_side(pair), pair.unit_answers, pair.crosses),
            ),
        )
        for pair in found
    ]


def _of_side(pair: Pair) -> str:
    return f"{pair.team} ({SIDES[pair.sector]})"


def _figure(answering: str, asking: str, all_: Responses, crosses: bool) -> Figure:
    """Say how one side answered; between organisations as the usual profile shows it."""
    title = _("%(one)s answered %(other)s") % {"one": answering, "other": asking}
    if not all_.asked and not crosses:
        return Figure(title, _("no question in these days"), "")
    profile = suppression.get(suppression.USUAL)
    one = rules.shown(all_, profile.rule) if crosses else all_
    if one is None:
        return Figure(title, _("too few questions to be shown"), "")
    in_time = _("%(number)d of %(asked)d within %(days)d days") % {
        "number": one.in_time,
        "asked": one.asked,
        "days": rules.ANSWER_DAYS,
    }
    if one.median_days is None:
        return Figure(title, _("none answered yet"), in_time)
    return Figure(title, _days(one.median_days), in_time)


def _days(median: float) -> str:
    if not median:
        return _("half of the answers on the same day")
    if median == int(median):
        number = int(median)
        return ngettext(
            "half of the answers within %(count)d day",
            "half of the answers within %(count)d days",
            number,
        ) % {"count": number}
    return _("half of the answers within %(count)s days") % {"count": f"{median:.1f}"}
