"""What somebody tells for figures about equal access, and the area they live in."""

from datetime import date

import pytest
from django.urls import reverse

from braid.access.models import Change
from braid.facts import extraction
from braid.facts.schema import CODES
from braid.kernel.errors import InputFault, Refused, Stale
from braid.people import commands, queries
from braid.people.choices import Characteristics
from braid.people.equity import GROUPS, RATHER_NOT, Told
from braid.people.models import Characteristic, Residence
from tests.cast import TODAY

FIRST = date(2026, 8, 10)
NOTHING = {name: Told("", 0) for name in GROUPS}


def rows(model):
    return model.objects.system("the test looks").order_by("created_at")


def tell(world, name="ada", **given):
    return commands.tell_groups(
        actor=getattr(world, name).actor, episode=world.pat_episode, given=given
    )


def typed(world, **answers):
    """Return what the form sends: every line, most of them empty."""
    sent = {key.value: "" for key in GROUPS}
    sent |= {f"version_of_{key.value}": "0" for key in GROUPS}
    return sent | answers


def page_of(world, name="groups"):
    return reverse(f"people:{name}", args=[world.pat_episode.pk])


def test_the_keys_are_those_of_the_facts():
    assert set(Characteristics.values) == set(CODES["group_key"]) == set(GROUPS)


def test_nothing_must_be_answered(world, as_):
    assert as_("ada").post(page_of(world), typed(world)).status_code == 302
    assert not rows(Characteristic).exists()


def test_an_answer_is_kept_with_its_class_and_its_history(world, as_):
    sent = typed(world, diagnosis_group="psychosis", origin=RATHER_NOT)
    assert as_("ada").post(page_of(world), sent).status_code == 302
    kinds = {row.key: row.kind for row in rows(Characteristic)}
    assert kinds == {"diagnosis_group": "health_at_work", "origin": "conversation"}
    told = queries.groups_told(world.ada.actor, world.pat_episode)
    assert told["diagnosis_group"].text == "psychosis"
    assert {(c.old, c.new) for c in Change.objects.filter(field="value")} == {
        ("", "psychosis"),
        ("", RATHER_NOT),
    }


def test_an_answer_taken_back_is_in_no_facts(world):
    tell(world, prior_work=Told("yes", 0))
    (row,) = rows(Characteristic)
    tell(world, prior_work=Told("", row.row_version))
    assert extraction.extract([world.north.pk])["groups"].num_rows == 0


def test_the_form_says_how_each_line_is_read(world, as_):
    page = as_("ada").get(page_of(world)).content.decode()
    assert page.count("Read as: ") == len(GROUPS)
    assert page.count(f'value="{RATHER_NOT}"') == len(GROUPS)


def test_whoever_was_slower_overwrites_nothing_and_is_told(world, as_):
    tell(world, prior_work=Told("yes", 0))
    with pytest.raises(Stale) as met:
        tell(world, "ben", prior_work=Told("no", 0))
    assert [change.field for change in met.value.changes][:1] == ["prior_work"]
    answer = as_("ben").post(page_of(world), typed(world, prior_work="no"))
    assert answer.status_code == 422
    assert rows(Characteristic).get().value == "yes"


def test_what_the_form_did_not_change_is_left_alone(world):
    tell(world, prior_work=Told("yes", 0))
    assert tell(world, "ben", prior_work=Told("yes", 0), origin=Told("native", 0)) == 1


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"shoe_size": Told("43", 0)}, id="no such line"),
        pytest.param({"origin": Told("Mars", 0)}, id="no such answer"),
    ],
)
def test_what_is_not_asked_cannot_be_told(world, given):
    with pytest.raises(InputFault):
        tell(world, **given)


@pytest.mark.parametrize("name", ["cora", "dev", "sam", "ola"])
def test_who_keeps_no_record_of_the_person_tells_nothing(world, name):
    with pytest.raises(Refused):
        tell(world, name, prior_work=Told("yes", 0))


# The area


def move(world, area, first_day, *, last_day=None, row_version=0, name="ada"):
    return commands.say_area(
        actor=getattr(world, name).actor,
        episode=world.pat_episode,
        area=area,
        first_day=first_day,
        last_day=last_day,
        row_version=row_version,
    )


def lived_in():
    return [(r.area, r.first_day, r.last_day) for r in rows(Residence)]


def test_moving_ends_the_area_before_the_day_before(world):
    first = move(world, "Havnelund", FIRST)
    move(world, "Nørreby", date(2026, 9, 14), row_version=first.row_version)
    assert lived_in() == [
        ("Havnelund", FIRST, date(2026, 9, 13)),
        ("Nørreby", date(2026, 9, 14), None),
    ]


def test_the_same_first_day_corrects_what_was_said(world):
    first = move(world, "Havnlund", FIRST)
    move(world, "Havnelund", FIRST, row_version=first.row_version)
    assert lived_in() == [("Havnelund", FIRST, None)]
    assert Change.objects.filter(field="area", old="Havnlund").exists()


WRONG = {
    "before the area that is known": (
        {"first_day": date(2026, 8, 9), "row_version": 1},
        InputFault,
    ),
    "ends before it begins": (
        {"first_day": date(2026, 9, 1), "last_day": date(2026, 8, 31)},
        InputFault,
    ),
    "from a form that is stale": ({"first_day": FIRST, "row_version": 7}, Stale),
    "by somebody from elsewhere": (
        {"first_day": TODAY, "row_version": 1, "name": "ola"},
        Refused,
    ),
}


@pytest.mark.parametrize(("said", "fault"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_said_of_an_area(world, said, fault):
    move(world, "Havnelund", FIRST)
    with pytest.raises(fault):
        move(world, "Nørreby", **said)
    assert lived_in() == [("Havnelund", FIRST, None)]


def test_the_area_is_said_on_its_page(world, as_):
    sent = {"row_version": 0, "area": "Havnelund", "first_day": "2026-08-10"}
    assert as_("ada").post(page_of(world, "area"), sent).status_code == 302
    assert "Havnelund" in as_("ada").get(page_of(world, "area")).content.decode()


@pytest.mark.parametrize("area", ["", "=HYPERLINK(1)", "x" * 61])
def test_what_is_no_area_is_said_beside_the_field(world, as_, area):
    sent = {"row_version": 0, "area": area, "first_day": "2026-08-10"}
    assert as_("ada").post(page_of(world, "area"), sent).status_code == 422
