"""The decision table: each vector by its number, then the laws that hold for all jobs."""

from dataclasses import fields, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from braid.kernel.errors import InputFault
from braid.method.competitive import (
    ALL_TESTS,
    EDUCATION,
    NEVER,
    PLACEMENTS,
    SUBSIDISED,
    JobFacts,
    Switches,
    competitive,
)

GOOD = JobFacts(
    placement="competitive",
    permanence="permanent",
    open_to_all=True,
    at_least_minimum=True,
    going_rate=True,
    employer_of_record="employer",
    normal_rights=True,
)
ANSWERS = st.none() | st.booleans()
JOBS = st.builds(
    JobFacts,
    placement=st.none() | st.sampled_from(sorted(PLACEMENTS)),
    permanence=st.sampled_from(
        [None, "permanent", "fixed_term", "seasonal", "on_call"]
    ),
    time_limit_origin=st.sampled_from([None, "employer", "programme"]),
    open_to_all=ANSWERS,
    at_least_minimum=ANSWERS,
    going_rate=ANSWERS,
    employer_of_record=st.sampled_from([None, "employer", "agency", "programme"]),
    normal_rights=ANSWERS,
    held_at_referral=st.booleans(),
)
SWITCHES = st.builds(
    Switches,
    wage_subsidy=st.booleans(),
    flex_job=st.booleans(),
    wage_compensation=st.booleans(),
)
PROFILES = st.sampled_from(["strict", "as_coded"])
# The facts that answer each test, with their known "no" and their "yes".
NO = {
    "open_to_all": False,
    "at_least_minimum": False,
    "going_rate": False,
    "normal_rights": False,
    "employer_of_record": "programme",
    "time_limit_origin": "programme",
}
YES = {
    "open_to_all": True,
    "at_least_minimum": True,
    "going_rate": True,
    "normal_rights": True,
    "employer_of_record": "employer",
    "time_limit_origin": "employer",
}


def _with(**facts):
    return replace(GOOD, **facts)


