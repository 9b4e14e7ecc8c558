"""Of which day files are that do not say it: guessed from their logs, and asked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from braid.exchange.roster.plan import Layout, Need, Plan
from braid.exchange.roster.reading.sheets import SourceFile
from braid.exchange.roster.setup import Setup
from braid.exchange.roster.surveying import survey
from braid.exchange.roster.wording import N_, say

LOGS: Final = frozenset(("contacts", "employer_contacts", "meetings"))
FAR: Final = timedelta(days=28)
"""A log that is kept holds no such gap just before its last rows."""
ONE_IN: Final = 100
LAST_CONTACT = N_(
    "No file says of which day it is. The last contact or meeting in the files was on "
    "%(day)s, so they were read as of that day. Up to which day are they complete?"
)
ONLY_TODAY = N_(
    "No file says of which day it is, and none tells of contacts or meetings. They were "
    "read as of %(day)s. Up to which day are they complete?"
)


def last_day_told(
    files: Sequence[SourceFile],
    setup: Setup,
    today: date,
    layout: Layout | None = None,
    layout_id: str | None = None,
) -> date | None:
    """Return the last plausible day that the logs of the files tell of, if any."""
    found = survey(files, setup, today, layout, layout_id)
    days: Counter[date] = Counter()
    for table in found.tables:
        if table.kind in LOGS and "date" in table.fields:
            values = list(table.table.values(table.fields["date"]))
            reader = found.conventions.day_reader(values)
            told = (reader.read(value).day for value in values if value is not None)
            days.update(day for day in told if day is not None and day <= today)
    return last_plausible(days)


def last_plausible(days: Counter[date]) -> date | None:
    """Return the last day of those counted, but for a few far after all the others."""
    latest_first = sorted(days, reverse=True)
    last = next(iter(latest_first), None)
    rows = 0
    for later, earlier in pairwise(latest_first):
        rows += days[later]
        if rows * ONE_IN >= days.total():
            break
        if later - earlier > FAR:
            last = earlier
    return last


def asking_for_day(plan: Plan, *, is_today: bool) -> Plan:
    """Return a plan that asks of which day its files are, its own day as the guess."""
    day = plan.as_of
    sentence = say(ONLY_TODAY if is_today else LAST_CONTACT, day=day)
    need = Need("as_of", sentence, (), day)
    return replace(plan, needs=(need, *_without_day(plan.needs)))


def _without_day(needs: Iterable[Need]) -> Iterator[Need]:
    return (need for need in needs if need.key != "as_of")
