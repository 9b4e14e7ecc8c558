"""The report of a review on its page: read, written by reviewers, taken home."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.access.models import AuditEntry
from braid.fidelity import commands
from braid.fidelity.models import Passage, Review
from braid.fidelity.report import reading
from braid.kernel.errors import InputFault, Refused, Stale
from tests.desk.test_pages import text
from tests.factories.fidelity import (
    EvidenceFactory,
    MeetingFactory,
    PassageFactory,
    SeatFactory,
    rate_item,
    told_review,
)
from tests.fidelity.test_report_reading import EARLIER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

FILES = ("report.docx", "report.pdf")


@pytest.fixture
def review(world):
    told_review(world.north, scores={1: 2}, facts_on=EARLIER)
    return told_review(world.north, lead=world.rui.user, scores={3: None})


@pytest.fixture
def agreeing(world):
    made = told_review(
        world.north, lead=world.rui.user, status="consensus", told_on=None
    )
    SeatFactory(review=made, user=world.eve.user, part="reviewer")
    return made


def address(review, page="report/"):
    page = f"{page}?figures=1" if page == "report/" else page
    return f"/fidelity-review/{review.pk}/{page}"


# ---- Read --------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["report/", *FILES])
@pytest.mark.parametrize(
    ("member", "status"),
    [
        pytest.param("ben", 200, id="supervisor of the unit"),
        pytest.param("ada", 200, id="specialist of the unit"),
        pytest.param("cora", 200, id="clinician of a linked team"),
        pytest.param("rui", 200, id="reviewer"),
        pytest.param("ola", 404, id="specialist of another unit"),
        pytest.param("femi", 404, id="funder"),
        pytest.param("pat_account", 404, id="applicant"),
    ],
)
def test_both_sides_and_the_reviewers_read_it(as_, review, member, status, page):
    assert as_(member).get(address(review, page)).status_code == status


@pytest.mark.parametrize("page", ["report/", *FILES])
def test_the_service_reads_nothing_before_it_is_told(as_, agreeing, page):
    rate_item(agreeing, 1, 2, seen="Eighty applicants for two posts")
    answer = as_("ben").get(address(agreeing, page))
    assert answer.status_code == 403
    assert "Eighty applicants" not in answer.content.decode()
    if page == "report/":
        assert "There is no report to read yet" in text(answer)
    assert as_("rui").get(address(agreeing, page)).status_code == 200


def test_the_page_says_total_band_profile_and_every_item(as_, review):
    answer = as_("ben").get(address(review))
    page, html = text(answer), answer.content.decode()
    assert "between 97 and 101 of 125" in page and "Fair or Good" in page
    assert "Item 3 has not enough evidence." in page
    assert len(re.findall(r'<section id="item-[0-9]+"', html)) == 25
    assert re.search(r'role="img" aria-label="24 of 25 items have[^"]*', html)
    for number in range(1, 26):
        assert f'id="item-{number}"' in html and f'href="#item-{number}"' in html


def test_the_items_come_after_the_page_or_by_a_link(as_, review):
    ben, page = as_("ben"), f"/fidelity-review/{review.pk}/report/"
    first = ben.get(page).content.decode()
    assert 'id="item-1"' not in first and f'href="{page}?figures=1"' in first
    later = ben.get(f"{page}?figures=1", HTTP_HX_REQUEST="true").content.decode()
    assert 'id="item-25"' in later and "<html" not in later


def test_the_drawing_and_the_table_say_the_same(as_, review):
    answer = as_("ben").get(address(review))
    shown = answer.context["sheet"]
    marks = [mark for group in shown.profile.groups for mark in group.marks]
    for mark, row in zip(marks, shown.rows, strict=True):
        assert (mark.no, mark.text) == (row.no, row.score)
        assert str(mark.last) == row.last


def test_a_draft_says_so(as_, agreeing):
    assert "Draft. The reviewers are agreeing" in text(
        as_("rui").get(address(agreeing))
    )


@pytest.mark.parametrize("page", ["report/", *FILES])
def test_a_wrong_method_is_answered_so(as_, review, page):
    assert as_("ben").post(address(review, page)).status_code == 405


def test_it_names_no_applicant_and_nobody_who_was_met(as_, world, review):
    MeetingFactory(review=review, name="Pat Lund", what="A conversation with Pat Lund")
    EvidenceFactory(review=review, text="Pat Lund said so")
    html = as_("rui").get(address(review)).content.decode()
    assert "Lund" not in html


def test_opening_and_taking_it_home_are_audited(as_, review):
    ben = as_("ben")
    for page in ("report/", *FILES):
        ben.get(address(review, page))
    taken = AuditEntry.objects.filter(action="review_report_taken")
    assert AuditEntry.objects.filter(action="review_report_opened").count() == 1
    assert {one.record_key for one in taken} == {str(review.pk)} and len(taken) == 2


@pytest.mark.parametrize(
    ("page", "media_type"),
    [
        ("report.pdf", "application/pdf"),
        (
            "report.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_a_file_is_handed_out_under_its_name(as_, review, page, media_type):
    answer = as_("ben").get(address(review, page))
    assert answer["Content-Type"] == media_type
    assert "attachment" in answer["Content-Disposition"]
    assert "Fidelity report North 2026-10-01" in answer["Content-Disposition"]


def test_the_page_asks_as_much_of_the_database_for_much_as_for_little(
    as_, world, review
):
    rui, counts = as_("rui"), []
    rui.get(address(review))
    for _round in range(2):
        for number in range(1, 26):
            rate_item(review, number, 4, stage="final")
        with CaptureQueriesContext(connection) as met:
            rui.get(address(review))
        counts.append(len(met))
    assert counts[0] == counts[1]


# ---- Written -----------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["introduction", "strengths", "priorities"])
def test_a_reviewer_writes_a_passage_and_reads_it_in_the_report(as_, agreeing, part):
    rui = as_("rui")
    answer = rui.post(
        address(agreeing, f"report/{part}/"), {"text": "Work is on", "row_version": "0"}
    )
    assert answer.status_code == 302 and answer.url.endswith(f"report/#{part}")
    assert "Work is on" in text(rui.get(address(agreeing)))


def test_two_who_write_the_same_passage_lose_nothing(as_, world, agreeing):
    page = address(agreeing, "report/strengths/")
    first = {"text": "From Rui", "row_version": "0"}
    assert as_("rui").post(page, first).status_code == 302
    answer = as_("eve").post(page, first | {"text": "From Eve"})
    assert answer.status_code == 422
    assert "Somebody changed this while you were typing" in text(answer)
    assert "From Eve" in answer.content.decode()
    assert Passage.objects.system("test").get().text == "From Rui"


def test_a_later_change_keeps_what_stood_before_it_from_going_unseen(world, agreeing):
    given = {"review": agreeing, "part": "strengths"}
    made = commands.write(actor=world.rui.actor, text="A", row_version=0, **given)
    made.refresh_from_db()
    commands.write(
        actor=world.eve.actor, text="B", row_version=made.row_version, **given
    )
    with pytest.raises(Stale):
        commands.write(
            actor=world.rui.actor, text="C", row_version=made.row_version, **given
        )


@pytest.mark.parametrize(
    ("member", "status"),
    [
        pytest.param("ben", 403, id="the service does not write it"),
        pytest.param("ola", 404, id="a stranger"),
    ],
)
def test_only_reviewers_write(as_, agreeing, member, status):
    page = address(agreeing, "report/strengths/")
    assert as_(member).get(page).status_code == status
    given = {"text": "Ours", "row_version": "0"}
    assert as_(member).post(page, given).status_code == status
    assert not Passage.objects.system("test").exists()


def test_there_is_no_other_passage(as_, agreeing):
    assert as_("rui").get(address(agreeing, "report/price/")).status_code == 404


@pytest.mark.parametrize("status", ["planned", "rating", "final", "withdrawn"])
def test_nothing_is_written_before_or_after(as_, world, agreeing, status):
    Review.objects.system("test").filter(pk=agreeing.pk).update(status=status)
    page = address(agreeing, "report/strengths/")
    given = {"text": "Too late", "row_version": "0"}
    assert as_("rui").post(page, given).status_code == 403
    with pytest.raises((InputFault, Refused)):
        commands.write(
            actor=world.rui.actor,
            review=agreeing,
            part="strengths",
            text="Too late",
            row_version=0,
        )
    assert not Passage.objects.system("test").exists()


def test_a_text_that_is_too_long_is_told(as_, agreeing):
    given = {"text": "x" * 12_001, "row_version": "0"}
    answer = as_("rui").post(address(agreeing, "report/strengths/"), given)
    assert answer.status_code == 422 and "12000" in text(answer)


def test_the_service_does_not_read_a_passage_before_it_is_told(world, agreeing):
    SeatFactory(review=agreeing, user=world.una.user, part="contact")
    PassageFactory(review=agreeing, part="strengths")
    assert reading.passage(world.rui.actor, agreeing, "strengths")
    for member in (world.ben, world.una):
        assert reading.passage(member.actor, agreeing, "strengths") is None
