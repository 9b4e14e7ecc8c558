"""Rows of the caseload list become people and episodes."""

from datetime import date

import pytest
from tests.exchange.roster.rosters import UNIT, plan_for, plan_with

from braid.exchange.roster.plan import Answer, Place
from braid.exchange.roster.records import CaseloadSpell, EpisodeRecord, PersonRecord

HEAD = (
    "Client ID;Surname;Forename;DOB;Phone;Team;ES;Referral date;Referred by;"
    "Working at referral;Accepted;First appointment;Voc profile;Previous ES;"
    "ES changed on;Discharged;Discharge reason;Notes\n"
)
WHOLE = (
    "7;Oak;Una;3/4/1990;0114 496 0000;East team;Ben Marsh;5/1/2026;GP;yes;12/1/2026;"
    "14/1/2026;2/2/2026;Ada Holm;1/3/2026;1/6/2026;Moved away;Likes mornings\n"
)


def people(*rows, **given):
    return plan_with(UNIT, {"caseload": HEAD + "".join(rows)}, **given)


def row(**cells):
    """Return a row of Una's with some cells otherwise."""
    names = HEAD.strip().split(";")
    values = dict(zip(names, WHOLE.strip().split(";"), strict=True))
    values |= {name.replace("_", " "): value for name, value in cells.items()}
    return ";".join(values[name] for name in names) + "\n"


def said(plan):
    return [(f.kind, f.action, f.field) for f in plan.findings]


def test_row_becomes_a_person_and_an_episode():
    plan = people(WHOLE)
    assert [person.record for person in plan.people] == [
        PersonRecord("7", "7", "Una", "Oak", date(1990, 4, 3), "0114 496 0000")
    ]
    assert plan.rows[0].record == EpisodeRecord(
        key="7|2026-01-05",
        person="7",
        referred_on=date(2026, 1, 5),
        referral_source="clinician",
        source_text="GP",
        at_referral="employed_retention",
        accepted_on=date(2026, 1, 12),
        entered_on=date(2026, 1, 14),
        profile_started_on=date(2026, 2, 2),
        first_job_on=None,
        exited_on=date(2026, 6, 1),
        exit_reason="moved",
        exit_reason_text="Moved away",
        treatment_team="East team",
        caseload=(
            CaseloadSpell("Ada Holm", date(2026, 1, 12), date(2026, 2, 28)),
            CaseloadSpell("Ben Marsh", date(2026, 3, 1), date(2026, 5, 31)),
        ),
        note="Likes mornings",
    )
    assert not plan.findings


@pytest.mark.parametrize(
    ("cells", "spells"),
    [
        pytest.param({"Accepted": ""}, [], id="waiting"),
        pytest.param(
            {"Previous_ES": "", "ES_changed_on": "", "Discharged": ""},
            [("Ben Marsh", "2026-01-12", None)],
            id="one specialist, still there",
        ),
        pytest.param(
            {"ES_changed_on": "12/1/2026"},
            [("Ben Marsh", "2026-01-12", "2026-05-31")],
            id="moved on the first day",
        ),
        pytest.param(
            {"ES_changed_on": "1/6/2026"},
            [("Ada Holm", "2026-01-12", "2026-05-31")],
            id="moved on the day of discharge",
        ),
        pytest.param({"Discharged": "12/1/2026"}, [], id="accepted and left in a day"),
    ],
)
def test_caseload_spells(cells, spells):
    record = people(row(**cells)).rows[0].record
    assert [
        (s.specialist, str(s.first_day), str(s.last_day) if s.last_day else None)
        for s in record.caseload
    ] == spells


