"""What is stored can be worked out again and is the same, text by text."""

import json
from datetime import date
from decimal import Decimal as D

import pytest
from tests.method.benefits.rule_cast import INVENTED

from braid.kernel.errors import InputFault
from braid.method.benefits import Household, Inputs, Known, evaluate
from braid.method.benefits.stored import (
    digest,
    inputs_from,
    plain,
    result_from,
    text_of,
)

ASKED = Inputs(
    wage=D("12.50"),
    hours=(D(0), D("7.5"), D(30)),
    start_on=date(2026, 3, 1),
    household=Household(age=40, partner=False, rent=D(500), flags=("lcwra",)),
    benefits=(Known("support", D("10.10"), "week", True, 3),),
    incomes={"pension": D(1)},
)


def test_inputs_come_back_as_they_went():
    assert inputs_from(json.loads(text_of(ASKED))) == ASKED


def test_a_result_comes_back_as_it_went():
    found = evaluate(INVENTED, ASKED)

    assert result_from(json.loads(text_of(found))) == found


def test_working_out_again_gives_the_same_text():
    again = inputs_from(json.loads(text_of(ASKED)))

    assert text_of(evaluate(INVENTED, again)) == text_of(evaluate(INVENTED, ASKED))


def test_a_digest_tells_inputs_apart():
    other = inputs_from(plain(ASKED) | {"wage": "12.51"})

    assert digest(ASKED, "1") != digest(other, "1")
    assert digest(ASKED, "1") == digest(inputs_from(plain(ASKED)), "1")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"wage": 12.5}, "inputs.wage"),
        ({"wage": "twelve"}, "inputs.wage"),
        ({"wage": True}, "inputs.wage"),
        ({"wage": "Infinity"}, "inputs.wage"),
        ({"hours": 8}, "inputs.hours"),
        ({"start_on": "tomorrow"}, "inputs.start_on"),
        ({"name": "Ann"}, "inputs.name"),
        ({"household": []}, "inputs.household"),
        ({"household": {"age": True}}, "inputs.household.age"),
        ({"household": {"region": 1}}, "inputs.household.region"),
        ({"benefits": [{}]}, "inputs.benefits.benefit"),
        ({"benefits": [{"benefit": "x", "period": "day"}]}, "inputs.benefits.period"),
        ({"incomes": 1}, "inputs.incomes"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(changed, field):
    with pytest.raises(InputFault) as fault:
        inputs_from(plain(ASKED) | changed)

    assert fault.value.field == field
    assert "Ann" not in str(fault.value)
