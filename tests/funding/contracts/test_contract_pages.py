"""Contracts in plain words for both parties, their versions, and what is filled in."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from braid.funding import commands
from braid.funding.commands.agreements import Agreed
from braid.funding.models import Agreement, Binding
from tests.cast import TODAY
from tests.factories.funding import AgreementFactory
from tests.funding.claims.story import bind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LIST = "/funding/contracts/"
SENT = {
    "value": "450.00",
    "source": "Schedule 2",
    "bound_by": "Ben",
    "day": TODAY.isoformat(),
}


def at(story, more="", agreement=None):
    return f"{LIST}{(agreement or story.agreement).pk}/{more}"


def told(answer):
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def agreed(story, contract, first_day=date(2026, 1, 1)) -> Agreement:
    return commands.make_agreement(
        actor=story.world.ben.actor,
        unit=story.world.north,
        funder=story.desk,
        agreed=Agreed(contract=contract, first_day=first_day),
    )


# ---- Who ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ben", "nia", "sam"])
def test_provider_funder_and_office_read_the_same_words(as_, story, name):
    said = told(as_(name).get(at(story)))
    assert "Before it, this milestone must be reached: profile." in said
    assert "It pays: 800.00 USD." in said
    assert "a letter of the employer" in said


@pytest.mark.parametrize("name", ["ada", "cora", "dev"])
def test_whoever_never_sees_amounts_does_not_reach_the_contracts(as_, story, name):
    for address in (LIST, at(story), at(story, "versions/")):
        assert as_(name).get(address).status_code == 403


def test_the_agreement_of_another_unit_is_not_there(as_, story):
    ours = AgreementFactory()
    assert as_("ben").get(at(story, agreement=ours)).status_code == 404
    assert (
        ours.contract not in told(as_("ben").get(LIST)).split("All contract files")[0]
    )


def test_the_list_says_how_many_values_are_open(as_, story):
    said = told(as_("ben").get(LIST))
    assert "Oregon vocational rehabilitation, IPS North, paid by Desk" in said
    assert "2 values not bound" in said
    assert "All values are filled in" not in said
    bind(story, "RETENTION", "900.00")
    bind(story, "RETENTION_REACHED", {"word": "plan_event", "kind": "job_support_plan"})
    assert "All values are filled in" in told(as_("nia").get(LIST))


def test_a_list_of_contracts_asks_as_often_however_long_it_is(as_, story):
    client = as_("ben")
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for contract in ("nl-uwv-ips", "us-wa-fcs", "uk-ipspc"):
        agreed(story, contract)
    with CaptureQueriesContext(connection) as four:
        client.get(LIST)
    assert len(four) == len(one)


def test_a_file_without_an_agreement_is_read_too_and_names_what_is_open(as_, story):
    said = told(as_("ben").get("/funding/contract-files/nl-municipal-2023/"))
    assert "It pays: not bound (TRAJECTORY_PRICE)." in said
    assert "No agreement is made by this file here" in said
    assert as_("ben").get("/funding/contract-files/nothing/").status_code == 404


# ---- Versions ----------------------------------------------------------------------------


def test_each_version_is_read_and_both_stand_beside_each_other(as_, story):
    uwv = agreed(story, "nl-uwv-ips", date(2017, 1, 1))
    client = as_("ben")
    assert "An advance of 40%" not in told(client.get(at(story, agreement=uwv)))
    first = told(client.get(at(story, "?version=1", agreement=uwv)))
    assert (
        "An advance of 40% of 8,000.00 EUR is paid when the funder has granted" in first
    )
    answer = client.get(at(story, "versions/", agreement=uwv))
    rows = {row.title: dict(row.columns) for row in answer.context["rows"]}
    terms = rows["What this contract is"]
    own = {one.text for one in terms["Version 2"] if one.is_own}
    assert "It follows version 1." in own
    shared = [one for one in terms["Version 1"] if not one.is_own]
    assert "Amounts are in EUR, VAT included." in {one.text for one in shared}
    assert rows["Milestone “placement”"]["Version 2"] == ()
    assert rows["Milestone “started”"]["Version 1"] == ()
    assert "Advances of the earlier version are taken off" in told(answer)


# ---- What is filled in -------------------------------------------------------------------


def test_a_supervisor_fills_a_value_in_and_the_earlier_one_stays(as_, story):
    client, address = as_("ben"), at(story, "values/1/PLACEMENT/")
    assert (
        "It stands for an amount in version 1 of Oregon vocational rehabilitation"
        in told(client.get(address))
    )
    with time_machine.travel(f"{TODAY.isoformat()}T07:05:00+00:00", tick=False):
        answer = client.post(address, SENT)
    assert answer.url == at(story, "?version=1#values")
    rows = Binding.objects.system("looks").filter(parameter="PLACEMENT")
    assert [row.value for row in rows.order_by("written_at")] == ["800.00", "450.00"]
    assert rows.last().written_by_id == story.world.ben.actor.id
    said = told(client.get(at(story)))
    assert "It pays: 450.00 USD." in said
    assert "800.00 USD" in said.split("Earlier values")[1]


def test_an_open_rule_is_filled_in_as_a_contract_file_says_it(as_, story):
    client, address = as_("ben"), at(story, "values/1/RETENTION_REACHED/")
    wrong = client.post(address, SENT | {"value": "{word: job_starts}"})
    assert wrong.status_code == 422
    assert "Did you mean" in told(wrong)
    assert client.post(address, SENT | {"value": "{word: [}"}).status_code == 422
    client.post(address, SENT | {"value": "{word: plan_event, kind: job_support_plan}"})
    said = told(client.get(at(story)))
    assert "Reached when there is a plan for support at the job." in said


@pytest.mark.parametrize("value", ["half", "12.345", "-3.00"])
def test_what_is_no_amount_is_refused_beside_its_field(as_, story, value):
    address = at(story, "values/1/PLACEMENT/")
    before = Binding.objects.system("looks").count()
    answer = as_("ben").post(address, SENT | {"value": value})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"value"}
    assert Binding.objects.system("looks").count() == before


@pytest.mark.parametrize("name", ["nia", "sam"])
def test_nobody_but_the_provider_fills_in(as_, story, name):
    client, address = as_(name), at(story, "values/1/PLACEMENT/")
    assert client.get(address).status_code == 403
    assert client.post(address, SENT).status_code == 403
    assert "Fill in" not in told(client.get(at(story)))


def test_a_parameter_or_version_that_is_not_there_answers_404(as_, story):
    for more in ("values/1/PRICE/", "values/7/PLACEMENT/"):
        assert as_("ben").get(at(story, more)).status_code == 404


def test_pages_to_read_take_nothing_else(as_, story):
    for address in (LIST, at(story), at(story, "versions/")):
        assert as_("ben").post(address).status_code == 405
