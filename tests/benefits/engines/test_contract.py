"""What crosses to an engine, what comes back, and what is no answer."""

import json
import time
from datetime import date
from decimal import Decimal as D

import pytest
from tests.benefits.engines.conftest import ANSWERS

from braid.benefits import engines
from braid.benefits.engines import contract
from braid.benefits.engines.faults import EngineUnavailable
from braid.kernel.errors import InputFault
from braid.method.benefits import Household, Inputs, Known

ASKED = Inputs(
    wage=D("12.00"),
    hours=(D(16), D(0)),
    household=Household(
        age=35, partner=False, children=0, rent=D(500), flags=("lcwra",)
    ),
    benefits=(Known("universal_credit"),),
)
DAY = date(2026, 1, 1)
REQUEST = contract.request_for(ASKED, "GB", DAY)


def test_one_request_holds_all_scenarios_as_texts():
    assert REQUEST == {
        "v": 1,
        "country": "GB",
        "rules_date": "2026-01-01",
        "period": "month",
        "household": {
            "people": [{"id": "p1", "age": 35, "disability": {"lcwra": True}}],
            "rent": "500",
        },
        "axis": [
            {"id": "today", "hours": "0", "wage": "12.00", "weeks": "52"},
            {"id": "h0", "hours": "0", "wage": "12.00", "weeks": "52"},
            {"id": "h16", "hours": "16", "wage": "12.00", "weeks": "52"},
        ],
        "ask": ["net", "tax", "benefits"],
    }
    assert contract.checked(REQUEST) == REQUEST


def test_without_an_age_nothing_is_asked():
    with pytest.raises(InputFault) as fault:
        contract.request_for(Inputs(D(12), (D(0),)), "GB", DAY)

    assert fault.value.field == "age"


def changed(**said):
    return json.loads(json.dumps(REQUEST)) | said


@pytest.mark.parametrize(
    "request_",
    [
        changed(name="Ann Example"),
        changed(v=2),
        changed(period="week"),
        changed(rules_date="soon"),
        changed(household={}),
        changed(household={"people": [{"id": "Ann", "age": 35}]}),
        changed(household={"people": [{"id": "p1", "age": "35"}]}),
        changed(household={"people": [{"id": "p1", "age": 35, "nino": "QQ"}]}),
        changed(household={"people": [{"id": "p1", "age": 35}], "rent": 1.5}),
        changed(household={"people": [{"id": "p1", "age": 35}], "region": "1 High St"}),
        changed(axis=[]),
        changed(axis=[{"id": "Ann", "hours": "1", "wage": "1"}]),
        changed(axis=[{"id": "h1", "hours": "many", "wage": "1"}]),
        changed(axis=["h1"]),
    ],
)
def test_nothing_else_may_cross(request_):
    with pytest.raises(InputFault) as fault:
        contract.checked(request_)

    assert "Ann" not in str(fault.value)
    assert fault.value.reason == "engine_value_wrong"


def test_all_scenarios_are_one_question(installed):
    asked = installed()

    answer = engines.work_out("policyengine-uk", REQUEST)

    assert asked == [REQUEST]
    assert [row["id"] for row in answer["rows"]] == ["today", "h0", "h16"]


def test_the_same_question_is_not_asked_again(installed):
    asked = installed()

    first = engines.work_out("policyengine-uk", REQUEST)
    engines.work_out("policyengine-uk", changed(rules_date="2026-02-01"))

    assert engines.work_out("policyengine-uk", REQUEST) == first
    assert len(asked) == 2


def test_an_amount_that_is_not_explained_is_shown(installed):
    installed()

    found = engines.worked_out("policyengine-uk", ASKED, DAY)

    row = found.rows[1]
    assert (row.id, row.gross, row.tax, row.other) == ("h16", 12, 1, -15)
    assert row.net == row.gross + row.other - row.tax + row.benefits["universal_credit"]
    assert row.warnings == ("unexplained_amount",)
    assert (found.engine_version, found.currency, found.pack_id) != ("", "GBP", "gb")
    assert found.labels["universal_credit"]["en"] == "Universal Credit"
    assert {"en": "Access to work"} in found.not_covered
    assert "assumed:universal_credit" in found.warnings
    assert "region_not_given" in found.warnings
    assert found.duties


def test_what_does_not_cross_is_said():
    household = Household(age=35, flags=("tall",))

    assert contract.not_sent(household) == (
        "partner_not_counted",
        "children_not_counted",
        "not_counted:tall",
    )


