"""What `braid roster import` says of the next files: changed, asked, missing, nothing."""

import pytest
from tests.exchange.conftest import FILES
from tests.exchange.looking import document, importing, rows

pytestmark = pytest.mark.django_db


def later(folder, text):
    (folder / "contacts.csv").write_text(text, "utf-8")


def test_dry_run_tells_each_change_with_both_values(run, folder, world):
    run(*importing("--commit"))
    later(folder, FILES["contacts.csv"].replace(",45,", ",50,"))
    told = document(run(*importing("--json")))
    assert told["changes"] == [
        {
            "file": "contacts.csv",
            "sheet": None,
            "row": 2,
            "kind": "contacts",
            "does": "update",
            "field": "minutes",
            "old": 45,
            "new": 50,
            "edited_since": False,
        }
    ]
    assert told["updated"] == {"contacts": 1}


def test_dry_run_tells_what_is_asked_because_it_was_edited(run, folder, world):
    run(*importing("--commit"))
    rows("work.contact").filter(minutes=45).update(row_version=2, minutes=44)
    later(folder, FILES["contacts.csv"].replace(",45,", ",50,"))
    (change,) = document(run(*importing("--json")))["changes"]
    assert (change["does"], change["old"], change["new"]) == ("ask", 44, 50)
    assert change["edited_since"] is True


def test_dry_run_tells_what_is_no_longer_in_the_files(run, folder, world):
    run(*importing("--commit"))
    later(folder, "\n".join(FILES["contacts.csv"].splitlines()[:3]) + "\n")
    assert document(run(*importing("--json")))["vanished"] == [
        {
            "file": "contacts.csv",
            "sheet": None,
            "row": 4,
            "kind": "contacts",
            "person": "•••",
            "told": {
                "day": "2026-05-12",
                "staff": "Ada Specialist",
                "mode": "in_person",
                "minutes": 60,
            },
            "why": None,
            "perhaps": None,
        }
    ]


NEW_NAME = FILES["caseload.csv"].replace("Holt,Mia", "Holte-Lund,Mia")


@pytest.mark.parametrize(
    ("more", "sides"), [((), ("•••", "•••")), (("--identify",), ("Holt", "Holte-Lund"))]
)
def test_changed_names_are_masked_too(run, folder, world, more, sides):
    run(*importing("--commit"))
    (folder / "caseload.csv").write_text(NEW_NAME, "utf-8")
    (change,) = document(run(*importing("--json", *more)))["changes"]
    assert change["field"] == "family_name"
    assert (change["old"], change["new"]) == sides


def test_changes_read_well(run, folder, world):
    run(*importing("--commit"))
    text = "\n".join(FILES["contacts.csv"].splitlines()[:3]).replace(",45,", ",50,")
    later(folder, text + "\n")
    told = run(*importing()).stdout
    assert "What changes\n  contacts.csv, row 2: minutes 45 → 50" in told
    assert "No longer in the files; kept, nothing is deleted" in told
    assert "stood in contacts.csv, row 4" in told and "Sara" not in told
    assert "in person" in told.casefold() and "in_person" not in told


def test_changed_fields_are_called_as_the_pages_call_them(run, folder, world):
    run(*importing("--commit"))
    text = FILES["caseload.csv"].replace("1990-05-14,East", "1990-05-14,West")
    (folder / "caseload.csv").write_text(text.replace("Holt,", "Holm,"), "utf-8")
    told = run(*importing()).stdout
    assert "caseload.csv, row 2: family name ••• → •••" in told
    assert "treatment team" in told
    assert "family_name" not in told and "treatment." not in told


def test_file_without_a_table_says_what_was_looked_for(run, folder, world):
    later(folder, "Dear colleague\n")
    result = run("import", "@contacts.csv", "--unit", "north")
    assert "Nothing to import was found." in result.stdout
    assert "braid roster inspect" in result.stdout and "rows read" not in result.stdout
