"""Rating, agreeing, moderating and settling: who may, when, and that every version stays."""

from datetime import timedelta

import pytest

from braid.fidelity import commands, queries
from braid.fidelity.commands.rating import Said
from braid.fidelity.models import Correction, Rating
from braid.fidelity.rating.reading import versions
from braid.kernel.errors import InputFault, Refused, Stale
from tests.cast import TODAY
from tests.factories.fidelity import ReviewFactory
from tests.fidelity.rating_scene import (
    a_review,
    an_earlier_review,
    compared,
    ticking,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def today():
    with ticking() as day:
        yield day


@pytest.fixture
def scene(world):
    return a_review(world)


def rows(scene, **of):
    return list(
        Rating.objects.system("test")
        .filter(review=scene.review, **of)
        .order_by("created_at", "pk")
    )


def standing(scene, name="rui"):
    return versions(scene.actor(name), scene.review)


# ---- Two windows, two people ------------------------------------------------------------


def test_another_window_of_the_same_reviewer_is_not_overwritten(scene):
    """Both windows showed no rating; the second is told what the first saved."""
    rui = scene.actor("rui")
    first = commands.rate(
        actor=rui, review=scene.review, said=Said(1, 4, seen="First words"), shown=""
    )
    with pytest.raises(Stale) as stale:
        commands.rate(
            actor=rui, review=scene.review, said=Said(1, 2, seen="Second"), shown=""
        )
    told_of = {change.field: (change.old, change.new) for change in stale.value.changes}
    assert told_of["score"] == ("", "4")
    assert told_of["seen"] == ("", "First words")
    assert len(rows(scene)) == 1
    commands.rate(actor=rui, review=scene.review, said=Said(1, 2), shown=str(first.pk))
    assert [row.score for row in rows(scene)] == [4, 2]


def test_the_other_reviewer_is_in_nobodys_way(scene):
    scene.rate("eve", 1, 2)
    commands.rate(
        actor=scene.actor("rui"), review=scene.review, said=Said(1, 4), shown=""
    )
    assert [row.score for row in rows(scene)] == [2, 4]


def test_two_who_agree_one_item_at_once_are_told_of_each_other(scene):
    compared(scene)
    said = Said(1, 4, reason="Two posts were vacant.")
    commands.agree(actor=scene.actor("rui"), review=scene.review, said=said, shown="")
    with pytest.raises(Stale) as stale:
        commands.agree(
            actor=scene.actor("eve"),
            review=scene.review,
            said=Said(1, 3, reason="One was."),
            shown="",
        )
    assert {change.by for change in stale.value.changes} == {"Rui Reviewer"}
    assert [row.score for row in rows(scene, stage="consensus")] == [4]


# ---- Locking ----------------------------------------------------------------------------


def test_nothing_is_locked_or_rated_once_the_review_was_withdrawn(scene):
    """The page was opened before; the review as it is now decides."""
    old = queries.review(scene.actor("rui"), scene.review.pk)
    commands.take_step(
        actor=scene.actor("ben"),
        review=scene.review,
        to="withdrawn",
        today=TODAY,
        reason="The unit closed.",
    )
    with pytest.raises(InputFault):
        commands.rate(actor=scene.actor("rui"), review=old, said=Said(1, 4))
    with pytest.raises(InputFault) as fault:
        commands.lock(actor=scene.actor("rui"), review=old)
    assert fault.value.reason == "not_rating"


def test_ratings_are_not_opened_to_one_whose_fellow_was_sent_away(scene):
    """Ending the other's seat is no way to open what is blind."""
    scene.rate_all("rui")
    seat = next(
        one for one in scene.review.seats.system("test") if one.part == "reviewer"
    )
    commands.end_seat(actor=scene.actor("ben"), seat=seat, today=TODAY)
    with pytest.raises(InputFault) as fault:
        scene.step("rui", "consensus")
    assert fault.value.reason == "too_few_raters"


@pytest.mark.parametrize("name", ["mo", "ben", "ada", "cora", "femi"])
def test_who_has_no_seat_to_rate_in_rates_nothing(scene, name):
    with pytest.raises(Refused):
        scene.rate(name)
    with pytest.raises(Refused):
        commands.lock(actor=scene.actor(name), review=scene.review)


def test_who_takes_no_part_agrees_nothing(scene):
    compared(scene)
    for name in ("ben", "ada", "cora"):
        with pytest.raises(Refused):
            scene.agree(name)


# ---- Agreeing and moderating ------------------------------------------------------------


def test_what_was_not_agreed_is_not_moderated(scene):
    compared(scene)
    with pytest.raises(InputFault) as fault:
        scene.agree("mo", 1, 2)
    assert fault.value.reason == "not_agreed"


def test_the_moderator_changes_with_a_reason_and_then_it_is_theirs(scene):
    compared(scene).agree("rui", 1, 4)
    with pytest.raises(InputFault) as fault:
        scene.agree("mo", 1, 3, reason=" ")
    assert fault.value.reason == "no_reason"
    scene.agree("mo", 1, 3, reason="The log has six weeks only.")
    assert standing(scene)[1].standing.score == 3
    with pytest.raises(InputFault) as fault:
        scene.agree("rui", 1, 5)
    assert fault.value.reason == "moderated_already"
    assert [(row.stage, row.score) for row in rows(scene, rater=None)] == [
        ("consensus", 4),
        ("moderated", 3),
    ]


def test_a_missing_score_that_gets_one_needs_its_reason_too(scene):
    scene.rate("rui", 1, None, status="insufficient")
    for item in range(2, 26):
        scene.rate("rui", item)
    commands.lock(actor=scene.actor("rui"), review=scene.review)
    scene.rate_all("eve")
    scene.step("rui", "consensus")
    with pytest.raises(InputFault) as fault:
        scene.agree("eve", 1, 4, reason="")
    assert fault.value.reason == "no_reason"
    scene.agree("eve", 2, 4, reason="")


def test_where_there_is_a_moderator_only_they_tell_the_service(scene):
    compared(scene).agree_all("rui")
    with pytest.raises(Refused):
        scene.step("rui", "moderated")
    scene.step("mo", "moderated")
    assert scene.review.told_on == TODAY


def test_without_a_moderator_the_reviewers_tell_it(world):
    scene = compared(a_review(world, moderated=False))
    scene.agree_all("eve")
    scene.step("eve", "moderated")
    assert scene.review.status == "moderated"


def test_in_the_week_of_the_service_no_score_moves(scene):
    told(scene)
    for name in ("rui", "mo"):
        with pytest.raises(InputFault) as fault:
            scene.agree(name, 1, 2)
        assert fault.value.reason == "not_open"


# ---- The answer, and the end ------------------------------------------------------------


def test_supervisor_and_contact_answer_and_nobody_else_does(scene):
    told(scene)
    made = commands.answer(
        actor=scene.actor("ben"),
        review=scene.review,
        item=9,
        text="Two were refused by the payer.",
        shown_by="Letters of May",
    )
    assert (made.text, made.shown_by) == (
        "Two were refused by the payer.",
        "Letters of May",
    )
    for name in ("rui", "mo", "ada", "cora", "femi"):
        with pytest.raises(Refused):
            commands.answer(
                actor=scene.actor(name), review=scene.review, item=9, text="No."
            )


def test_final_scores_are_those_that_stood_and_those_that_changed(scene):
    """Item 1 moderated, item 2 settled after the answer, the others as agreed."""
    compared(scene).agree_all("rui", 4)
    scene.agree("mo", 1, 3, reason="The log has six weeks only.")
    scene.step("mo", "moderated")
    scene.step("rui", "answered", day=TODAY + timedelta(7))
    scene.agree("eve", 2, 5, reason="The letters of May show it.")
    scene.step("rui", "final")
    final = {row.item: row.score for row in rows(scene, stage="final")}
    assert final == {1: 3, 2: 5} | dict.fromkeys(range(3, 26), 4)
    with pytest.raises(InputFault):
        scene.agree("rui", 3, 5)


# ---- An earlier score that was wrong ----------------------------------------------------


@pytest.fixture
def earlier(world):
    return an_earlier_review(world, TODAY - timedelta(365))


def correct(scene, earlier, **given):
    said = {"item": 9, "text": "A rule on abstinence was overlooked."}
    return commands.correct(
        actor=scene.actor("rui"), review=scene.review, earlier=earlier, **said | given
    )


def test_an_earlier_error_is_said_here_and_marked_there(scene, earlier):
    compared(scene)
    correct(scene, earlier)
    correct(scene, earlier, text="The rule on abstinence was overlooked.")
    (one,) = queries.corrections(scene.actor("eve"), scene.review)
    assert (one.earlier, one.item) == (earlier, 9)
    assert "abstinence" in one.text
    (marked,) = queries.found_wrong(scene.actor("rui"), [earlier])
    assert marked == one
    kept = Rating.objects.system("test").get(review=earlier, item=9)
    assert kept.score == 5


def test_the_service_reads_of_an_earlier_error_once_it_is_told(scene, earlier):
    compared(scene)
    correct(scene, earlier)
    for name in ("ben", "ada", "cora"):
        assert queries.found_wrong(scene.actor(name), [earlier]) == []
    scene.agree_all("rui")
    scene.step("mo", "moderated")
    for name in ("ben", "ada", "cora"):
        assert len(queries.found_wrong(scene.actor(name), [earlier])) == 1
    assert queries.found_wrong(scene.actor("ola"), [earlier]) == []


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"item": 40}, "item_unknown", id="no such item"),
        pytest.param({"text": " "}, "no_text", id="no words"),
    ],
)
def test_a_correction_that_says_nothing_is_refused(scene, earlier, given, reason):
    compared(scene)
    with pytest.raises(InputFault) as fault:
        correct(scene, earlier, **given)
    assert fault.value.reason == reason