def answering(line):
    return f"""
        def prepare():
            return None

        def answer(engine, request):
            {line}
        """


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("raise ValueError('Ann')", "failed"),
        ("raise SystemExit(3)", "ended"),
        ("import os; os._exit(0)", "ended"),
        ("import time; time.sleep(30)", "timeout"),
        ("return {'v': 2}", "malformed"),
        ("return {}", "partial"),
        ("return {'rows': [], 'coverage': [], 'not_covered': []}", "partial"),
        (
            "return {'rows': [{'id': s['id']} for s in request['axis']]}",
            "partial",
        ),
        (
            "return {'rows': [{'id': s['id'], 'gross': '1', 'tax': '0', 'net': '9', "
            "'benefits': {}} for s in request['axis']]}",
            "malformed",
        ),
        (
            "import sys; sys.modules['json'].dumps = lambda x: 'no'; return {}",
            "malformed",
        ),
    ],
    ids=[
        "it fails",
        "it ends with a code",
        "it ends",
        "it takes too long",
        "another version",
        "no rows",
        "too few rows",
        "rows without amounts",
        "parts that are not the whole",
        "no JSON",
    ],
)
def test_what_is_no_answer_makes_the_engine_unavailable(installed, line, reason):
    installed(answering(line), timeout=4.0 if reason == "timeout" else 20.0)

    with pytest.raises(EngineUnavailable) as fault:
        engines.work_out("policyengine-uk", REQUEST)

    assert (fault.value.code, fault.value.reason) == ("engine_unavailable", reason)
    assert "Ann" not in str(fault.value)


def test_what_the_engine_misses_is_asked_of_the_household(installed):
    installed(
        """
        class Missing(ValueError):
            pass

        def prepare():
            return None

        def answer(engine, request):
            raise Missing("region")
        """
    )

    with pytest.raises(InputFault) as fault:
        engines.work_out("policyengine-uk", REQUEST)

    assert fault.value.field == "region"


def test_an_engine_that_is_not_installed_is_unavailable(monkeypatch):
    monkeypatch.setattr(engines, "available", lambda country="": [])

    for ask in (
        lambda: engines.work_out("policyengine-uk", REQUEST),
        lambda: engines.worked_out("nobody", ASKED, DAY),
    ):
        with pytest.raises(EngineUnavailable) as fault:
            ask()
        assert fault.value.reason == "missing"


def test_an_engine_that_cannot_be_loaded_is_unavailable(stub):
    process = stub("def prepare():\n    raise ImportError\n")

    with pytest.raises(EngineUnavailable) as fault:
        process.ask(REQUEST)

    assert fault.value.reason == "ended"
    assert not process.is_warm


# The process


def test_the_process_is_kept_warm_and_ends_when_it_idles(stub):
    process = stub(idle=0.3)

    process.ask(REQUEST)
    first = process._running.pid
    process.ask(REQUEST)

    assert process._running.pid == first
    time.sleep(1)
    assert not process.is_warm
    assert process.ask(REQUEST)["rows"]


def test_after_a_failure_the_next_question_starts_anew(stub):
    process = stub(
        ANSWERS.replace(
            "rows = [",
            "import os\n        request['axis'] or os._exit(1)\n        rows = [",
        )
    )

    with pytest.raises(EngineUnavailable):
        process.ask(REQUEST | {"axis": []})

    assert process.ask(REQUEST)["rows"]


def test_the_process_gets_nothing_of_ours_and_no_network(stub, monkeypatch):
    monkeypatch.setenv("BRAID_SECRET_KEY", "s" * 40)
    process = stub(
        """
        import os, socket

        def prepare():
            return None

        def answer(engine, request):
            try:
                socket.create_connection(("127.0.0.1", 9), 1)
                reached = "yes"
            except OSError as error:
                reached = str(error)
            return {"environment": dict(os.environ), "reached": reached}
        """
    )

    said = process.ask(REQUEST)

    assert "closed to benefit engines" in said["reached"]
    assert "BRAID_SECRET_KEY" not in said["environment"]
    assert said["environment"]["HF_HUB_OFFLINE"] == "1"


def test_the_process_may_not_take_more_memory_than_it_was_given(stub):
    process = stub(
        answering("return {'size': len(bytearray(2 * 10**9))}"), memory_mb=900
    )

    assert process.ask(REQUEST)["error"] == "MemoryError"


def test_what_an_engine_prints_is_no_answer(stub):
    process = stub(ANSWERS.replace("rows = [", "print('hello')\n        rows = ["))

    assert process.ask(REQUEST)["rows"]
