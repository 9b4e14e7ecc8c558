"""Who is who. Nobody is merged silently, and nobody is lost."""

from dataclasses import replace
from datetime import date

import pytest
from tests.exchange.roster.rosters import UNIT, plan_for, plan_with

from braid.exchange.roster.plan import Answer, Existing, ExistingPerson, Place

HEAD = "Client ID;Surname;Forename;DOB;ES;Referral date;Accepted\n"
UNA = "7;Oldroyd;Una;3/4/1990;Ada Holm;5/1/2026;12/1/2026\n"
UNA_BORN = date(1990, 4, 3)
LOG_HEAD = "Date;Client ID;Client;ES;Mins\n"


def people(*rows, **given):
    texts = {"caseload": HEAD + "".join(rows), "contacts": given.pop("contacts", "")}
    return plan_with(UNIT, texts, **given)


def keys(plan):
    return [person.record.key for person in plan.people if person.does != "wait"]


def said(plan):
    return [(f.kind, f.place.row, f.action, f.until_answered) for f in plan.findings]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("9;Olrdoyd;Una;3/4/1990;Ada Holm;5/1/2026;12/1/2026", id="slip"),
        pytest.param("9;Oldroyd;Una;3/4/1990;Ada Holm;5/2/2026;12/2/2026", id="same"),
        pytest.param(
            "9;Una;Oldroyd;3/4/1990;Ada Holm;5/1/2026;12/1/2026", id="swapped"
        ),
        pytest.param(
            "9;Oldroyd;Una May;3/4/1990;Ada Holm;5/1/2026;12/1/2026", id="more names"
        ),
    ],
)
def test_second_spelling_is_asked_about_and_waits(second):
    plan = people(UNA, second + "\n")
    assert said(plan) == [("same_person_two_spellings", 3, "ask", "row_out")]
    assert plan.findings[0].proposal == {"merge_into": "7"}
    assert keys(plan) == ["7"]
    assert plan.counts.clients == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            "9;Oldroyd;Una;3/4/1991;Ada Holm;5/1/2026;12/1/2026", id="birthday"
        ),
        pytest.param(
            "9;Oldroyd;Bertram;3/4/1990;Ada Holm;5/1/2026;12/1/2026", id="twin"
        ),
        pytest.param(
            "9;Krog;Jens;3/4/1990;Ada Holm;5/1/2026;12/1/2026", id="a stranger"
        ),
    ],
)
def test_two_people_stay_two(other):
    plan = people(UNA, other + "\n")
    assert not plan.findings
    assert keys(plan) == ["7", "9"]


TWO = (UNA, "9;Olrdoyd;Una;3/4/1990;Ada Holm;5/1/2026;12/1/2026\n")
ROWS = (
    LOG_HEAD
    + "5/2/2026;7;Una Oldroyd;Ada Holm;30\n6/2/2026;9;Una Olrdoyd;Ada Holm;20\n"
)
ASKED = Place("caseload.csv", None, 3)


def test_rows_of_the_second_spelling_wait_with_it():
    plan = people(*TWO, contacts=ROWS)
    assert said(plan)[1:] == [("row_of_second_spelling", 3, "ask", "row_out")]
    assert plan.counts.contacts == 1


def test_merging_gives_the_rows_to_the_person():
    plan = people(*TWO, contacts=ROWS, answers=[Answer(ASKED, {"merge_into": "7"})])
    assert not plan.findings
    assert [r.record.person for r in plan.rows if r.kind == "contacts"] == ["7", "7"]
    assert (plan.counts.clients, plan.counts.referrals) == (1, 1)
    assert [settled.finding.kind for settled in plan.settled] == [
        "same_person_two_spellings"
    ]


def test_person_may_be_told_to_be_another():
    plan = people(*TWO, contacts=ROWS, answers=[Answer(ASKED, {"separate": True})])
    assert not plan.findings
    assert keys(plan) == ["7", "9"]
    assert [r.record.person for r in plan.rows if r.kind == "contacts"] == ["7", "9"]


def test_referral_may_be_told_to_be_the_persons_own():
    other = "9;Olrdoyd;Una;3/4/1990;Ada Holm;5/5/2026;12/5/2026\n"
    plan = people(UNA, other, answers=[Answer(ASKED, {"client": "7"})])
    assert (plan.counts.clients, plan.counts.referrals) == (1, 2)


def test_answer_that_names_nobody_leaves_the_question():
    plan = people(*TWO, answers=[Answer(ASKED, {"merge_into": "88"})])
    assert said(plan)[0][0] == "same_person_two_spellings"
    assert plan.answer_faults[0].place == ASKED


