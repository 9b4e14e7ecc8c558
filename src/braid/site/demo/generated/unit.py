"""Everything that is drawn of one unit. What a unit has does not depend on the others."""

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from braid.facts.schema import CODES
from braid.site.demo.generated import pay
from braid.site.demo.generated.calendar import Calendar, calendar
from braid.site.demo.generated.caseloads import Spells, caseloads
from braid.site.demo.generated.chance import Stream, Whole
from braid.site.demo.generated.contacts import Contacts, contacts
from braid.site.demo.generated.courses import Courses, People, courses
from braid.site.demo.generated.daily import days
from braid.site.demo.generated.employers import Directory, directory
from braid.site.demo.generated.jobs import Jobs, jobs
from braid.site.demo.generated.meetings import Meetings, meetings
from braid.site.demo.generated.scale import Scale
from braid.site.demo.generated.service import Purpose, Service, service
from braid.site.demo.generated.states import (
    Decisions,
    decisions,
    with_exits_in_work,
)
from braid.site.demo.generated.visits import Visits, visits


@dataclass(frozen=True, slots=True)
class Ids:
    """The identities of the rows that others name, in the order of the rows."""

    people: pa.StringArray
    episodes: pa.StringArray
    refusals: pa.StringArray
    jobs: pa.StringArray
    contacts: pa.StringArray
    visits: pa.StringArray


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit with its five years of history up to yesterday."""

    calendar: Calendar
    service: Service
    people: People
    courses: Courses
    wish: Whole
    spells: Spells
    decided: Decisions
    directory: Directory
    jobs: Jobs
    terms: pay.Terms
    paid_work: pay.PaidWork
    absences: pay.Absences
    contacts: Contacts
    visits: Visits
    meetings: Meetings
    ids: Ids


def draw(scale: Scale, seed: int, number: int, today: date) -> Unit:
    """Draw the unit of this number, as it stands on `today`."""
    seed %= 2**63
    when = calendar(today)
    place = service(seed, number, scale.people_of(number), when)
    who, course = courses(seed, place, when)
    known = directory(seed, place)
    wish, worked = jobs(seed, place, course, known, when)
    course = with_exits_in_work(course, worked, when)
    spells = caseloads(seed, place, course, when)
    stream = Stream(seed, number + 1, Purpose.CONTACTS)
    decided = decisions(stream, course, worked, when)
    lost = course.exit_reason == CODES["exit_reason"].index("lost_contact")
    present = days(stream, course, worked, decided, lost, when)
    met = contacts(stream, place, course, worked, spells, present, when)
    out = Stream(seed, number + 1, Purpose.VISITS)
    visited = visits(out, place, course, wish, worked, spells, present, known, when)
    paid = Stream(seed, number + 1, Purpose.PAY)
    agreed = pay.terms(paid, worked, when)
    ids = Stream(seed, number + 1, Purpose.IDS)
    return Unit(
        calendar=when,
        service=place,
        people=who,
        courses=course,
        wish=wish,
        spells=spells,
        decided=decided,
        directory=known,
        jobs=worked,
        terms=agreed,
        paid_work=pay.paid_work(paid, worked, agreed, when),
        absences=pay.absences(paid, worked, when),
        contacts=met,
        visits=visited,
        meetings=meetings(seed, place, when),
        ids=Ids(
            people=ids.ids(place.people),
            episodes=ids.ids(len(course)),
            refusals=ids.ids(int(course.refused.sum())),
            jobs=ids.ids(len(worked)),
            contacts=ids.ids(len(met)),
            visits=ids.ids(len(visited)),
        ),
    )
