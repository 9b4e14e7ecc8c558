"""Changing records that an earlier import made, field by field, in the change log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from braid.access.changes import edit
from braid.access.policy import Actor
from braid.access.queries import system_actor
from braid.exchange import linked
from braid.exchange.commands import values
from braid.exchange.commands.values import DAY, Ids, Values
from braid.exchange.roster.plan import Plan
from braid.exchange.roster.records import EpisodeRecord, JobRecord, PersonRecord
from braid.people.commands import add_identifier
from braid.people.rules import client_system

if TYPE_CHECKING:
    from braid.access.models import Team

ACTION = "import_updated"


def _open(kind: str, key: UUID) -> Any:
    return linked.records(kind).get(pk=key)


def update_person(actor: Actor, key: UUID, record: PersonRecord) -> None:
    """Change names, birth date and phone; a blank phone says nothing."""
    applicant = _open(linked.APPLICANT, key)
    fields = values.of_person(record)
    if not fields["phone"]:
        del fields["phone"]
    edit(actor, applicant, action=ACTION, applicant=key, **fields)


def number_person(unit: Team, key: UUID, number: str) -> None:
    """Give somebody who is in Braid already the client number of the file.

    The unit's own act, whoever brings its files: a steward reads no person.
    """
    add_identifier(
        actor=system_actor(unit, "import"),
        applicant=_open(linked.APPLICANT, key),
        system=client_system(unit.pk),
        value=number,
    )


def numbered(unit: Team) -> set[UUID]:
    """Return the people who have a client number of the unit."""
    numbers = linked.records("people.identifier")
    system = client_system(unit.pk)
    return set(numbers.filter(system=system).values_list("applicant_id", flat=True))


def update_episode(
    actor: Actor, key: UUID, record: EpisodeRecord, plan: Plan, ids: Ids
) -> int:
    """Change an episode with its spells, states and note; return the spells removed."""
    episode = _open(linked.EPISODE, key)
    states = _append_states(actor, episode, record)
    edit(
        actor,
        episode,
        action=ACTION,
        applicant=episode.applicant_id,
        **values.of_episode(record),
        **states,
    )
    removed = _sync(
        actor,
        episode,
        "people.caseloadspell",
        [
            {
                "specialist_id": share.specialist_id,
                "first_day": share.first_day,
                "last_day": share.last_day,
                "ended_because": share.ended_because,
            }
            for share in values.caseload_of(record, plan.setup, ids)
        ],
    )
    removed += _sync(
        actor, episode, "people.treatmentspell", _treatment(episode, record, plan, ids)
    )
    _add_note(actor, episode, record, plan)
    return removed


def _append_states(actor: Actor, episode: Any, record: EpisodeRecord) -> dict[str, Any]:
    """Append the states that the row tells and the episode has not come into."""
    entries = linked.records("people.episodeentry").filter(episode=episode)
    known = list(entries.order_by("number").values_list("state", flat=True))
    wanted = "referred"
    if record.accepted_on is not None:
        wanted = "active"
    day = record.accepted_on or record.referred_on
    if record.exited_on is not None:
        wanted = "exited" if record.accepted_on else "not_started"
        day = record.exited_on
    if known and _stage(known[-1]) == wanted:
        return {}
    linked.model("people.episodeentry").objects.create(
        episode=episode,
        number=len(known) + 1,
        state=wanted,
        day=day,
        reason=record.exit_reason or "" if wanted == "exited" else "",
        recorded_by_id=actor.id,
    )
    return {"state": wanted}


def _stage(state: str) -> str:
    """Return the state as a roster tells it: it knows no waiting and no pause."""
    if state in {"paused", "stepped_down"}:
        return "active"
    return "referred" if state == "waiting" else state


def _treatment(
    episode: Any, record: EpisodeRecord, plan: Plan, ids: Ids
) -> list[Values]:
    """Return the wanted spells: a roster tells the present team, not since when."""
    team = ids.team(record.treatment_team)
    spells = linked.records("people.treatmentspell").filter(episode=episode)
    earlier = [
        {
            "team_id": spell.team_id,
            "first_day": spell.first_day,
            "last_day": spell.last_day,
        }
        for spell in spells.order_by("first_day")
    ]
    if team is None:
        return earlier
    last = earlier.pop() if earlier else None
    first = last["first_day"] if last else values.first_day_of(record, plan.as_of)
    until = max(record.exited_on - DAY, first) if record.exited_on else None
    return [*earlier, {"team_id": team, "first_day": first, "last_day": until}]


def _add_note(actor: Actor, episode: Any, record: EpisodeRecord, plan: Plan) -> None:
    """Keep a changed note beside the earlier one; words are never overwritten."""
    text = values.note_of(record)
    notes = linked.records("people.note").filter(episode=episode)
    if text and not notes.filter(text=text).exists():
        linked.model("people.note").objects.create(
            episode=episode,
            day=plan.as_of,
            text=text,
            author_id=actor.id,
            created_by_id=actor.id,
        )


def update_log(
    actor: Actor,
    kind: str,
    key: UUID,
    record: Any,
    of_row: Callable[[Any, Ids], Values],
    ids: Ids,
) -> int:
    """Change a contact, job or attendance; return how many of its parts were removed."""
    row = _open(kind, key)
    fields = of_row(record, ids)
    if kind == linked.ATTENDANCE:
        fields = {name: fields[name] for name in ("staff_id", "present")}
    edit(actor, row, action=ACTION, applicant=_applicant(row), **fields)
    if not isinstance(record, JobRecord):
        return 0
    return _update_job_parts(actor, row, record)


def _applicant(row: Any) -> UUID | None:
    episode = getattr(row, "episode_id", None)
    if episode is None:
        return None
    found: UUID = _open(linked.EPISODE, episode).applicant_id
    return found


def _update_job_parts(actor: Actor, job: Any, record: JobRecord) -> int:
    terms = [
        {
            "first_day": one.first_day,
            "last_day": one.last_day,
            "weekly_hours": one.weekly_hours,
            "pay": one.pay,
            "pay_unit": one.pay_unit,
            "currency": one.currency,
        }
        for one in values.terms_of(record)
    ]
    paid = [
        {
            "first_day": record.first_day,
            "last_day": record.last_day or record.first_day,
            "hours": hours,
            "source": "schedule",
        }
        for hours in (record.paid_hours,)
        if hours is not None
    ]
    return _sync(actor, job, "work.jobterms", terms) + _sync(
        actor, job, "work.paidwork", paid
    )


def _sync(actor: Actor, owner: Any, kind: str, wanted: Sequence[Values]) -> int:
    """Make the parts of `owner` those of the roster; return how many were removed.

    Parts are matched by their first day, the rest in order. What ends is written
    before what stays open: only one part may be open.
    """
    field = next(
        p.owner for p in linked.PARTS[owner._meta.label_lower] if p.kind == kind
    )
    parts = list(linked.records(kind).filter(**{field: owner}).order_by("first_day"))
    by_day = {part.first_day: part for part in parts}
    pairs: list[tuple[Values, Any]] = []
    for values_wanted in wanted:
        pairs.append((values_wanted, by_day.pop(values_wanted["first_day"], None)))
    left = list(by_day.values())
    pairs = [
        (want, part if part is not None or not left else left.pop(0))
        for want, part in pairs
    ]
    if left:
        linked.records(kind).filter(pk__in=[part.pk for part in left]).delete()
    for want, part in sorted(pairs, key=_open_last):
        if part is not None:
            edit(actor, part, action=ACTION, **want)
        else:
            linked.model(kind).objects.create(
                **{field: owner}, created_by_id=actor.id, **want
            )
    return len(left)


def _open_last(pair: tuple[Values, Any]) -> tuple[bool, date]:
    return pair[0]["last_day"] is None, pair[0]["first_day"]