@pytest.mark.parametrize(
    ("job", "switches", "profile", "cls", "counts", "flags"),
    [
        pytest.param(
            GOOD,
            Switches(),
            "strict",
            "competitive",
            True,
            (),
            id="V1 two hours a week",
        ),
        pytest.param(
            _with(placement="wage_subsidy"),
            Switches(),
            "strict",
            "subsidised",
            False,
            (),
            id="V3 wage subsidy, switch off",
        ),
        pytest.param(
            _with(placement="wage_subsidy"),
            Switches(wage_subsidy=True),
            "strict",
            "subsidised",
            True,
            (),
            id="V3 wage subsidy, switch on",
        ),
        pytest.param(
            _with(permanence="fixed_term", time_limit_origin="programme"),
            Switches(),
            "strict",
            "non_competitive",
            False,
            (),
            id="V6 time limit of a programme",
        ),
        pytest.param(
            _with(going_rate=None),
            Switches(),
            "strict",
            "undetermined",
            False,
            ("T2",),
            id="V7 going rate not known",
        ),
        pytest.param(
            _with(placement="agency", employer_of_record="programme"),
            Switches(),
            "strict",
            "non_competitive",
            False,
            (),
            id="V12 agency owned by the programme",
        ),
        pytest.param(
            _with(open_to_all=False),
            Switches(),
            "strict",
            "non_competitive",
            False,
            (),
            id="V14 reserved for some",
        ),
        pytest.param(
            _with(going_rate=None),
            Switches(),
            "as_coded",
            "competitive",
            True,
            ("T2",),
            id="V15 as V7, as coded",
        ),
        pytest.param(
            _with(placement=None),
            Switches(),
            "strict",
            "undetermined",
            False,
            (),
            id="V20 placement not known, strict",
        ),
        pytest.param(
            _with(placement=None),
            Switches(),
            "as_coded",
            "undetermined",
            False,
            (),
            id="V20 placement not known, as coded",
        ),
        pytest.param(
            _with(open_to_all=False),
            Switches(),
            "as_coded",
            "non_competitive",
            False,
            (),
            id="V21 a known no beats the code",
        ),
        pytest.param(
            _with(permanence="fixed_term"),
            Switches(),
            "strict",
            "undetermined",
            False,
            ("T4",),
            id="V22 whose limit it is, is not known, strict",
        ),
        pytest.param(
            _with(permanence="fixed_term"),
            Switches(),
            "as_coded",
            "competitive",
            True,
            ("T4",),
            id="V22 whose limit it is, is not known, as coded",
        ),
        pytest.param(
            _with(permanence="fixed_term", time_limit_origin="employer"),
            Switches(),
            "strict",
            "competitive",
            True,
            (),
            id="row 2 employer's own limit",
        ),
        pytest.param(
            _with(permanence="on_call"),
            Switches(),
            "strict",
            "competitive",
            True,
            (),
            id="row 5 on call has no limit",
        ),
        pytest.param(
            JobFacts("self_employed", permanence="permanent"),
            Switches(),
            "strict",
            "competitive",
            True,
            (),
            id="row 6 self-employed is asked for a limit only",
        ),
        pytest.param(
            JobFacts("self_employed"),
            Switches(),
            "strict",
            "undetermined",
            False,
            ("T4",),
            id="row 6 self-employed with an open limit",
        ),
        pytest.param(
            _with(placement="wage_subsidy", going_rate=False),
            Switches(wage_subsidy=True),
            "strict",
            "subsidised",
            False,
            (),
            id="row 11 subsidised below the going rate",
        ),
        pytest.param(
            _with(placement="flex_job", employer_of_record=None, normal_rights=None),
            Switches(flex_job=True),
            "strict",
            "subsidised",
            True,
            (),
            id="row 12 T3 and T5 are not asked of a flex-job",
        ),
        pytest.param(
            _with(placement="wage_compensation", open_to_all=None),
            Switches(wage_compensation=True),
            "strict",
            "subsidised",
            False,
            ("T1",),
            id="row 13 switched on with an open test",
        ),
        pytest.param(
            _with(open_to_all=None, employer_of_record="someone"),
            Switches(),
            "as_coded",
            "competitive",
            True,
            ("T1", "T3"),
            id="an unheard-of employer of record answers nothing",
        ),
    ],
)
def test_competitive(job, switches, profile, cls, counts, flags):
    verdict = competitive(job, switches, profile)
    assert (verdict.cls, verdict.counts, verdict.flags) == (cls, counts, flags)


@pytest.mark.parametrize("placement", sorted(NEVER))
def test_competitive_never_counts_these_whatever_the_tests_say(placement):
    verdict = competitive(_with(placement=placement), Switches(True, True, True))
    assert (verdict.cls, verdict.counts) == ("non_competitive", False)
    assert verdict.reasons[0].slug == "placement_never_counts"


@pytest.mark.parametrize(
    ("placement", "slug"),
    [
        ("competitive", "counts"),
        ("agency", "counts"),
        ("apprenticeship", "counts_flagged"),
        ("paid_internship", "counts_flagged"),
        ("family_business", "counts_flagged"),
        ("self_employed", "counts_flagged"),
    ],
)
def test_competitive_says_which_jobs_are_looked_at_again(placement, slug):
    verdict = competitive(_with(placement=placement))
    assert verdict.counts
    assert [(r.slug, r.placement) for r in verdict.reasons] == [(slug, placement)]


def test_competitive_names_each_failing_test_with_its_fact():
    verdict = competitive(
        _with(open_to_all=False, going_rate=False, normal_rights=None)
    )
    assert [(r.slug, r.test, r.fact) for r in verdict.reasons] == [
        ("test_failed", "T1", "open_to_all"),
        ("test_failed", "T2", "going_rate"),
    ]


