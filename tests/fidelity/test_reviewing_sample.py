"""The sample of records: drawn from frozen facts by a seed, read by number and group."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.access.models import AuditEntry
from braid.fidelity import commands, queries, rules
from braid.fidelity.frozen import frozen_facts
from braid.fidelity.models import Chart
from braid.fidelity.strata import strata
from braid.kernel.errors import InputFault, Refused
from braid.people.models import Episode
from tests.cast import TODAY
from tests.factories.work import ContactFactory
from tests.fidelity.reviewed import freeze, peopled, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def data(tmp_path, settings):
    settings.BRAID_DATA = tmp_path
    return tmp_path


@pytest.fixture
def frozen(world, data):
    return freeze(world, planned(peopled(world)))


def groups(review):
    with frozen_facts(review) as known:
        return strata(known, review.unit_id, review.facts_on)


def test_the_groups_are_searching_working_lately_lost_and_withdrawn(world, data):
    peopled(world)
    met = Episode.objects.system("test").exclude(jobs__isnull=False)
    ContactFactory(
        episode=met.exclude(pk=world.quinn_episode.pk).first(),
        day=TODAY - timedelta(10),
        with_applicant=True,
        attended=True,
    )
    found = groups(freeze(world, planned(world)))
    counts = {name: len(keys) for name, keys in found.episodes.items()}
    assert counts == {"job_lost": 4, "working": 4, "searching": 1, "withdrawn": 5}


def test_somebody_who_ended_long_ago_is_in_no_group(world, data):
    gone = world.quinn_episode
    Episode.objects.system("test").filter(pk=gone.pk).update(
        exited_on=TODAY - timedelta(10), state="ended", exit_reason="moved"
    )
    lately = groups(freeze(world, planned(world))).episodes["withdrawn"]
    assert gone.pk in lately
    Episode.objects.system("test").filter(pk=gone.pk).update(
        exited_on=TODAY - timedelta(200), entered_on=TODAY - timedelta(400)
    )
    found = groups(freeze(world, planned(world))).episodes
    assert all(gone.pk not in keys for keys in found.values())


def test_nothing_is_drawn_before_the_figures_are_frozen(world):
    with pytest.raises(InputFault) as fault:
        commands.draw_from_facts(actor=world.ben.actor, review=planned(world))
    assert fault.value.reason == "no_snapshot"


def test_it_is_drawn_once_and_again_the_same_by_its_seed(world, frozen):
    drawn = commands.draw_from_facts(actor=world.ben.actor, review=frozen)
    assert len(drawn) == rules.CHARTS
    with pytest.raises(InputFault) as fault:
        commands.draw_from_facts(actor=world.ben.actor, review=frozen)
    assert fault.value.reason == "drawn_already"
    found = groups(frozen)
    again = rules.draw(found.episodes, rules.CHARTS, frozen.seed, found.holders)
    assert [(one.number, one.episode_id) for one in drawn] == [
        (one.number, one.episode) for one in again
    ]


def test_a_colleague_who_does_not_plan_draws_nothing(world, frozen):
    for name in ("ada", "eve", "cora", "ola"):
        with pytest.raises(Refused):
            commands.draw_from_facts(actor=getattr(world, name).actor, review=frozen)


@given(
    sizes=st.lists(st.integers(0, 12), min_size=4, max_size=4),
    staff=st.integers(1, 4),
    seed=st.integers(0, 2**31),
)
def test_no_specialist_is_drawn_far_more_often_than_another(sizes, staff, seed):
    """In one group with as many of each, the counts differ by one at most."""
    found = {
        name: [UUID(int=1000 * n + k + 1) for k in range(size)]
        for n, (name, size) in enumerate(zip("abcd", sizes, strict=True))
    }
    holders = {key: str(key.int % staff) for keys in found.values() for key in keys}
    drawn = rules.draw(found, 10, seed, holders)
    assert len(drawn) == min(10, sum(sizes))
    assert len({one.episode for one in drawn}) == len(drawn)
    alone = rules.draw(
        {"a": [UUID(int=k) for k in range(4 * staff)]},
        2 * staff,
        seed,
        {UUID(int=k): str(k % staff) for k in range(4 * staff)},
    )
    each = Counter(one.episode.int % staff for one in alone)
    assert set(each.values()) == {2}


# ---- Who sees whose ---------------------------------------------------------------------


def test_reviewers_read_a_number_and_a_group_and_the_service_whose_it_is(
    world, frozen, as_
):
    commands.draw_from_facts(actor=world.ben.actor, review=frozen)
    names = {
        f"{one.applicant.given_name} {one.applicant.family_name}"
        for one in Episode.objects.system("test").select_related("applicant")
    }
    address = f"/fidelity-review/{frozen.pk}/sample/"
    for name in ("rui", "eve"):
        told = as_(name).get(address).content.decode()
        assert "lost a job within three months" in told
        assert not any(one in told for one in names)
        assert queries.whose(getattr(world, name).actor, frozen) == {}
    before = AuditEntry.objects.filter(action="review_sample_named").count()
    told = as_("ben").get(address).content.decode()
    assert sum(one in told for one in names) == rules.CHARTS
    assert AuditEntry.objects.filter(action="review_sample_named").count() == before + 1


def test_the_rows_that_reviewers_read_do_not_carry_the_key(world, frozen):
    commands.draw_from_facts(actor=world.ben.actor, review=frozen)
    for chart in queries.charts(world.rui.actor, frozen):
        assert "episode_id" in chart.get_deferred_fields()


def test_the_sample_is_drawn_from_its_page(world, frozen, as_):
    answer = as_("ben").post(f"/fidelity-review/{frozen.pk}/sample/", follow=True)
    assert "The sample is drawn." in answer.content.decode()
    assert Chart.objects.system("test").filter(review=frozen).count() == rules.CHARTS
