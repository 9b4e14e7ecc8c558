"""Facts say what the record says: the columns agree with the plain objects."""

from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.access import MembershipFactory, TeamFactory, UserFactory
from tests.factories.people import (
    EpisodeFactory,
)

from braid.facts import columns, extraction, registry
from braid.facts.schema import TABLES
from braid.people.queries import ref
from braid.work.commands import log_contact

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def extracted(world, table, units=None):
    wanted = [world.north.pk] if units is None else units
    return extraction.extract(wanted)[table].to_pylist()


def record(label):
    """Return all objects of a model, as the record keeps them."""
    manager = apps.get_model(label)._default_manager
    return manager.system("the test looks") if hasattr(manager, "system") else manager


def plain(row):
    """Return a row told in plain Python in the types of the facts."""

    def said(name, value):
        if value is None or value == "":
            return None
        if name == "report_id":
            return value
        if name.endswith("_id") or name in {"person_key", "referred_by_staff"}:
            return str(value)
        return value

    return {name: said(name, value) for name, value in row.items()}


def told(name, **columns):
    """Return a row of `name`; columns not told are not kept."""
    assert set(columns) <= set(TABLES[name].names)
    return plain(dict.fromkeys(TABLES[name].names) | columns)


def attributes(thing, *names):
    return {name: getattr(thing, name) for name in names}


# The second way: one object at a time, by the words of the record.


def episode(e):
    day = e.applicant.birth_date
    return told(
        "episodes",
        episode_id=e.pk,
        unit_id=e.unit_id,
        person_key=e.applicant_id,
        referred_by_staff=e.referred_by_id,
        first_of_person=True,
        birth_year=day.year if day else None,
        gender=e.applicant.gender,
        **attributes(
            e,
            "referred_on",
            "referral_source",
            "accepted_on",
            "entered_on",
            "profile_started_on",
            "exited_on",
            "exit_reason",
            "at_referral",
        ),
    )


def of_episode(thing):
    return {"episode_id": thing.episode_id, "unit_id": thing.episode.unit_id}


def of_job(thing):
    return {"job_id": thing.job_id, "unit_id": thing.job.episode.unit_id}


def days(thing):
    return attributes(thing, "first_day", "last_day")


def contact(c):
    names = TABLES["contacts"].names[4:]
    return told(
        "contacts",
        contact_id=c.pk,
        staff_id=c.staff_id,
        **of_episode(c),
        **attributes(c, *names),
    )


def days_with(c):
    """Return the days up to this contact on which the unit met the employer."""
    others = record("work.employercontact").filter(
        employer_id=c.employer_id, unit_id=c.unit_id
    )
    return {one.day for one in others if one.day <= c.day}


def employer_contact(c):
    return told(
        "employer_contacts",
        employer_contact_id=c.pk,
        client_specific=True if c.episode_id else None,
        visit_no=len(days_with(c)) if c.employer_id else None,
        **attributes(
            c,
            "unit_id",
            "made_by",
            "staff_id",
            "employer_id",
            "episode_id",
            "day",
            "mode",
            "with_hiring_role",
            "fits_plan",
            "outcome",
        ),
    )


def job(j):
    names = TABLES["jobs"].names[4:]
    return told(
        "jobs",
        job_id=j.pk,
        employer_id=j.employer_id,
        **of_episode(j),
        **attributes(j, *names),
    )


