"""How long a reminder can be put off. Pure: days in, a day out.

A clock is a prompt for a conversation. Putting it off is a decision with a reason, for
no longer than the clock itself runs and never for more than two weeks.
"""

from datetime import date, timedelta

CLOCK_DAYS = 14
TASK_DAYS = 90


def latest_day(today: date, *, is_clock: bool, limit_days: int | None = None) -> date:
    """Return the last day until which a reminder can be put off, as seen on `today`."""
    if not is_clock:
        return today + timedelta(TASK_DAYS)
    return today + timedelta(max(1, min(CLOCK_DAYS, limit_days or CLOCK_DAYS)))
