"""A scale and a review as FHIR R4, held to what the specification asks of them.

The rules are those of Questionnaire and QuestionnaireResponse in FHIR R4 (4.0.1, HL7,
CC0): the elements that there must be, their types and closed lists, and the invariants.
"""

import json
import re
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from braid.access.models import AuditEntry
from braid.fidelity.choices import ReviewStatus
from braid.fidelity.cli import fidelity
from braid.fidelity.exchange_form.answers import ratings_of, response
from braid.fidelity.exchange_form.form import canonical, questionnaire
from braid.kernel.errors import InputFault, PackFault, Refused
from braid.method.scales import total
from braid.packs import scales
from tests.factories.fidelity import (
    EvidenceFactory,
    ReviewFactory,
    SeatFactory,
    rate_item,
    told_review,
)

LOCALES = ("en", "en-GB", "da", "nl", "nb", "sv")
ALL = [(scale, locale) for scale in ("ips-25", "ips-15", "jisef") for locale in LOCALES]

# ---- The rules of the specification ------------------------------------------------------

ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
NAME = re.compile(r"[A-Z]([A-Za-z0-9_]){0,254}")  # que-0
CODE = re.compile(r"\S+(\s\S+)*")
URI = re.compile(r"\S+")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
TYPES = {"group", "choice", "text", "integer", "boolean", "date"}
FORM = {
    *("resourceType", "id", "language", "url", "version", "name", "title", "status"),
    *("subjectType", "date", "publisher", "description", "copyright", "item"),
}
QUESTION = {
    "linkId",
    "code",
    "prefix",
    "text",
    "type",
    "answerOption",
    "readOnly",
    "item",
}
ANSWERED = {
    *("resourceType", "id", "language", "identifier", "questionnaire", "status"),
    *("subject", "authored", "item"),
}
VALUES = {
    "choice": "valueCoding",
    "text": "valueString",
    "integer": "valueInteger",
    "boolean": "valueBoolean",
    "date": "valueDate",
}
STATUSES = {"in-progress", "completed", "amended", "entered-in-error", "stopped"}


def well_formed(value):
    """No element is empty, null, or of a type that JSON of FHIR does not have."""
    if isinstance(value, dict):
        assert value
        for each in value.values():
            well_formed(each)
    elif isinstance(value, list):
        assert value
        for each in value:
            well_formed(each)
    elif isinstance(value, str):
        assert value.strip()
    else:
        assert isinstance(value, bool | int)


def questions(items):
    for item in items:
        yield item
        yield from questions(item.get("item", ()))


def must_be_form(found):
    well_formed(found)
    assert set(found) <= FORM
    assert found["resourceType"] == "Questionnaire"
    assert ID.fullmatch(found["id"])
    assert URI.fullmatch(found["url"])
    assert NAME.fullmatch(found["name"])
    assert found["status"] in {"draft", "active", "retired", "unknown"}
    assert found["subjectType"] == ["Organization"]
    assert DAY.fullmatch(found["date"])
    every = list(questions(found["item"]))
    names = [item["linkId"] for item in every]
    assert len(names) == len(set(names))  # que-2
    for item in every:
        assert set(item) <= QUESTION
        assert item["type"] in TYPES
        if item["type"] == "group":
            assert item["item"]  # que-1
        if "answerOption" in item:
            assert item["type"] == "choice"
            codes = [o["valueCoding"]["code"] for o in item["answerOption"]]
            assert len(codes) == len(set(codes))
            assert all(CODE.fullmatch(code) for code in codes)
            assert all(o["valueCoding"]["display"] for o in item["answerOption"])


def must_answer(found, form):
    """Every answer is to a question of the form, in its place, and one that it has."""
    well_formed(found)
    assert set(found) <= ANSWERED
    assert found["resourceType"] == "QuestionnaireResponse"
    assert ID.fullmatch(found["id"])
    assert found["questionnaire"] == f"{form['url']}|{form['version']}"
    assert found["status"] in STATUSES
    assert INSTANT.fullmatch(found["authored"])
    _answers_fit(found["item"], form["item"])


