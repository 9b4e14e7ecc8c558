"""One appointment as a file for a calendar (iCalendar, RFC 5545). It names no applicant.

A calendar is kept and shared outside this house, so the file says when, how long and at
which employer; nothing of whom it is for, what about, or that a clinic is involved.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

LINE = 75  # octets of a line, after which the standard folds it
STAMP = "%Y%m%dT%H%M%SZ"


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
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Braid//Diary//EN",
        "BEGIN:VEVENT",
        f"UID:{key}@braid",
        f"DTSTAMP:{now.astimezone(UTC):{STAMP}}",
        *_when(day, begins, minutes),
        f"SUMMARY:{_text(title)}",
    ]
    if place:
        lines.append(f"LOCATION:{_text(place)}")
    lines += ["CLASS:PRIVATE", "END:VEVENT", "END:VCALENDAR"]
    return b"".join(_folded(line) for line in lines)


def _when(day: date, begins: datetime | None, minutes: int) -> list[str]:
    if begins is None:
        after = day + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    first = begins.astimezone(UTC)
    last = first + timedelta(minutes=minutes)
    return [f"DTSTART:{first:{STAMP}}", f"DTEND:{last:{STAMP}}"]


def _text(words: str) -> str:
    """Return words with the marks of the format escaped, on one line."""
    escaped = words.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return " ".join(escaped.split())


def _folded(line: str) -> bytes:
    """Return a line in octets, folded between characters as the standard asks."""
    parts: list[bytes] = []
    part = b""
    for character in line:
        octets = character.encode()
        room = LINE if not parts else LINE - 1  # a folded line begins with a space
        if len(part) + len(octets) > room:
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
