"""The closed loop of a referral: where it stands, in the states of the FHIR task.

The task is the one of Gravity SDOH Clinical Care (`TaskForReferralManagement`), which
leaves `ready` and `received` out. The guide gives no table of moves; `MOVES` is ours.
The business state says the same in the words of the service, and more: a receipt and a
wait before somebody is taken on are no states of the task.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Task(StrEnum):
    """The states of the task of a referral; values of the FHIR code system."""

    DRAFT = "draft"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    FAILED = "failed"
    COMPLETED = "completed"
    ENTERED_IN_ERROR = "entered-in-error"


class Business(StrEnum):
    """Where a referral stands, as people at work say it."""

    SENT = "sent"
    RECEIVED = "received"
    WAITING = "waiting"
    ASKED_AGAIN = "asked_again"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TAKEN_ON = "taken_on"
    MET = "met"
    RESTING = "resting"
    NOT_MET = "not_met"
    ENDED = "ended"


class Party(StrEnum):
    """Who may move a task."""

    REQUESTER = "requester"
    OWNER = "owner"
    AUTHOR = "author"


_CANCELLED = (Party.REQUESTER, Task.CANCELLED)
_ONWARDS = ((Party.OWNER, Task.FAILED), (Party.OWNER, Task.COMPLETED))
# From a state: who may move it, and to which. What is not named here ends the task.
MOVES: dict[Task | None, frozenset[tuple[Party, Task]]] = {
    None: frozenset({(Party.REQUESTER, Task.DRAFT), (Party.REQUESTER, Task.REQUESTED)}),
    Task.DRAFT: frozenset({(Party.REQUESTER, Task.REQUESTED), _CANCELLED}),
    Task.REQUESTED: frozenset(
        {(Party.OWNER, Task.ACCEPTED), (Party.OWNER, Task.REJECTED), _CANCELLED}
    ),
    Task.ACCEPTED: frozenset(
        {
            (Party.OWNER, Task.IN_PROGRESS),
            (Party.OWNER, Task.ON_HOLD),
            _CANCELLED,
            *_ONWARDS,
        }
    ),
    Task.IN_PROGRESS: frozenset({(Party.OWNER, Task.ON_HOLD), _CANCELLED, *_ONWARDS}),
    Task.ON_HOLD: frozenset({(Party.OWNER, Task.IN_PROGRESS), _CANCELLED, *_ONWARDS}),
}
# These say why: without a reason nobody could answer them.
NEED_REASON = frozenset(
    {
        Task.REJECTED,
        Task.CANCELLED,
        Task.ON_HOLD,
        Task.FAILED,
        Task.ENTERED_IN_ERROR,
    }
)

# Reasons that are the person's own wish: nobody declined them.
OWN_WISH = frozenset({"changed_mind", "own_wish"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its reasons, each a slug."""

    ok: bool
    reasons: tuple[str, ...] = ()


def may_move(
    present: Task | None,
    wanted: Task,
    party: Party,
    *,
    reason: str = "",
    has_output: bool = False,
) -> Answer:
    """Say whether `party` may move a task from one state to another (None is no task).

    The same state again changes nothing and is allowed. Completing needs an output, or a
    reason that says that there is nothing to report.
    """
    if wanted == present:
        return Answer(True, ("same_state",))
    if wanted == Task.ENTERED_IN_ERROR:
        allowed = present not in (None, Task.DRAFT, wanted) and party == Party.AUTHOR
    else:
        allowed = (party, wanted) in MOVES.get(present, frozenset())
    if not allowed:
        return Answer(False, (_forbidden(present, wanted),))
    if wanted in NEED_REASON and not reason:
        return Answer(False, ("reason_missing",))
    if wanted == Task.COMPLETED and not (has_output or reason):
        return Answer(False, ("output_missing",))
    return Answer(True)


def _forbidden(present: Task | None, wanted: Task) -> str:
    if present is not None and present not in MOVES:
        return "task_ended"
    others = {to for _party, to in MOVES.get(present, frozenset())}
    return "not_this_party" if wanted in others else "not_from_here"