def test_only_an_earlier_final_review_of_the_same_service_is_corrected(scene, world):
    compared(scene)
    other = ReviewFactory(unit=world.elsewhere, status="final", facts_on=SOON)
    unfinished = ReviewFactory(unit=world.north, facts_on=SOON)
    later = ReviewFactory(
        unit=world.north, status="final", facts_on=TODAY + timedelta(1)
    )
    for one in (other, unfinished, later, scene.review):
        with pytest.raises(InputFault) as fault:
            correct(scene, one)
        assert fault.value.reason == "not_earlier"


SOON = TODAY - timedelta(30)


def test_nobody_speaks_of_earlier_errors_before_ratings_are_open(scene, earlier):
    """What one reviewer found wrong would tell the other how they see it now."""
    with pytest.raises(InputFault) as fault:
        correct(scene, earlier)
    assert fault.value.reason == "not_open"
    assert not Correction.objects.system("test").exists()


# ---- A band that is stated --------------------------------------------------------------


def test_a_stated_band_is_one_of_the_scale_or_an_authors_word_for_it(scene):
    compared(scene)
    commands.state_band(actor=scene.actor("rui"), review=scene.review, band="high")
    assert scene.review.stated_band == "good"
    with pytest.raises(InputFault):
        commands.state_band(actor=scene.actor("rui"), review=scene.review, band="gold")
    commands.state_band(actor=scene.actor("rui"), review=scene.review, band="")
    assert scene.review.stated_band == ""
