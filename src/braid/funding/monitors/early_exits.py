"""Exits shortly before a milestone could no longer be reached. Imports no Django.

What a contract says about the last day is asked of the engine; an exit before it says
nothing of why somebody left. It is counted, and opened by whoever keeps the record.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from braid.method.contracts.case import Case
from braid.method.contracts.reaching import Reaching, trajectory_end
from braid.method.contracts.shape import Bindings, Contract
from braid.method.contracts.versions import Versions

DAYS = 30
"""An exit so many days before the last day of a milestone is listed; a house decision."""


@dataclass(frozen=True, slots=True)
class EarlyExit:
    """An episode that ended shortly before the last day of a milestone not reached."""

    episode: str
    milestone: str
    exited_on: date
    last_day: date


def early_exits(
    cases: Iterable[Case],
    versions: Sequence[Contract],
    bindings: Sequence[Bindings],
    as_of: date,
    since: date,
) -> list[EarlyExit]:
    """Return the exits from `since` on that lie in the 30 days before a last day.

    By day and episode. The last day of a milestone is the end of the contract, with its
    days of grace, or of the trajectory, or of the days since what starts its time;
    whichever comes first. A milestone without a last day has none.
    """
    found: list[EarlyExit] = []
    chosen = Versions.in_force(versions, as_of, bindings)
    for case in cases:
        ended = [
            row
            for row in case.episodes
            if row["exited_on"] is not None and since <= row["exited_on"] <= as_of
        ]
        if ended:
            reaching = Reaching(case, chosen, as_of)
            for name in chosen.names():
                found += _of_milestone(reaching, chosen, name, ended)
    return sorted(found, key=lambda one: (one.exited_on, one.episode, one.milestone))


def _of_milestone(
    reaching: Reaching, chosen: Versions, name: str, ended: Sequence[object]
) -> Iterator[EarlyExit]:
    contract = chosen.with_milestone(name)[-1]
    if reaching.reached_on(name) is not None:
        return
    last = last_day(reaching, contract, name)
    for row in ended if last is not None else ():
        exited: date = row["exited_on"]  # type: ignore[index]
        if last is not None and last - timedelta(DAYS) <= exited <= last:
            episode: str = row["episode_id"]  # type: ignore[index]
            yield EarlyExit(episode, name, exited, last)


def last_day(reaching: Reaching, contract: Contract, name: str) -> date | None:
    """Return the last day on which a milestone can be reached; None: there is none.

    None for who never came under the contract, either.
    """
    known = reaching.known(contract)
    if known.entry is None:
        return None
    days = [trajectory_end(known)]
    if contract.valid_to is not None:
        days.append(contract.valid_to + timedelta(contract.run_off_days))
    milestone = contract.milestone(name)
    if milestone.within_days is not None:
        begun = [known.first_event(one) for one in milestone.since]
        first = min((one.day for one in begun if one is not None), default=None)
        if first is not None:
            days.append(first + timedelta(milestone.within_days))
    return min((day for day in days if day is not None), default=None)
