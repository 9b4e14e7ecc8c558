"""When a job has lasted long enough to be a start: hours, a full day, or a week."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from braid.method.contracts.conditions import Event, Known
from braid.method.contracts.measured import Measured, shown
from braid.method.contracts.shape import Milestone, StartMinimum
from braid.method.contracts.work import Work, lasted
from braid.method.measures.reference.in_work import WorkSpell


def enough(known: Known, milestone: Milestone, event: Event, day: date) -> Measured:
    """Return a start, reached where it is long enough. Raises Unbound.

    Hours paid in all its jobs with the employer. Hours that are not recorded: the spell
    counts when it lasts seven days or more.
    """
    work = known.work(milestone.profile)
    spell = next((each for each in work.spells if each.job.id == event.row), None)
    minimum = milestone.start_minimum
    if spell is None or minimum is None:
        return Measured(event.day, day, event)
    needed = hours_needed(known, minimum, work, spell)
    worked = sum((job.hours for job in spell.jobs), Decimal(0))
    values = {"needed": shown(Fraction(needed)), "hours": shown(Fraction(worked))}
    if worked >= needed:
        return Measured(event.day, day, event, values=values)
    rows = [row for job in spell.jobs for row in work.paid.get(job.id, ())]
    if rows and all(row["hours"] is not None for row in rows):
        return Measured(event.day, None, event, "below_threshold", values=values)
    flags = ("hours_unknown",)
    if lasted(event.day, spell.days.last_day, known.as_of):
        return Measured(event.day, day, event, flags=flags, values=values)
    return Measured(
        event.day, None, event, "below_threshold", flags=flags, values=values
    )


def hours_needed(
    known: Known, minimum: StartMinimum, work: Work, spell: WorkSpell
) -> Decimal:
    """Return the hours that make a start of a job. Raises Unbound.

    A full day is that of the job; where it is not recorded, that of the file. Hours a
    week that are not known are not part-time.
    """
    if minimum.hours is not None:
        return known.number(minimum.hours)
    weekly = work.weekly_terms(spell.job.id, spell.days.first_day)
    below = minimum.part_time_below
    if below is not None and weekly is not None and weekly < known.number(below):
        return known.number(minimum.part_time_hours)
    daily = spell.job.row["contracted_daily_hours"]
    return Decimal(daily) if daily is not None else known.number(minimum.full_day_hours)
