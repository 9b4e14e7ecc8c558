"""The page of what changes: to whom it shows what, and what is decided on it."""

import pytest
from tests.exchange.conftest import CASELOAD, CONTACTS, FILES
from tests.exchange.looking import asked, fresh, rows, url

from braid.access.models import AuditEntry
from braid.exchange import storage

LATER = FILES | {
    "caseload.csv": CASELOAD.replace("Holt,Mia", "Holte-Lund,Mia").replace(
        "2026-05-12,,,", "2026-05-12,2026-06-20,Moved,"
    ),
    "contacts.csv": "".join(
        CONTACTS.replace(",45,", ",50,").splitlines(keepends=True)[:3]
    )
    + "2026-05-20,N-103,,Ada Specialist,Phone,,10,Y,\n",
}


@pytest.fixture
def later(bring, save):
    """The next files, brought after a contact was changed in Braid by hand."""
    save(bring())
    rows("work.contact").filter(minutes=45).update(minutes=44, row_version=2)
    return bring(LATER)


def page_of(client, batch, query=""):
    return client.get(url("changes", batch) + query).content.decode()


def test_preview_counts_what_differs_and_leads_there(ben, later):
    page = ben.get(url("preview", later)).content.decode()
    assert url("changes", later) in page
    assert "1 record of an earlier import is no longer in the files." in page
    assert "1 record was changed in Braid since" in page


def test_page_begins_with_what_is_to_be_decided(ben, later):
    page = page_of(ben, later)
    assert "Mia Holt" in page and "changed in Braid since" in page
    assert ">44<" in page and "<strong>50</strong>" in page


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?show=update", ("Holt", "Holte-Lund", "Family name", "Caseload.csv")),
        ("?show=update&kind=caseload", ("Sara Lind", "First day off", "moved away")),
        (
            "?show=gone",
            ("Sara Lind", "Stood in contacts.csv, row 4", "60 minutes", "kept"),
        ),
        ("?show=new", ("Contacts with applicants", "contacts.csv, row 4")),
    ],
)
def test_tabs_show_each_way_to_differ(ben, later, query, says):
    page = page_of(ben, later, query)
    missing = [word for word in says if word.lower() not in page.lower()]
    assert not missing


def test_days_stand_in_time_and_codes_in_words(ben, later):
    page = page_of(ben, later, "?show=update&kind=caseload")
    assert '<time datetime="2026-06-20">20 Jun 2026</time>' in page
    assert "moved" in page and ">exited<" not in page.replace("<strong>exited", "")


def test_kind_narrows_the_list(ben, later):
    page = page_of(ben, later, "?show=update&kind=person")
    assert "Holte-Lund" in page and "Sara Lind" not in page


@pytest.mark.parametrize("query", ["?show=everything", "?show=1"])
def test_unknown_way_to_differ_is_404(ben, later, query):
    assert ben.get(url("changes", later) + query).status_code == 404


@pytest.mark.parametrize("show", ["ask", "update", "gone", "new"])
def test_steward_reads_no_person_and_nothing_of_them(as_, later, show):
    page = page_of(as_("sam"), later, f"?show={show}")
    for word in ("Mia", "Holt", "Sara", "Lind", "Una", ">44<"):
        assert word not in page
    assert "row" in page


def test_steward_sees_what_the_file_says_beside_what_is_hidden(as_, later):
    page = page_of(as_("sam"), later, "?show=ask")
    assert "•••" in page and "<strong>50</strong>" in page
    assert "hidden" in page


@pytest.mark.parametrize(("who", "entries"), [("ben", 1), ("sam", 0)])
def test_audit_says_whose_record_was_shown(as_, later, who, entries):
    page_of(as_(who), later, "?show=update")
    noted = AuditEntry.objects.filter(action="import_changes_opened")
    assert [entry.count for entry in noted] == [2] * entries


def asked_number(batch):
    changes = storage.read_preview(batch.unit_id, batch.pk)["changes"]
    return next(n for n, one in enumerate(changes) if one["what"] == "ask")


def decide(client, batch, **data):
    return client.post(url("changes", batch), data)


