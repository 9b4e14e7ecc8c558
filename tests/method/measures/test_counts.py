"""Counts of everything there is."""

from tests.method.measures.engine import rows_of, sums
from tests.method.measures.rows import (
    ON_D,
    contact,
    employer_contact,
    episode,
    facts,
    job,
)

SERVICE = facts(
    episode("una", exited="2026-02-01"),
    episode("una 2", person="una", accepted="2026-05-01"),
    episode("ben", accepted=None),
    episode("eva", accepted="2026-07-02", referred_on="2026-06-30"),
    episode("later", accepted="2026-07-01"),
    contact(1, "ada", "2026-06-30"),
    contact(2, None, "2026-06-30", attended=False),
    contact(3, "ada", "2026-07-01"),
    employer_contact(1, "ada", "2026-06-01"),
    employer_contact(2, "ada", "2026-06-01", mode="phone"),
    employer_contact(3, "ada", "2026-06-01", mode=None),
    job("una", "bakery", "2026-01-20"),
    job("una", "shop", "2026-01-20", placement="volunteering"),
    job("una", "hall", "2026-01-20", placement=None),
    job("una", "garage", "2026-07-01"),
)


def test_everything_known_on_the_day_is_counted_once():
    assert sums("counts", SERVICE, ON_D) == {
        "clients": 3,
        "referrals": 4,
        "episodes": 2,
        "contacts": 2,
        "employer_contacts": 3,
        "employer_contacts_f2f": 1,
        "jobs": 3,
    }


def test_jobs_say_their_kind():
    rows = rows_of("counts", SERVICE, ON_D)
    kinds = {row["job_id"]: row["placement"] for row in rows if row["jobs"]}
    assert kinds == {"bakery": "competitive", "shop": "volunteering", "hall": "unknown"}