AS_OBJECTS = {
    "organisations": (
        "access.organisation",
        lambda o: told(
            "organisations",
            org_id=o.pk,
            **attributes(o, "sector", "country", "parent_id"),
        ),
    ),
    "teams": (
        "access.team",
        lambda t: told("teams", team_id=t.pk, org_id=t.organisation_id, kind=t.kind),
    ),
    "staff_teams": (
        "access.membership",
        lambda m: told(
            "staff_teams",
            staff_id=m.user_id,
            team_id=m.team_id,
            role=m.role,
            fte=m.fte,
            **days(m),
        ),
    ),
    "episodes": ("people.episode", episode),
    "refusals": (
        "people.refusal",
        lambda r: told(
            "refusals",
            refusal_id=r.pk,
            **of_episode(r),
            **attributes(r, "day", "by_role", "stage", "reason"),
        ),
    ),
    "caseload": (
        "people.caseloadspell",
        lambda s: told(
            "caseload",
            staff_id=s.specialist_id,
            ended_because=s.ended_because,
            **of_episode(s),
            **days(s),
        ),
    ),
    "treatment": (
        "people.treatmentspell",
        lambda s: told("treatment", team_id=s.team_id, **of_episode(s), **days(s)),
    ),
    "casework": (
        "people.caseworkspell",
        lambda s: told("casework", team_id=s.team_id, **of_episode(s), **days(s)),
    ),
    "status": (
        "people.episodeentry",
        lambda e: told("status", state=e.state, first_day=e.day, **of_episode(e)),
    ),
    "contacts": ("work.contact", contact),
    "employer_contacts": ("work.employercontact", employer_contact),
    "employers": (
        "work.employer",
        lambda e: told(
            "employers",
            employer_id=e.pk,
            **attributes(e, "unit_id", "parent_id", "industry", "size"),
        ),
    ),
    "jobs": ("work.job", job),
    "job_terms": (
        "work.jobterms",
        lambda t: told(
            "job_terms",
            **of_job(t),
            **days(t),
            **attributes(t, "weekly_hours", "pay", "pay_unit", "currency"),
        ),
    ),
    "paid_work": (
        "work.paidwork",
        lambda p: told(
            "paid_work",
            **of_job(p),
            **days(p),
            **attributes(p, "hours", "gross", "currency", "source"),
        ),
    ),
    "absences": (
        "work.absence",
        lambda a: told("absences", paid=a.pay != "none", **of_job(a), **days(a)),
    ),
    "job_problems": (
        "work.jobproblem",
        lambda p: told("job_problems", **of_job(p), **days(p)),
    ),
    "supports": (
        "work.support",
        lambda s: told(
            "supports",
            support_id=s.pk,
            **of_job(s),
            **attributes(s, "day", "kind", "given_by", "mode"),
        ),
    ),
    "evidence": (
        "work.evidence",
        lambda e: told(
            "evidence",
            evidence_id=e.pk,
            episode_id=e.job.episode_id,
            sha256=e.document.sha256,
            **of_job(e),
            **attributes(e, "kind", "period_first", "period_last", "received_on"),
        ),
    ),
    "education": (
        "work.education",
        lambda e: told(
            "education",
            **of_episode(e),
            **days(e),
            **attributes(e, "level", "mainstream"),
        ),
    ),
    "benefit_spells": (
        "benefits.benefit",
        lambda b: told("benefit_spells", benefit=b.benefit, **of_episode(b), **days(b)),
    ),
    "time_entries": (
        "work.timeentry",
        lambda t: told(
            "time_entries",
            entry_id=t.pk,
            **attributes(
                t, "unit_id", "staff_id", "day", "minutes", "activity", "place"
            ),
        ),
    ),
    "tasks": (
        "teamwork.task",
        lambda t: told(
            "tasks",
            task_id=t.pk,
            **attributes(
                t, "unit_id", "episode_id", "meeting_id", "sector", "due_on", "done_on"
            ),
        ),
    ),
    "meetings": (
        "teamwork.meeting",
        lambda m: told(
            "meetings",
            meeting_id=m.pk,
            **attributes(m, "unit_id", "kind", "team_id", "day", "minutes", "mode"),
        ),
    ),
    "attendance": (
        "teamwork.attendance",
        lambda a: told(
            "attendance",
            meeting_id=a.meeting_id,
            unit_id=a.meeting.unit_id,
            staff_id=a.staff_id,
            present=a.present,
        ),
    ),
    "discussions": (
        "teamwork.discussion",
        lambda d: told(
            "discussions",
            unit_id=d.meeting.unit_id,
            decision=record("teamwork.task")
            .filter(meeting=d.meeting_id, episode=d.episode_id)
            .exists(),
            **attributes(d, "meeting_id", "episode_id", "unreferred"),
        ),
    ),
    "questions": (
        "teamwork.question",
        lambda q: told(
            "questions",
            question_id=q.pk,
            asked_by_sector=q.by_sector,
            asked_of_sector=q.of_sector,
            **attributes(
                q, "unit_id", "episode_id", "asked_on", "due_on", "answered_on"
            ),
        ),
    ),
    "proposals": (
        "teamwork.proposal",
        lambda p: told(
            "proposals",
            proposal_id=p.pk,
            **of_episode(p),
            **attributes(p, "day", "kind", "by_role", "wanted"),
        ),
    ),
    "groups": (
        "people.characteristic",
        lambda c: told("groups", **of_episode(c), **attributes(c, "key", "value")),
    ),
    "residence": (
        "people.residence",
        lambda r: told("residence", area=r.area, **of_episode(r), **days(r)),
    ),
    "unit_quarters": (
        "outcomes.unitquarter",
        lambda q: told(
            "unit_quarters",
            **attributes(q, "unit_id", "quarter", "vacant_fte", "local_unemployment"),
        ),
    ),
    "reports_shared": (
        "outcomes.shared",
        lambda s: told(
            "reports_shared",
            unit_id=s.release.unit_id,
            report_id=s.release.report,
            period=s.release.period,
            **attributes(s, "shared_on", "audience"),
        ),
    ),
}
# What of the record is no row of the facts.
LEFT_OUT = {
    "staff_teams": lambda m: m.team_id is None,
    "status": lambda e: e.state == "referred",
    "employers": lambda e: e.merged_into_id is not None,
    "attendance": lambda a: a.staff_id is None,
    "discussions": lambda d: not (d.discussed or d.unreferred),
    "questions": lambda q: q.state == "taken_back",
    "reports_shared": lambda s: s.release.unit_id is None,
}


