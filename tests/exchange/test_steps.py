"""The steps of an import: correcting columns, stating once, answering, looking."""

import pytest
from tests.exchange.conftest import FILES, SETUP
from tests.exchange.looking import asked, fresh, url

from braid.exchange import storage
from braid.exchange.models import KeptLayout

STEPS = ("found", "once", "questions", "preview")


def test_corrected_column_is_read_again_and_kept(ben, batch, world):
    tables = storage.read_preview(batch.unit_id, batch.pk)["tables"]
    number = next(n for n, t in enumerate(tables) if t["kind"] == "caseload")
    columns = tables[number]["columns"]
    data = {f"column_{n}": c["field"] or "-" for n, c in enumerate(columns)}
    notes = next(n for n, c in enumerate(columns) if c["heading"] == "Notes")
    data |= {"kind": "caseload", "keep": "on", f"column_{notes}": "-"}
    response = ben.post(url("table", batch, number), data)
    assert response.url == url("progress", batch) + "?then=found"
    seen = storage.read_preview(batch.unit_id, batch.pk)["tables"][number]
    assert seen["columns"][notes]["field"] is None
    assert KeptLayout.objects.system("kept").filter(unit=world.north).count() == 1


def test_two_columns_cannot_mean_the_same(ben, batch):
    tables = storage.read_preview(batch.unit_id, batch.pk)["tables"]
    data = {f"column_{n}": "cid" for n in range(len(tables[0]["columns"]))}
    response = ben.post(url("table", batch, 0), data | {"kind": tables[0]["kind"]})
    assert response.status_code == 422
    assert "means the same already" in response.content.decode()


def test_table_that_is_not_there_is_404(ben, batch):
    assert ben.get(url("table", batch, 99)).status_code == 404


def test_said_once_is_used_and_shown_again(ben, batch):
    data = {
        "as_of": "2026-06-30",
        "date_order": "ymd",
        "treatment_teams": "East\nWest\nNorth Pole",
        "name_0": "Ada Specialist",
        "fte_0": "0.5",
        "first_day_0": "2024-01-02",
        "name_1": "Ida Berg",
    }
    response = ben.post(url("once", batch), data)
    assert response.url == url("progress", batch) + "?then=questions"
    assert fresh(batch).setup["specialists"][0]["fte"] == 0.5
    page = ben.get(url("once", batch)).content.decode()
    assert "North Pole" in page
    assert (
        "No treatment team is called so"
        not in ben.get(url("questions", batch)).content.decode()
    )


UNKNOWN_WORDS = """\
Date,Ref,ES,How,Where,Mins,Attended?
12/03/2026,N-101,Ada Specialist,In the greenhouse,Greenhouse,30,Y
05/03/2026,N-103,Ada Specialist,In the greenhouse,Greenhouse,45,Y
19/03/2026,N-103,Ada Specialist,In the greenhouse,Greenhouse,40,Y
26/03/2026,N-101,Ida Berg,In the greenhouse,Greenhouse,35,Y
"""


def test_words_nobody_explained_are_asked_once(ben, bring):
    files = {"caseload.csv": FILES["caseload.csv"], "green.csv": UNKNOWN_WORDS}
    batch = bring(files, setup={})
    needs = storage.read_preview(batch.unit_id, batch.pk)["needs"]
    at = {need["key"]: f"need_{number}" for number, need in enumerate(needs)}
    data = {
        "as_of": "2026-06-30",
        "date_order": "dmy",
        at["vocabulary.place.Greenhouse"]: "outdoors",
        at["vocabulary.contact_mode.In the greenhouse"]: "f2f",
    }
    ben.post(url("once", batch), data)
    stated = fresh(batch).setup
    assert stated["vocabulary"] == {
        "place": {"Greenhouse": "outdoors"},
        "contact_mode": {"In the greenhouse": "f2f"},
    }
    left = storage.read_preview(batch.unit_id, batch.pk)["needs"]
    assert not [need for need in left if need["key"].startswith("vocabulary")]


