"""Standing groups and job-centre meetings: members by role, decisions, matters."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from braid.access.policy import Actor, Role
from braid.access.queries import user_by_email
from braid.facts import annotating
from braid.kernel.dates import quarter_id
from braid.site.demo import cast
from braid.site.demo.cast import COUNTRY
from braid.site.demo.days import workday_from
from braid.site.demo.dice import Deck, Dice
from braid.site.demo.keys import address
from braid.site.demo.together.scene import OF_JOB_CENTRE, Scene
from braid.teamwork.commands import gatherings
from braid.teamwork.commands.bulk import (
    NewDecision,
    NewLine,
    NewMatter,
    NewMeetingNote,
    NewSeat,
    NewSitting,
    Together,
)
from braid.teamwork.models import Group, GroupMember

QUARTER, SIX_WEEKS, MONTH = 13, 6, 4
IN_TIME, SEEN = 0.7, 0.8
FUNDER, MANAGER = "femi.adeyemi", cast.MARGIT


def write(scene: Scene, rows: Together) -> None:
    """Add the groups with their members and meetings, and those with job centres."""
    leader = Actor(
        id=scene.supervisor,
        role=Role.SUPERVISOR,
        organisation=scene.unit.organisation_id,
        teams=frozenset({scene.unit.pk}),
        country=COUNTRY,
        day=scene.today,
    )
    _steering(scene, rows, leader)
    _practitioners(scene, rows, leader)
    for centre in cast.units()[scene.record.unit].job_centres:
        _job_centre(scene, rows, centre)


def _group(
    scene: Scene, leader: Actor, kind: str, members: list[dict[str, str]]
) -> tuple[Group, list[GroupMember]]:
    group = gatherings.start_group(
        actor=leader,
        unit=scene.unit,
        kind=kind,
        name=f"{scene.words[kind]['name']}, {scene.unit.name}",
    )
    first = scene.first_day
    return group, [
        gatherings.add_member(actor=leader, group=group, first_day=first, **each)
        for each in members
    ]


def _colleagues(scene: Scene, works_as: str, *teams: str) -> list[str]:
    return [
        each.key
        for team in teams
        for each in cast.colleagues()
        if each.works_as == works_as and each.team == team
    ]


def _account(key: str, part: str) -> dict[str, str]:
    user = user_by_email(address(key))
    return {"name": user.name if user else key, "email": address(key), "part": part}


def _with_accounts(scene: Scene) -> list[tuple[str, str]]:
    """Return who sits in the steering group with an account, and for whom."""
    unit = cast.units()[scene.record.unit]
    (supervisor,) = _colleagues(scene, "supervisor", scene.record.unit)
    caseworkers = _colleagues(scene, "caseworker", *unit.job_centres)
    return [
        (supervisor, "supervisor"),
        (MANAGER, "clinical_director"),
        (_speaker(scene), "specialist"),
        (caseworkers[-1], "job_centre"),
        (FUNDER, "funder"),
    ]


def _speaker(scene: Scene) -> str:
    """Return the specialist who brings matters of the unit to its groups."""
    held = {one.life.holder_on(scene.today) for one in scene.people}
    return min(str(key) for key in held if key is not None)


def _steering(scene: Scene, rows: Together, leader: Actor) -> None:
    dice, words = scene.dice("steering"), scene.words["steering"]
    members = [_account(key, part) for key, part in _with_accounts(scene)]
    group, sitting = _group(scene, leader, "steering", [*members, *words["members"]])
    meetings = _meetings(scene, rows, group, sitting, QUARTER, time(14), dice)
    notes = Deck(dice, words["notes"])
    for number, meeting in enumerate(meetings):
        rows.notes.append(
            NewMeetingNote(meeting.id, notes.draw(), created_by_id=leader.id)
        )
        of = words["decisions"]
        for one in (of[number % len(of)], of[(number + 3) % len(of)]):
            rows.decisions.append(_pushed(scene, meeting, one, dice))
    _matters(scene, rows, group, meetings, words)
    _annotate(scene, leader)


def _pushed(
    scene: Scene, meeting: NewSitting, one: dict[str, str], dice: Dice
) -> NewDecision:
    """Return a decision that the whole unit is told; most have seen it."""
    day, today = meeting.day, scene.today
    due = workday_from(day + timedelta(dice.randint(30, 90)))
    done = due if dice.chance(IN_TIME) else workday_from(due + timedelta(40))
    told = tuple(
        (each, min(workday_from(day + timedelta(dice.randint(1, 6))), today))
        for each in scene.specialists(today)
        if dice.chance(SEEN)
    )
    return NewDecision(
        meeting.id,
        one["text"],
        "ips_provider",
        staff_id=scene.supervisor,
        due_on=due,
        done_on=done if done < today else None,
        for_unit=True,
        item=one["item"],
        told=told,
    )


def _meetings(
    scene: Scene,
    rows: Together,
    group: Group,
    members: list[GroupMember],
    weeks: int,
    at: time,
    dice: Dice,
) -> list[NewSitting]:
    """Add the meetings of a group up to yesterday, and the one to come."""
    held = []
    for day in scene.every(weeks, 3, dice):
        meeting = NewSitting(
            group.kind,
            day,
            group_id=group.pk,
            led_by_id=scene.supervisor,
            begins_at=at,
            minutes=90,
            mode="in_person",
            closed_on=day,
        )
        held.append(meeting)
        for each in members:
            seat = (
                {"staff_id": each.user_id} if each.user_id else {"member_id": each.pk}
            )
            rows.seats.append(NewSeat(meeting.id, dice.chance(0.8), **seat))
    rows.sittings += held
    rows.sittings.append(
        NewSitting(
            group.kind,
            workday_from(scene.today + timedelta(8)),
            group_id=group.pk,
            led_by_id=scene.supervisor,
            begins_at=at,
            mode="in_person",
        )
    )
    return held


def _matters(
    scene: Scene, rows: Together, group: Group, meetings: list[NewSitting], words: Any
) -> None:
    """Add what specialists brought: some settled at a meeting, the last two open."""
    by = scene.keys.staff[_speaker(scene)]
    texts, answers = words["matters"], words.get("answers", [])
    for number, text in enumerate(texts):
        is_settled = number < len(answers) and number < len(meetings)
        meeting = meetings[number] if is_settled else None
        rows.matters.append(
            NewMatter(
                group.kind,
                text,
                group_id=group.pk,
                meeting_id=meeting.id if meeting else None,
                answer=answers[number] if meeting else "",
                settled_on=meeting.day if meeting else None,
                created_by_id=by,
            )
        )


def _annotate(scene: Scene, leader: Actor) -> None:
    """Write the words of the group beside the figures, where its story is told."""
    centres = cast.units()[scene.record.unit].job_centres
    if all(cast.teams()[key].presses < 0.2 for key in centres):
        return
    before = scene.today - timedelta(91)
    for measure, text in scene.words["annotations"].items():
        for day in (before, scene.today)[: 1 if "int_" in measure else 2]:
            annotating.annotate(
                actor=leader,
                unit=scene.unit,
                measure=measure,
                quarter=quarter_id(day),
                text=text,
            )


def _practitioners(scene: Scene, rows: Together, leader: Actor) -> None:
    dice, words = scene.dice("practitioners"), scene.words["practitioners"]
    unit = cast.units()[scene.record.unit]
    accounts = [
        (_speaker(scene), "specialist"),
        *(
            (key, "caseworker")
            for key in _colleagues(scene, "caseworker", *unit.job_centres)
        ),
    ]
    members = [_account(key, part) for key, part in accounts]
    members += scene.words["steering"]["doctors"]
    group, sitting = _group(scene, leader, "practitioners", members)
    meetings = _meetings(scene, rows, group, sitting, SIX_WEEKS, time(10), dice)
    notes, decided = Deck(dice, words["notes"]), Deck(dice, words["decisions"])
    for meeting in meetings:
        rows.notes.append(
            NewMeetingNote(meeting.id, notes.draw(), created_by_id=leader.id)
        )
        if dice.chance(0.5):
            due = workday_from(meeting.day + timedelta(dice.randint(14, 40)))
            rows.decisions.append(
                NewDecision(
                    meeting.id,
                    decided.draw(),
                    "employment",
                    due_on=due,
                    done_on=due if due < scene.today else None,
                )
            )
    _matters(scene, rows, group, meetings, words)


def _job_centre(scene: Scene, rows: Together, centre: str) -> None:
    """Add the monthly meeting with a job centre: lines of those who share with it."""
    dice, words = scene.dice(f"job centre {centre}"), scene.words["job_centre"]
    notes = Deck(dice, words["notes"])
    lines = Deck(dice, scene.words["lines"]["search"])
    team_id = scene.keys.teams[centre].pk
    for day in scene.every(MONTH, 2, dice):
        meeting = NewSitting(
            "job_centre",
            day,
            team_id=team_id,
            led_by_id=scene.supervisor,
            begins_at=time(13),
            minutes=45,
            mode="in_person",
            closed_on=day,
        )
        rows.sittings.append(meeting)
        there = scene.colleagues(centre, "caseworker") + scene.specialists(day)[:3]
        rows.seats += [NewSeat(meeting.id, dice.chance(0.85), each) for each in there]
        rows.lines += [
            NewLine(meeting.id, key, words=lines.draw(), created_by_id=holder)
            for key, holder in _spoken_of(scene, centre, day, dice)
        ]
        if dice.chance(0.3):
            rows.notes.append(
                NewMeetingNote(meeting.id, notes.draw(), created_by_id=scene.supervisor)
            )
    coming = workday_from(scene.today + timedelta(5))
    rows.sittings.append(
        NewSitting("job_centre", coming, team_id=team_id, begins_at=time(13))
    )
    for text in words["matters"]:
        by = scene.keys.staff[_speaker(scene)]
        rows.matters.append(
            NewMatter("job_centre", text, team_id=team_id, created_by_id=by)
        )


def _spoken_of(
    scene: Scene, centre: str, day: date, dice: Dice
) -> list[tuple[UUID, UUID | None]]:
    known = [
        one
        for one in scene.people
        if one.around.job_centre == centre
        and one.is_open(day)
        and "attendance" in one.shares(OF_JOB_CENTRE, day)
    ]
    chosen = dice.sample(known, min(6, len(known)))
    return [(one.episode_id, scene.staff(one.life.holder_on(day))) for one in chosen]
