"""Whether an employer fits a plan is proposed with its reasons, never decided."""

import pytest

from braid.method.plan_fit import KnownOf, Wanted, plan_fit

KITCHEN = Wanted(occupations=frozenset({"9412"}))
CAFES = Wanted(industries=frozenset({"56"}))
BOTH = Wanted(frozenset({"9412"}), frozenset({"56"}))
DRONES = Wanted(words=frozenset({"Drone pilot"}))


@pytest.mark.parametrize(
    ("wanted", "known", "answer", "reason"),
    [
        pytest.param(None, KnownOf("56"), "open", "no_plan", id="no plan"),
        pytest.param(
            Wanted(), KnownOf("56"), "open", "plan_names_no_work", id="an open plan"
        ),
        pytest.param(
            KITCHEN,
            KnownOf(occupations=frozenset({"9411"})),
            "yes",
            "occupation",
            id="work of the same group",
        ),
        pytest.param(CAFES, KnownOf("5610"), "yes", "industry", id="a finer code"),
        pytest.param(CAFES, KnownOf("47"), "no", "other_work", id="another industry"),
        pytest.param(KITCHEN, KnownOf("56"), "open", "work_unknown", id="unknown work"),
        pytest.param(
            CAFES, KnownOf(), "open", "industry_unknown", id="unknown industry"
        ),
        pytest.param(
            BOTH,
            KnownOf("47", frozenset({"5223"})),
            "no",
            "other_work",
            id="known and other in each",
        ),
        pytest.param(
            BOTH, KnownOf("47"), "open", "work_unknown", id="other in one, open in one"
        ),
        pytest.param(
            DRONES, KnownOf("47"), "open", "words_only", id="words without a code"
        ),
        pytest.param(
            DRONES,
            KnownOf(titles=frozenset({"Junior drone pilot"})),
            "yes",
            "words",
            id="the same words",
        ),
    ],
)
def test_a_proposal_has_its_reason(wanted, known, answer, reason):
    fit = plan_fit(wanted, known)
    assert (fit.answer, fit.reasons[0][0]) == (answer, reason)
