"""A review from its plan to open ratings: days, seats, steps, agenda, what is brought."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.fidelity import commands, queries, rules
from braid.fidelity.choices import RatingStage
from braid.fidelity.commands.agenda import Met
from braid.fidelity.models import Meeting, Piece, Rating, Review, Seat, Step
from braid.fidelity.preparing import AGENDA, PIECES
from braid.kernel.errors import InputFault, Refused, Stale
from braid.packs import scales
from tests.cast import TODAY
from tests.fidelity.reviewed import freeze, peopled, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
HEADER = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "dialog-body"}


@pytest.fixture
def review(world) -> Review:
    return planned(world)


@pytest.fixture
def data(tmp_path, settings):
    settings.BRAID_DATA = tmp_path
    return tmp_path


def told(answer) -> str:
    return " ".join(answer.content.decode().split())


def hub(review, part="") -> str:
    return f"/fidelity-review/{review.pk}/{part}"


# ---- The list and the plan --------------------------------------------------------------


PLAN = {
    "scale": "ips-25",
    "mode": "independent",
    "first_day": "2026-12-07",
    "last_day": "2026-12-08",
    "facts_on": "2026-11-23",
    "edition": "4th edition",
    "variant": "",
}


@pytest.mark.parametrize(
    ("member", "status"),
    [
        pytest.param("ben", 200, id="who oversees the unit"),
        pytest.param("sam", 200, id="who oversees it by office"),
        pytest.param("ada", 200, id="specialist of the unit"),
        pytest.param("cora", 200, id="clinician of a linked team"),
        pytest.param("ola", 404, id="specialist of another unit"),
        pytest.param("rui", 404, id="reviewer without a place at the unit"),
    ],
)
def test_whoever_reads_the_figures_of_a_unit_knows_of_its_reviews(
    as_, review, member, status
):
    assert as_(member).get("/fidelity-reviews/north/").status_code == status


def test_a_reviewer_finds_the_reviews_with_a_seat_of_theirs(as_, world, review):
    assert str(review.pk) in told(as_("rui").get("/fidelity-reviews/"))
    seat = Seat.objects.system("test").get(user=world.rui.user)
    commands.end_seat(actor=world.ben.actor, seat=seat, today=TODAY)
    assert str(review.pk) not in told(as_("rui").get("/fidelity-reviews/"))
    assert as_("rui").get(hub(review)).status_code == 404


def test_a_plan_is_saved_and_who_planned_has_a_seat(as_, world):
    answer = as_("ben").post("/fidelity-reviews/north/new/", PLAN)
    made = Review.objects.system("test").get()
    assert answer.headers["Location"] == hub(made)
    assert (made.first_day, made.edition) == (date(2026, 12, 7), "4th edition")
    (seat,) = Seat.objects.system("test").filter(review=made)
    assert (seat.user_id, seat.part) == (world.ben.user.pk, "contact")


def test_who_assesses_the_own_service_rates_it(as_):
    as_("ben").post("/fidelity-reviews/north/new/", PLAN | {"mode": "self"})
    (seat,) = Seat.objects.system("test").all()
    assert seat.part == "lead"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        pytest.param(
            {"last_day": "2026-12-01"}, "The visit ends before it begins", id="days"
        ),
        pytest.param({"scale": "ips-99"}, "Select a valid choice", id="scale"),
        pytest.param({"variant": "HR-1a=soft"}, "Select a valid choice", id="rule"),
        pytest.param({"first_day": "0026-12-07"}, "four figures", id="year"),
    ],
)
def test_a_plan_that_cannot_be_is_told_beside_its_field(as_, given, sentence):
    answer = as_("ben").post("/fidelity-reviews/north/new/", PLAN | given)
    assert answer.status_code == 422 and sentence in told(answer)
    assert not Review.objects.system("test").exists()


def test_a_specialist_plans_nothing(as_):
    assert as_("ada").get("/fidelity-reviews/north/new/").status_code == 403


def test_a_plan_is_changed_until_ratings_open(as_, world, review):
    days = {name: PLAN[name] for name in ("first_day", "last_day", "facts_on")}
    given = days | {"edition": "3rd", "variant": "HR-1a=rounded"}
    as_("ben").post(hub(review, "change/"), given)
    review.refresh_from_db()
    assert (review.variant, review.facts_on) == ("HR-1a=rounded", date(2026, 11, 23))
    page = told(as_("ben").get(hub(review)))
    assert "HR-1a: The ratio is rounded to a whole number of people" in page
    assert "HR-1a=rounded" not in page
    form = told(as_("ben").get(hub(review, "change/")))
    assert "HR-17a: The nearest anchor counts" in form
    Review.objects.system("test").update(status="rating")
    assert as_("ben").post(hub(review, "change/"), given).status_code == 422


def test_what_is_due_is_counted_back_from_the_visit():
    found = rules.preparation(date(2027, 3, 31), date(2027, 4, 1), remote=True)
    assert {one.code: one.day for one in found} == {
        "asked": date(2027, 1, 31),
        "sharing": date(2027, 2, 28),
        "pieces": date(2027, 3, 10),
        "agenda": date(2027, 3, 17),
        "visit": date(2027, 3, 31),
        "told": date(2027, 4, 29),
        "plan": date(2027, 5, 13),
    }
    near = rules.preparation(date(2027, 3, 31), date(2027, 4, 1), remote=False)
    assert "sharing" not in {one.code for one in near}


# ---- The hub and its steps --------------------------------------------------------------


def test_the_hub_says_what_stands_in_the_way(as_, world):
    made = planned(world, ("ben", "contact"))
    page = told(as_("ben").get(hub(made)))
    assert "There are no frozen figures yet" in page
    assert "A review has two reviewers or more" in page
    assert 'aria-current="step"' in page


def test_everybody_sees_the_parts_that_are_theirs(as_, review):
    pages = {name: told(as_(name).get(hub(review))) for name in ("ben", "rui", "ada")}
    assert hub(review, "evidence/") in pages["rui"]
    assert hub(review, "evidence/") not in pages["ben"]
    assert hub(review, "agenda/") in pages["ben"]
    for part in ("agenda/", "pieces/", "sample/", "evidence/"):
        assert hub(review, part) not in pages["ada"]
    assert "Rui Reviewer" in pages["ben"] and "Rui Reviewer" not in pages["ada"]


@pytest.mark.parametrize("part", ["agenda/", "pieces/", "sample/", "evidence/"])
def test_who_only_knows_of_it_opens_no_part(as_, review, part):
    assert as_("ada").get(hub(review, part)).status_code == 403
    assert as_("ola").get(hub(review, part)).status_code == 404


def test_figures_are_frozen_by_a_worker_and_given_to_the_review(as_, world, data):
    review = planned(world)
    answer = as_("ben").post(hub(review, "freeze/"), follow=True)
    review.refresh_from_db()
    assert review.snapshot.units == [str(world.north.pk)]
    assert "as of" in told(answer)


def test_figures_are_not_frozen_before_their_day(as_, review):
    Review.objects.system("test").update(facts_on=TODAY + timedelta(1))
    answer = as_("ben").post(hub(review, "freeze/"), follow=True)
    assert "still to come" in told(answer)
    review.refresh_from_db()
    assert review.snapshot is None


def test_a_reviewer_freezes_nothing(as_, review):
    assert as_("rui").post(hub(review, "freeze/")).status_code == 403


def test_what_the_record_computes_is_kept_when_ratings_open(as_, world, data):
    review = freeze(world, planned(peopled(world)))
    as_("ben").post(hub(review, "step/rating/"), HEADER)
    review.refresh_from_db()
    assert review.status == "rating"
    rows = Rating.objects.system("test").filter(review=review)
    assert rows.count() == len(scales.get("ips-25").items)
    assert {row.stage for row in rows} == {RatingStage.COMPUTED}
    assert all(
        (row.score is None) == (row.figures["floor"] < row.figures["ceiling"])
        for row in rows
    )
    for name in ("rui", "eve", "ben", "ada", "cora"):
        member = getattr(world, name)
        assert queries.ratings(member.actor, review) == []


def test_a_review_is_withdrawn_with_a_reason(as_, world, review):
    ben = as_("ben")
    assert ben.post(hub(review, "step/withdrawn/"), {"reason": " "}).status_code == 422
    ben.post(hub(review, "step/withdrawn/"), {"reason": "The unit moves house."})
    review.refresh_from_db()
    assert review.status == "withdrawn"
    assert review.delete_by == TODAY + timedelta(queries.kept_days(review.unit))
    assert "The unit moves house." in told(ben.get(hub(review)))


def test_a_step_is_for_those_whose_it_is(as_, review):
    assert as_("ada").post(hub(review, "step/withdrawn/")).status_code == 403
    assert as_("eve").post(hub(review, "step/rating/")).status_code == 403
    assert as_("ben").post(hub(review, "step/nowhere/")).status_code == 403


def test_a_step_stands_on_the_day_on_which_it_was_taken(world, review):
    commands.take_step(
        actor=world.ben.actor,
        review=review,
        to="withdrawn",
        today=TODAY + timedelta(3),
        reason="Moved",
    )
    days = Step.objects.system("test").filter(review=review, status="withdrawn")
    assert [one.day for one in days] == [TODAY + timedelta(3)]


# ---- Seats ------------------------------------------------------------------------------


def test_seats_are_for_those_whose_role_takes_part(as_, world, review):
    page = told(as_("ben").get(hub(review, "seats/new/")))
    assert "Ola" not in page and "Cora" not in page
    assert str(world.rui.user.pk) not in page  # has a seat already
    made = planned(world, ("ben", "contact"))
    ben = as_("ben")
    assert str(world.rui.user.pk) in told(ben.get(hub(made, "seats/new/")))
    ben.post(hub(made, "seats/new/"), {"user": world.rui.user.pk, "part": "lead"})
    assert set(made.people()) == {world.ben.user.pk, world.rui.user.pk}
    refused = ben.post(
        hub(made, "seats/new/"), {"user": world.ada.user.pk, "part": "lead"}
    )
    assert refused.status_code == 422


def test_a_seat_ends_and_its_reader_reads_nothing_more(as_, world, review):
    seat = Seat.objects.system("test").get(review=review, user=world.eve.user)
    assert as_("eve").post(f"/fidelity-seat/{seat.pk}/end/").status_code == 403
    as_("ben").post(f"/fidelity-seat/{seat.pk}/end/")
    assert as_("eve").get(hub(review, "agenda/")).status_code == 403


# ---- The agenda -------------------------------------------------------------------------


def test_the_usual_agenda_is_laid_once_over_both_days(as_, world, review):
    as_("rui").post(hub(review, "agenda/"))
    lines = list(queries.agenda(world.ben.actor, review))
    assert len(lines) == len(AGENDA)
    assert {line.day for line in lines} == {review.first_day, review.last_day}
    page = told(as_("eve").get(hub(review, "agenda/")))
    assert "Shadowing: a specialist visits an employer" in page and "12:45" in page
    again = as_("ben").post(hub(review, "agenda/"), follow=True)
    assert "There is an agenda already" in told(again)


def test_an_agenda_of_one_day_has_no_times(world):
    review = planned(world)
    Review.objects.system("test").update(last_day=review.first_day)
    review.refresh_from_db()
    commands.lay_agenda(actor=world.ben.actor, review=review)
    assert {one.begins_at for one in queries.agenda(world.ben.actor, review)} == {None}


def test_a_line_is_added_changed_and_taken_off(as_, world, review):
    rui = as_("rui")
    line = {"what": "The head of the clinic", "kind": "interview", "minutes": "30"}
    rui.post(hub(review, "agenda/new/"), line)
    made = Meeting.objects.system("test").get()
    address = f"/fidelity-meeting/{made.pk}/"
    rui.post(address, line | {"held": "yes", "name": "Inga Holt", "row_version": 1})
    made.refresh_from_db()
    assert (made.held, made.name) == (True, "Inga Holt")
    stale = rui.post(address, line | {"held": "no", "row_version": 1})
    assert stale.status_code == 422 and "Somebody changed this" in told(stale)
    rui.post(f"{address}away/")
    assert not Meeting.objects.system("test").exists()


def test_a_line_of_which_something_was_written_stays(world, review):
    rui = world.rui.actor
    line = commands.add_meeting(
        actor=rui, review=review, met=Met(kind="interview", what="The director")
    )
    commands.gather(
        actor=rui, review=review, kind="interview", text="Told us.", meeting=line
    )
    with pytest.raises(InputFault) as fault:
        commands.remove_meeting(actor=rui, meeting=line)
    assert fault.value.reason == "has_evidence"


# ---- What the service brings ------------------------------------------------------------


def test_the_list_says_what_the_record_answers_and_no_score(as_, world, data):
    review = freeze(world, planned(peopled(world)))
    as_("ben").post(hub(review, "pieces/"))
    found = {one.code: one for one in queries.pieces(world.ben.actor, review)}
    assert found.keys() == PIECES.keys()
    assert found["jobs"].answered["19"] in ("whole", "part")
    assert found["stories"].answered == {"10": "signals"}
    says = {said for one in found.values() for said in one.answered.values()}
    assert says <= {"whole", "part", "signals", "nothing"}


def test_another_scale_is_asked_for_what_its_items_need(world, data):
    review = planned(world)
    Review.objects.system("test").update(
        scale="ips-15", scale_version=scales.get("ips-15").version
    )
    review.refresh_from_db()
    commands.ask_for_pieces(actor=world.ben.actor, review=review, today=TODAY)
    known = {str(item.no) for item in scales.get("ips-15").items}
    rows = Piece.objects.system("test").filter(review=review)
    assert rows and all(set(row.answered) <= known for row in rows)


def test_a_piece_is_brought_with_a_file_that_reviewers_open(as_, world, review):
    commands.ask_for_pieces(actor=world.ben.actor, review=review, today=TODAY)
    piece = Piece.objects.system("test").get(code="mentoring")
    address = f"/fidelity-piece/{piece.pk}/"
    file = upload("log.txt", b"Eleven visits since the spring")
    given = {"is_here": "on", "note": "", "row_version": 1, "file": file}
    assert as_("rui").get(address).status_code == 403  # the service brings it
    as_("ben").post(address, given)
    piece.refresh_from_db()
    assert (piece.brought_on, piece.file_name) == (TODAY, "log.txt")
    answer = as_("rui").get(f"{address}file/")
    assert answer.content == b"Eleven visits since the spring"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert as_("ola").get(f"{address}file/").status_code == 404
    assert as_("ada").get(f"{address}file/").status_code == 403


def upload(name, data):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, data)


def test_a_stale_tick_is_told(world, review):
    commands.ask_for_pieces(actor=world.ben.actor, review=review, today=TODAY)
    piece = queries.pieces(world.ben.actor, review).first()
    given = {"actor": world.ben.actor, "today": TODAY, "row_version": 1}
    commands.bring(piece=piece, note="In the folder", is_here=True, **given)
    with pytest.raises(Stale):
        commands.bring(piece=piece, note="Nowhere", is_here=False, **given)
    with pytest.raises(Refused):
        commands.bring(
            piece=piece,
            note="",
            is_here=True,
            **given | {"actor": world.ada.actor},
        )


# ---- How many queries -------------------------------------------------------------------


@pytest.mark.parametrize("part", ["", "agenda/", "pieces/"])
def test_more_lines_cost_no_more_queries(as_, world, part):
    """A review with much in it is read with as many queries as one with little."""
    counts = []
    ben = as_("ben")
    for much in (False, True):
        review = planned(world)
        commands.add_meeting(
            actor=world.ben.actor, review=review, met=Met(kind="interview", what="One")
        )
        Piece.objects.create(review=review, code="mentoring", answered={"8": "part"})
        if much:
            for number in range(9):
                met = Met(kind="interview", what=f"Line {number}")
                commands.add_meeting(actor=world.ben.actor, review=review, met=met)
            for code in list(PIECES)[:5]:
                Piece.objects.create(review=review, code=code, answered={"8": "part"})
        ben.get(hub(review, part))
        with CaptureQueriesContext(
            connection,
        ) as met:
            assert ben.get(hub(review, part)).status_code == 200
        counts.append(len(met))
    assert counts[0] == counts[1]