@pytest.mark.parametrize(("choice", "minutes"), [("braid", 44), ("file", 50)])
def test_decision_is_worked_in_and_saved(ben, later, choice, minutes):
    response = decide(ben, later, number=asked_number(later), decide=choice)
    assert response.url == url("changes", later) + "?show=ask"
    assert fresh(later).answers == [
        {
            "file": "contacts.csv",
            "sheet": None,
            "row": 2,
            "field": None,
            "answer": {"keep": choice},
        }
    ]
    page = page_of(ben, later, "?show=ask")
    assert "Make the preview anew" in page
    response = ben.post(url("restart", later), {"then": "changes"})
    assert ben.get(response.url).url == url("changes", later)
    ben.post(url("commit", later), {"plan_hash": fresh(later).plan_hash})
    assert rows("work.contact").filter(minutes=minutes).exists()


def test_decision_is_seen_on_the_page(ben, later):
    kept = page_of(ben, later, "?show=ask")
    decide(ben, later, number=asked_number(later), decide="file")
    taken = page_of(ben, later, "?show=ask")
    button = 'value="{}" class="btn btn-outline" aria-pressed="true"'
    assert button.format("braid") in kept and button.format("file") in taken


def test_all_that_is_asked_is_decided_at_once(ben, bring, save):
    save(bring())
    changed = rows("work.contact").filter(minutes__in=(45, 20))
    changed.update(row_version=2)
    text = CONTACTS.replace(",45,", ",50,").replace(",20,Y", ",25,Y")
    batch = bring({**FILES, "contacts.csv": text})
    assert "Take the file’s for all 2" in page_of(ben, batch, "?show=ask")
    decide(ben, batch, decide="file", kind="contacts")
    assert [one["answer"] for one in fresh(batch).answers] == [{"keep": "file"}] * 2


@pytest.mark.parametrize(
    "data",
    [
        {"decide": "neither"},
        {"decide": "file", "number": "99"},
        {"decide": "file", "kind": "meetings"},
        {"number": "1"},
    ],
    ids=["no such side", "no such record", "none of this kind", "nothing said"],
)
def test_decision_about_nothing_is_404(ben, later, data):
    assert decide(ben, later, **data).status_code == 404
    assert fresh(later).answers == []


@pytest.mark.parametrize("who", ["ada", "ola", "cora", "dev", "femi"])
def test_nobody_else_sees_or_decides(as_, later, who):
    client = as_(who)
    assert client.get(url("changes", later)).status_code == 404
    assert decide(client, later, number="1", decide="file").status_code == 404


def test_question_shows_both_sides(ben, later):
    page = ben.get(url("question", later, asked(later, "edited_since")))
    text = page.content.decode()
    assert ">44<" in text and "<strong>50</strong>" in text
    assert "Until it is answered Braid keeps what it says." in text


def test_first_import_says_that_all_is_new(ben, batch):
    page = page_of(ben, batch)
    assert "Mia Holt" in page and "Jobs and placements" in page
    assert "None." in page_of(ben, batch, "?show=update")


def test_text_from_a_file_is_only_ever_text(ben, bring, save):
    save(bring())
    evil = "<script>alert(1)</script>"
    batch = bring(
        {**FILES, "caseload.csv": CASELOAD.replace("Holt,Mia", f"{evil},Mia")}
    )
    page = page_of(ben, batch, "?show=update")
    assert evil not in page and "&lt;script&gt;" in page


def test_number_of_queries_does_not_grow_with_the_changes(
    ben, bring, save, django_assert_max_num_queries
):
    many = CONTACTS + "".join(
        f"2026-05-{day:02},N-10{day % 5 + 1},,Ada Specialist,Phone,,{day},Y,\n"
        for day in range(1, 30)
    )
    save(bring({**FILES, "contacts.csv": many}))
    batch = bring({**FILES, "contacts.csv": many.replace(",Y,", ",N,")})
    ben.get("/today/")  # the first page of a sign-in also notes where it is used
    for show in ("ask", "update", "gone", "new"):
        with django_assert_max_num_queries(12):
            page_of(ben, batch, f"?show={show}")


def test_files_without_a_table_say_what_was_looked_for(ben, bring):
    batch = bring({"letter.csv": "Dear colleague\n"}, setup={})
    page = ben.get(url("preview", batch)).content.decode()
    assert "Nothing to import was found" in page
    assert "contacts with employers" in page and url("found", batch) in page
    assert "Save this" not in page and "rows read" not in page
