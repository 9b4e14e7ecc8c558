"""An engine on the pages: what its form asks, what it must be told, what is said of it."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from braid.benefits import commands, engines
from braid.benefits.models import Calculation
from braid.packs import benefits as packs
from tests.benefits.test_scenarios import NOW
from tests.cast import TODAY

UK, US, _FR = engines.KNOWN
QUESTION = "What happens if I take the café job?"


@pytest.fixture
def installed(monkeypatch):
    """Let an engine of the unit's country be installed; answer as the pack for training."""

    def install(known):
        here = replace(known, country="DK")
        asked = []
        monkeypatch.setattr(engines, "KNOWN", (here,))
        monkeypatch.setattr(
            engines,
            "found",
            lambda engine: replace(engine, python=Path("python"), version="9.1"),
        )

        def answer(engine_id, inputs, rules_date):
            asked.append(inputs)
            if inputs.wage > 20:
                raise engines.EngineUnavailable(engine_id, "timeout")
            found = packs.get("xx-test").worked_out(inputs)
            warnings = ("partner_not_counted",)
            return replace(found, engine_version="9.1", warnings=warnings)

        monkeypatch.setattr(engines, "worked_out", answer)
        return asked

    return install


@pytest.fixture
def send(as_, world, django_capture_on_commit_callbacks):
    """Send the form of a question by an engine, as Una."""

    def post(rules, **more):
        given = {
            "question": QUESTION,
            "pay": "12",
            "pay_unit": "hour",
            "hours_offered": "16",
            "weeks_per_year": "52",
            "today_hours": "0",
            "partner": "no",
            "age": "35",
            "rules": rules,
        }
        with django_capture_on_commit_callbacks(execute=True):
            return as_("una").post(new(world), given | more)

    return post


def new(world):
    return reverse("benefits:scenario_new", args=[world.pat.pk])


def made_by(answer):
    key = answer["Location"].strip("/").split("/")[-1]
    return Calculation.objects.system("a test").get(pk=key)


def page_of(as_, made, name="scenario"):
    return as_("una").get(reverse(f"benefits:{name}", args=[made.pk])).content.decode()


def test_an_engine_stands_beside_the_packs_and_asks_what_it_counts_with(
    as_, world, installed
):
    form = as_("una").get(new(world)).context["form"]
    assert not {"flags", "region"} & set(form.fields)
    installed(US)
    form = as_("una").get(new(world)).context["form"]
    assert next(key for key, _ in form.fields["rules"].choices) == US.id
    assert [key for key, _ in form.fields["flags"].choices] == [
        "is_disabled",
        "is_blind",
    ]
    assert "region" in form.fields


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        pytest.param({"age": "", "region": "NH"}, "need the age", id="no age"),
        pytest.param({}, "differ by state", id="no state"),
        pytest.param({"region": "New"}, "two letters", id="no state's letters"),
    ],
)
def test_an_engine_makes_nothing_up(installed, send, sent, told):
    asked = installed(US)
    answer = send(US.id, **sent)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert asked == []


def test_what_the_person_counts_as_crosses_and_nothing_else(installed, send):
    asked = installed(US)
    send(US.id, region="nh", flags=["is_disabled"])
    (inputs,) = asked
    assert inputs.household.region == "NH"
    assert inputs.household.flags == ("is_disabled",)


def test_the_notice_names_the_engine_its_version_licence_and_source(
    as_, una, world, installed, send
):
    installed(UK)
    made = made_by(send(UK.id))
    notice = (
        "policyengine-uk 9.1, a program of its own under the licence AGPL-3.0. "
        "Its source: https://github.com/PolicyEngine/policyengine-uk"
    )
    page = page_of(as_, made)
    assert notice in page
    assert "A partner is not counted with." in page
    commands.tell_duties(actor=una, calculation=made, day=TODAY)
    made.refresh_from_db(from_queryset=Calculation.objects.system("a test"))
    commands.confirm(actor=una, calculation=made, row_version=made.row_version, now=NOW)
    assert notice in page_of(as_, made, "scenario_print")


def test_an_engine_out_of_reach_leaves_the_last_result_in_sight(as_, installed, send):
    installed(UK)
    before = made_by(send(UK.id))
    failed = made_by(send(UK.id, pay="25"))
    assert (failed.state, failed.fault) == ("failed", "engine_unavailable")
    page = page_of(as_, failed)
    assert reverse("benefits:scenario", args=[before.pk]) in page
    assert before.result["rows"][4]["hours"] == f"{Decimal(16)}"


def test_benefits_can_be_named_where_an_engine_is_installed(as_, world, installed):
    installed(UK)
    form = reverse("benefits:benefit_new", args=[world.pat.pk])
    assert as_("una").get(form).status_code == 200
