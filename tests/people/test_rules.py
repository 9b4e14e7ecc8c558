"""Transitions and numbers, pure."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.people import rules
from braid.people.rules import Attempt, No, Queued, Share

STATES = sorted(state for state in rules.TRANSITIONS if state)


@pytest.mark.parametrize(
    ("present", "wanted", "ok"),
    [
        pytest.param("", "referred", True, id="begins with the referral"),
        pytest.param("", "active", False, id="nobody is taken on unreferred"),
        pytest.param("referred", "waiting", True, id="waits"),
        pytest.param("waiting", "active", True, id="taken on after waiting"),
        pytest.param("active", "exited", True, id="ends by own choice"),
        pytest.param("paused", "active", True, id="comes back from a pause"),
        pytest.param("exited", "active", False, id="ended stays ended"),
        pytest.param("referred", "exited", False, id="never begun cannot end"),
    ],
)
def test_can_move(present, wanted, ok):
    assert rules.can_move(present, wanted).ok is ok


@given(st.lists(st.sampled_from(STATES), max_size=12))
def test_no_course_leads_out_of_an_ended_episode(wanted):
    present, ended = "", False
    for state in wanted:
        if rules.can_move(present, state).ok:
            assert not ended
            present = state
            ended = state in {"exited", "not_started"}


def test_a_refused_move_says_why():
    assert rules.can_move("exited", "active").reasons == ("episode_ended",)
    assert rules.can_move("referred", "paused").reasons == ("not_from_here",)


def test_odd_dates_are_named_and_never_refused():
    odd = rules.check_dates(
        referred_on=date(2026, 5, 1),
        accepted_on=date(2026, 4, 1),
        entered_on=date(2026, 3, 1),
        exited_on=date(2026, 4, 1),
    )
    assert odd == (
        "accepted_before_referred",
        "entered_before_referred",
        "exited_before_accepted",
    )
    assert (
        rules.check_dates(
            referred_on=None, accepted_on=None, entered_on=None, exited_on=None
        )
        == ()
    )


def test_who_held_the_episode_on_a_day():
    first, second = uuid4(), uuid4()
    shares = [
        Share(first, date(2026, 1, 1), date(2026, 1, 31)),
        Share(second, date(2026, 2, 1), None),
    ]
    assert rules.holder_on(shares, date(2026, 1, 31)) == first
    assert rules.holder_on(shares, date(2026, 2, 1)) == second
    assert rules.holder_on(shares, date(2025, 12, 31)) is None


UNIT = UUID("00000000-0000-4000-8000-000000000001")


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        pytest.param("IPS-0071", "••••••71", id="the last two stay visible"),
        pytest.param(" ips-0071 ", "••••••71", id="spaces and capitals do not matter"),
        pytest.param("71", "••", id="a short number shows nothing"),
    ],
)
def test_a_client_number_is_masked(typed, masked):
    assert rules.check_number(rules.client_system(UNIT), typed).masked == masked


def test_an_empty_client_number_is_none():
    assert rules.check_number(rules.client_system(UNIT), "  ").state == "impossible"


def test_zero_exclusion_is_breached_by_the_countrys_list():
    assert rules.breaches_zero_exclusion("not_ready", ["not_ready"])
    assert not rules.breaches_zero_exclusion("outside_area", ["not_ready"])


FIRST, LAST = date(2026, 9, 1), date(2026, 9, 29)
ASKED = date(2026, 9, 20)
VISIT, CALL, LETTER = (
    Attempt(FIRST, "in_person", True),
    Attempt(date(2026, 9, 10), "phone", False),
    Attempt(LAST, "message", False),
)


@pytest.mark.parametrize(
    ("attempts", "asked", "missing"),
    [
        pytest.param([VISIT, CALL, LETTER], ASKED, (), id="everything was tried"),
        pytest.param(
            [VISIT, CALL], ASKED, ("too_few_attempts", "too_short"), id="two only"
        ),
        pytest.param(
            [CALL, Attempt(FIRST, "phone", False), Attempt(LAST, "phone", False)],
            ASKED,
            ("one_mode_only", "none_in_community"),
            id="telephone only",
        ),
        pytest.param(
            [VISIT, CALL, Attempt(date(2026, 9, 28), "message", False)],
            ASKED,
            ("too_short",),
            id="a day short of four weeks",
        ),
        pytest.param(
            [VISIT, CALL, LETTER], None, ("team_not_asked",), id="nobody asked the team"
        ),
        pytest.param(
            [VISIT, CALL, LETTER],
            date(2026, 10, 9),
            ("team_not_asked",),
            id="the team is asked only afterwards",
        ),
        pytest.param(
            [],
            None,
            (
                "too_few_attempts",
                "one_mode_only",
                "none_in_community",
                "too_short",
                "team_not_asked",
            ),
            id="missed appointments alone",
        ),
    ],
)
@pytest.mark.parametrize("reason", ["lost_contact", "missed_appointments"])
def test_contact_is_lost_only_after_outreach(reason, attempts, asked, missing):
    found = rules.may_exit(reason, attempts, asked, date(2026, 10, 1))
    assert (found.ok, found.reasons) == (not missing, missing)


@pytest.mark.parametrize("reason", ["own_wish", "moved", "deceased", "other"])
def test_what_is_the_persons_own_needs_no_outreach(reason):
    assert rules.may_exit(reason, [], None, LAST).ok


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
TRIES = st.lists(
    st.builds(
        Attempt, DAYS, st.sampled_from(["in_person", "phone", ""]), st.booleans()
    ),
    max_size=6,
)


@given(TRIES, st.builds(Attempt, DAYS, st.just("phone"), st.just(True)), DAYS)
def test_one_more_attempt_never_makes_more_missing(tries, more, day):
    before = set(rules.may_exit("lost_contact", tries, day, day).reasons)
    after = set(rules.may_exit("lost_contact", [*tries, more], day, day).reasons)
    assert after <= before


QUEUE = st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=8)


@given(QUEUE)
def test_nobody_is_overtaken_where_all_are_met_in_the_order_of_their_referrals(days):
    referred = sorted({first for first, _entered in days})
    queue = [
        Queued(uuid4(), day, date(2027, 1, 1) + timedelta(place))
        for place, day in enumerate(referred)
    ]
    assert rules.skips(queue) == {}


@given(QUEUE)
def test_who_was_overtaken_was_referred_earlier_and_met_later(days):
    queue = [Queued(uuid4(), first, entered) for first, entered in days]
    by_id = {one.episode_id: one for one in queue}
    for key, others in rules.skips(queue).items():
        for other in others:
            assert by_id[other].referred_on > by_id[key].referred_on
            assert by_id[other].entered_on < by_id[key].waited_until


def test_who_gave_up_before_is_not_overtaken():
    gone = Queued(uuid4(), date(2026, 1, 5), None, ended_on=date(2026, 2, 1))
    later = Queued(uuid4(), date(2026, 2, 10), date(2026, 2, 20))
    assert rules.skips([gone, later]) == {}


def test_refusals_are_counted_by_reason_kind_role_and_what_came_of_them():
    noes = [
        No("not_yet", "not_ready", "clinician", date(2026, 9, 1), date(2026, 9, 8)),
        No("refused", "not_ready", "clinician", date(2026, 9, 9), date(2026, 9, 8)),
        No("delayed", "no_capacity", "supervisor", date(2026, 9, 2)),
    ]
    first, second = rules.counted(noes)
    assert (first.reason, first.number, first.met_later) == ("not_ready", 2, 1)
    assert first.by_role == (("clinician", 2),)
    assert (second.reason, second.by_kind) == ("no_capacity", (("delayed", 1),))


@given(
    st.lists(
        st.builds(
            No,
            st.sampled_from(["refused", "not_yet"]),
            st.sampled_from(["not_ready", "other"]),
            st.sampled_from(["clinician", "funder"]),
            DAYS,
            st.none() | DAYS,
        )
    )
)
def test_every_refusal_is_counted_once(noes):
    lines = rules.counted(noes)
    assert sum(line.number for line in lines) == len(noes)
    for line in lines:
        assert sum(number for _kind, number in line.by_kind) == line.number
        assert sum(number for _role, number in line.by_role) == line.number


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        pytest.param({}, (), id="a refusal as it is"),
        pytest.param(
            {"kind": "not_yet"}, ("until_on_missing",), id="not yet, until when?"
        ),
        pytest.param(
            {"kind": "not_yet", "until_on": LAST}, (), id="not yet, asked again later"
        ),
        pytest.param(
            {"kind": "delayed", "until_on": date(2026, 8, 1)},
            ("until_on_before",),
            id="asked again before it was said",
        ),
        pytest.param(
            {"reason": "funder_rule"}, ("funder_rule_missing",), id="a rule uncited"
        ),
        pytest.param(
            {"reason": "funder_rule", "funder_rule": " "},
            ("funder_rule_missing",),
            id="a blank is no citation",
        ),
        pytest.param(
            {"reason": "funder_rule", "funder_rule": "Scheme 2017, article 3"},
            (),
            id="a rule cited",
        ),
    ],
)
def test_a_refusal_is_whole(given, wrong):
    usual = {
        "kind": "refused",
        "reason": "other",
        "day": FIRST,
        "until_on": None,
        "funder_rule": "",
    }
    assert rules.check_no(**(usual | given)).reasons == wrong
