"""What the jobs of a person held from each start on, as Ibis expressions."""

import ibis

from braid.method.measures.hours import job_key, spreads
from braid.method.measures.kept import kept_of_periods, numbered
from braid.method.measures.populations import Relations
from braid.method.measures.reference.hours import HoursRule
from braid.method.measures.stays import PERSON, start_key

HELD = ("amount", "over", "is_sick")


def held_since(
    starts: ibis.Table, stays: ibis.Table, tables: Relations, rule: HoursRule
) -> tuple[ibis.Table, ibis.Table]:
    """Return what jobs held from each start on, see `hours.spreads`, and what is unsure.

    Of each start there are the jobs of the same person that do not end before it.
    """
    stays = _of_starters(stays, starts.select(*PERSON).distinct())
    held, unsure = spreads(stays, tables, rule)
    return _since(starts, held), _since(starts, unsure)


@kept_of_periods
def _of_starters(stays: ibis.Table, people: ibis.Table) -> ibis.Table:
    return stays.semi_join(people, list(PERSON))


@kept_of_periods
def _since(starts: ibis.Table, rows: ibis.Table) -> ibis.Table:
    own = starts.select(
        *start_key(), *(n for n in PERSON if n not in start_key()), "begun"
    )
    rows = own.join(rows.rename(job_id_of="job_id"), list(PERSON))
    rows = numbered(rows.filter(rows["last"] >= rows.begun), "job", ("job_id_of",))
    return rows.select(
        *(*start_key(), "as_of", "begun", *job_key(), "first", "last"),
        *(name for name in HELD if name in rows.columns),
    )
