"""The weekly meetings of treatment teams and of the unit, and who was there."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from braid.facts.schema import CODES
from braid.site.demo.generated.calendar import HISTORY, Calendar
from braid.site.demo.generated.chance import NONE, Stream, Truth, Whole, places
from braid.site.demo.generated.service import TREATMENT_TEAMS, Purpose, Service

UNIT_MEETS = 0.92
WEEK = 7


@dataclass(frozen=True, slots=True)
class Meetings:
    """Meetings, sorted by day; then one row for each of the staff expected at one.

    `team` is the treatment team, NONE at the unit's own meeting.
    """

    ids: pa.StringArray
    kind: Whole
    team: Whole
    day: Whole
    meeting: Whole
    staff: Whole
    present: Truth


def meetings(seed: int, service: Service, calendar: Calendar) -> Meetings:
    """Draw the meetings of five years, each team on its own weekday."""
    stream = Stream(seed, service.number + 1, Purpose.MEETINGS)
    teams = np.arange(TREATMENT_TEAMS + 1, dtype=np.int32)  # 0 is the unit itself
    weeks = np.arange(HISTORY // WEEK, dtype=np.int32)
    monday = calendar.opened - (calendar.opened + 3) % WEEK + WEEK
    day = (monday + teams[:, None] + WEEK * weeks).ravel().astype(np.int32)
    team = np.repeat(teams, len(weeks))
    held = stream.chance(calendar.work_done(day), len(day)) & (day < calendar.today)
    order = places(held)
    order = order[np.argsort(day[order], kind="stable")]
    day, team = day[order], team[order]
    meeting, staff = _expected(service, day, team)
    share = np.concatenate([[UNIT_MEETS], service.meets])[team[meeting]]
    kinds = CODES["meeting_kind"]
    return Meetings(
        ids=stream.ids(len(day)),
        kind=np.where(
            team == 0, kinds.index("vocational_unit"), kinds.index("treatment_team")
        ).astype(np.int32),
        team=np.where(team == 0, NONE, team).astype(np.int32),
        day=day,
        meeting=meeting,
        staff=staff,
        present=stream.chance(share, len(meeting)),
    )


def _expected(service: Service, day: Whole, team: Whole) -> tuple[Whole, Whole]:
    """Return each meeting with those in post who belong to it."""
    meeting, post = (
        part.ravel()
        for part in np.meshgrid(np.arange(len(day)), np.arange(service.posts))
    )
    staff = service.stretches.staff[
        service.stretches.of(post.astype(np.int32), day[meeting])
    ]
    asked = team[meeting]
    belongs = (asked == 0) | (service.team_a[post] == asked)
    belongs |= service.team_b[post] == asked
    rows = places(belongs & (staff != NONE))
    rows = rows[np.argsort(meeting[rows], kind="stable")]
    return meeting[rows].astype(np.int32), staff[rows]
