"""The pages of invoices and of answers that come as files."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from braid.funding.invoices import commands, queries
from braid.funding.invoices.commands import Wish
from braid.funding.models import Invoice
from tests.cast import TODAY
from tests.funding.answers.test_taking_in import pays, rows
from tests.funding.invoices.invoiced import ready_to_invoice

NOBODY_ELSE = ["femi", "ada", "cora", "dev", "kit", "ola", "rui", "eve", "pat_account"]


@pytest.fixture
def story(world, today, settings, tmp_path):
    settings.BRAID_DATA = tmp_path
    return ready_to_invoice(world)


@pytest.fixture
def invoice(story) -> Invoice:
    actor = story.world.ben.actor
    ready = queries.ready(actor, story.agreement, "funder")
    return commands.issue(
        actor=actor,
        agreement=story.agreement,
        wish=Wish(payer="funder", claims=frozenset(one.pk for one in ready)),
        day=TODAY,
    )


def of(story, tail="") -> str:
    return f"/funding/agreements/{story.agreement.pk}/invoices/{tail}"


def test_ben_sees_what_is_ready_and_issues_it(story, as_):
    client = as_("ben")
    assert b"2 released claims stand on no invoice" in client.get(of(story)).content
    page = client.get(of(story, "new/?payer=funder"))
    assert b"1,100.00 USD" in page.content
    keys = [str(claim.pk) for claim in story.claims(state="released")]
    sent = client.post(
        of(story, "new/?payer=funder"),
        {"claims": keys, "note": "Thank you", "untaxed": "O"},
        follow=True,
    )
    assert b"Invoice 2026-0001" in sent.content
    assert b"Thank you" in sent.content


def test_one_claim_can_be_left_for_later(story, as_):
    first = story.claims(state="released")[0]
    as_("ben").post(
        of(story, "new/?payer=funder"), {"claims": [str(first.pk)], "untaxed": "O"}
    )
    (made,) = Invoice.objects.system("looks")
    assert made.payable == first.amount


def test_what_the_xml_would_lack_is_told_before_it_is_issued(story, as_):
    story.agreement.buyer_reference = ""
    story.agreement.save()
    page = as_("ben").get(of(story, "new/?payer=funder"))
    assert b"PEPPOL-EN16931-R003" in page.content


def test_an_invoice_of_no_claims_is_not_issued(story, as_):
    page = as_("ben").post(of(story, "new/?payer=funder"), {"untaxed": "O"})
    assert page.status_code == 422
    assert not Invoice.objects.system("looks").exists()


def test_a_payer_that_the_contract_has_not_is_not_found(story, as_):
    assert as_("ben").get(of(story, "new/?payer=state")).status_code == 404


@pytest.mark.parametrize("by", ["ben", "nia", "sam"])
def test_who_sees_amounts_opens_an_invoice_and_its_files(invoice, as_, by):
    client = as_(by)
    assert client.get(f"/funding/invoices/{invoice.pk}/").status_code == 200
    for kind in ("pdf", "xlsx", "csv", "xml"):
        made = client.get(f"/funding/invoices/{invoice.pk}/file.{kind}")
        assert made.status_code == 200
        assert f'filename="2026-0001.{kind}"' in made["Content-Disposition"]


@pytest.mark.parametrize("by", NOBODY_ELSE)
def test_nobody_else_finds_an_invoice(story, invoice, as_, by):
    client = as_(by)
    for address in (
        of(story),
        of(story, "new/"),
        f"/funding/invoices/{invoice.pk}/",
        f"/funding/invoices/{invoice.pk}/file.pdf",
        f"/funding/invoices/{invoice.pk}/take-back/",
        f"/funding/agreements/{story.agreement.pk}/answers/",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("by", ["nia", "sam"])
def test_who_does_not_claim_issues_nothing(story, invoice, as_, by):
    client = as_(by)
    assert client.get(of(story, "new/")).status_code == 403
    address = f"/funding/invoices/{invoice.pk}/take-back/"
    assert client.post(address, {"note": "x"}).status_code == 403


def test_a_wrong_method_is_told(story, invoice, as_):
    client = as_("ben")
    assert client.post(of(story)).status_code == 405
    assert client.post(f"/funding/invoices/{invoice.pk}/").status_code == 405
    assert client.put(of(story, "new/")).status_code == 405


def test_the_spreadsheet_holds_numbers_as_numbers(invoice, as_):
    made = as_("ben").get(f"/funding/invoices/{invoice.pk}/file.xlsx")
    sheet = load_workbook(BytesIO(made.content)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert 800 in cells
    assert 1100 in cells


def test_an_invoice_that_xml_cannot_hold_is_handed_out_in_other_forms(
    story, as_, world
):
    story.agreement.buyer_reference = ""
    story.agreement.save()
    client = as_("ben")
    keys = [str(claim.pk) for claim in story.claims(state="released")]
    client.post(of(story, "new/?payer=funder"), {"claims": keys, "untaxed": "O"})
    (made,) = Invoice.objects.system("looks")
    xml = client.get(f"/funding/invoices/{made.pk}/file.xml")
    assert xml.status_code == 422
    assert b"PEPPOL-EN16931-R003" in xml.content
    assert client.get(f"/funding/invoices/{made.pk}/file.pdf").status_code == 200


def test_a_kind_of_file_that_is_not_made_is_not_found(invoice, as_):
    made = as_("ben").get(f"/funding/invoices/{invoice.pk}/file.doc")
    assert made.status_code == 404


def test_ben_takes_an_invoice_back(invoice, as_):
    page = as_("ben").post(
        f"/funding/invoices/{invoice.pk}/take-back/",
        {"note": "Wrong order number"},
        follow=True,
    )
    assert b"Credit note 2026-0002" in page.content


def test_a_list_of_many_invoices_costs_as_many_questions_as_of_one(
    story, invoice, as_, django_assert_num_queries
):
    client = as_("ben")
    client.get(of(story))
    with django_assert_num_queries(count_of(client, of(story))):
        client.get(of(story))
    before = count_of(client, of(story))
    actor = story.world.ben.actor
    for _each in range(3):
        row = Invoice.objects.visible_to(actor).filter(kind="invoice").first()
        commands.take_back(actor=actor, invoice=row, note="x", day=TODAY)
        ready = queries.ready(actor, story.agreement, "funder")
        wish = Wish(payer="funder", claims=frozenset(one.pk for one in ready))
        commands.issue(actor=actor, agreement=story.agreement, wish=wish, day=TODAY)
    assert count_of(client, of(story)) == before


def count_of(client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as met:
        client.get(address)
    return len(met)


# Answers that come as a file.


def answers_of(story, tail="") -> str:
    return f"/funding/agreements/{story.agreement.pk}/answers/{tail}"


def sent(story):
    claims = story.claims(state="released")
    return [story.step(claim, "submitted", "ben") for claim in claims]


def file_of(data: bytes) -> dict:
    return {"file": SimpleUploadedFile("answers.csv", data, "text/csv")}


@pytest.mark.parametrize("by", ["nia", "ben"])
def test_a_file_is_looked_at_and_then_taken_in(story, as_, by):
    one, _other = sent(story)
    client = as_(by)
    page = client.post(answers_of(story), file_of(rows(pays(one))))
    assert b"What the file would do" in page.content
    one.refresh_from_db()
    assert one.state == "submitted"
    token = page.context["plan"].token
    done = client.post(answers_of(story, "take-in/"), {"token": token}, follow=True)
    assert b"1 answer was taken in." in done.content
    one.refresh_from_db()
    assert one.state == "paid"


def test_all_that_is_wrong_with_a_file_is_told_on_one_page(story, as_):
    sent(story)
    data = rows("999,accepted,,,,,,", "1,perhaps,,,,,,")
    page = as_("nia").post(answers_of(story), file_of(data))
    assert page.status_code == 422
    assert b"There is no such claim in this agreement." in page.content
    assert b"This is no decision." in page.content
    assert b"Take the answers in" not in page.content


def test_what_is_no_table_is_told(story, as_):
    page = as_("nia").post(answers_of(story), file_of(b"\x00\x01"))
    assert page.status_code == 422
    assert b"The file is no table" in page.content


def test_a_token_that_is_too_old_is_told(story, as_):
    page = as_("nia").post(answers_of(story, "take-in/"), {"token": "old"})
    assert page.status_code == 422
    assert b"What you looked at is too old" in page.content


def test_a_steward_takes_no_answers_in(story, as_):
    assert as_("sam").get(answers_of(story)).status_code == 403
    assert as_("ben").get(answers_of(story, "take-in/")).status_code == 405