@pytest.mark.parametrize(
    ("word", "code"),
    [("yes", "employed_retention"), ("No", "out_of_work"), ("", "unknown")],
)
def test_work_at_referral(word, code):
    assert people(row(Working_at_referral=word)).rows[0].record.at_referral == code


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        pytest.param(
            {"Referral_date": "20/1/2026"},
            ("start_before_referral", "accept_warn", "accepted"),
            id="accepted before the referral",
        ),
        pytest.param(
            {"Discharged": "1/1/2026"},
            ("discharge_before_start", "ask", "discharge"),
            id="discharged before acceptance",
        ),
        pytest.param(
            {"ES": "", "Discharged": ""},
            ("missing_specialist", "ask", "spec"),
            id="nobody named",
        ),
        pytest.param(
            {"ES": "Cy Nobody"}, ("unknown_specialist", "ask", "spec"), id="a stranger"
        ),
        pytest.param(
            {"ES": "B. Marsh"},
            ("specialist_abbreviated", "accept_warn", "spec"),
            id="an initial",
        ),
        pytest.param(
            {"ES": "Ben Mrash"}, ("unknown_specialist", "ask", "spec"), id="a slip"
        ),
        pytest.param(
            {"Team": "North team"}, ("unknown_team", "ask", "team"), id="unknown team"
        ),
        pytest.param(
            {"Team": "East teaam"},
            ("team_spelled_otherwise", "accept_warn", "team"),
            id="team with a slip",
        ),
        pytest.param(
            {"DOB": "3/4/2020"}, ("birth_date_unlikely", "ask", "dob"), id="a child"
        ),
        pytest.param(
            {"Accepted": "31/2/2026"},
            ("impossible_date", "ask", "accepted"),
            id="no day",
        ),
        pytest.param(
            {"Voc_profile": "1/1/2036"}, ("future_date", "ask", "profile"), id="ahead"
        ),
        pytest.param(
            {"Referral_date": "5/1/1926"},
            ("date_long_ago", "ask", "referral"),
            id="ago",
        ),
        pytest.param(
            {"Discharged": "1/8/2026"},
            ("planned_date", "accept_warn", "discharge"),
            id="planned discharge",
        ),
        pytest.param(
            {"ES_changed_on": ""},
            ("move_without_date", "accept_warn", "moved_on"),
            id="moved, no day",
        ),
        pytest.param(
            {"Surname": "Oak 07700 900142"},
            ("phone_in_name", "accept_warn", "last"),
            id="telephone number",
        ),
        pytest.param(
            {"Notes": "=cmd|'/c calc'!A1"},
            ("formula_injection", "accept_warn", "notes"),
            id="formula",
        ),
        pytest.param(
            {"Notes": "#REF!"}, ("error_cell", "accept_warn", "notes"), id="error"
        ),
    ],
)
def test_what_is_odd_is_said_once(cells, finding):
    plan = people(row(**cells))
    assert said(plan) == [finding]
    assert plan.counts.referrals == 1  # the row is in, the field at most blank


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"ES": "ben  MARSH "}, id="capitals and spaces"),
        pytest.param({"ES": "Marsh, Ben"}, id="family name first"),
        pytest.param({"Team": "East\u00a0team\u00a0"}, id="hard spaces"),
        pytest.param({"ES": ""}, id="nobody named, but left"),
        pytest.param({"ES": "", "Accepted": "", "Discharged": ""}, id="waiting"),
        pytest.param({"DOB": ""}, id="no birth date"),
        pytest.param({"Referral_date": ""}, id="no referral date"),
        pytest.param({"Voc_profile": "n/a"}, id="not applicable"),
        pytest.param({"Voc_profile": "-"}, id="a dash"),
        pytest.param({"Discharge_reason": "Sold the farm"}, id="own reason"),
        pytest.param({"Notes": "- called twice"}, id="a list dash"),
    ],
)
def test_harmless_typing_is_taken_silently(cells):
    plan = people(row(**cells))
    assert not plan.findings
    assert plan.rows[0].mark == "accept"


def test_reason_without_a_code_is_kept_as_text():
    record = people(row(Discharge_reason="Sold the farm")).rows[0].record
    assert (record.exit_reason, record.exit_reason_text) == (None, "Sold the farm")


def test_second_referral_is_a_second_episode_of_one_person():
    plan = people(WHOLE, row(Referral_date="5/6/2026", Accepted="", Discharged=""))
    assert len(plan.people) == 1
    assert (plan.counts.clients, plan.counts.referrals, plan.counts.episodes) == (
        1,
        2,
        1,
    )
    assert not [f for f in plan.findings if f.action != "accept_warn"]


def test_same_row_again_is_left_out_however_its_dates_are_typed():
    again = row(DOB="1990-04-03", Accepted="12 Jan 2026", Team="EAST TEAM")
    plan = people(WHOLE, again)
    assert said(plan) == [("duplicate_row", "reject_row", None)]
    assert plan.findings[0].message.startswith("The same as row 2")
    assert plan.counts.referrals == 1


def test_same_row_again_may_be_kept_on_purpose():
    place = Place("caseload.csv", None, 3)
    plan = people(WHOLE, WHOLE, answers=[Answer(place, {"keep": True})])
    assert not plan.findings
    assert [r.occurrence for r in plan.rows if r.kind == "caseload"] == [1, 1]
    assert len({r.record.key for r in plan.rows}) == 2


def test_row_with_another_text_in_a_column_nobody_knows_is_no_copy():
    plan = plan_for(
        contacts="Date;Client ID;ES;Mins;Room\n5/2/2026;7;Ada Holm;30;1\n"
        "5/2/2026;7;Ada Holm;30;2\n"
    )
    assert plan.counts.contacts == 2


def test_row_that_tells_otherwise_of_a_referral_is_asked():
    plan = people(WHOLE, row(Accepted="19/1/2026"))
    assert said(plan) == [("referral_twice", "ask", "referral")]
    assert plan.counts.referrals == 1


def test_nobody_named_in_a_row_is_asked():
    plan = people(row(Client_ID="", Surname="", Forename=""))
    assert said(plan) == [("missing_name", "ask", "last")]
    assert (plan.counts.clients, plan.rows[0].does) == (0, "wait")


def test_colleague_who_took_over_has_the_person_from_that_day():
    text = (
        "Name;DOB;ES;Accepted;Transferred to;Handed over on\n"
        "Oak, Una;3/4/1990;Ada Holm;12/1/2026;Ben Marsh;1/3/2026\n"
    )
    record = plan_with(UNIT, {"caseload": text}).rows[0].record
    assert record.caseload == (
        CaseloadSpell("Ada Holm", date(2026, 1, 12), date(2026, 2, 28)),
        CaseloadSpell("Ben Marsh", date(2026, 3, 1), None),
    )
