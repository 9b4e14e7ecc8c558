"""One appointment as a file for a calendar (iCalendar, RFC 5545). It names no applicant.

A calendar is kept and shared outside this house, so the file says when, how long and at
which employer; nothing of whom it is for, what about, or that a clinic is involved.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event

PRODUCT = "-//Braid//Diary//EN"


def appointment_file(
    *,
    key: UUID,
    title: str,
    place: str,
    day: date,
    begins: datetime | None,
    minutes: int,
    now: datetime,
) -> bytes:
    """Return the file of one appointment; without a time it takes the day.

    `begins` and `now` know their zone. `title` and `place` are free text.
    """
    entry = Event()
    entry.add("UID", f"{key}@braid")
    entry.add("DTSTAMP", now.astimezone(UTC))
    if begins is None:
        entry.add("DTSTART", day)
        entry.add("DTEND", day + timedelta(days=1))  # the first day after it
    else:
        first = begins.astimezone(UTC)
        entry.add("DTSTART", first)
        entry.add("DTEND", first + timedelta(minutes=minutes))
    entry.add("SUMMARY", _one_line(title))
    if place:
        entry.add("LOCATION", _one_line(place))
    entry.add("CLASS", "PRIVATE")
    made = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", PRODUCT)
    made.add_component(entry)
    octets: bytes = made.to_ical()
    return octets


def _one_line(words: str) -> str:
    """Return words without what would end a line, or show as nothing."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
