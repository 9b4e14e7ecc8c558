"""The pages of ratings: what stands on each, for whom, and in which words."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from braid.documents import attached
from braid.fidelity import commands, queries
from braid.fidelity.models import Answer, Rating
from braid.fidelity.rating import figures
from braid.packs.scale_texts import texts
from tests.cast import TODAY
from tests.fidelity.rating_scene import (
    a_review,
    an_earlier_review,
    compared,
    ticking,
    told,
)
from tests.fidelity.reviewed import freeze, peopled, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    with ticking() as day:
        yield day


@pytest.fixture
def scene(world):
    return a_review(world)


def at(scene, name: str, *rest) -> str:
    return reverse(f"fidelity:{name}", args=[scene.review.pk, *rest])


def text(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


# ---- Rating -----------------------------------------------------------------------------


def test_the_list_says_how_far_the_own_rating_is(scene, as_):
    scene.rate("rui", 1, 5)
    scene.rate("rui", 2, None, status="insufficient")
    page = text(as_("rui"), at(scene, "rate"))
    assert "2 of 25 items have your rating" in page
    assert "not enough evidence" in page
    assert page.count("not rated yet") == 23
    assert "Eve Evaluator: has not locked yet" in page
    assert "Lock my ratings" not in page


def test_an_item_shows_each_score_with_its_anchor_as_radio_buttons(scene, as_):
    page = text(as_("rui"), at(scene, "rate_item", 9))
    for score in range(1, 6):
        assert f"<strong>{score}</strong>" in page
    assert "A formal rule excludes people." in page
    assert page.count('name="rating"') == 6
    assert "cannot be rated, does not fit" not in page


def test_only_a_scale_with_that_box_says_that_an_item_does_not_fit(world, as_):
    scene = a_review(world, scale="ips-15", scale_version="1997.1")
    address = at(scene, "rate_item", 1)
    rui = as_("rui")
    assert "cannot be rated, does not fit" in text(rui, address)
    assert rui.post(address, {"rating": "no_fit"}).status_code == 302
    kept = Rating.objects.system("test").get()
    assert (kept.status, kept.score) == ("no_fit", 1)


def test_anchors_are_in_the_readers_language(scene, as_):
    rui = as_("rui")
    rui.cookies["language"] = "da"
    danish = texts("ips-25", "da")
    page = rui.get(at(scene, "rate_item", 9), headers={"accept-language": "da"})
    assert danish.items[9].title in page.content.decode()


def test_saving_goes_on_to_the_next_item_without_a_rating(scene, as_):
    scene.rate("rui", 2)
    rui = as_("rui")
    saved = rui.post(
        at(scene, "rate_item", 1),
        {
            "rating": "4",
            "seen": "19 for each",
            "recommendation": "Keep it",
            "shown": "",
        },
    )
    assert saved["Location"] == at(scene, "rate_item", 3)
    (kept,) = Rating.objects.system("test").filter(item=1)
    assert (kept.score, kept.seen, kept.recommendation) == (4, "19 for each", "Keep it")


def test_a_form_without_a_score_says_so_and_keeps_the_words(scene, as_):
    response = as_("rui").post(at(scene, "rate_item", 1), {"seen": "Half a sentence"})
    assert response.status_code == 422
    assert "Half a sentence" in response.content.decode()
    assert not Rating.objects.system("test").exists()


def test_a_second_window_keeps_both_texts_and_sent_again_lets_its_own_stand(scene, as_):
    rui, address = as_("rui"), at(scene, "rate_item", 1)
    rui.post(address, {"rating": "4", "seen": "Of the first window", "shown": ""})
    sent = {"rating": "2", "seen": "Of the second window", "shown": ""}
    response = rui.post(address, sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "while you were typing" in page
    assert "Of the first window" in page
    assert "Of the second window" in page
    (first,) = Rating.objects.system("test")
    assert f'name="shown" value="{first.pk}"' in page
    assert rui.post(address, {**sent, "shown": str(first.pk)}).status_code == 302
    assert queries.own_ratings(scene.actor("rui"), scene.review)[1].score == 2


def test_all_rated_can_be_locked_and_is_read_only_then(scene, as_):
    for item in range(1, 26):
        scene.rate("rui", item)
    rui = as_("rui")
    assert "Lock my ratings" in text(rui, at(scene, "rate"))
    rui.post(at(scene, "rate_lock"))
    assert "Locked" in text(rui, at(scene, "rate"))
    page = text(rui, at(scene, "rate_item", 1))
    assert 'name="rating"' not in page
    response = rui.post(at(scene, "rate_item", 1), {"rating": "1"})
    assert response.status_code == 422
    assert "locked" in response.content.decode()


def test_a_lock_with_open_items_names_them(scene, as_):
    rui = as_("rui")
    for item in range(1, 25):
        scene.rate("rui", item)
    page = rui.post(at(scene, "rate_lock"), follow=True).content.decode()
    assert "Items without a rating: 25." in page


@pytest.mark.parametrize("name", ["mo", "ben", "ada", "cora"])
def test_who_has_no_seat_to_rate_in_has_no_page_to_rate_on(scene, as_, name):
    for address in (at(scene, "rate"), at(scene, "rate_item", 1)):
        assert as_(name).get(address).status_code == 403


@pytest.mark.parametrize("name", ["ola", "femi", "sam"])
def test_a_stranger_does_not_learn_that_there_is_a_review(scene, as_, name):
    for part in ("rate", "consensus", "answers", "final"):
        assert as_(name).get(at(scene, part)).status_code in (403, 404)


def test_an_item_that_the_scale_has_not_is_not_there(scene, as_):
    assert as_("rui").get(at(scene, "rate_item", 26)).status_code == 404


# ---- Side by side -----------------------------------------------------------------------


def test_differences_come_first_and_agreement_is_told_with_its_meaning(scene, as_):
    for item in range(1, 26):
        scene.rate("rui", item, 1 if item == 20 else 4)
        scene.rate("eve", item, 3 if item in (5, 20) else 4)
    for name in ("rui", "eve"):
        commands.lock(actor=scene.actor(name), review=scene.review)
    scene.step("rui", "consensus")
    page = text(as_("eve"), at(scene, "disagreement"))
    assert "Rui Reviewer and Eve Evaluator" in page
    assert "23 of 25" in page
    assert "24 of 25" in page
    assert "two points apart weigh four times as much" in page
    first, second = page.index("20. "), page.index("5. Working together in")
    assert first < second < page.index("Rated the same")


def test_what_the_record_computes_is_shown_once_ratings_are_compared(scene, as_):
    row = {"review": scene.review, "stage": "computed", "status": "insufficient"}
    Rating.objects.create(**row, item=7, score=None, figures={"floor": 2, "ceiling": 4})
    assert "2 to 4" not in text(as_("rui"), at(scene, "rate_item", 7))
    compared(scene)
    for part in (at(scene, "disagreement"), at(scene, "consensus_item", 7)):
        assert "The record alone would give 2 to 4." in text(as_("rui"), part)


# ---- Consensus, moderation, final -------------------------------------------------------


def test_what_both_gave_is_proposed_and_what_differs_is_not(scene, as_):
    for name, scores in (("rui", (4, 4)), ("eve", (4, 3))):
        for item in range(1, 26):
            scene.rate(name, item, scores[item == 2])
        commands.lock(actor=scene.actor(name), review=scene.review)
    scene.step("eve", "consensus")
    page = text(as_("rui"), at(scene, "consensus_item", 1))
    assert re.search(r'<input[^>]* value="4"[^>]* checked', page)
    compared_page = text(as_("rui"), at(scene, "consensus_item", 2))
    assert re.search(r'<input[^>]* name="rating"[^>]* checked', compared_page) is None


def test_the_sum_is_an_interval_until_every_item_has_a_score(scene, as_):
    compared(scene, 4, 4)
    for item in range(1, 25):
        scene.agree("rui", item, 4)
    page = text(as_("rui"), at(scene, "consensus"))
    assert "97 to 101" in page
    assert "Fair or Good" in page
    assert "Without a score yet: 25." in page
    scene.agree("rui", 25, None, status="insufficient")
    page = text(as_("rui"), at(scene, "consensus"))
    assert "97 to 101" in page
    assert "Without enough evidence: 25." in page
    scene.agree("rui", 25, 4)
    page = text(as_("rui"), at(scene, "consensus"))
    assert ">100<" in page
    assert "Good" in page


def test_a_stated_band_that_the_scores_do_not_give_is_flagged(scene, as_):
    compared(scene, 3, 3).agree_all("rui", 3)
    rui = as_("rui")
    rui.post(
        at(scene, "stated_band"),
        {"band": "good", "row_version": queries.locked(scene.review).row_version},
    )
    page = text(rui, at(scene, "consensus"))
    assert "Stated band: Good." in page
    assert "The scores give another band" in page


def test_edition_rule_log_and_house_rules_stand_beside_the_scores(scene, as_):
    compared(scene)
    page = text(as_("mo"), at(scene, "consensus"))
    assert "Supported Employment Fidelity Review Manual, 4th edition" in page
    assert "Rule 10 of the manual of 2015 is kept" in page
    assert "not yet verified" in page


def test_moderation_shows_what_was_agreed_and_keeps_every_version(scene, as_):
    compared(scene).agree("rui", 1, 4)
    mo, address = as_("mo"), at(scene, "moderation_item", 1)
    without = mo.post(address, {"rating": "3", "shown": ""})
    assert "Say why the score changed" in without.content.decode()
    assert (
        mo.post(
            address, {"rating": "3", "reason": "Six weeks only.", "shown": ""}
        ).status_code
        == 302
    )
    page = text(as_("rui"), at(scene, "consensus"))
    assert "agreed by the reviewers: 4 · moderated: 3" in page


def test_a_reviewer_reads_the_moderation_and_does_not_write_it(scene, as_):
    compared(scene).agree("rui", 1, 4)
    rui, address = as_("rui"), at(scene, "moderation_item", 1)
    assert 'name="rating"' not in text(rui, address)
    rui.post(address, {"rating": "3", "reason": "I would.", "shown": ""})
    assert not Rating.objects.system("test").filter(stage="moderated").exists()


def test_the_service_reads_its_scores_and_answers_in_its_week(scene, as_):
    told(scene)
    ben = as_("ben")
    page = text(ben, at(scene, "answers"))
    assert "until" in page
    assert "2026-10-12" in page
    sent = {"text": "Two were refused by the payer.", "shown_by": "Letters of May"}
    assert ben.post(at(scene, "answer_item", 9), sent).status_code == 302
    assert Answer.objects.system("test").get().shown_by == "Letters of May"
    for name in ("ben", "rui", "cora"):
        page = text(as_(name), at(scene, "answers"))
        assert "Two were refused by the payer." in page
        assert "Letters of May" in page
    assert "Two were refused" in text(as_("rui"), at(scene, "final_item", 9))


def test_a_file_shows_the_answer_and_goes_with_the_timer(
    scene, as_, django_capture_on_commit_callbacks
):
    """Ben sends the letters; the reviewers open them, and two weeks later nobody can."""
    told(scene)
    sent = {
        "text": "Two were refused by the payer.",
        "file": letters(b"Refused, 3 May"),
    }
    assert as_("ben").post(at(scene, "answer_item", 9), sent).status_code == 302
    said = Answer.objects.system("test").get()
    address = f"/fidelity-answer/{said.pk}/file/"
    for name in ("ben", "rui", "eve"):
        assert address in text(as_(name), at(scene, "answers"))
        assert as_(name).get(address).content == b"Refused, 3 May"
    assert address in text(as_("rui"), at(scene, "final_item", 9))
    page = text(as_("cora"), at(scene, "answers"))
    assert "letters.txt" in page
    assert address not in page
    assert as_("cora").get(address).status_code == 403
    assert as_("ola").get(address).status_code == 404
    answer = as_("rui").get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    scene.review.refresh_from_db()
    due = scene.review.delete_by
    with django_capture_on_commit_callbacks(execute=True):
        gone = commands.forget(actor=scene.actor("ben"), review=scene.review, today=due)
    assert gone["answers"] == 1
    assert as_("rui").get(address).status_code == 404
    said.refresh_from_db()
    assert (said.text, said.file_name) == ("Two were refused by the payer.", "")
    assert not attached.detach(scene.review.pk, said.pk)  # the bytes have gone as well


def test_a_file_that_is_none_is_refused_and_the_answer_kept(scene, as_):
    told(scene)
    sent = {"text": "See the letters.", "file": letters(b"MZ\x90\x00 a program")}
    answer = as_("ben").post(at(scene, "answer_item", 9), sent)
    assert answer.status_code == 422
    assert "See the letters." in answer.content.decode()
    assert not Answer.objects.system("test").exists()


def letters(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("letters.txt", data)


@pytest.mark.parametrize("name", ["ada", "cora", "rui"])
def test_others_of_the_service_read_and_do_not_answer(scene, as_, name):
    told(scene)
    client = as_(name)
    page = text(client, at(scene, "answers"))
    assert at(scene, "answer_item", 9) not in page
    assert client.get(at(scene, "answer_item", 9)).status_code == 403


def test_after_its_week_the_answer_is_closed(scene, as_):
    told(scene)
    scene.step("rui", "answered", day=TODAY + timedelta(7))
    ben = as_("ben")
    assert at(scene, "answer_item", 9) not in text(ben, at(scene, "answers"))
    late = ben.post(at(scene, "answer_item", 9), {"text": "One more thing"})
    assert late.status_code == 422
    assert "One more thing" in late.content.decode()


def test_final_scores_are_settled_after_the_answer(scene, as_):
    told(scene)
    scene.step("rui", "answered", day=TODAY + timedelta(7))
    sent = {"rating": "5", "reason": "The letters show it.", "shown": ""}
    assert as_("eve").post(at(scene, "final_item", 9), sent).status_code == 302
    page = text(as_("ben"), at(scene, "final"))
    assert (
        "agreed by the reviewers: 4 · final, after the answer of the service: 5" in page
    )
    assert "Rui Reviewer: 4" not in page
    assert "Rui Reviewer: 4" in text(as_("rui"), at(scene, "final"))


def test_an_earlier_error_is_said_here_and_marked_there(world, scene, as_):
    earlier = an_earlier_review(world, TODAY - timedelta(365))
    compared(scene).agree_all("rui")
    sent = {"earlier": str(earlier.pk), "item": "9", "text": "A rule was overlooked."}
    rui = as_("rui")
    assert rui.post(at(scene, "correction"), sent).status_code == 302
    assert "A rule was overlooked." in text(rui, at(scene, "consensus"))
    final = reverse("fidelity:final", args=[earlier.pk])
    assert "later found wrong" not in text(as_("ben"), final)
    scene.step("mo", "moderated")
    page = text(as_("ben"), final)
    assert "later found wrong" in page
    assert "A rule was overlooked." in page


# ---- Cost -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part", ["rate", "disagreement", "consensus", "answers", "final"]
)
def test_a_page_asks_as_often_with_many_versions_as_with_few(scene, as_, part):
    told(scene)
    rui = as_("rui")
    text(rui, at(scene, part))
    with CaptureQueriesContext(connection) as few:
        text(rui, at(scene, part))
    for item in range(1, 26):
        for stage in ("moderated", "final"):
            Rating.objects.create(
                review=scene.review, item=item, stage=stage, status="scored", score=3
            )
        Answer.objects.create(review=scene.review, item=item, text="Yes.")
    with CaptureQueriesContext(connection) as many:
        text(rui, at(scene, part))
    assert len(many) == len(few)


# ---- Figures ----------------------------------------------------------------------------


@pytest.fixture
def frozen(world):
    """A review of North whose figures were really frozen, with its ratings open."""
    review = freeze(world, planned(peopled(world)))
    commands.open_rating(actor=world.ben.actor, review=review, today=TODAY)
    return review


def test_frozen_figures_stand_beside_an_item_and_the_score_of_them_does_not(
    world, frozen, as_
):
    """The caseload with what was divided by what; which score that gives is not said."""
    address = reverse("fidelity:rate_item", args=[frozen.pk, 1])
    page = text(as_("rui"), address)
    (line, *_others) = figures.figures(frozen, 1)
    assert line.label in page
    assert line.source in page
    assert "Frozen for this review" in page
    assert "The record alone would give" not in page
    kept = Rating.objects.system("test").get(review=frozen, stage="computed", item=1)
    assert kept not in queries.ratings(world.rui.actor, frozen)


def test_without_frozen_figures_an_item_rests_on_what_was_seen(scene, as_):
    page = text(as_("rui"), at(scene, "rate_item", 1))
    assert "The frozen figures say nothing of this item." in page