def in_order(rows):
    return sorted(rows, key=repr)


@pytest.mark.parametrize("table", AS_OBJECTS)
def test_every_row_of_the_record_is_in_the_facts_as_it_is(lived, table):
    label, as_row = AS_OBJECTS[table]
    is_left_out = LEFT_OUT.get(table, lambda thing: False)
    things = [thing for thing in record(label).all() if not is_left_out(thing)]
    expected = [as_row(thing) for thing in things]
    found = extraction.extract(None)[table].to_pylist()
    assert in_order(found) == in_order(expected)
    assert expected


@pytest.mark.parametrize("table", TABLES)
def test_the_facts_of_a_unit_are_the_units_part_of_all_facts(lived, table):
    if "unit_id" not in TABLES[table].names:
        return
    north = str(lived.north.pk)
    everything = extraction.extract(None)[table].to_pylist()
    wanted = [row for row in everything if row["unit_id"] == north]
    assert in_order(extracted(lived, table)) == in_order(wanted)


@pytest.mark.parametrize(
    ("kind", "days", "by_role"),
    [
        pytest.param("profile_started", [(8, 18)], "specialist", id="profile begun"),
        pytest.param("profile_updated", [(9, 22)], "specialist", id="profile, again"),
        pytest.param("search_plan", [(9, 1)], "specialist", id="plan agreed, no draft"),
        pytest.param("search_plan_reviewed", [(10, 1)], "specialist", id="plan, again"),
        pytest.param(
            "disclosure_discussion", [(8, 10), (9, 1)], "specialist", id="talked"
        ),
        pytest.param("disclosure_plan", [(8, 10), (9, 1)], "specialist", id="decided"),
        pytest.param("benefits_offered", [(9, 7), (9, 7)], "specialist", id="offered"),
        pytest.param("benefits_declined", [(9, 1)], "applicant", id="a no, thank you"),
        pytest.param("benefits_counselling", [(9, 1)], "counsellor", id="counselled"),
        pytest.param("job_support_plan", [(9, 14)], "specialist", id="support plan"),
        pytest.param("job_end_review", [(9, 28)], "specialist", id="after a job"),
        pytest.param("step_down_plan", [(9, 21)], "specialist", id="step-down"),
        pytest.param("handover", [(9, 21)], "specialist", id="handover"),
        pytest.param(
            "plan_seen_by_treatment_team", [(9, 14)], "clinician", id="plan, seen first"
        ),
        pytest.param(
            "document_to_health_record", [(9, 7)], "specialist", id="for the record"
        ),
    ],
)
def test_every_conversation_is_an_event_of_its_day(lived, kind, days, by_role):
    pat = str(lived.pat_episode.pk)
    events = [e for e in extracted(lived, "plan_events") if e["kind"] == kind]
    events = [e for e in events if e["episode_id"] == pat]
    assert sorted((e["day"].month, e["day"].day) for e in events) == days
    assert {e["by_role"] for e in events} == {by_role}


