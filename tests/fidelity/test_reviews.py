"""A review of North: Rui leads, Eve rates beside; blind until both have locked.

Ben plans it, Cora and the manager read what it says once the service was told.
"""

from datetime import date, timedelta
from uuid import UUID

import pytest

from braid.access import policy
from braid.access.policy import Action
from braid.fidelity import commands, queries, rules
from braid.fidelity.commands.rating import Said
from braid.fidelity.commands.reviews import Plan
from braid.fidelity.models import Evidence, Rating, Review, Seat
from braid.kernel.errors import InputFault, Refused
from braid.packs import jurisdictions
from tests.cast import TODAY
from tests.factories.facts import SnapshotFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

WISH = Plan(
    scale="ips-25",
    mode="independent",
    facts_on=TODAY,
    first_day=TODAY + timedelta(7),
    last_day=TODAY + timedelta(8),
)
ITEMS = range(1, 26)


@pytest.fixture
def review(world) -> Review:
    made = commands.plan(actor=world.ben.actor, unit=world.north, wish=WISH)
    for name, part in (("rui", "lead"), ("eve", "reviewer")):
        commands.give_seat(
            actor=world.ben.actor,
            review=made,
            user=getattr(world, name).user,
            part=part,
        )
    return made


def step(world, review, to, by="rui", **more) -> Review:
    actor = getattr(world, by).actor
    commands.take_step(actor=actor, review=review, to=to, today=TODAY, **more)
    review.refresh_from_db()
    return review


@pytest.fixture
def rating(world, review) -> Review:
    return step(world, review, "rating", by="ben", snapshot=SnapshotFactory())


def rate_all(world, review, name, score=4) -> None:
    actor = getattr(world, name).actor
    for item in ITEMS:
        commands.rate(actor=actor, review=review, said=Said(item, score))
    commands.lock(actor=actor, review=review)


def seen_by(member, review) -> set:
    return {row.pk for row in queries.ratings(member.actor, review)}


@pytest.fixture
def compared(world, rating) -> Review:
    rate_all(world, rating, "rui")
    rate_all(world, rating, "eve", score=3)
    return step(world, rating, "consensus")


def test_a_review_is_planned_by_who_oversees_the_unit(world):
    with pytest.raises(Refused):
        commands.plan(actor=world.ada.actor, unit=world.north, wish=WISH)
    with pytest.raises(Refused):
        commands.plan(actor=world.ola.actor, unit=world.north, wish=WISH)


def test_only_who_has_a_seat_knows_of_it_from_outside(world, review):
    assert queries.review(world.rui.actor, review.pk) == review
    assert queries.review(world.ben.actor, review.pk) == review
    assert queries.review(world.femi.actor, review.pk) is None
    assert queries.review(world.ola.actor, review.pk) is None


def test_one_reviewer_is_too_few(world):
    made = commands.plan(actor=world.ben.actor, unit=world.north, wish=WISH)
    commands.give_seat(
        actor=world.ben.actor, review=made, user=world.rui.user, part="lead"
    )
    with pytest.raises(InputFault) as fault:
        step(world, made, "rating", by="ben", snapshot=SnapshotFactory())
    assert fault.value.reason == "too_few_raters"


def test_nothing_is_rated_before_the_figures_are_frozen(world, review):
    with pytest.raises(InputFault) as fault:
        step(world, review, "rating", by="ben")
    assert fault.value.reason == "no_snapshot"


def test_blind_means_blind_until_both_have_locked(world, rating):
    """What Rui rates is in no list and no object answer of anybody else."""
    rui, eve = world.rui, world.eve
    own = commands.rate(actor=rui.actor, review=rating, said=Said(1, 5, seen="19 each"))
    assert seen_by(rui, rating) == {own.pk}
    for name in ("eve", "ben", "cora", "sam", "ada"):
        assert seen_by(getattr(world, name), rating) == set()
    rate_all(world, rating, "eve")
    assert own.pk not in seen_by(eve, rating)
    rate_all(world, rating, "rui")
    assert own.pk not in seen_by(eve, rating)
    step(world, rating, "consensus")
    assert own.pk in seen_by(eve, rating)
    assert seen_by(world.ben, rating) == set()


def test_evidence_of_one_is_not_read_by_the_other_before(world, rating):
    rui, eve = world.rui.actor, world.eve.actor
    commands.gather(actor=rui, review=rating, kind="interview", text="Told us.", item=9)
    assert queries.evidence(rui, rating).count() == 1
    assert queries.evidence(eve, rating).count() == 0


def test_a_locked_rating_stays(world, rating):
    rate_all(world, rating, "rui")
    with pytest.raises(InputFault) as fault:
        commands.rate(actor=world.rui.actor, review=rating, said=Said(1, 2))
    assert fault.value.reason == "locked"


def test_an_open_item_is_not_locked(world, rating):
    commands.rate(actor=world.rui.actor, review=rating, said=Said(1, 5))
    with pytest.raises(InputFault) as fault:
        commands.lock(actor=world.rui.actor, review=rating)
    assert fault.value.reason == "items_open"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        pytest.param(Said(1, 6), "score_out_of_range", id="above the scale"),
        pytest.param(Said(1, 0), "score_out_of_range", id="below the scale"),
        pytest.param(Said(1, None), "score_out_of_range", id="scored with no score"),
        pytest.param(
            Said(1, 3, status="insufficient"),
            "score_out_of_range",
            id="a score without evidence",
        ),
        pytest.param(
            Said(1, 1, status="no_fit"), "no_fit_not_in_scale", id="no such box"
        ),
        pytest.param(Said(26, 3), "item_unknown", id="no such item"),
    ],
)
def test_what_is_no_score_is_refused(world, rating, said, reason):
    with pytest.raises(InputFault) as fault:
        commands.rate(actor=world.rui.actor, review=rating, said=said)
    assert fault.value.reason == reason


