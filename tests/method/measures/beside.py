"""What stands beside invented courses: groups, employers, pay, reviews, days off."""

from datetime import date, timedelta
from decimal import Decimal

from braid.facts.schema import CODES

SIZES = (*CODES["size"], None)
PAY = (None, Decimal("14.25"), Decimal("133.33"), Decimal(2500), Decimal("30000.5"))
DAYS_OFF = (date(2025, 12, 25), date(2026, 1, 1), date(2026, 4, 3), date(2026, 6, 27))


def add(make, units, last):
    """Add to invented rows what is known beside them; some of it is not."""
    make.tables["organisations"][0]["country"] = "xx"
    for row in make.tables["employers"]:
        row |= {"size": make.one_of(*SIZES), "industry": make.one_of("47", "56", None)}
    for row in make.tables["episodes"]:
        row |= {
            "gender": make.code("gender"),
            "birth_year": make.one_of(None, 1962, 1975, 1989, 2001, 2006),
        }
        for key in CODES["group_key"]:
            if make.chance(0.5):
                make.add(
                    "groups",
                    episode_id=row["episode_id"],
                    unit_id=row["unit_id"],
                    key=key,
                    value=make.one_of("a", "b", "c"),
                )
        since = row["referred_on"] or date(2024, 1, 1)
        for days in make.one_of((), (0,), (0, 100)):
            make.add(
                "residence",
                episode_id=row["episode_id"],
                unit_id=row["unit_id"],
                area=make.one_of("inland", "coast"),
                first_day=since + timedelta(days),
                last_day=make.one_of(None, since + timedelta(days + 150)),
            )
        if row["accepted_on"] and make.chance(0.1):
            _met_often(make, row)
    for row in make.tables["jobs"]:
        heard = row["first_day"] + timedelta(make.one_of(0, 20, 200, 400))
        row |= {
            "occupation": make.one_of(None, "5223", "9112", "2"),
            "last_confirmed_on": make.one_of(None, heard),
            "contracted_daily_hours": make.one_of(None, Decimal("7.4")),
        }
    for row in make.tables["job_terms"]:
        row |= {
            "pay": make.one_of(*PAY),
            "pay_unit": make.code("pay_unit"),
            "currency": make.one_of("EUR", "DKK", None),
        }
    _units(make, units, last)


def _met_often(make, episode):
    for week in range(make.one_of(7, 12)):
        make.add(
            "contacts",
            contact_id=make.number("contacts"),
            unit_id=episode["unit_id"],
            episode_id=episode["episode_id"],
            day=episode["accepted_on"] + timedelta(week),
            mode="in_person",
            attended=True,
        )


def _units(make, units, last):
    for unit in units:
        for quarter in ("2025Q4", "2026Q1", "2026Q2"):
            make.add(
                "unit_quarters",
                unit_id=unit,
                quarter=quarter,
                vacant_fte=make.one_of(None, Decimal("0.5"), Decimal(2)),
                local_unemployment=make.one_of(None, Decimal("4.5"), Decimal("7.25")),
            )
        for number in range(6):
            _review(make, f"{unit} {number}", unit, last)
    for day in DAYS_OFF:
        make.add("calendar", country="xx", day=day, working=False)
    make.add("calendar", country="yy", day=date(2026, 6, 1), working=False)
    make.add("calendar", country="xx", day=date(2026, 6, 2), working=True)


def _review(make, review, unit, last):
    make.add(
        "reviews",
        review_id=review,
        unit_id=unit,
        scale_id=make.one_of("ips-25", "other"),
        scale_version="1",
        day=make.one_of(last, date(2025, 12, 1), make.day(date(2024, 1, 1), last)),
        mode="independent",
        remote=False,
        status=make.one_of("final", "final", "consensus"),
    )
    for item in range(3):
        make.add(
            "ratings",
            review_id=review,
            unit_id=unit,
            item=f"{item}",
            stage=make.one_of("final", "final", "rater"),
            rater_id=f"{item}",
            score=make.one_of(None, 1, 3, 5),
            status="scored",
        )
