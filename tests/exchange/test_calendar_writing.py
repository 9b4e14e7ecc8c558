"""A calendar as its readers get it: read back by a parser that shares no code with ours."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from braid.exchange.calendar.events import Event, window
from braid.exchange.calendar.writing import calendar

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)
KEY = UUID("5f0c2c1e-8a2b-4c8e-9d6b-0e7a1f2b3c4d")
YEARS = (date(2026, 1, 1), date(2028, 1, 1))
# Whatever may stand in a text: no sign of control but the end of a line.
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029"),
    max_size=200,
)


def written(*events):
    return calendar(
        events, name="Braid", site="braid.example.org", zone=COPENHAGEN, days=YEARS
    )


def read(octets):
    return vobject.readOne(octets.decode())


def event(**given):
    known = {"key": KEY, "summary": "Appointment", "day": date(2026, 10, 12)}
    return Event(**{**known, "changed_at": NOW, **given})


def lines(octets):
    return octets.replace(b"\r\n ", b"").split(b"\r\n")


def test_an_appointment_says_when_and_of_which_kind_and_no_more():
    octets = written(event(begins_at=time(10), minutes=60, version=3))

    entry = read(octets).vevent
    assert entry.uid.value == f"{KEY}@braid.example.org"
    assert entry.summary.value == "Appointment"
    assert entry.dtstart.value == datetime(2026, 10, 12, 8, tzinfo=UTC)
    assert entry.dtend.value == datetime(2026, 10, 12, 9, tzinfo=UTC)
    assert entry.sequence.value == "2"
    assert getattr(entry, "class").value == "PRIVATE"
    assert entry.status.value == "CONFIRMED"
    assert entry.dtstamp.value == entry.last_modified.value == NOW
    assert b"DTSTART;TZID=Europe/Copenhagen:20261012T100000" in lines(octets)
    assert b"DTSTAMP:20261005T070000Z" in lines(octets)
    for name in (b"LOCATION", b"DESCRIPTION", b"ATTENDEE", b"ORGANIZER"):
        assert name not in octets


def test_without_a_time_it_takes_the_day_and_ends_before_the_next():
    octets = written(event())

    entry = read(octets).vevent
    assert (entry.dtstart.value, entry.dtend.value) == (
        date(2026, 10, 12),
        date(2026, 10, 13),
    )
    assert b"DTEND;VALUE=DATE:20261013" in lines(octets)
    assert b"VTIMEZONE" not in octets


def test_one_called_off_says_so():
    assert read(written(event(is_cancelled=True))).vevent.status.value == "CANCELLED"


def test_no_event_is_a_calendar_still():
    assert read(written()).prodid.value.startswith("-//Braid//")


@pytest.mark.parametrize(
    ("day", "offset"),
    [
        (date(2026, 10, 24), 2),
        (date(2026, 10, 25), 1),
        (date(2027, 3, 27), 1),
        (date(2027, 3, 28), 2),
    ],
    ids=["Saturday, summer", "Sunday, winter", "Saturday, winter", "Sunday, summer"],
)
def test_the_hour_on_the_wall_stays_when_the_clocks_change(day, offset):
    entry = read(written(event(day=day, begins_at=time(10), minutes=60))).vevent

    # The parser takes the zone from the file, not from the machine.
    assert entry.dtstart.value.utcoffset() == timedelta(hours=offset)
    assert entry.dtstart.value.time() == time(10)
    assert entry.dtend.value.time() == time(11)


def test_a_meeting_over_the_change_lasts_as_long_as_it_lasts():
    night = event(day=date(2026, 10, 25), begins_at=time(1, 30), minutes=120)

    entry = read(written(night)).vevent

    assert entry.dtend.value.time() == time(2, 30)


def test_the_same_events_give_the_same_octets():
    events = [event(begins_at=time(9)), event(key=uuid4(), is_cancelled=True)]

    assert written(*events) == written(*events)


@given(TEXTS)
def test_any_text_comes_back_as_it_was(text):
    octets = written(event(summary=text))

    assert read(octets).vevent.summary.value == text


@given(st.text(st.sampled_from("å€😀\\;,\n xyz:\"'"), max_size=120))
def test_lines_are_folded_at_75_octets_between_characters(text):
    octets = written(event(summary=text))

    assert octets.endswith(b"\r\n")
    assert b"\n" not in octets.replace(b"\r\n", b"")
    for line in octets.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.none() | st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.integers(1, 12 * 60),
)
def test_what_ends_ends_after_it_began(day, begins_at, minutes):
    entry = read(written(event(day=day, begins_at=begins_at, minutes=minutes))).vevent

    assert entry.dtstart.value < entry.dtend.value


def test_the_window_is_thirty_days_back_and_a_hundred_and_eighty_ahead():
    assert window(date(2026, 10, 5)) == (date(2026, 9, 5), date(2027, 4, 3))
