"""The word about the caseload at the end of each month, as an Ibis expression."""

import ibis

from braid.method.measures.caseloads import caseload_and_posts
from braid.method.measures.divisions import month_ends
from braid.method.measures.populations import Relations, shaped
from braid.method.measures.reference.month_ends import CASELOAD_AT_MONTH_ENDS


def caseload_at_month_ends(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is CASELOAD_AT_MONTH_ENDS."""
    days = month_ends(asked)
    days = days.mutate(named=days.period + "@" + days.day.strftime("%Y-%m"))
    on = days.select("as_of", period=days.named, first_day=days.day, last_day=days.day)
    rows = caseload_and_posts(tables, on, basis).rename(at="period")
    known = days.select("named", "period", month=days.day.strftime("%Y-%m"))
    return shaped(rows.join(known, rows["at"] == known.named), CASELOAD_AT_MONTH_ENDS)
