"""A comparison that a worker makes, and what a page learns while it waits for it."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from braid.kernel.errors import Refused
from braid.outcomes import tasks
from braid.outcomes.adjusted import Person
from braid.outcomes.tasks import Adjustment, Answer, adjusted_answer
from tests.cast import TODAY
from tests.factories.access import TeamFactory
from tests.factories.people import (
    ApplicantFactory,
    CharacteristicFactory,
    EpisodeFactory,
    TreatmentSpellFactory,
)

pytestmark = pytest.mark.django_db
MEASURE = "out_first_job"


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
    yield
    cache.clear()


def asked(world, **other):
    said = {
        "units": (world.north.pk,),
        "measure": MEASURE,
        "group": "gender",
        "equal": (),
    }
    return Adjustment(**(said | {"day": TODAY} | other))


def people(actor, wish):
    return [
        Person(
            n % 37 * 10 + n % 3 * 4 + 1, n % 4 != 0, {"gender": ("woman", "man")[n % 2]}
        )
        for n in range(120)
    ]


def test_an_answer_is_found_by_a_worker_and_kept(world, monkeypatch):
    monkeypatch.setattr(tasks, "people_behind", people)
    answer = adjusted_answer(world.ben.actor, asked(world))
    assert answer.state == "done"
    assert answer.model["n"] == 120
    (ratio,) = answer.model["hazard_ratios"]
    named = ratio["column"], ratio["level"], ratio["reference"]
    assert named == ("gender", "man", "woman")
    monkeypatch.setattr(tasks, "people_behind", None)
    assert adjusted_answer(world.ben.actor, asked(world)) == answer


def test_a_page_waits_while_a_worker_has_not_begun(world, monkeypatch):
    begun = []
    monkeypatch.setattr(
        type(tasks.adjust), "enqueue", lambda task, **said: begun.append(said)
    )
    assert adjusted_answer(world.ben.actor, asked(world)) == Answer("waiting")
    assert adjusted_answer(world.ben.actor, asked(world)) == Answer("waiting")
    assert len(begun) == 1
    tasks.adjust.func(**begun[0])
    assert adjusted_answer(world.ben.actor, asked(world)).state == "refused"


def test_the_people_are_those_behind_the_measure_with_their_groups(world):
    for n, gender in enumerate(("woman", "man", "")):
        applicant = ApplicantFactory(
            organisation=world.north.organisation, gender=gender
        )
        episode = EpisodeFactory(
            unit=world.north,
            applicant=applicant,
            referred_on=TODAY - timedelta(200 + n),
            accepted_on=TODAY - timedelta(100 + n),
            at_referral="out_of_work",
        )
        CharacteristicFactory(episode=episode, key="prior_work", value="none")
    wish = asked(world, equal=("prior_work",))
    found = {one.days: one for one in tasks.people_behind(world.ben.actor, wish)}
    assert not any(one.event for one in found.values())
    assert [found[100 + n].known["gender"] for n in range(3)] == ["woman", "man", None]
    assert {found[100 + n].known["prior_work"] for n in range(3)} == {"none"}


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        pytest.param({"group": "shoe_size"}, "key_unknown", id="no key of the measure"),
        pytest.param({"measure": "quarters"}, "measure_without_days", id="no days"),
        pytest.param({}, "too_few_events", id="nobody has started"),
    ],
)
def test_where_there_is_none_the_reason_is_kept(world, wish, reason):
    answer = adjusted_answer(world.ben.actor, asked(world, **wish))
    assert (answer.state, answer.reason, answer.model) == ("refused", reason, None)


def test_of_two_sides_the_first_is_compared_with_the_second(world):
    for n, gender in enumerate(("woman", "man", "other")):
        applicant = ApplicantFactory(
            organisation=world.north.organisation, gender=gender
        )
        EpisodeFactory(
            unit=world.north,
            applicant=applicant,
            referred_on=TODAY - timedelta(200 + n),
            accepted_on=TODAY - timedelta(100 + n),
            at_referral="out_of_work",
        )
    wish = asked(world, sides=("woman", "man"))
    found = tasks.people_behind(world.ben.actor, wish)
    told = {one.days: one.known["gender"] for one in found}
    assert told == {100: "1", 101: "0"}


def test_who_would_rather_not_say_is_held_equal_to_nobody(world):
    episode = EpisodeFactory(
        unit=world.north,
        applicant=ApplicantFactory(organisation=world.north.organisation),
        referred_on=TODAY - timedelta(200),
        accepted_on=TODAY - timedelta(100),
        at_referral="out_of_work",
    )
    CharacteristicFactory(episode=episode, key="prior_work", value="rather_not")
    wish = asked(world, group="age_band", equal=("prior_work",))
    found = {one.days: one for one in tasks.people_behind(world.ben.actor, wish)}
    assert found[100].known["prior_work"] is None


def test_who_is_of_both_sides_is_left_out(world):
    """Somebody whom two treatment teams treat tells neither from the other."""
    episode = EpisodeFactory(
        unit=world.north,
        applicant=ApplicantFactory(organisation=world.north.organisation),
        referred_on=TODAY - timedelta(200),
        accepted_on=TODAY - timedelta(100),
        at_referral="out_of_work",
    )
    west = TeamFactory(organisation=world.havnelund, kind="treatment_team")
    for team, begun in ((world.east, 100), (west, 50)):
        TreatmentSpellFactory(
            episode=episode,
            team=team,
            first_day=TODAY - timedelta(begun),
            last_day=TODAY - timedelta(51) if begun == 100 else None,
        )
    teams = (str(world.east.pk), str(west.pk))
    wish = asked(world, group="team", sides=teams)
    (one,) = [
        one for one in tasks.people_behind(world.ben.actor, wish) if one.days == 100
    ]
    assert one.known["team"] is None


def test_the_same_people_are_also_compared_with_nothing_held_equal(world, monkeypatch):
    def known(actor, wish):
        return [
            Person(one.days, one.event, {"gender": str(n % 2), "age_band": str(n % 3)})
            for n, one in enumerate(people(actor, wish))
        ]

    monkeypatch.setattr(tasks, "people_behind", known)
    wish = asked(world, sides=("woman", "man"), equal=("age_band",))
    model = adjusted_answer(world.ben.actor, wish).model
    assert model["crude"]["column"] == "gender"
    alone = adjusted_answer(world.ben.actor, asked(world, sides=("woman", "man")))
    assert "crude" not in alone.model
    assert alone.model["hazard_ratios"][0] == model["crude"]


def test_two_units_are_compared_by_who_belongs_to_both(world):
    units = (world.north.pk, world.elsewhere.pk)
    wish = asked(world, units=units, group="unit", sides=tuple(map(str, units)))
    with pytest.raises(Refused):
        adjusted_answer(world.ben.actor, wish)


@pytest.mark.parametrize("member", ["cora", "femi", "ola", "una"])
def test_nobody_from_outside_the_unit_is_answered(world, member):
    with pytest.raises(Refused):
        adjusted_answer(getattr(world, member).actor, asked(world))


def test_another_actor_has_an_answer_of_their_own(world, monkeypatch):
    monkeypatch.setattr(tasks, "people_behind", people)
    adjusted_answer(world.ben.actor, asked(world))
    monkeypatch.setattr(
        tasks, "people_behind", lambda actor, wish: people(actor, wish)[:60]
    )
    assert adjusted_answer(world.ada.actor, asked(world)).model["n"] == 60


def test_what_breaks_is_noted_and_waited_for_no_longer(
    world, monkeypatch, settings, tmp_path
):
    settings.BRAID_DATA = tmp_path

    def broken(actor, wish):
        raise RuntimeError(f"a value about {world.pat.name}")

    monkeypatch.setattr(tasks, "people_behind", broken)
    answer = adjusted_answer(world.ben.actor, asked(world))
    assert (answer.state, answer.reason) == ("refused", "broken")
    (note,) = (tmp_path / "log").iterdir()
    assert world.pat.name not in note.read_text()


def test_what_is_asked_survives_its_way_to_the_worker(world):
    wish = asked(world, equal=("gender", "age_band"))
    assert Adjustment.of(wish.as_text) == wish
