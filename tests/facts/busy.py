"""Two busy units, drawn by lot from a seed: what adds up must do so for any of them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from braid.facts import snapshots
from braid.facts.columns import table_from_dicts
from braid.facts.read import Facts

AS_OF = date(2026, 6, 30)
UNITS = ("north", "south")
TEAMS = ("east", "west")
PLACEMENTS = (*["competitive"] * 4, "unpaid_internship", "volunteering", None)


@cache
def tables(seed=1, people=60):
    """Return the facts of both units as Arrow tables."""
    lot = Random(seed)
    rows = _Rows(lot)
    rows.organisation()
    for number in range(people):
        rows.somebody(f"p{number}", lot.choice(UNITS))
    for number in range(6):
        fte = lot.choice([None, Decimal("0.8"), Decimal(1)])
        rows.post(f"s{number}", UNITS[number % 2], fte)
    return {name: table_from_dicts(name, found) for name, found in rows.of.items()}


def facts(seed=1, people=60):
    return Facts.of(tables(seed, people), as_of=AS_OF)


def frozen(folder, seed=1, people=60):
    """Write the facts of both units to a folder, as a snapshot; return the folder."""
    return freeze(folder, tables(seed, people))


def freeze(folder, found):
    """Write tables to a folder, as a snapshot of both units; return the folder."""
    snapshots.write(
        folder,
        ((name, iter(table.to_batches())) for name, table in found.items()),
        snapshot=folder.name,
        as_of=AS_OF,
        made_at=datetime(2026, 6, 30, tzinfo=UTC),
        units=UNITS,
    )
    return folder


class _Rows:
    def __init__(self, lot):
        self.lot = lot
        self.of = {
            name: []
            for name in (
                "organisations",
                "teams",
                "staff",
                "staff_teams",
                "episodes",
                "caseload",
                "treatment",
                "contacts",
                "employer_contacts",
                "jobs",
                "job_terms",
            )
        }

    def add(self, table, **row):
        self.of[table].append(row)

    def organisation(self):
        self.add("organisations", org_id="havn", sector="ips_provider", country="dk")
        kinds = dict.fromkeys(UNITS, "ips_unit") | dict.fromkeys(
            TEAMS, "treatment_team"
        )
        for team, kind in kinds.items():
            self.add("teams", team_id=team, org_id="havn", kind=kind)
        for number in range(6):
            self.add("staff", staff_id=f"s{number}", org_id="havn")

    def post(self, staff, unit, fte):
        self.add(
            "staff_teams",
            staff_id=staff,
            team_id=unit,
            role="specialist",
            fte=fte,
            first_day=self.day(700),
        )

    def day(self, before):
        return AS_OF - timedelta(self.lot.randrange(before))

    def somebody(self, person, unit):
        """Add one or two episodes with all that happens in them."""
        for number in range(1 + (self.lot.random() < 0.2)):
            accepted = self.day(900)
            exited = accepted + timedelta(self.lot.randrange(30, 900))
            episode = {"episode_id": f"{person}-{number}", "unit_id": unit}
            off = exited if exited <= AS_OF else None
            last_day = off and off - timedelta(1)
            self.add(
                "episodes",
                **episode,
                person_key=person,
                referred_on=accepted - timedelta(7),
                accepted_on=accepted,
                entered_on=accepted + timedelta(self.lot.randrange(20)),
                exited_on=off,
                at_referral=self.lot.choice(
                    ["out_of_work"] * 4 + ["employed_retention", "unknown"]
                ),
                first_of_person=number == 0,
            )
            spell = {**episode, "first_day": accepted, "last_day": last_day}
            self.add("caseload", **spell, staff_id=self.staff(unit))
            self.add("treatment", **spell, team_id=self.lot.choice(TEAMS))
            self.happenings(episode, unit)
            self.jobs_of(episode, accepted)
            if off is None:
                return

    def staff(self, unit):
        own = [f"s{n}" for n in range(6) if UNITS[n % 2] == unit]
        return self.lot.choice([*own, None])

    def happenings(self, episode, unit):
        for _ in range(self.lot.randrange(8)):
            key = f"c{len(self.of['contacts'])}"
            self.add(
                "contacts",
                contact_id=key,
                **episode,
                staff_id=self.staff(unit),
                day=self.day(90),
                minutes=self.lot.choice([0, 30, 45, None]),
                mode=self.lot.choice(["in_person", "phone", None]),
                place=self.lot.choice(["home", "ips_office", None]),
                attended=self.lot.choice([True, True, False, None]),
            )
            self.add(
                "employer_contacts",
                employer_contact_id=key,
                **episode,
                made_by="specialist",
                staff_id=self.staff(unit),
                day=self.day(90),
                mode=self.lot.choice(["in_person", "phone", None]),
            )

    def jobs_of(self, episode, accepted):
        for number in range(self.lot.randrange(3)):
            first_day = accepted + timedelta(self.lot.randrange(300))
            if first_day > AS_OF:
                continue
            last_day = first_day + timedelta(self.lot.randrange(400))
            job = {
                "job_id": f"{episode['episode_id']}-{number}",
                "unit_id": episode["unit_id"],
                "first_day": first_day,
                "last_day": last_day if last_day < AS_OF else None,
            }
            self.add(
                "jobs",
                **job,
                episode_id=episode["episode_id"],
                placement=self.lot.choice(PLACEMENTS),
                permanence=self.lot.choice(["permanent", "fixed_term", None]),
                held_at_referral=False,
            )
            hours = self.lot.choice([Decimal("15.9"), Decimal(16), None])
            self.add("job_terms", **job, weekly_hours=hours)