def test_who_is_blocked_is_in_no_event_either(lived):
    without = [lived.pat.pk]
    drawn = extraction.extract([lived.north.pk], without)
    episodes = drawn["plan_events"]["episode_id"].to_pylist()
    assert set(episodes) == {str(lived.quinn_episode.pk)}


def test_a_table_has_the_types_of_the_schema(lived):
    for name, table in extraction.extract(None).items():
        assert table.schema.equals(columns.arrow_schema(name))
        table.validate(full=True)


def test_nothing_of_a_unit_that_nobody_asked_for(lived):
    assert all(not table.num_rows for table in extraction.extract([]).values())


def test_of_teams_and_staff_only_those_that_the_unit_works_with(lived):
    names = {str(team.pk): team.slug for team in record("access.team").all()}
    teams = {names[row["team_id"]] for row in extracted(lived, "teams")}
    assert teams == {"north", "east", "centre"}
    staff = {row["staff_id"] for row in extracted(lived, "staff")}
    assert str(lived.ada.user.pk) in staff
    assert str(lived.ola.user.pk) not in staff


def test_somebody_who_only_stood_in_is_among_the_staff(lived):
    log = record("work.contact").filter(episode=lived.pat_episode)
    log.update(staff=lived.ola.user)
    staff = {row["staff_id"]: row["org_id"] for row in extracted(lived, "staff")}
    assert staff[str(lived.ola.user.pk)] == str(lived.elsewhere.organisation_id)
    organisations = {row["org_id"] for row in extracted(lived, "organisations")}
    assert str(lived.elsewhere.organisation_id) in organisations


def test_an_organisation_brings_the_one_above_it(lived):
    record("access.organisation").filter(pk=lived.havnelund.pk).update(
        parent=lived.elsewhere.organisation
    )
    organisations = {row["org_id"] for row in extracted(lived, "organisations")}
    assert str(lived.elsewhere.organisation_id) in organisations


def test_who_moved_to_another_organisation_works_for_the_last_one(lived):
    user, team = UserFactory(), TeamFactory()
    MembershipFactory(user=user, team=lived.north, first_day=date(2025, 1, 1))
    MembershipFactory(user=user, team=team, first_day=date(2026, 1, 1))
    staff = {row["staff_id"]: row["org_id"] for row in extracted(lived, "staff")}
    assert staff[str(user.pk)] == str(team.organisation_id)


def test_what_was_typed_a_second_ago_counts(lived, today):
    before = extracted(lived, "contacts")
    contact = log_contact(
        actor=lived.ada.actor,
        episode=ref(lived.pat_episode),
        day=today,
        minutes=30,
        mode="phone",
        attended=True,
    )
    (new,) = [row for row in extracted(lived, "contacts") if row not in before]
    assert (new["contact_id"], new["minutes"]) == (str(contact.pk), 30)


def test_the_calendar_is_that_of_the_countries_and_years_told_of(lived):
    found = extraction.extract([lived.north.pk])["calendar"].to_pylist()
    days = {row["day"]: row["working"] for row in found}
    assert {row["country"] for row in found} == {"dk"}
    assert {day.year for day in days} == {2026}
    assert len(days) == len(found) == 365
    assert (days[date(2026, 4, 2)], days[date(2026, 4, 7)]) == (False, True)
    assert not days[date(2026, 10, 3)]  # a Saturday


def test_a_number_with_places_comes_exact(lived):
    (found,) = extracted(lived, "jobs")
    assert found["contracted_daily_hours"] == Decimal("7.4")
    assert extraction.extract(None)["jobs"].schema.field(
        "contracted_daily_hours"
    ).type == pa.decimal128(18, 4)


class TestOneMoment:
    """Tests run inside a transaction; here the database is asked from outside one."""

    @pytest.mark.django_db(transaction=True)
    def test_the_record_is_read_as_of_one_moment_and_nothing_stays_open(self):
        EpisodeFactory()
        with CaptureQueriesContext(connection) as said:
            drawn = extraction.extract(None)
        statements = [query["sql"] for query in said.captured_queries]
        assert drawn["episodes"].num_rows == 1
        assert statements[0] == extraction.BEGIN[connection.vendor]
        assert statements[-1] == "ROLLBACK"
        parts = sum(len(registry.queries(name, None)) for name in TABLES)
        assert len(statements) == parts + 2
        EpisodeFactory()  # nothing is left open that would stop a writer
