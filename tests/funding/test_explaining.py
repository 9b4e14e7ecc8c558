"""Every answer of a run has its sentence, and none of them holds an amount."""

from datetime import date

import pytest

from braid.funding.explaining import (
    line_sentence,
    preview_sentence,
    step_sentence,
    told_codes,
)
from braid.method.contracts.case import cases
from braid.method.contracts.documents import line_document
from braid.method.contracts.running import run
from braid.method.contracts.values import Step
from tests.method.contracts.generated import Made
from tests.method.contracts.histories import (
    episode,
    evidence,
    facts,
    job,
    ran,
)
from tests.method.contracts.schemes import (
    DES_BOUND,
    bound,
    contract,
    days,
    known,
    milestone,
    word,
)
from tests.method.contracts.test_two_ways import PAPERS, SCHEMES

LASTING = contract(
    milestone(
        "lasting",
        "sustained",
        word("in_work"),
        window=days(91, gap_tolerance_days=9),
        amount=known("1234.00"),
        evidence=PAPERS,
    )
)


def lasting(*rows, as_of="2026-06-30"):
    person = episode(accepted="2026-01-12")
    return ran(LASTING, as_of, person, job("j-1", "2026-02-03"), *rows)


def test_a_line_says_what_was_reached_and_seen():
    (line,) = lasting(evidence("payslip", "2026-05-06")).lines
    assert line_sentence(line) == (
        "91 days in work reached on 4 May 2026; gap of 9 days allowed; a payslip seen."
    )


def test_a_line_says_which_evidence_is_missing_and_until_when():
    (line,) = lasting().lines
    assert "Missing: a payslip" in line_sentence(line)
    assert "3 Jul 2026" in line_sentence(line)
    assert "1234" not in line_sentence(line)


def test_what_lies_ahead_has_a_day_and_what_is_missing():
    (ahead,) = lasting(as_of="2026-03-31").previews
    told = preview_sentence(ahead)
    assert told == "On 4 May 2026 at the earliest; missing: a payslip."


@pytest.mark.parametrize("name", SCHEMES)
def test_every_answer_has_its_sentence(name):
    scheme, values = SCHEMES[name]
    bindings = DES_BOUND if values is None else bound(scheme, **values)
    for seed in range(8000, 8015):
        made = Made(seed, scheme)
        found = cases(scheme, facts(*made.people(2)))
        result = run(scheme, found, made.as_of, bindings=bindings)
        for line in result.lines:
            for step, document in zip(
                line.steps, line_document(line)["steps"], strict=True
            ):
                told = step_sentence(step)
                assert told
                assert "%(" not in told
                stored = Step(
                    document["step"],
                    document["ok"],
                    document["told"],
                    document["values"],
                )
                assert step_sentence(stored) == told
        assert all(preview_sentence(each) for each in result.previews)


def test_a_step_kept_as_a_document_says_its_day():
    step = Step("window", True, "reached_event", {"on": date(2026, 5, 4)})
    assert step_sentence(step) == "Reached on 4 May 2026."
    assert {"reached_event", "evidence_missing"} <= told_codes()