def _answers_fit(answered, asked):
    known = {item["linkId"]: item for item in asked}
    order = [list(known).index(item["linkId"]) for item in answered]
    assert order == sorted(set(order))
    for item in answered:
        question = known[item["linkId"]]
        below = question.get("item", ())
        assert not {"item", "answer"} <= set(item)  # qrs-1
        if question["type"] == "group":
            assert set(item) == {"linkId", "item"}
            _answers_fit(item["item"], below)
            continue
        assert set(item) == {"linkId", "answer"}
        (answer,) = item["answer"]
        assert set(answer) <= {VALUES[question["type"]], "item"}
        if question["type"] == "choice":
            options = [o["valueCoding"] for o in question["answerOption"]]
            assert answer["valueCoding"] in options
        _answers_fit(answer.get("item", ()), below)


# ---- A scale -----------------------------------------------------------------------------


@pytest.mark.parametrize(("scale", "locale"), ALL)
def test_every_scale_is_a_form_of_the_specification(scale, locale):
    must_be_form(questionnaire(scale, locale))


def test_sections_are_groups_and_items_choices_from_one_to_five():
    found = questionnaire("ips-25", "en")
    groups = {group["linkId"]: group for group in found["item"]}
    assert list(groups) == ["review", "staffing", "organization", "services", "total"]
    numbers = [
        int(item["linkId"])
        for name in ("staffing", "organization", "services")
        for item in groups[name]["item"]
    ]
    assert numbers == list(range(1, 26))
    caseload = groups["staffing"]["item"][0]
    assert (caseload["prefix"], caseload["code"][0]["code"]) == ("1.", "caseload")
    scored = caseload["answerOption"][:5]
    assert [o["extension"][0]["valueDecimal"] for o in scored] == [1, 2, 3, 4, 5]
    assert {o["extension"][0]["url"] for o in scored} == {
        "http://hl7.org/fhir/StructureDefinition/ordinalValue"
    }
    assert "20" in scored[-1]["valueCoding"]["display"]


def test_what_has_no_score_is_an_answer_without_a_number():
    items = questions(questionnaire("ips-25", "en")["item"])
    options = next(i for i in items if i["linkId"] == "1")["answerOption"][5:]
    allowed = scales.pack("ips-25").no_fit_allowed
    codes = ["insufficient", *["no_fit"] * allowed]
    assert [o["valueCoding"]["code"] for o in options] == codes
    assert not any("extension" in o for o in options)


def test_a_form_that_nobody_compared_is_a_draft_and_says_whose_words_it_has():
    found = questionnaire("ips-25", "en")
    assert found["status"] == "draft"
    assert "paraphrased" in found["copyright"]
    assert "Becker" in found["copyright"]


def test_the_name_of_a_form_is_the_same_everywhere_and_its_own():
    assert canonical("scale ips-25") == canonical("scale ips-25")
    urls = {questionnaire(scale, "en")["url"] for scale, _locale in ALL}
    assert len(urls) == 3
    assert questionnaire("ips-25", "da")["url"] == questionnaire("ips-25", "en")["url"]


def test_words_follow_the_language():
    danish, english = (questionnaire("ips-25", each) for each in ("da", "en"))
    assert (danish["language"], english["language"]) == ("da", "en")
    assert danish["title"] != english["title"] or danish["item"] != english["item"]


def test_the_command_prints_the_form():
    end = CliRunner().invoke(fidelity, ["questionnaire", "--scale", "ips-15"])
    assert end.exit_code == 0
    assert json.loads(end.stdout) == questionnaire("ips-15", "en")


def test_the_command_refuses_a_scale_that_there_is_not():
    end = CliRunner().invoke(fidelity, ["questionnaire", "--scale", "ips-99"])
    assert end.exit_code != 0
    assert isinstance(end.exception, PackFault | SystemExit)