def test_encoding_that_is_only_guessed_can_be_stated(ben, bring):
    text = FILES["caseload.csv"].replace("Aas", "Ås")
    name = "<b>caseload</b>.csv"
    batch = bring({name: text.encode("windows-1252")}, setup={})
    page = ben.get(url("once", batch)).content.decode()
    assert "In which encoding was" in page and "<b>caseload" not in page
    needs = storage.read_preview(batch.unit_id, batch.pk)["needs"]
    at = next(n for n, need in enumerate(needs) if need["key"] == "encoding")
    ben.post(url("once", batch), {"as_of": "2026-06-30", f"need_{at}": "cp1252"})
    assert fresh(batch).setup["encoding"] == "cp1252"


def test_specialist_who_left_before_coming_is_told(ben, batch):
    data = {
        "as_of": "2026-06-30",
        "name_0": "Ada Specialist",
        "first_day_0": "2026-01-02",
        "last_day_0": "2025-01-02",
    }
    response = ben.post(url("once", batch), data)
    assert response.status_code == 422
    assert "before the first" in response.content.decode()


def test_question_shows_its_row_and_takes_a_choice(ben, batch):
    number = asked(batch, "unknown_team")
    page = ben.get(url("question", batch, number)).content.decode()
    assert "North Pole" in page and "Aas" in page
    response = ben.post(url("question", batch, number), {"value": "West"})
    assert response.url == url("question", batch, asked(batch, "orphan_row"))
    assert fresh(batch).answers[0]["answer"] == {"team": "West"}


def test_question_takes_a_press_without_a_value(ben, batch):
    number = asked(batch, "orphan_row")
    ben.post(url("question", batch, number), {"decide": "reject"})
    assert fresh(batch).answers[0]["answer"] == {"reject": True}


def test_question_takes_a_day(ben, batch):
    number = asked(batch, "impossible_date")
    ben.post(url("question", batch, number), {"value": "2026-06-30"})
    assert fresh(batch).answers[0]["answer"] == {"date": "2026-06-30"}


@pytest.mark.parametrize(
    "data",
    [{}, {"value": "31/31/2026"}, {"decide": "separate"}, {"use": "proposal"}],
    ids=["nothing", "no day", "a press that is not offered", "no proposal to use"],
)
def test_question_without_a_usable_answer_stays_open(ben, batch, data):
    number = asked(batch, "impossible_date")
    response = ben.post(url("question", batch, number), data)
    assert response.status_code in (200, 422)
    assert fresh(batch).answers == []


def test_finding_that_is_no_question_is_404(ben, batch):
    number = asked(batch, "duplicate_row")
    assert ben.get(url("question", batch, number)).status_code == 404


def test_answers_are_worked_in_before_saving(ben, batch):
    ben.post(url("question", batch, asked(batch, "orphan_row")), {"decide": "reject"})
    ben.post(url("commit", batch), {"plan_hash": batch.plan_hash})
    assert fresh(batch).state == "planned"
    assert "Make the preview anew" in ben.get(url("preview", batch)).content.decode()
    response = ben.post(url("restart", batch), {"then": "preview"})
    assert response.url == url("progress", batch) + "?then=preview"
    assert ben.get(response.url).url == url("preview", batch)
    assert "Save this" in ben.get(url("preview", batch)).content.decode()


@pytest.mark.parametrize(
    ("show", "says"),
    [
        ("reject_row", "The same as row 3"),
        ("accept_warn", "begins as a formula does"),
        ("ask", "Which team is meant?"),
    ],
)
def test_preview_lists_what_is_not_simply_taken(ben, batch, show, says):
    page = ben.get(url("preview", batch) + f"?show={show}").content.decode()
    assert says in page


def test_preview_of_an_unknown_mark_is_404(ben, batch):
    assert ben.get(url("preview", batch) + "?show=everything").status_code == 404


def test_text_from_a_file_is_only_ever_text(ben, bring):
    evil = "<script>alert(1)</script>"
    text = FILES["caseload.csv"].replace("North Pole", evil)
    batch = bring({**FILES, "caseload.csv": text})
    for name in STEPS:
        page = ben.get(url(name, batch) + "?show=ask").content.decode()
        assert evil not in page
    number = asked(batch, "unknown_team")
    page = ben.get(url("question", batch, number)).content.decode()
    assert evil not in page and "&lt;script&gt;" in page


