"""What the report of a review says: who reads it when, gaps, claims, and last time."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from braid.facts import commands as facts
from braid.facts.models import Snapshot
from braid.fidelity import queries
from braid.fidelity.models import Correction, Rating, Review
from braid.fidelity.report import reading
from braid.fidelity.report.sheet import sheet
from braid.kernel.errors import Refused
from tests.cast import TODAY
from tests.factories.fidelity import (
    AnswerFactory,
    PassageFactory,
    SeatFactory,
    rate_item,
    told_review,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

EARLIER = date(2025, 9, 1)
BOTH_SIDES = {"rui", "ben", "ada", "cora", "dev", "blake", "sam", "eve"}


def anew(review) -> Review:
    rows = Review.objects.system("test").select_related("unit__organisation")
    return rows.get(pk=review.pk)


def told(member, review, language="en"):
    """Return a report in words, as somebody reads it."""
    with override(language):
        return sheet(reading.read(member.actor, anew(review)))


def values(lines) -> dict[str, str]:
    return {line.label: line.value for line in lines}


def item(shown, number):
    return next(
        one for part in shown.sections for one in part.items if one.no == number
    )


# ---- Who reads it when -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "opened_on", "reads"),
    [
        pytest.param("planned", None, set(), id="before anybody rated"),
        pytest.param("rating", None, set(), id="while they rate alone"),
        pytest.param("consensus", TODAY, {"rui"}, id="while they agree"),
        pytest.param("moderated", TODAY, BOTH_SIDES, id="once told"),
        pytest.param("final", TODAY, BOTH_SIDES, id="when final"),
        pytest.param("withdrawn", TODAY, set(), id="withdrawn"),
    ],
)
def test_reviewers_read_it_when_they_agree_and_the_service_once_told(
    world, status, opened_on, reads
):
    review = told_review(
        world.north, lead=world.rui.user, status=status, opened_on=opened_on
    )
    SeatFactory(review=review, user=world.una.user, part="contact")
    found = {
        name
        for name, member in world.cast.items()
        if reading.may_read(member.actor, anew(review))
    }
    assert found == reads
    with pytest.raises(Refused):
        reading.read(world.ola.actor, anew(review))


def test_whoever_may_not_read_it_gets_none_of_its_words(world):
    review = told_review(world.north, lead=world.rui.user, status="consensus")
    PassageFactory(review=review, part="strengths", text="Everybody talks about work")
    for name in ("ben", "cora", "ola"):
        with pytest.raises(Refused):
            reading.read(getattr(world, name).actor, anew(review))
    assert told(world.rui, review).strengths == ("Everybody talks about work",)


# ---- Total and band ----------------------------------------------------------------------


def test_the_total_the_sections_and_the_band(world):
    shown = told(world.ben, told_review(world.north, scores={1: 3}))
    assert values(shown.totals) == {"Total": "99 of 125", "Band": "Fair"}
    assert values(shown.summary)["Staffing"] == "11 of 15"
    assert values(shown.summary)["Next band"] == "1 point to Good"


def test_a_missing_item_is_never_filled_in(world):
    shown = told(world.ben, told_review(world.north, scores={1: None}))
    assert values(shown.totals) == {
        "Total": "between 97 and 101 of 125",
        "Band": "Fair or Good, by what is missing",
    }
    assert values(shown.summary)["Staffing"] == "no sum, items are open"
    assert "Item 1 has not enough evidence." in " ".join(shown.notes)
    assert item(shown, 1).score == "Not enough evidence"
    assert "Next band" not in values(shown.summary)


def test_what_does_not_fit_is_kept_apart_from_what_lacks_evidence(world):
    review = told_review(
        world.north,
        scale="ips-15",
        scale_version="1997.1",
        scores={3: "no_fit", 9: None},
    )
    shown = told(world.ben, review)
    notes = " ".join(shown.notes)
    assert "Item 3 does not fit this service and counts as 1" in notes
    assert "Item 9 has not enough evidence." in notes
    assert item(shown, 3).score == "Does not fit, counts as 1"
    assert values(shown.totals)["Total"] == "between 54 and 58 of 75"


def test_an_item_nobody_agreed_yet_is_open_and_says_so(world):
    review = told_review(world.north, lead=world.rui.user, status="consensus")
    Rating.objects.system("test").filter(review=review, item=7).delete()
    shown = told(world.rui, review)
    assert "Item 7 is not agreed yet." in shown.notes
    assert item(shown, 7).score == "Not agreed yet"
    assert shown.draft_mark == "Draft" and "was not told yet" in shown.draft


@pytest.mark.parametrize(
    ("stated", "scores", "flags", "notes"),
    [
        pytest.param(
            "exemplary",
            {},
            "stated as Exemplary; the scores give Good. The two do not agree",
            "",
            id="another band",
        ),
        pytest.param("good", {}, "", "stated as Good; the scores give", id="the same"),
        pytest.param(
            "good",
            {1: None},
            "stated as Good; the scores leave it open: Fair or Good",
            "",
            id="open",
        ),
        pytest.param("high", {}, "", "stated as Good", id="an author's word"),
        pytest.param("superb", {}, "which is no band of this scale", "", id="no band"),
    ],
)
def test_a_band_that_was_claimed_is_held_against_the_scores(
    world, stated, scores, flags, notes
):
    review = told_review(world.north, scores=scores, stated_band=stated)
    shown = told(world.ben, review)
    assert flags in " ".join(shown.flags) and bool(flags) == bool(shown.flags)
    assert notes in " ".join(shown.notes)


# ---- Items -------------------------------------------------------------------------------


def test_the_last_version_of_a_score_is_in_force_and_says_how_it_came_about(world):
    review = told_review(world.north, scores={17: 2})
    rate_item(review, 17, 3, stage="moderated", reason="Two logs were overlooked.")
    rate_item(
        review, 17, 3, stage="final", seen="Seen again", recommendation="Go twice"
    )
    AnswerFactory(review=review, item=17, text="See the log.", shown_by="Log of May")
    found = item(told(world.ben, review), 17)
    assert found.score == "3 of 5"
    assert (found.seen, found.recommendation) == (("Seen again",), ("Go twice",))
    assert found.history == (
        "Agreed by the reviewers: 2 of 5",
        "Moderated: 3 of 5. Two logs were overlooked.",
        "Final, after the answer of the service: 3 of 5",
    )
    assert found.answers == ("See the log. What shows it: Log of May",)


def test_ratings_given_alone_are_not_in_it(world):
    review = told_review(world.north, lead=world.rui.user)
    rate_item(
        review, 1, 1, stage="rater", rater=world.rui.user, seen="My own first view"
    )
    found = item(told(world.ben, review), 1)
    assert found.score == "4 of 5" and "My own first view" not in str(found)


def test_figures_are_those_that_were_frozen(world, settings, tmp_path):
    settings.BRAID_DATA = tmp_path
    facts.build(actor=world.sam.actor, today=TODAY)
    snapshot = Snapshot.objects.latest("made_at")
    review = told_review(world.north, facts_on=TODAY, snapshot=snapshot)
    shown = told(world.ben, review)
    assert str(snapshot.pk) in values(shown.about)["Frozen figures"]
    attached = item(shown, 4).figures[0]
    assert attached.value == (
        "100 % share of the caseload that comes from two teams (2 of 2 · on 5 Oct 2026)"
    )
    assert item(shown, 6).proposal == "The record alone leaves 1 to 4 open."
    assert "cannot be read any more" not in " ".join(shown.notes)
    assert any(line.label.startswith("HR-") for line in shown.rules)


def test_without_the_frozen_figures_the_scores_stand(world):
    shown = told(world.ben, told_review(world.north))
    assert "cannot be read any more" in " ".join(shown.notes)
    assert item(shown, 1).score == "4 of 5" and item(shown, 1).figures == ()


# ---- Last time ---------------------------------------------------------------------------


def test_an_item_is_compared_with_the_review_told_before(world):
    told_review(world.north, scores={5: 2}, facts_on=date(2024, 3, 1))
    told_review(world.north, scores={1: 3, 2: 5}, facts_on=EARLIER)
    told_review(world.elsewhere, scores={1: 1}, facts_on=EARLIER)
    shown = told(world.ben, told_review(world.north))
    assert item(shown, 1).last == ("3 of 5 on 1 Sept 2025. 1 point higher now.",)
    assert item(shown, 2).last == ("5 of 5 on 1 Sept 2025. 1 point lower now.",)
    assert item(shown, 5).last == ("4 of 5 on 1 Sept 2025. The same now.",)
    rows = {row.no: (row.last, row.change) for row in shown.rows}
    assert (rows[1], rows[2], rows[5]) == (("3", "+1"), ("5", "−1"), ("4", "0"))
    assert shown.profile.is_joined
    assert "1 are higher, 1 lower and 23 the same" in shown.alt


@pytest.mark.parametrize(
    "status", ["planned", "rating", "consensus", "withdrawn"], ids=str
)
def test_a_review_that_was_not_told_is_not_last_time(world, status):
    told_review(world.north, facts_on=EARLIER, status=status)
    assert not told(world.ben, told_review(world.north)).words["has_last"]


@pytest.mark.parametrize(
    ("given", "named", "is_joined"),
    [
        pytest.param({"mode": "self"}, "who rated", False, id="self-assessment"),
        pytest.param({"remote": True}, "at a distance", True, id="remote"),
        pytest.param({"edition": "2015"}, "edition of the manual", True, id="edition"),
    ],
)
def test_what_was_otherwise_is_marked_and_not_joined(world, given, named, is_joined):
    told_review(world.north, scores={1: 2}, facts_on=EARLIER, **given)
    shown = told(world.ben, told_review(world.north))
    assert named in " ".join(shown.notes)
    assert shown.profile.is_joined is is_joined
    assert ("no change is counted" in item(shown, 1).last[0]) is not is_joined
    assert {row.change for row in shown.rows} == (
        {"–"} if not is_joined else {"+2", "0"}
    )


def test_another_scale_is_named_and_not_compared(world):
    told_review(world.north, scale="ips-15", scale_version="1997.1", facts_on=EARLIER)
    shown = told(world.ben, told_review(world.north))
    assert "used another scale (ips-15)" in " ".join(shown.notes)
    assert not shown.words["has_last"]


def test_a_reviewer_from_outside_reads_the_same_last_time(world):
    """Whoever reads a report reads what the service was told before."""
    told_review(world.north, scores={1: 3}, facts_on=EARLIER)
    review = told_review(world.north, lead=world.rui.user)
    outside = replace(world.rui, actor=replace(world.rui.actor, teams=frozenset()))
    assert queries.reviews(outside.actor).count() == 1
    assert told(outside, review).rows == told(world.ben, review).rows


def test_an_earlier_score_that_was_wrong_is_said_in_both_reports(world):
    before = told_review(world.north, scores={6: 5}, facts_on=EARLIER)
    review = told_review(world.north, scores={6: 3})
    Correction.objects.create(
        review=review, earlier=before, item=6, text="Calls were counted"
    )
    now, then = told(world.ben, review), told(world.ben, before)
    assert "The score of 1 Sept 2025 was wrong: Calls were counted" in item(now, 6).last
    assert "found this score wrong: Calls were counted" in str(item(then, 6).last)


# ---- The front page and the words --------------------------------------------------------


def test_the_front_page_says_who_reviewed_what_when_and_how(world):
    review = told_review(world.north, lead=world.rui.user, remote=True)
    about = values(told(world.ben, review).about)
    assert about["Service"] == "North, Havnelund"
    assert about["How it was held"] == "Independent review, held at a distance"
    assert about["Visit"] == "12 Oct 2026 to 13 Oct 2026"
    assert about["Lead reviewer"] == "Rui Reviewer"
    assert about["Final on"] == "28 Oct 2026"
    assert about["Personal data are deleted by"] == "3 Nov 2026"


def test_after_the_personal_data_went_it_reads_the_same(world):
    review = told_review(world.north, lead=world.rui.user)
    before = told(world.ben, review)
    Review.objects.system("test").filter(pk=review.pk).update(deleted_on=TODAY)
    after = told(world.ben, review)
    assert values(after.about)["Personal data were deleted on"] == "5 Oct 2026"
    assert (after.sections, after.totals) == (before.sections, before.totals)


def test_points_that_were_typed_with_marks_have_none(world):
    review = told_review(world.north)
    PassageFactory(review=review, part="priorities", text="1. Employers\n\n- 24 hours")
    assert told(world.ben, review).priorities == ("Employers", "24 hours")


def test_items_and_bands_are_said_in_the_language_of_the_reader(world):
    shown = told(world.ben, told_review(world.north), "da")
    assert item(shown, 1).title == "Antal borgere pr. IPS-konsulent"
    assert shown.totals[1].value == "God"
    assert shown.language == "da"