# ---- A review ----------------------------------------------------------------------------

db = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def review(world):
    return told_review(world.north, lead=world.rui.user, scores={3: None, 7: 2})


def answer_to(found, link):
    for item in questions(found["item"]):
        if item["linkId"] == link:
            return item["answer"][0]
    return None


class TestResponse:
    pytestmark = db

    def test_a_final_review_answers_its_form(self, world, review):
        found = response(world.ben.actor, review, "en")
        must_answer(found, questionnaire("ips-25", "en"))
        assert found["status"] == "completed"
        assert found["authored"].startswith("2026-10-05T")
        assert found["subject"] == {
            "type": "Organization",
            "identifier": {
                "system": "urn:ietf:rfc:3986",
                "value": f"urn:uuid:{world.north.pk}",
            },
            "display": world.north.name,
        }
        assert answer_to(found, "review.day") == {"valueDate": "2026-10-01"}

    def test_each_item_has_its_score_and_what_was_seen(self, world, review):
        found = response(world.ben.actor, review, "en")
        seven = answer_to(found, "7")
        assert seven["valueCoding"]["code"] == "2"
        assert seven["item"] == [
            {"linkId": "7.seen", "answer": [{"valueString": "What was seen of 7"}]}
        ]
        assert answer_to(found, "3")["valueCoding"]["code"] == "insufficient"

    def test_the_version_that_was_agreed_last_is_told(self, world, review):
        rate_item(review, 7, 3, stage="moderated", reason="A log that was overlooked")
        rate_item(review, 7, 4, stage="consensus")  # of an earlier stage
        found = response(world.ben.actor, review, "en")
        seven = answer_to(found, "7")
        assert seven["valueCoding"]["code"] == "3"
        assert "A log that was overlooked" in json.dumps(seven)

    def test_with_a_gap_there_is_an_interval_and_no_total(self, world, review):
        found = response(world.ben.actor, review, "en")
        assert answer_to(found, "total.points") is None
        assert answer_to(found, "total.low") == {"valueInteger": 4 * 23 + 2 + 1}
        assert answer_to(found, "total.high") == {"valueInteger": 4 * 23 + 2 + 5}

    def test_without_a_gap_there_is_a_total_and_its_band(self, world):
        found = response(world.ben.actor, told_review(world.north), "en")
        assert answer_to(found, "total.points") == {"valueInteger": 100}
        band = total(scales.get("ips-25"), [4] * 25).band
        assert answer_to(found, "total.band")["valueCoding"]["code"] == band

    @pytest.mark.parametrize(
        ("status", "told"),
        [
            (ReviewStatus.CONSENSUS, "in-progress"),
            (ReviewStatus.MODERATED, "in-progress"),
            (ReviewStatus.ANSWERED, "in-progress"),
            (ReviewStatus.FINAL, "completed"),
        ],
    )
    def test_its_status_follows_the_review(self, world, status, told):
        made = told_review(world.north, lead=world.rui.user, status=status)
        found = response(world.rui.actor, made, "en")
        must_answer(found, questionnaire("ips-25", "en"))
        assert found["status"] == told

    def test_items_that_nobody_agreed_on_are_not_answered(self, world):
        made = ReviewFactory(
            unit=world.north, opened_on=date(2026, 10, 5), status="consensus"
        )
        SeatFactory(review=made, user=world.rui.user)
        rate_item(made, 4, 5)
        found = response(world.rui.actor, made, "en")
        must_answer(found, questionnaire("ips-25", "en"))
        assert [item["linkId"] for item in found["item"]] == [
            *("review", "organization", "total")
        ]

    def test_nobodys_own_rating_and_no_evidence_is_in_it(self, world, review):
        words = {"seen": "Only Rui thought so"}
        rate_item(review, 7, 1, stage="rater", rater=world.rui.user, **words)
        EvidenceFactory(review=review, item=7, text="Pat said that nobody called")
        found = json.dumps(response(world.rui.actor, review, "en"))
        assert "Only Rui" not in found
        assert "nobody called" not in found
        assert world.rui.user.name not in found

    def test_the_service_is_refused_before_it_is_told(self, world):
        made = told_review(
            world.north, lead=world.rui.user, status="consensus", told_on=None
        )
        with pytest.raises(Refused):
            response(world.ben.actor, made, "en")

    def test_reviewers_are_refused_before_they_have_compared(self, world):
        made = ReviewFactory(unit=world.north, status="rating")
        SeatFactory(review=made, user=world.rui.user)
        with pytest.raises(Refused):
            response(world.rui.actor, made, "en")

    @pytest.mark.parametrize(
        ("member", "status"),
        [
            pytest.param("ben", 200, id="supervisor of the unit"),
            pytest.param("cora", 200, id="clinician of a linked team"),
            pytest.param("rui", 200, id="reviewer"),
            pytest.param("ola", 404, id="specialist of another unit"),
            pytest.param("femi", 404, id="funder"),
            pytest.param("pat_account", 404, id="applicant"),
        ],
    )
    def test_who_reads_the_report_takes_it_home(self, as_, review, member, status):
        address = f"/fidelity-review/{review.pk}/questionnaire-response.json"
        answer = as_(member).get(address)
        assert answer.status_code == status
        if status == 200:
            assert answer["Content-Type"] == "application/fhir+json"
            must_answer(answer.json(), questionnaire("ips-25", "en"))
            assert AuditEntry.objects.filter(action="review_report_taken").count() == 1

    def test_scores_come_back_as_they_were_given(self, world, review):
        given = [4] * 25
        given[2], given[6] = None, 2
        found = json.loads(json.dumps(response(world.ben.actor, review, "da")))
        assert ratings_of(found) == given