@dataclass(frozen=True, slots=True)
class Referral:
    """What is known of a referral: the dates of its episode, and its last entries.

    `state` is that of the episode (facts: `episode_states`). `refused_*` are of the last
    refusal, “not yet” or delay; `asked_again_on` is its day of asking again. `rests_*`
    are of a pause.
    """

    state: str
    referred_on: date | None = None
    acknowledged_on: date | None = None
    accepted_on: date | None = None
    entered_on: date | None = None
    exited_on: date | None = None
    exit_reason: str = ""
    refused_on: date | None = None
    refused_because: str = ""
    refused_by: str = ""
    asked_again_on: date | None = None
    waits_since: date | None = None
    rests_since: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral stands: the task's state, the words for it, since when, and why.

    `reason` is the slug of a refusal or of an exit; `because` are the slugs of what the
    answer follows from.
    """

    task: Task
    business: Business
    since: date | None
    reason: str = ""
    because: tuple[str, ...] = ()


def standing(referral: Referral) -> Standing:
    """Return where a referral stands.

    Nobody's wait is a refusal: who waits, or is asked again, is still requested, for a
    task rests only after it was accepted.
    """
    match referral.state:
        case "not_started":
            return _not_started(referral)
        case "exited":
            return _exited(referral)
    if referral.accepted_on is None:
        return _requested(referral)
    if referral.entered_on is None:
        return Standing(
            Task.ACCEPTED,
            Business.RESTING if referral.state == "paused" else Business.TAKEN_ON,
            referral.accepted_on,
            because=("accepted", "not_met_yet"),
        )
    if referral.state == "paused":
        since = referral.rests_since or referral.entered_on
        return Standing(Task.ON_HOLD, Business.RESTING, since, "paused", ("paused",))
    return Standing(
        Task.IN_PROGRESS, Business.MET, referral.entered_on, because=("met",)
    )


def _requested(referral: Referral) -> Standing:
    if referral.asked_again_on is not None:
        return Standing(
            Task.REQUESTED,
            Business.ASKED_AGAIN,
            referral.refused_on,
            referral.refused_because,
            ("not_yet", "not_accepted"),
        )
    if referral.state == "waiting":
        since = referral.waits_since or referral.referred_on
        because = ("waits", "not_accepted")
        return Standing(Task.REQUESTED, Business.WAITING, since, because=because)
    if referral.acknowledged_on is not None:
        return Standing(
            Task.REQUESTED,
            Business.RECEIVED,
            referral.acknowledged_on,
            because=("acknowledged", "not_accepted"),
        )
    return Standing(
        Task.REQUESTED,
        Business.SENT,
        referral.referred_on,
        because=("not_acknowledged", "not_accepted"),
    )


def _not_started(referral: Referral) -> Standing:
    """Return a referral that was not taken up: by the person's wish, or declined."""
    own = referral.refused_by == "applicant" or referral.refused_because in OWN_WISH
    if own:
        return Standing(
            Task.CANCELLED,
            Business.WITHDRAWN,
            referral.refused_on,
            referral.refused_because or "own_wish",
            ("own_wish",),
        )
    return Standing(
        Task.REJECTED,
        Business.DECLINED,
        referral.refused_on,
        referral.refused_because,
        ("refused",) if referral.refused_because else ("refused", "reason_missing"),
    )


def _exited(referral: Referral) -> Standing:
    because = ("exited",)
    reason, since = referral.exit_reason, referral.exited_on
    if referral.entered_on is not None:
        return Standing(Task.COMPLETED, Business.ENDED, since, reason, because)
    if reason in OWN_WISH:
        return Standing(Task.CANCELLED, Business.WITHDRAWN, since, reason, because)
    # Nobody met: what was accepted has failed, what never was is declined.
    if referral.accepted_on is not None:
        task, business = Task.FAILED, Business.NOT_MET
    else:
        task, business = Task.REJECTED, Business.DECLINED
    return Standing(task, business, since, reason, (*because, "never_met"))


def path(states: Sequence[Task]) -> Answer:
    """Say whether a task may have gone through these states, whoever moved it."""
    present: Task | None = None
    for state in states:
        allowed = {to for _party, to in MOVES.get(present, frozenset())}
        if state not in {present, *allowed}:
            return Answer(False, (_forbidden(present, state),))
        present = state
    return Answer(True)
