"""The word that counts what there is, as an Ibis expression."""

import ibis

from braid.method.measures.populations import Relations, one, shaped, windows
from braid.method.measures.reference.counts import COUNTS


def counts(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is COUNTS."""
    referrals = _known(tables, asked, "episodes", "referred_on")
    people = referrals.select("period", "unit_id", "person_key").distinct()
    accepted = (referrals.accepted_on <= referrals.as_of).fill_null(False)
    contacts = _known(tables, asked, "contacts", "day")
    to_employers = _known(tables, asked, "employer_contacts", "day")
    jobs = _known(tables, asked, "jobs", "first_day")
    return ibis.union(
        *(
            shaped(rows, COUNTS)
            for rows in (
                people.mutate(clients=1),
                referrals.mutate(referrals=1, episodes=one(accepted)),
                contacts.mutate(contacts=1),
                to_employers.mutate(
                    employer_contacts=1,
                    employer_contacts_f2f=one(to_employers["mode"] == "in_person"),
                ),
                jobs.mutate(jobs=1, placement=jobs.placement.fill_null("unknown")),
            )
        )
    )


def _known(tables: Relations, asked: ibis.Table, name: str, day: str) -> ibis.Table:
    """Return the rows of a table known on each `as_of`; what has no day is known."""
    rows, periods = tables[name], windows(asked)
    return rows.join(periods, [(rows[day] <= periods.as_of).fill_null(True)])