def test_who_is_spoken_of_more_often_is_the_first():
    rows = LOG_HEAD + "".join(f"{d}/2/2026;9;Una Olrdoyd;Ada Holm;20\n" for d in (2, 3))
    plan = people(*TWO, contacts=rows)
    assert plan.findings[0].proposal == {"merge_into": "9"}
    assert plan.findings[0].place.row == 2


def test_every_referral_of_the_second_spelling_waits():
    again = "9;Olrdoyd;Una;3/4/1990;Ada Holm;5/6/2026;\n"
    plan = people(*TWO, again)
    assert [(f.kind, f.place.row) for f in plan.findings] == [
        ("same_person_two_spellings", 3),
        ("row_of_second_spelling", 4),
    ]
    told = people(*TWO, again, answers=[Answer(ASKED, {"merge_into": "7"})])
    assert not told.findings
    assert (told.counts.clients, told.counts.referrals) == (1, 2)
    log = LOG_HEAD + "6/2/2026;9;Una Olrdoyd;Ada Holm;20\n"
    place = Place("contacts.csv", None, 2)
    answers = [Answer(ASKED, {"merge_into": "7"}), Answer(place, {"client": "9"})]
    told = people(*TWO, contacts=log, answers=answers)
    assert told.rows[-1].record.person == "7"


# People who are in Braid already


KNOWN = ExistingPerson("id-1", "7", "Una", "Oldroyd", None, "some hash")
NAMED = ExistingPerson("id-2", None, "Una", "Oldroyd", UNIT.as_of)


def test_person_is_found_by_number():
    plan = people(UNA, existing=Existing(people=(KNOWN,)))
    assert [(p.existing, p.does) for p in plan.people] == [("id-1", "update")]


def test_person_is_found_by_name_and_birth_date():
    known = ExistingPerson("id-2", None, "Una", "Oldroyd", UNA_BORN)
    plan = people(UNA, existing=Existing(people=(known,)))
    assert [(p.existing, p.does) for p in plan.people] == [("id-2", "nothing")]


def test_spelling_of_somebody_in_braid_is_asked_about():
    known = ExistingPerson("id-3", "44", "Una", "Oldroid", UNA_BORN)
    plan = people(UNA, existing=Existing(people=(known,)))
    assert said(plan) == [("same_person_two_spellings", 2, "ask", "row_out")]
    assert plan.findings[0].proposal == {"client": "44"}


def test_spelling_that_is_somebodys_in_braid_is_theirs_from_then_on():
    known = ExistingPerson("id-3", None, "Una", "Oldroid", UNA_BORN)
    answer = Answer(Place("caseload.csv", None, 2), {"client": "Una Oldroid"})
    plan = people(
        UNA,
        contacts=LOG_HEAD + "5/2/2026;7;Una Oldroyd;Ada Holm;30\n",
        existing=Existing(people=(known,)),
        answers=[answer],
    )
    assert not plan.findings and not plan.answer_faults
    (una,) = plan.people
    assert (una.existing, una.record.family_name) == ("id-3", "Oldroyd")
    assert una.record.client_number == "7"
    assert {row.person for row in plan.rows} == {una.record.key}


BORN_OTHERWISE = ExistingPerson("id-4", None, "Una", "Oldroyd", date(1961, 2, 3), "h")


def test_birth_date_of_somebody_in_braid_is_asked_about():
    plan = people(UNA, existing=Existing(people=(BORN_OTHERWISE,)))
    assert said(plan) == [("same_person_two_spellings", 2, "ask", "row_out")]
    assert plan.findings[0].proposal == {"client": "Oldroyd, Una (1961-02-03)"}


def test_answer_gives_somebody_in_braid_the_birth_date_of_the_file():
    asked = people(UNA, existing=Existing(people=(BORN_OTHERWISE,))).findings[0]
    answer = Answer(asked.place, asked.proposal)
    plan = people(UNA, existing=Existing(people=(BORN_OTHERWISE,)), answers=[answer])
    assert not plan.findings
    assert [(p.existing, p.does, p.record.birth_date) for p in plan.people] == [
        ("id-4", "update", UNA_BORN)
    ]


def test_birth_date_corrected_beside_the_same_number_is_simply_taken():
    known = replace(BORN_OTHERWISE, client_number="7")
    plan = people(UNA, existing=Existing(people=(known,)))
    assert not plan.findings
    assert plan.people[0].does == "update"


