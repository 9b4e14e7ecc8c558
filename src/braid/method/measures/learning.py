"""The word about mainstream education that lasts, as an Ibis expression."""

import ibis

from braid.method.measures.equity import with_group
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    caseload_bounds,
    one,
    shaped,
)
from braid.method.measures.reference.learning import LASTING_EDUCATION
from braid.method.measures.teams import in_period, later


def lasting_education(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    n: int = 91,
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is LASTING_EDUCATION."""
    spells = tables["education"]
    spells = spells.filter(spells.mainstream).select(
        "episode_id", begun="first_day", ended=spells.last_day.fill_null(FOREVER)
    )
    rows = in_period(spells, asked, "begun").join(
        caseload_bounds(tables, basis), "episode_id"
    )
    rows = rows.filter(
        rows.at_referral == "out_of_work",
        rows.enters <= rows.begun,
        rows.begun < rows.exits,
    )
    mature = later(rows.begun, ibis.literal(n)) <= rows.as_of
    lasted = rows.ended >= later(rows.begun, ibis.literal(n - 1))
    rows = rows.mutate(
        education_starts=1,
        education_mature=one(mature),
        education_lasted=one(mature & lasted),
        education_immature=one(~mature),
    )
    return shaped(with_group(rows, tables, group), LASTING_EDUCATION)