def test_competitive_names_the_fact_to_ask_for():
    verdict = competitive(_with(at_least_minimum=None, going_rate=None))
    assert [r.fact for r in verdict.reasons] == ["at_least_minimum", "going_rate"]
    assert verdict.flags == ("T2",)
    assert verdict.in_queue


@pytest.mark.parametrize(
    ("job", "switches", "waits"),
    [
        pytest.param(GOOD, Switches(), False, id="decided"),
        pytest.param(_with(placement=None), Switches(), True, id="placement missing"),
        pytest.param(_with(open_to_all=False), Switches(), False, id="a known no"),
        pytest.param(
            _with(placement="flex_job", open_to_all=None),
            Switches(),
            False,
            id="switched off, nothing to ask",
        ),
        pytest.param(
            _with(placement="flex_job", open_to_all=None),
            Switches(flex_job=True),
            True,
            id="switched on with an open test",
        ),
    ],
)
def test_in_queue_only_where_an_answer_would_decide(job, switches, waits):
    assert competitive(job, switches).in_queue is waits


def test_competitive_refuses_a_code_outside_the_list():
    with pytest.raises(InputFault) as caught:
        competitive(JobFacts("ordinary"))
    assert caught.value.reason == "placement_unknown"


def test_education_is_never_employment():
    assert (EDUCATION.cls, EDUCATION.counts) == ("education", False)


def test_job_held_at_referral_may_count_and_is_in_its_own_stream():
    verdict = competitive(_with(held_at_referral=True))
    assert (verdict.counts, verdict.stream) == (True, "retention")
    assert competitive(GOOD).stream == ""


@given(JOBS, SWITCHES, PROFILES, st.sampled_from(sorted(NO)))
def test_a_known_no_never_counts(job, switches, profile, fact):
    asked_of_self_employed = fact == "time_limit_origin"
    not_asked_of_subsidised = fact in ("employer_of_record", "normal_rights")
    assume(job.placement != "self_employed" or asked_of_self_employed)
    assume(job.placement not in SUBSIDISED or not not_asked_of_subsidised)
    refused = replace(job, **{fact: NO[fact]})
    assert not competitive(refused, switches, profile).counts


@given(JOBS, SWITCHES)
def test_what_counts_strictly_counts_as_coded(job, switches):
    if competitive(job, switches, "strict").counts:
        as_coded = competitive(job, switches, "as_coded")
        assert as_coded.counts
        assert as_coded.flags == ()


@given(JOBS, SWITCHES, PROFILES, st.sampled_from(sorted(YES)))
def test_answering_an_open_test_with_yes_never_takes_a_job_out(
    job, switches, profile, fact
):
    assume(getattr(job, fact) is None)
    before = competitive(job, switches, profile)
    after = competitive(replace(job, **{fact: YES[fact]}), switches, profile)
    assert after.counts or not before.counts
    assert set(after.flags) <= set(before.flags)


@given(JOBS, SWITCHES, PROFILES)
def test_every_verdict_has_a_reason_and_one_of_the_classes(job, switches, profile):
    verdict = competitive(job, switches, profile)
    assert verdict.reasons
    assert verdict.counts <= (verdict.cls in ("competitive", "subsidised"))
    assert set(verdict.flags) <= set(ALL_TESTS)
    known_facts = {"", "placement", *(field.name for field in fields(JobFacts))}
    assert {reason.fact for reason in verdict.reasons} <= known_facts


@given(JOBS, SWITCHES, PROFILES)
def test_switches_touch_only_subsidised_placements(job, switches, profile):
    if job.placement not in SUBSIDISED:
        assert competitive(job, switches, profile) == competitive(
            job, Switches(), profile
        )


@given(JOBS, SWITCHES, PROFILES)
def test_held_at_referral_changes_the_stream_and_nothing_else(job, switches, profile):
    held = competitive(replace(job, held_at_referral=True), switches, profile)
    new = competitive(replace(job, held_at_referral=False), switches, profile)
    assert replace(held, stream="") == new
