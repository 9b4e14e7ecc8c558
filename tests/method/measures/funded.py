"""What a funder and a payslip say, added to an invented history after all else."""

from datetime import timedelta
from decimal import Decimal


def add(make, first):
    """Add consents, sick leave, pay and the hours of a day; `first` is the first day."""
    for row in make.tables["episodes"]:
        for _ in range(make.one_of(0, 1, 1, 2)):
            make.add(
                "funder_events",
                episode_id=row["episode_id"],
                unit_id=row["unit_id"],
                contract_id="uwv",
                kind=make.one_of("consent", "consent", "grant"),
                day=(row["accepted_on"] or first) + timedelta(make.one_of(0, 5, 40)),
            )
    for row in make.tables["jobs"]:
        row["contracted_daily_hours"] = make.one_of(None, None, Decimal("7.4"))
        if make.chance(0.3):
            away = row["first_day"] + timedelta(make.one_of(0, 3, 20, 50))
            make.add(
                "absences",
                job_id=row["job_id"],
                unit_id=row["unit_id"],
                first_day=away,
                last_day=make.later(away, 30),
                paid=make.chance(0.5),
            )
    for row in make.tables["paid_work"]:
        row["gross"] = make.one_of(None, Decimal(0), Decimal("812.35"), Decimal(1900))
        row["net"] = make.one_of(None, Decimal(1200))
        if make.chance(0.2):
            row["last_day"] = row["first_day"] + timedelta(27)
            row["hours"] = make.one_of(Decimal(48), Decimal(140), row["hours"])
