"""Choosing from a list works without scripts and loses nothing that was typed."""

import pytest
from django import forms
from django.http import QueryDict

from braid.people.pickers import OccupationField, Pick, PicksField
from braid.web.forms import LaidOut


class Wishes(LaidOut, forms.Form):
    work = PicksField(scheme="occupation", required=False)


class OneJob(LaidOut, forms.Form):
    occupation = OccupationField(required=False)


def sent(form, query):
    return form(QueryDict(query))


def test_what_was_searched_is_shown_to_tick_and_the_text_stays():
    form = sent(Wishes, "work=7512&work_text=kitchen")
    assert not form.is_valid()
    page = str(form["work"])
    assert 'value="kitchen"' in page
    assert page.index('value="7512"') < page.index('value="9412"')
    assert page.count("checked") == 1


@pytest.mark.parametrize(
    ("query", "picks"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("work=9412&work_text=kitchen", [Pick("9412")], id="ticked"),
        pytest.param("work_text=9412", [Pick("9412")], id="the code itself"),
        pytest.param("work_text=kitchen+helpers", [Pick("9412")], id="the whole title"),
        pytest.param(
            "work==Drone+pilot&work_text=Drone+pilot",
            [Pick(words="Drone pilot")],
            id="own words",
        ),
        pytest.param("work=9412&work=9412", [Pick("9412")], id="twice the same"),
    ],
)
def test_what_is_ticked_is_what_is_kept(query, picks):
    form = sent(Wishes, query)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["work"] == picks


def test_words_that_no_list_has_can_stay_words_and_that_is_said():
    page = str(sent(Wishes, "work_text=drone+whisperer")["work"])
    assert "nothing of that name" in page
    assert 'value="=drone whisperer"' in page
    assert "in your own words, without a code" in page


@pytest.mark.parametrize("value", ["999999", "x", "<script>"])
def test_a_value_that_no_list_has_is_refused(value):
    form = Wishes({"work": [value]})
    assert not form.is_valid()


def test_a_job_has_one_occupation_and_no_words_of_its_own():
    form = sent(OneJob, "occupation=9412")
    assert form.is_valid() and form.cleaned_data["occupation"] == "9412"
    assert not sent(OneJob, "occupation==Drone+pilot").is_valid()
    assert 'type="radio"' in str(sent(OneJob, "occupation_text=baker")["occupation"])


def test_what_is_kept_is_shown_ticked_with_its_title():
    page = str(OneJob(initial={"occupation": "9412"})["occupation"])
    assert "Kitchen Helpers" in page and "checked" in page


def test_pasted_markup_is_shown_as_text():
    page = str(sent(Wishes, "work_text=%3Cscript%3E")["work"])
    assert "<script>" not in page


def test_the_search_answers_as_one_types(as_):
    client = as_("pat_account")
    address = "/classification/?scheme=occupation&name=work&many=1&own=1"
    page = client.get(f"{address}&work=7512&work_text=kitch").content.decode()
    assert "Kitchen Helpers" in page and "Bakers" in page


@pytest.mark.parametrize(
    "query", ["scheme=pets&name=work", "scheme=occupation&name=%22%3E"]
)
def test_the_search_knows_its_lists_only(as_, query):
    assert as_("ada").get(f"/classification/?{query}").status_code == 404
