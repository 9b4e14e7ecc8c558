"""What an inspection says of files."""

from tests.exchange.roster.rosters import plan_of, plan_with, roster

from braid.exchange.roster.inspecting import inspection


def test_inspection_names_layout_tables_and_columns():
    plan = plan_of("uk-roster")
    found = inspection(plan.tables, plan.layout_id)
    assert found["layout"] == "uk-roster"
    assert [table["kind"] for table in found["tables"]] == [
        "caseload",
        "contacts",
        "employer_contacts",
        "jobs",
        "meetings",
        "lists",
    ]
    assert found["tables"][0] == {
        "file": "ips-tracker.xlsx",
        "sheet": "Caseload",
        "caption": None,
        "kind": "caseload",
        "heading_row": 4,
        "columns": roster("uk-roster").truth["expected_mapping"]["ips-tracker.xlsx"][
            "Caseload"
        ],
        "rows": 146,
        "unknown": [],
    }


def test_layout_without_a_name_is_the_language():
    plan = plan_with(
        roster("dk-csv").setup, {"caseload": "Borgernr;Efternavn\n1;Oak\n"}
    )
    assert inspection(plan.tables, plan.layout_id)["layout"] == "da"


def test_heading_that_stands_twice_is_told_apart():
    text = "Ref;Surname;DOB;Notes;Notes\n1;Oak;3/4/1990;a;b\n"
    plan = plan_with(roster("uk-roster").setup, {"caseload": text})
    table = inspection(plan.tables, None)["tables"][0]
    assert table["columns"]["Notes"] == "notes"
    assert table["unknown"] == ["Notes"]
