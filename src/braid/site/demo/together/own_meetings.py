"""Meetings of the unit's own: unit, supervision, field mentoring; and who stands in."""

from datetime import date, time, timedelta
from uuid import UUID

from braid.site.demo import cast
from braid.site.demo.days import DAY, workday_from, workday_until
from braid.site.demo.dice import Deck, Dice
from braid.site.demo.together.scene import WEEK, Scene
from braid.teamwork.commands.bulk import (
    NewCover,
    NewDecision,
    NewMatter,
    NewMeetingNote,
    NewObservation,
    NewSeat,
    NewSitting,
    Together,
)

UNIT_DAY, UNIT_AT = 0, time(9)  # Monday morning
OWN = "ips_provider"
CARRIED = 0.75


def write(scene: Scene, rows: Together) -> None:
    """Add the meetings of a unit with itself, up to yesterday and the next."""
    _unit_meetings(scene, rows)
    for key in sorted({str(one) for one in _in_post(scene)}):
        each = scene.keys.staff[key]
        _supervision(scene, rows, key, each)
        _mentoring(scene, rows, key, each)
    _covers(scene, rows)


def _in_post(scene: Scene) -> list[str]:
    return [
        key
        for key in {one.life.holder_on(scene.today) for one in scene.people}
        if key is not None
    ]


def _unit_meetings(scene: Scene, rows: Together) -> None:
    dice = scene.dice("unit meetings")
    words = scene.words["unit"]
    notes, decided = Deck(dice, words["notes"]), Deck(dice, words["decisions"])
    for day in scene.every(1, UNIT_DAY, dice):
        meeting = _sitting(scene, rows, "vocational_unit", day, UNIT_AT, 60)
        for each in (*scene.specialists(day), scene.supervisor):
            there = dice.chance(0.9)
            rows.seats.append(NewSeat(meeting.id, there, each))
        if dice.chance(0.4):
            by = scene.supervisor
            rows.notes.append(
                NewMeetingNote(meeting.id, notes.draw(), created_by_id=by)
            )
        if dice.chance(0.15):
            rows.decisions.append(_decision(meeting, decided, dice, scene))
    coming = _next(scene, UNIT_DAY)
    _sitting(scene, rows, "vocational_unit", coming, UNIT_AT, None)
    for text in words["matters"]:
        by = dice.choice(scene.specialists(scene.today) or [scene.supervisor])
        rows.matters.append(NewMatter("vocational_unit", text, created_by_id=by))


def _next(scene: Scene, weekday: int) -> date:
    day = scene.today
    return workday_from(day + timedelta((weekday - day.weekday()) % 7))


def _sitting(
    scene: Scene,
    rows: Together,
    kind: str,
    day: date,
    at: time,
    minutes: int | None,
    specialist_id: UUID | None = None,
) -> NewSitting:
    meeting = NewSitting(
        kind,
        day,
        begins_at=at,
        minutes=minutes,
        mode="in_person",
        closed_on=day if day < scene.today else None,
        led_by_id=scene.supervisor,
        specialist_id=specialist_id,
    )
    rows.sittings.append(meeting)
    return meeting


def _decision(
    meeting: NewSitting,
    decided: Deck,
    dice: Dice,
    scene: Scene,
    staff_id: UUID | None = None,
) -> NewDecision:
    due = workday_from(meeting.day + timedelta(dice.randint(7, 28)))
    late = timedelta(dice.randint(5, 30))
    done = workday_until(due) if dice.chance(CARRIED) else workday_from(due + late)
    return NewDecision(
        meeting.id,
        decided.draw(),
        OWN,
        staff_id=staff_id,
        due_on=due,
        done_on=max(done, meeting.day) if done < scene.today else None,
    )


def _supervision(scene: Scene, rows: Together, key: str, each: UUID) -> None:
    """Talk with one specialist every second week; the next is agreed already."""
    dice = scene.dice(f"supervision {key}")
    words = scene.words["supervision"]
    notes, decided = Deck(dice, words["notes"]), Deck(dice, words["decisions"])
    weekday = dice.randint(1, 4)
    for day in scene.every(2, weekday, dice):
        if each not in scene.specialists(day):
            continue
        meeting = _sitting(
            scene, rows, "supervision", day, time(13), 60, specialist_id=each
        )
        rows.seats += [
            NewSeat(meeting.id, True, one) for one in (each, scene.supervisor)
        ]
        by = scene.supervisor
        rows.notes.append(NewMeetingNote(meeting.id, notes.draw(), created_by_id=by))
        if dice.chance(0.35):
            rows.decisions.append(_decision(meeting, decided, dice, scene, each))
    _sitting(
        scene,
        rows,
        "supervision",
        _next(scene, weekday),
        time(13),
        None,
        specialist_id=each,
    )


def _mentoring(scene: Scene, rows: Together, key: str, each: UUID) -> None:
    """Visit employers together about once a month, more with who is new."""
    dice = scene.dice(f"mentoring {key}")
    words = scene.words["mentoring"]
    joined = next(
        one.joined
        for one in cast.specialists(cast.SIZES["demo"]).values()
        if one.key == key
    )
    weeks = 3 if joined else 6
    decks = {name: Deck(dice, cards) for name, cards in words.items()}
    for day in scene.every(weeks, dice.randint(1, 3), dice):
        if each not in scene.specialists(day):
            continue
        meeting = _sitting(
            scene, rows, "field_mentoring", day, time(10), 90, specialist_id=each
        )
        rows.seats += [
            NewSeat(meeting.id, True, one) for one in (each, scene.supervisor)
        ]
        rows.observations.append(
            NewObservation(
                meeting.id,
                decks["skills"].draw(),
                employer_kind=decks["kinds"].draw(),
                seen=decks["seen"].draw(),
                feedback=decks["feedback"].draw(),
                next_skill=decks["skills"].draw(),
                next_on=day + weeks * WEEK,
            )
        )


def _covers(scene: Scene, rows: Together) -> None:
    """Say who stands in for whom: last month, this week, and in a fortnight."""
    dice = scene.dice("covers")
    present = scene.specialists(scene.today)
    if len(present) < 2:
        return
    for days, length in ((-30, 4), (-1, 3), (14, 7)):
        away, stands_in = dice.sample(present, 2)
        first = workday_from(scene.today + timedelta(days))
        rows.covers.append(
            NewCover(
                away,
                stands_in,
                first,
                workday_from(first + length * DAY),
                "Two visits are agreed; the rest waits.",
            )
        )
