"""A scenario page from the question to the hand of the person, and its safety rules."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import Http404
from django.utils import timezone

from braid.access.models import AuditEntry
from braid.benefits import commands, engines, queries, tasks, working_out
from braid.benefits.choices import CalculationState
from braid.benefits.models import Calculation, Counselling
from braid.benefits.presenters.scenario import scenario
from braid.kernel.errors import InputFault, Refused, Stale
from braid.method.benefits.stored import text_of
from braid.packs import benefits as packs
from tests.cast import TODAY
from tests.factories.access import MembershipFactory
from tests.factories.benefits import CalculationFactory

DAY = timedelta(days=1)
NOW = timezone.make_aware(timezone.datetime(2026, 10, 5, 9))


def confirmed(una, page):
    commands.tell_duties(actor=una, calculation=page, day=TODAY)
    commands.confirm(actor=una, calculation=page, row_version=page.row_version, now=NOW)
    return queries.calculation(una, page.pk)


def rows(page):
    return [(row["hours"], row["net"]) for row in page.result["rows"]]


def test_a_question_is_worked_out_to_the_cent_and_kept_as_text(asked, today):
    page = asked()
    assert page.state == CalculationState.READY
    assert rows(page) == [
        ("0", "1150.00"),
        ("4", "1354.00"),
        ("8", "1458.00"),
        ("12", "1549.60"),
        ("16", "1632.80"),
        ("20", "1566.00"),
        ("24", "1649.20"),
        ("30", "1774.00"),
        ("37", "1919.60"),
    ]
    assert (page.pack_id, page.pack_version) == ("xx-test", "1")


def test_stored_inputs_give_the_same_answer_byte_for_byte(asked, today):
    page = asked()
    kept = json.loads(json.dumps(page.inputs))
    assert text_of(working_out.work_out(kept)) == text_of(page.result)


def test_the_same_question_is_not_worked_out_twice(asked, today, monkeypatch):
    first = asked()
    monkeypatch.setattr(
        working_out, "work_out", lambda kept: pytest.fail("worked out again")
    )
    again = asked()
    assert (again.pk != first.pk, again.result) == (True, first.result)


def test_rules_that_are_gone_leave_the_earlier_page_as_it_was(
    asked, today, monkeypatch
):
    before = asked()

    def gone(kept):
        raise working_out.Unavailable("rules_missing")

    monkeypatch.setattr(working_out, "work_out", gone)
    page = asked(wage="13.00")
    assert (page.state, page.fault) == ("failed", "rules_missing")
    assert Calculation.objects.system("a test").get(pk=before.pk).result is not None


def test_whoever_lost_the_role_meanwhile_has_nothing_worked_out(
    world, una, asked, today
):
    """Given a queued question, when Una left, then the worker refuses to answer it."""
    page = CalculationFactory(episode=world.pat_episode, inputs=asked().inputs)
    world.una.user.memberships.update(last_day=TODAY - DAY)
    tasks.start(una, page.pk)
    page = Calculation.objects.system("a test").get(pk=page.pk)
    assert (page.state, page.result) == ("queued", None)


@pytest.mark.parametrize("name", ["ada", "ben", "pat_account", "kit", "ola"])
def test_only_a_counsellor_of_the_unit_confirms(world, asked, today, name):
    page = asked()
    actor = getattr(world, name).actor
    with pytest.raises(Refused):
        commands.confirm(
            actor=actor, calculation=page, row_version=page.row_version, now=NOW
        )
    assert Calculation.objects.system("a test").get(pk=page.pk).confirmed_at is None


def test_a_confirmed_page_names_who_confirmed_it(una, asked, today):
    page = confirmed(una, asked())
    assert (page.confirmed_by_id, page.confirmed_at) == (una.id, NOW)
    with pytest.raises(InputFault) as told:
        commands.confirm(
            actor=una, calculation=page, row_version=page.row_version, now=NOW
        )
    assert told.value.reason == "already_confirmed"


def test_what_somebody_else_changed_meanwhile_is_not_confirmed(una, asked, today):
    page = asked()
    version = page.row_version
    commands.tell_duties(actor=una, calculation=page, day=TODAY)
    with pytest.raises(Stale):
        commands.confirm(
            actor=una,
            calculation=queries.calculation(una, page.pk),
            row_version=version,
            now=NOW,
        )


def test_nothing_is_handed_over_before_the_duties_were_talked_through(
    una, asked, today
):
    page = asked()
    commands.confirm(actor=una, calculation=page, row_version=page.row_version, now=NOW)
    with pytest.raises(InputFault) as told:
        commands.hand_over(actor=una, calculation=page, how="post", day=TODAY)
    assert told.value.reason == "duties_not_shown"
    commands.tell_duties(actor=una, calculation=page, day=TODAY)
    commands.hand_over(actor=una, calculation=page, how="in_person", day=TODAY)
    assert queries.calculation(una, page.pk).delivered_on == TODAY


def test_an_expired_pack_blocks_print_and_confirmation(una, asked, today, monkeypatch):
    page = asked()
    pack = packs.get("xx-test").model_copy(update={"expires_on": date(2026, 10, 4)})
    monkeypatch.setattr(packs, "get", lambda *name: pack)
    with pytest.raises(InputFault) as told:
        commands.confirm(
            actor=una, calculation=page, row_version=page.row_version, now=NOW
        )
    assert told.value.reason == "expired_pack"


def test_the_person_decides_whether_the_specialist_reads(world, una, asked, today):
    ada, pat = world.ada.actor, world.pat_account.actor
    page = asked()
    with pytest.raises(InputFault):  # a draft is nobody's to show
        commands.show_to_unit(actor=pat, calculation=page)
    with pytest.raises(Http404):  # nor to be read before a counsellor confirmed it
        queries.calculation(pat, page.pk)
    page = confirmed(una, page)
    with pytest.raises(Http404):
        queries.calculation(ada, page.pk)
    with pytest.raises(Refused):
        commands.show_to_unit(actor=ada, calculation=page)
    commands.show_to_unit(actor=pat, calculation=queries.calculation(pat, page.pk))
    assert queries.calculation(ada, page.pk) == page
    commands.hide(actor=pat, calculation=queries.calculation(pat, page.pk))
    with pytest.raises(Http404):
        queries.calculation(ada, page.pk)


def test_a_recall_lists_exactly_the_pages_and_who_is_to_be_told(
    world, una, asked, today
):
    """Given pages by two versions, when one is recalled, then only its people are due."""
    mine = confirmed(una, asked())
    other = CalculationFactory(
        episode=world.quinn_episode, pack_id="xx-test", pack_version="0"
    )
    found = commands.recall(
        actor=una,
        calculations=queries.calculations_with(una, "xx-test", "1"),
        words="The limit was wrong.",
        day=TODAY,
    )
    assert [one.calculation_id for one in found] == [mine.pk]
    assert queries.calculation(una, mine.pk).recalled_on == TODAY
    assert queries.calculation(una, other.pk).recalled_on is None
    due = Counselling.objects.system("a test").get()
    assert (due.trigger, due.due_on, due.episode_id) == (
        "rules",
        TODAY,
        world.pat_episode.pk,
    )
    with pytest.raises(InputFault) as told:
        commands.hand_over(
            actor=una,
            calculation=queries.calculation(una, mine.pk),
            how="post",
            day=TODAY,
        )
    assert told.value.reason == "recalled"


def test_nobody_recalls_pages_of_another_unit(world, asked, today):
    page = asked()
    other = MembershipFactory(team=world.elsewhere, role="counsellor")
    stranger = replace(
        world.una.actor, id=other.user_id, teams=frozenset({world.elsewhere.pk})
    )
    assert queries.calculations_with(stranger, "xx-test", "1") == []
    with pytest.raises((Refused, Http404)):
        commands.recall(actor=stranger, calculations=[page], words="x", day=TODAY)


@pytest.mark.parametrize(
    ("base", "due"),
    [
        pytest.param(Decimal(1010), False, id="by as much as is tolerated"),
        pytest.param(Decimal(1020), True, id="by more"),
    ],
)
def test_rules_that_change_a_result_make_counselling_due(
    una, asked, today, monkeypatch, base, due
):
    page = confirmed(una, asked())
    pack = packs.get("xx-test")
    changed = pack.benefits[0].model_copy(update={"base": base})
    newer = pack.model_copy(update={"benefits": [changed, *pack.benefits[1:]]})
    monkeypatch.setattr(packs, "get", lambda *name: newer)
    found = commands.rules_changed(actor=una, calculations=[page], day=TODAY)
    assert bool(found) is due
    assert Counselling.objects.system("a test").exists() is due


def test_a_draft_goes_with_what_it_held_of_the_household(una, asked, today):
    draft, kept = asked(), confirmed(una, asked(wage="14.00"))
    commands.discard(actor=una, calculation=draft)
    with pytest.raises(InputFault):
        commands.discard(actor=una, calculation=kept)
    left = Calculation.objects.system("a test").values_list("pk", flat=True)
    assert list(left) == [kept.pk]


def test_nothing_is_saved_when_the_audit_fails(una, asked, today, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError("full")

    monkeypatch.setattr("braid.access.audit.record", fails)
    with pytest.raises(RuntimeError):
        asked()
    assert not Calculation.objects.system("a test").exists()


def test_steps_ascend_and_none_is_advised(asked, today):
    page = asked()
    shown = scenario(page, is_training=True)
    hours = [int(line.hours) for line in shown.lines]
    assert hours == sorted(hours)
    assert [line.net for line in shown.lines][:2] == ["1,150", "1,354"]
    assert shown.cliffs[-1] == (
        "Between about 19 and 26 hours a week you have less than at 19."
    )
    assert "From 20 to 37 hours: of each extra 100 you keep 40." in shown.kept
    assert shown.kept[-2] == (
        "From 16 to 20 hours: working more here leaves you with less."
    )
    assert shown.duties[0].by == date(2026, 10, 26)


def test_an_open_value_shows_its_question_and_no_net(una, pat_ref, asked, today):
    from braid.method.benefits import Inputs, Known

    pack = packs.get("dk")
    benefit = pack.benefits[0].id
    kept = working_out.store(
        Inputs(
            wage=Decimal("150.00"),
            hours=(Decimal(0), Decimal(16)),
            day=TODAY,
            benefits=(Known(benefit, Decimal(9000)),),
        ),
        using=working_out.rules_named("dk"),
        hours_offered=Decimal(16),
        household_verified=False,
    )
    result = working_out.work_out(kept)
    page = CalculationFactory.build(inputs=kept, result=result, state="ready")
    shown = scenario(page, is_training=False)
    assert {line.net for line in shown.lines} == {""}
    assert shown.picture is None
    assert all(one.question for one in shown.unknown)
    assert shown.not_verified


def test_an_engine_is_asked_once_for_all_hours_and_may_be_unavailable(
    asked, today, monkeypatch
):
    """Given an engine, when it answers the page is ready; when it does not, it says so."""
    calls = []
    answer = packs.get("xx-test").worked_out

    def engine(engine_id, inputs, rules_date):
        calls.append(engine_id)
        if len(calls) > 1:
            raise engines.EngineUnavailable(engine_id, "timeout")
        return answer(inputs)

    monkeypatch.setattr(engines, "worked_out", engine)
    page = asked(rules="policyengine-uk")
    assert (page.state, page.engine, calls) == (
        "ready",
        "policyengine-uk",
        ["policyengine-uk"],
    )
    failed = asked(rules="policyengine-uk", wage="15.00")
    assert (failed.state, failed.fault) == ("failed", "engine_unavailable")


def test_no_name_of_anybody_is_among_the_inputs(asked, today):
    page = asked()
    assert "Pat" not in json.dumps(page.inputs)
    assert set(page.inputs["asked"]["household"]) >= {"age", "partner", "children"}


def test_every_act_is_written_down(una, asked, today):
    page = confirmed(una, asked())
    kept = AuditEntry.objects.filter(record_key=str(page.pk))
    assert set(kept.values_list("action", flat=True)) == {
        "scenarios_asked",
        "scenarios_worked_out",
        "duties_told",
        "scenarios_confirmed",
    }