def test_ratings_are_never_averaged_and_a_change_has_its_reason(world, compared):
    """Rui rated 4, Eve 3: whatever is agreed, somebody's score changes."""
    with pytest.raises(InputFault) as fault:
        commands.agree(actor=world.rui.actor, review=compared, said=Said(1, 4))
    assert fault.value.reason == "no_reason"
    made = commands.agree(
        actor=world.rui.actor,
        review=compared,
        said=Said(1, 4, reason="Two posts were vacant."),
    )
    assert (made.stage, made.score, made.rater_id) == ("consensus", 4, None)
    rated = [row for row in queries.ratings(world.eve.actor, compared) if row.item == 1]
    assert sorted((row.stage, row.score) for row in rated) == [
        ("consensus", 4),
        ("rater", 3),
        ("rater", 4),
    ]


def agree_all(world, review) -> None:
    for item in ITEMS:
        commands.agree(
            actor=world.rui.actor, review=review, said=Said(item, 4, reason="Agreed.")
        )


@pytest.fixture
def told(world, compared) -> Review:
    agree_all(world, compared)
    return step(world, compared, "moderated")


def test_the_service_reads_its_scores_once_it_is_told(world, told):
    for name in ("ben", "ada", "cora"):
        found = queries.ratings(getattr(world, name).actor, told)
        assert {row.stage for row in found} >= {"consensus"}
    assert queries.ratings(world.ola.actor, told) == []


def test_a_service_answers_within_its_week(world, told):
    commands.answer(actor=world.ben.actor, review=told, item=9, text="See our log.")
    assert queries.answers(world.ben.actor, told).count() == 1
    with pytest.raises(InputFault) as fault:
        step(world, told, "answered")
    assert fault.value.reason == "week_not_over"


def test_personal_data_go_on_their_timer_and_scores_stay(world, told):
    commands.gather(
        actor=world.rui.actor, review=told, kind="interview", text="Pat said so."
    )
    with pytest.raises(InputFault):
        commands.forget(actor=world.ben.actor, review=told, today=TODAY)
    gone = commands.forget(
        actor=world.ben.actor, review=told, today=TODAY + timedelta(14)
    )
    assert gone["evidence"] == 1
    assert not Evidence.objects.system("test").exists()
    assert Rating.objects.system("test").filter(review=told).count() == 75


@pytest.mark.parametrize("to", ["moderated", "withdrawn"])
def test_a_country_says_for_how_long_personal_data_stay(
    world, compared, monkeypatch, to
):
    """Its pack says seven days, so a seventh day keeps them and the next run does not."""
    pack = jurisdictions.of_country(world.havnelund.country)
    shorter = pack.fidelity_evidence.model_copy(update={"days": 7})
    known = pack.model_copy(update={"fidelity_evidence": shorter})
    monkeypatch.setattr(jurisdictions, "of_country", lambda country: known)
    agree_all(world, compared)
    by, why = ("rui", {}) if to == "moderated" else ("ben", {"reason": "It moves."})
    review = step(world, compared, to, by=by, **why)
    assert review.delete_by == TODAY + timedelta(7)
    assert queries.to_forget(world.havnelund.pk, TODAY + timedelta(6)) == []
    assert queries.to_forget(world.havnelund.pk, TODAY + timedelta(7)) == [review.pk]


def test_list_and_object_answer_alike_for_every_member(world, compared):
    for member in world.cast.values():
        for model in (Review, Seat, Rating, Evidence):
            for action in (Action.READ, Action.RATE):
                listed = set(model.objects.visible_to(member.actor, action))
                allowed = {
                    row
                    for row in model.objects.system("test")
                    if policy.decide(member.actor, action, row.subject()).allowed
                }
                assert listed == allowed


# ---- The rules alone --------------------------------------------------------------------


def test_a_sample_is_drawn_again_by_its_seed_and_spread_over_groups():
    strata = {
        name: [UUID(int=n * 100 + k) for k in range(20)]
        for n, name in enumerate(("working", "searching", "ended"))
    }
    one, again = rules.draw(strata, 10, 7), rules.draw(strata, 10, 7)
    assert one == again != rules.draw(strata, 10, 8)
    assert len({drawn.episode for drawn in one}) == 10
    counts = [sum(drawn.stratum == name for drawn in one) for name in strata]
    assert max(counts) - min(counts) <= 1


def test_a_small_unit_gives_all_it_has():
    assert len(rules.draw({"working": [UUID(int=1)], "ended": []}, 10, 1)) == 1


@pytest.mark.parametrize(
    ("first", "second", "exact", "within", "kappa"),
    [
        pytest.param([5, 4, 3], [5, 4, 3], 3, 3, 1.0, id="the same"),
        pytest.param([5, 1], [1, 5], 0, 0, -1.0, id="the opposite"),
        pytest.param([4, 4], [4, 4], 2, 2, None, id="no spread"),
        pytest.param([4, None, 2], [4, 3, 3], 2 - 1, 2, None, id="a gap is left out"),
    ],
)
def test_how_alike_two_reviewers_rate(first, second, exact, within, kappa):
    found = rules.alike(dict(enumerate(first)), dict(enumerate(second)))
    assert (found.exact, found.within_one) == (exact, within)
    if kappa is not None:
        assert found.kappa == pytest.approx(kappa)


def test_the_day_of_the_timer():
    assert rules.delete_by(date(2026, 10, 5), 14) == date(2026, 10, 19)
    assert rules.answer_by(date(2026, 10, 5)) == date(2026, 10, 12)
