"""What applicants ask under the law: asked once, due in a month, answered in words."""

from datetime import UTC, date, datetime

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from braid.access import request_rules, requests
from braid.access.choices import NoticeKind, RequestKind, RequestState
from braid.access.models import AuditEntry, Notice, SubjectRequest
from braid.kernel.errors import InputFault, Refused
from tests.factories.access import BlockFactory, SubjectRequestFactory

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)


def ask(world, kind="copy", words="", by="pat_account", now=NOW):
    return requests.ask(actor=getattr(world, by).actor, kind=kind, words=words, now=now)


def answer(world, request, state, words="", by="sam"):
    return requests.answer(
        actor=getattr(world, by).actor,
        request_id=request.pk,
        state=state,
        words=words,
        now=NOW,
    )


# The rules


def test_every_state_has_a_line_and_leads_to_an_end():
    assert set(request_rules.NEXT) == set(RequestState.values)
    for state in request_rules.OPEN:
        assert request_rules.DONE in request_rules.NEXT[state]


@given(st.lists(st.sampled_from(RequestState.values), max_size=6))
def test_an_answered_request_stays_answered(wanted):
    state = request_rules.RECEIVED
    over = False
    for to in wanted:
        if request_rules.may_enter(state, to):
            assert not over
            state = to
        over = state not in request_rules.OPEN


@pytest.mark.parametrize(
    ("asked_on", "due"),
    [
        pytest.param(date(2026, 10, 5), date(2026, 11, 5), id="a plain month"),
        pytest.param(date(2026, 1, 31), date(2026, 2, 28), id="a shorter month"),
        pytest.param(date(2026, 12, 31), date(2027, 1, 31), id="over new year"),
    ],
)
def test_an_answer_is_due_in_a_month(asked_on, due):
    assert request_rules.due_on(asked_on, 1) == due


# Asking


def test_a_request_begins_with_its_first_entry_and_a_day(world):
    made = ask(world, words="  All of it, please. ")
    assert (made.words, made.due_on) == ("All of it, please.", date(2026, 11, 5))
    assert [one.state for one in made.entries.all()] == [RequestState.RECEIVED]
    entry = AuditEntry.objects.get(action="request_made")
    assert entry.applicant_key == world.pat.pk


@pytest.mark.parametrize("name", ["ada", "ben", "sam", "cora", "ola"])
def test_nobody_asks_in_somebody_elses_place(world, name):
    with pytest.raises(Refused):
        ask(world, by=name)


def test_the_same_is_not_asked_twice_while_it_is_open(world):
    first = ask(world, "erasure")
    with pytest.raises(InputFault, match="already"):
        ask(world, "erasure")
    answer(world, first, "refused", "The law says that it is kept.")
    assert ask(world, "erasure").pk != first.pk


def test_several_things_can_be_wrong(world):
    ask(world, "correction", "My street is wrong.")
    ask(world, "correction", "My phone is wrong too.")
    assert requests.own(world.pat_account.actor).count() == 2


@pytest.mark.parametrize(
    ("kind", "words", "reason"),
    [
        pytest.param("correction", "  ", "words_missing", id="what is wrong?"),
        pytest.param("copy", "x" * 4001, "too_long", id="a book"),
    ],
)
def test_what_cannot_be_asked_says_why(world, kind, words, reason):
    with pytest.raises(InputFault) as fault:
        ask(world, kind, words)
    assert fault.value.reason == reason


# Answering


def test_the_applicant_is_told_of_an_answer_and_not_of_work_under_way(world):
    made = ask(world)
    answer(world, made, "under_way", "We are on it.")
    assert not Notice.objects.exists()
    answer(world, made, "done", "Here it is.")
    notice = Notice.objects.get()
    assert (notice.kind, notice.record_key) == (NoticeKind.REQUEST_ANSWERED, made.pk)
    made.refresh_from_db()
    assert made.state == RequestState.DONE
    assert [one.words for one in made.entries.all()] == [
        "",
        "We are on it.",
        "Here it is.",
    ]


def test_an_answered_request_is_not_answered_again(world):
    made = ask(world)
    answer(world, made, "done")
    with pytest.raises(InputFault, match="answered already"):
        answer(world, made, "refused", "No.")


def test_a_refusal_says_why(world):
    with pytest.raises(InputFault, match="Say why"):
        answer(world, ask(world), "refused")


@pytest.mark.parametrize("name", ["ada", "ben", "cora", "dev", "ola", "pat_account"])
def test_only_the_steward_answers(world, name):
    with pytest.raises(Refused):
        answer(world, ask(world), "done", by=name)


def test_a_steward_sees_the_requests_of_the_own_organisation_by_day(world):
    late = ask(world, "restriction", now=datetime(2026, 9, 20, tzinfo=UTC))
    SubjectRequestFactory()  # somewhere else
    ask(world, "copy")
    waiting = list(requests.waiting(world.sam.actor))
    assert [one.kind for one in waiting] == ["restriction", "copy"]
    assert requests.days_left(late, date(2026, 10, 22)) == -2
    assert list(requests.waiting(world.ben.actor)) == []
    with pytest.raises(Http404):
        requests.one(world.ben.actor, late.pk)


def test_a_blocked_steward_finds_no_request(world):
    from dataclasses import replace

    made = ask(world)
    BlockFactory(
        organisation=world.havnelund, applicant_id=world.pat.pk, user=world.sam.user
    )
    blocked = replace(world.sam.actor, hidden=frozenset({world.pat.pk}))
    assert list(requests.waiting(blocked)) == []
    with pytest.raises(Http404):
        requests.one(blocked, made.pk)
    assert SubjectRequest.objects.count() == 1


@pytest.mark.parametrize("state", RequestState.values)
@pytest.mark.parametrize("kind", RequestKind.values)
@pytest.mark.parametrize(
    ("act", "of"), [("copy", "copy"), ("erase", "erasure"), ("close", "restriction")]
)
def test_an_act_belongs_to_one_kind_while_it_is_open(act, of, kind, state):
    reason = request_rules.why_not(act, kind, state)
    if kind != of:
        assert reason == "other_kind"
    else:
        assert reason == ("" if state in ("received", "under_way") else "answered")
