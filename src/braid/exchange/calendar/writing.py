"""Write events as iCalendar (RFC 5545): what a calendar program reads."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from braid.exchange.calendar.events import USUAL_MINUTES, Event

PRODUCT = "-//Braid//Calendar//EN"
READ_AGAIN = timedelta(hours=1)


def calendar(
    events: Iterable[Event],
    *,
    name: str,
    site: str,
    zone: ZoneInfo,
    days: tuple[date, date],
) -> bytes:
    """Return events as one calendar; the same events give the same octets.

    `site` makes the ids unique in the world, `zone` is that of the times of the events,
    `days` the first and last day that the zone is described for.
    """
    written = Calendar()
    written.add("PRODID", PRODUCT)
    written.add("VERSION", "2.0")
    written.add("X-WR-CALNAME", name)
    written.add("X-WR-TIMEZONE", zone.key)
    written.add("REFRESH-INTERVAL", READ_AGAIN, parameters={"VALUE": "DURATION"})
    for event in events:
        written.add_component(_entry(event, site, zone))
    written.add_missing_timezones(first_date=days[0], last_date=days[1])
    octets: bytes = written.to_ical()
    return octets


def _entry(event: Event, site: str, zone: ZoneInfo) -> Entry:
    entry = Entry()
    changed_at = event.changed_at.astimezone(UTC).replace(microsecond=0)
    entry.add("UID", f"{event.key}@{site}")
    entry.add("DTSTAMP", changed_at)  # without METHOD: when it was last revised
    entry.add("LAST-MODIFIED", changed_at)
    entry.add("SEQUENCE", event.version - 1)
    entry.add("CLASS", "PRIVATE")
    entry.add("SUMMARY", event.summary)
    entry.add("STATUS", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if event.url:
        entry.add("URL", event.url)
    if event.begins_at is None:
        entry.add("DTSTART", event.day)
        entry.add("DTEND", event.day + timedelta(days=1))  # the first day after it
        entry.add("TRANSP", "TRANSPARENT")  # a day by which something is due is free
    else:
        first = datetime.combine(event.day, event.begins_at, zone)
        entry.add("DTSTART", first)
        entry.add("DTEND", _end(first, event.minutes or USUAL_MINUTES, zone))
    return entry


def _end(first: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    """Return the end, so many minutes later on the clock of the world."""
    last = first.astimezone(UTC) + timedelta(minutes=minutes)
    return last.astimezone(zone)