# ---- There and back ----------------------------------------------------------------------


def made_of(scale, ratings):
    """Return a response with nothing but scores, as another program may write it."""
    pack = scales.pack(scale)
    codes = {None: "insufficient"}
    answers = {
        str(no): codes.get(rating, str(rating))
        for no, rating in enumerate(ratings, 1)
        if rating != "left out"
    }
    groups = [
        {
            "linkId": name,
            "item": [
                {
                    "linkId": str(no),
                    "answer": [{"valueCoding": {"code": answers[str(no)]}}],
                }
                for no in numbers
                if str(no) in answers
            ],
        }
        for name, numbers in pack.sections.items()
    ]
    url = canonical(f"scale {scale}")
    return {"questionnaire": f"{url}|{pack.version}", "item": groups}


SCORE = st.sampled_from([1, 2, 3, 4, 5, None, "left out"])


@given(st.lists(SCORE, min_size=25, max_size=25))
def test_whatever_was_scored_is_read_again(ratings):
    expected = [None if rating == "left out" else rating for rating in ratings]
    assert ratings_of(made_of("ips-25", ratings)) == expected


def test_an_item_that_does_not_fit_is_read_where_the_form_has_the_box():
    name = next((n for n in scales.load() if scales.pack(n).no_fit_allowed), None)
    number = len(scales.get(name).items)
    assert ratings_of(made_of(name, ["no_fit"] * number)) == ["no_fit"] * number


@pytest.mark.parametrize("code", ["0", "6", "4.5", "", "yes"])
def test_an_answer_that_the_form_does_not_have_is_refused(code):
    wrong = made_of("ips-25", [4] * 25)
    wrong["item"][0]["item"][0]["answer"][0]["valueCoding"]["code"] = code
    with pytest.raises(InputFault) as told:
        ratings_of(wrong)
    assert (told.value.reason, told.value.field) == ("answer_unknown", "1")


@pytest.mark.parametrize("named", ["", "urn:uuid:0", "http://example.org/form|1"])
def test_a_response_to_another_form_is_refused(named):
    with pytest.raises(InputFault) as told:
        ratings_of({"questionnaire": named, "item": []})
    assert told.value.reason == "form_unknown"
