"""The word about the treatment teams that a specialist is attached to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from braid.kernel.dates import Period
from braid.method.measures.reference.in_post import days_in_post
from braid.method.measures.reference.populations import (
    by,
    holder_on,
    on_caseload,
    on_day,
    spell,
)
from braid.method.measures.words import BASIS, Asked, Row, Tables, Word

TREATMENT = "treatment_team"

ATTACHED_CASELOADS = Word(
    name="attached_caseloads",
    family="attachments",
    about="Specialists in post on the last day of the period: the treatment teams that "
    "they are attached to that day, and their caseload by treatment team. The top two "
    "are among the attached teams; where no attachment is recorded, among all.",
    ids=("episode_id", "team_id"),
    keys=("staff_id",),
    amounts={
        "caseload": "people whom the specialist holds, those without a team included",
        "from_top_two": "of these, people of the two teams with most of them",
        "with_team": "of the caseload, people whose treatment team is known",
        "attached_teams": "treatment teams that the specialist is attached to",
    },
    parameters={"basis": BASIS},
)


def attached_caseloads(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is ATTACHED_CASELOADS."""
    treatment, rows = by(tables["treatment"], "episode_id"), []
    for each in asked:
        day, attached = each.last_day, _attached(tables, each.last_day)
        holders = holder_on(tables, day)
        held = by(
            (
                {
                    "unit_id": row["unit_id"],
                    "staff_id": holders.get(row["episode_id"]),
                    "episode_id": row["episode_id"],
                    "team_id": on_day(treatment[row["episode_id"]], day, "team_id"),
                }
                for row in on_caseload(tables, day, basis)
            ),
            "unit_id",
            "staff_id",
        )
        on = Asked(each.period, day, day, each.as_of)
        for unit, staff in days_in_post(tables, on):
            rows += _of_one(
                each, unit, staff, held[unit, staff], attached.get(staff, [])
            )
    return rows


def _of_one(
    asked: Asked, unit: str, staff: str, held: Sequence[Row], teams: Sequence[str]
) -> list[dict[str, Any]]:
    own = {"period": asked.period, "unit_id": unit, "staff_id": staff}
    sizes = Counter(
        row["team_id"]
        for row in held
        if row["team_id"] is not None and (not teams or row["team_id"] in teams)
    )
    top = sorted(sizes, key=lambda team: (-sizes[team], team))[:2]
    return [
        *(ATTACHED_CASELOADS.row(**own, team_id=t, attached_teams=1) for t in teams),
        *(
            ATTACHED_CASELOADS.row(
                **own,
                episode_id=row["episode_id"],
                team_id=row["team_id"],
                caseload=1,
                with_team=int(row["team_id"] is not None),
                from_top_two=int(row["team_id"] in top),
            )
            for row in held
        ),
    ]


def _attached(tables: Tables, day: date) -> Mapping[str, list[str]]:
    """Return the treatment teams that a specialist is attached to, in any role there."""
    kinds = {row["team_id"]: row["kind"] for row in tables["teams"]}
    on = Period(day, day)
    found: dict[str, set[str]] = {}
    for row in tables["staff_teams"]:
        if kinds.get(row["team_id"]) == TREATMENT and spell(row).overlaps(on):
            found.setdefault(row["staff_id"], set()).add(row["team_id"])
    return {staff: sorted(teams) for staff, teams in found.items()}