def test_preview_that_was_lost_is_made_anew(ben, batch):
    storage.forget_preview(batch.unit_id, batch.pk)
    response = ben.get(url("found", batch))
    assert response.url == url("progress", batch)
    assert ben.get(response.url).url == url("found", batch)
    assert ben.get(url("found", batch)).status_code == 200


TWIN = FILES["caseload.csv"] + (
    "N-106,Holdt,Mia,1990-05-14,West,Ida Berg,2026-06-15,,,,,\n"
)


def test_same_person_is_asked_with_both_rows_side_by_side(ben, bring):
    batch = bring({**FILES, "caseload.csv": TWIN})
    number = asked(batch, "same_person_two_spellings")
    page = ben.get(url("question", batch, number))
    two = page.context["two"]
    assert (two.place, two.other_place) == (
        "caseload.csv, row 7",
        "caseload.csv, row 2",
    )
    told = {cell.heading: (cell.text, cell.other) for cell in two.cells}
    assert told["Surname"] == ("Holdt", "Holt")
    assert told["Team"] == ("West", "East")
    assert told["Notes"] == ("", "Mornings")
    assert "<td>Holt</td>" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "shown", "hidden"),
    [
        ("ben", ("<strong>Mia Holt</strong>", "1990-05-14"), "read no person"),
        ("sam", ("read no person", "It is the same person"), "Mia Holt"),
    ],
)
def test_somebody_in_braid_is_named_to_those_who_may_read_it(
    as_, bring, save, who, shown, hidden
):
    save(bring())
    only = "\n".join([FILES["caseload.csv"].splitlines()[0], TWIN.splitlines()[-1], ""])
    batch = bring({"caseload.csv": only})
    number = asked(batch, "same_person_two_spellings")
    page = as_(who).get(url("question", batch, number)).content.decode()
    assert not [words for words in shown if words not in page]
    assert hidden not in page


SAID = {"as_of": "2026-06-30", "date_order": "ymd", "treatment_teams": "East\nWest"}


def state_of(client, batch, at, name):
    steps = client.get(url(at, batch)).context["steps"]
    return dict(zip(STEPS, (step.state for step in steps), strict=True))[name]


def test_step_is_done_only_where_nothing_is_left_or_it_was_said(ben, bring):
    bare = {key: one for key, one in SETUP.items() if key != "as_of"}
    batch = bring(setup=bare)
    assert state_of(ben, batch, "preview", "once") == "next"
    assert state_of(ben, batch, "preview", "questions") == "next"
    ben.post(url("once", batch), SAID)
    assert state_of(ben, batch, "preview", "once") == "done"
    ben.post(url("question", batch, asked(batch, "orphan_row")), {"decide": "reject"})
    ben.post(
        url("question", batch, asked(batch, "impossible_date")), {"decide": "reject"}
    )
    assert state_of(ben, batch, "preview", "questions") == "next"
    team = next(
        one["number"]
        for one in storage.read_preview(batch.unit_id, batch.pk)["findings"]
        if one["action"] == "ask" and one["field"] == "team"
    )
    ben.post(url("question", batch, team), {"value": "East"})
    assert state_of(ben, batch, "preview", "questions") == "done"


def test_step_with_nothing_to_state_is_done(ben, batch):
    assert state_of(ben, batch, "preview", "once") == "done"


def test_guessed_day_is_said_and_filled_in(ben, bring):
    bare = {key: one for key, one in SETUP.items() if key != "as_of"}
    batch = bring(setup=bare)
    page = ben.get(url("once", batch))
    assert page.context["form"]["as_of"].value().isoformat() == "2026-05-12"
    assert "Up to which day are they complete?" in page.content.decode()
    ben.post(url("once", batch), {"as_of": "2026-06-30", "date_order": "ymd"})
    needs = storage.read_preview(batch.unit_id, batch.pk)["needs"]
    assert "as_of" not in [need["key"] for need in needs]
