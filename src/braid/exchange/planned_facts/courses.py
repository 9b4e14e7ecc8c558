"""People and the courses of their episodes, laid over the facts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from braid.exchange.choices import LinkKind
from braid.exchange.commands import values
from braid.exchange.commands.values import DAY
from braid.exchange.planned_facts.overlay import Laying, Row, told
from braid.exchange.roster.records import EpisodeRecord
from braid.people.commands import NewEpisode

OF_PERSON = ("birth_year", "gender")
SPELLS = ("caseload", "treatment", "casework", "status")
STARTED = "profile_started"


def lay_episodes(laying: Laying) -> None:
    """Lay every episode anew: what is told of a person stands in each of theirs."""
    plan, ids, over = laying.plan, laying.ids, laying.over
    for person in plan.people:
        if person.does == "create":
            ids.applicants[person.record.key] = laying.new_id()
    present = {row["episode_id"]: row for row in over.present("episodes")}
    over.take("episodes", present)
    episodes = dict(present)
    for row in laying.rows(LinkKind.CASELOAD, "create"):
        if row.joins is None:
            new, key = values.new_episode(row.record, plan, ids), laying.new_id()
            ids.episodes[row.record.key] = key
            episodes[str(key)] = told("episodes", new) | {
                "episode_id": str(key),
                "unit_id": laying.unit,
                "person_key": str(new.applicant_id),
            }
            _lay_course(laying, key, new)
    for row in laying.rows(LinkKind.CASELOAD, "update"):
        episodes[row.existing] = episodes[row.existing] | values.of_episode(row.record)
        _change_course(laying, row.existing, row.record)
    _tell_persons(laying, present.values(), episodes.values())
    over.lay("episodes", episodes.values())
    _lay_profiles(laying, episodes.values())


def _lay_profiles(laying: Laying, episodes: Iterable[Row]) -> None:
    """Lay the beginning of each career profile, the one talk that a roster tells of."""
    over = laying.over
    begun = {row["event_id"]: row for row in over.present("plan_events")}
    begun = {key: row for key, row in begun.items() if row["kind"] == STARTED}
    over.take("plan_events", begun)
    over.lay(
        "plan_events",
        (
            {
                "event_id": row["episode_id"],
                "unit_id": laying.unit,
                "episode_id": row["episode_id"],
                "kind": STARTED,
                "day": row["profile_started_on"],
                "by_role": "specialist",
            }
            for row in episodes
            if row["profile_started_on"] is not None
        ),
    )


def _tell_persons(
    laying: Laying, present: Iterable[Row], episodes: Collection[Row]
) -> None:
    """Write into episodes what is of the person, and which of theirs is the first."""
    known = {
        row["person_key"]: {name: row[name] for name in OF_PERSON} for row in present
    }
    for person in laying.plan.people:
        if person.does in ("create", "update"):
            born, key = (
                person.record.birth_date,
                laying.ids.applicants[person.record.key],
            )
            year = born.year if born else None
            known[str(key)] = known.get(str(key), {}) | {"birth_year": year}
    elsewhere = _begun_elsewhere(present)
    met = set(elsewhere)
    for row in sorted(episodes, key=_began):
        row |= known.get(row["person_key"], {})
        row["first_of_person"] = row["person_key"] not in met
        met.add(row["person_key"])


def _begun_elsewhere(present: Iterable[Row]) -> set[str]:
    """Return those whose first episode was in another unit."""
    rows = list(present)
    first = {row["person_key"] for row in rows if row["first_of_person"]}
    return {row["person_key"] for row in rows} - first


def _began(row: Row) -> tuple[date, str]:
    days = (row[name] for name in ("referred_on", "accepted_on", "entered_on"))
    return next((day for day in days if day is not None), date.max), row["episode_id"]


# Caseload, treatment team, status


def _lay_course(laying: Laying, key: UUID, new: NewEpisode) -> None:
    spells: dict[str, list[Row]] = {
        "caseload": [_share(share) for share in new.caseload],
        "treatment": [],
        "status": [],
    }
    if new.treatment_team_id is not None:
        first, last = new.days_around
        treated = {"team_id": new.treatment_team_id}
        spells["treatment"] = [treated | {"first_day": first, "last_day": last}]
    if new.accepted_on is not None:
        spells["status"] = [_active(new.accepted_on)]
    for table, rows in spells.items():
        _lay_spells(laying, table, key, rows, new.exited_on)


def _share(share: Any) -> Row:
    return asdict(share) | {"staff_id": share.specialist_id}


def _active(first: date) -> Row:
    return {"state": "active", "first_day": first, "last_day": None}


def _change_course(laying: Laying, key: str, record: EpisodeRecord) -> None:
    """Put the spells that the roster tells in the place of those that are there."""
    plan, ids = laying.plan, laying.ids
    there = {
        table: sorted(_first_of(laying.over.take(table, [key])), key=_first_day)
        for table in SPELLS
    }
    shares = values.caseload_of(record, plan.setup, ids)
    spells = {
        "caseload": [_share(share) for share in shares],
        "treatment": values.treatment_of(there["treatment"], record, plan.as_of, ids),
        "casework": there["casework"],  # of which a roster tells nothing
        "status": _status(there["status"], record),
    }
    for table, rows in spells.items():
        _lay_spells(laying, table, key, rows, record.exited_on)


def _first_of(taken: dict[str, list[Row]]) -> list[Row]:
    return next(iter(taken.values()), [])


def _first_day(row: Row) -> date:
    day: date = row["first_day"]
    return day


def _status(there: Sequence[Row], record: EpisodeRecord) -> list[Row]:
    """Return what was decided: a roster knows no waiting and no pause."""
    rows, accepted = list(there), record.accepted_on
    if accepted is None:
        return rows
    last = rows[-1] if rows else None
    is_in_service = last is not None and last["state"] != "waiting"
    was_exited = last is not None and last["last_day"] is not None
    if not is_in_service or (was_exited and record.exited_on is None):
        earlier = [row for row in rows if row["first_day"] < accepted]
        return [*_until(earlier, accepted), _active(accepted)]
    return [*rows[:-1], rows[-1] | {"last_day": None}]


def _lay_spells(
    laying: Laying,
    table: str,
    key: UUID | str,
    rows: Iterable[Row],
    exited: date | None,
) -> None:
    """Lay the spells of an episode; none goes on from the first day off."""
    names = {"episode_id": key, "unit_id": laying.unit}
    laying.over.lay(table, [row | names for row in _until(rows, exited)])


def _until(rows: Iterable[Row], off: date | None) -> list[Row]:
    """Return what lies before the day `off`."""
    if off is None:
        return list(rows)
    return [
        row | {"last_day": min(row["last_day"] or date.max, off - DAY)}
        for row in rows
        if row["first_day"] < off
    ]