def test_log_alone_finds_the_people_in_braid():
    plan = plan_with(
        UNIT,
        {"caseload": "", "contacts": LOG_HEAD + "5/2/2026;7;Una Oldroyd;Ada Holm;30\n"},
        existing=Existing(people=(KNOWN,)),
    )
    assert not plan.findings
    assert plan.rows[0].record.person == "7"
    assert [(p.existing, p.does) for p in plan.people] == [("id-1", "nothing")]


# Numbers and names of log rows


@pytest.mark.parametrize(
    ("cid", "name", "person"),
    [
        pytest.param("7", "Una Oldroyd", "7", id="number and name"),
        pytest.param("07", "", "7", id="leading zero"),
        pytest.param(" 7 ", "Oldroyd, Una", "7", id="spaces, family name first"),
        pytest.param("7", "Ms Una OLDROYD", "7", id="title and capitals"),
        pytest.param("7", "Una", "7", id="given name only"),
        pytest.param("7", "Mrs O.", "7", id="another name that is nobody's"),
    ],
)
def test_log_row_finds_its_person(cid, name, person):
    plan = people(UNA, contacts=f"{LOG_HEAD}5/2/2026;{cid};{name};Ada Holm;30\n")
    assert plan.rows[-1].record.person == person
    assert not plan.findings


@pytest.mark.parametrize(
    ("cid", "name", "kind"),
    [
        pytest.param("99", "Una Oldroyd", "orphan_row", id="unknown number"),
        pytest.param("", "Nobody Known", "orphan_row", id="unknown name"),
        pytest.param("", "", "orphan_row", id="nobody"),
        pytest.param("7", "Jens Krog", "name_of_another", id="two people"),
    ],
)
def test_log_row_of_nobody_known_is_asked(cid, name, kind):
    jens = "8;Krog;Jens;9/9/1985;Ada Holm;6/1/2026;13/1/2026\n"
    log = f"{LOG_HEAD}5/2/2026;{cid};{name};Ada Holm;30\n"
    plan = people(UNA, jens, contacts=log)
    assert said(plan) == [(kind, 2, "ask", "row_out")]
    assert plan.counts.contacts == 0
    place = plan.findings[0].place
    told = people(UNA, jens, contacts=log, answers=[Answer(place, {"client": "8"})])
    assert told.rows[-1].record.person == "8"
    dropped = people(UNA, jens, contacts=log, answers=[Answer(place, {"reject": True})])
    assert dropped.rows[-1].does == "reject"
    assert [f.kind for f in dropped.findings] == ["left_out"]


def test_row_without_number_is_found_by_name_and_told():
    plan = people(UNA, contacts=LOG_HEAD + "5/2/2026;;Una Oldroyd;Ada Holm;30\n")
    assert said(plan) == [("client_by_name", 2, "accept_warn", None)]
    assert plan.rows[-1].record.person == "7"


def test_name_that_two_people_have_is_asked():
    other = "9;Oldroyd;Una;3/4/1980;Ada Holm;5/1/2026;12/1/2026\n"
    plan = people(UNA, other, contacts=LOG_HEAD + "5/2/2026;;Una Oldroyd;Ada Holm;30\n")
    assert said(plan) == [("name_of_two", 2, "ask", "row_out")]


def test_employer_contact_counts_whoever_it_was_for():
    log = "Date;ES;Employer;How;For client ref\n5/2/2026;Ada Holm;Baker;Phone;99\n"
    plan = plan_for(employers=log)
    assert said(plan) == [("orphan_row", 2, "ask", "field_blank")]
    assert plan.counts.employer_contacts == 1
    assert plan.rows[-1].record.person is None


def test_number_of_two_people_is_asked():
    plan = people(UNA, "7;Krog;Jens;9/9/1985;Ada Holm;6/2/2026;13/2/2026\n")
    assert said(plan) == [("client_number_twice", 3, "ask", "row_out")]
    assert plan.counts.referrals == 1


def test_two_birth_dates_of_one_person_are_asked():
    again = "7;Oldroyd;Una;4/3/1990;Ada Holm;6/6/2026;\n"
    plan = people(UNA, again)
    assert said(plan) == [("birth_date_differs", 3, "ask", "field_blank")]
    answer = Answer(Place("caseload.csv", None, 3), {"dob": "1990-03-04"})
    told = people(UNA, again, answers=[answer])
    assert str(told.people[0].record.birth_date) == "1990-03-04"


def test_logs_without_any_caseload_list_wait_as_a_whole():
    plan = plan_with(
        UNIT,
        {"caseload": "", "contacts": LOG_HEAD + "5/2/2026;7;Una Oldroyd;Ada Holm;30\n"},
    )
    assert said(plan) == [("no_caseload", 1, "ask", "row_out")]
    assert [row.does for row in plan.rows] == ["wait"]
