"""Forms say what is wrong, where, and which fields may stay empty."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from braid.web.forms import LaidOut, form_helper
from braid.web.gallery.samples import BedForm
from braid.web.widgets import DayInput, FilterSelect, SegmentedRadio


def shown(form: forms.Form, **context: object) -> str:
    request = RequestFactory().get("/beds/new/?from=list")
    return render_to_string(
        "web/components/form.html", {"form": form, **context}, request
    )


@pytest.fixture
def wrong() -> BedForm:
    return BedForm({"name": "wrong", "kind": "trees", "sown_on": "soon"})


def test_the_summary_lists_every_error_and_leads_to_its_field(wrong: BedForm):
    html = shown(wrong)
    summary = html[html.index("error-summary") : html.index("</ul>")]
    assert "data-takes-focus" in summary
    targets = re.findall(r'<a href="#([^"]+)">', summary)
    assert targets == ["id_name", "id_keeper", "id_kind_0", "id_sown_on", "id_size"]
    assert all(f'id="{target}"' in html for target in targets)
    assert "Name of the bed: There is a bed of that name. Choose another." in summary


def test_a_field_with_an_error_is_marked_and_tied_to_its_words(wrong: BedForm):
    html = shown(wrong)
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html and 'id="id_name_error"' in html
    assert html.count('aria-invalid="true"') >= 4


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [
        ("2026-10-05", True),
        ("1931-02-28", True),
        ("0026-10-05", False),
        ("20266-10-05", False),
        ("9999-12-31", False),
    ],
)
def test_a_day_out_of_our_time_is_a_slip_of_the_keys(day: str, is_taken: bool):
    form = BedForm({"name": "Bed 1", "sown_on": day})
    assert ("sown_on" not in form.errors) is is_taken


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in shown(BedForm())


def test_errors_of_the_whole_form_are_listed_first():
    form = BedForm({"name": "Bed 1"})
    form.add_error(None, "Two beds cannot share a sign.")
    html = shown(form)
    assert "<li>Two beds cannot share a sign.</li>" in html


@pytest.mark.parametrize(
    ("label", "is_optional"),
    [("Name of the bed", False), ("Sown on", True), ("Tools at hand", True)],
)
def test_fields_that_may_stay_empty_say_so_in_words(label: str, is_optional: bool):
    html = " ".join(shown(BedForm()).split())
    follows = html.split(label, 1)[1][:40]
    assert ("(optional)" in follows) is is_optional
    assert "*" not in html


def test_a_form_is_sent_plainly_on_a_page_and_by_htmx_in_the_dialog():
    page, dialog = shown(BedForm()), shown(BedForm(), in_dialog=True)
    assert 'method="post" action="/beds/new/?from=list"' in page
    assert "hx-post" not in page
    assert 'method="post" action="/beds/new/?from=list"' in dialog
    assert 'hx-post="/beds/new/?from=list" hx-target="#dialog-body"' in dialog


def test_a_form_of_files_is_sent_as_one():
    class Upload(LaidOut, forms.Form):
        sheet = forms.FileField()

    assert 'enctype="multipart/form-data"' in shown(Upload())
    assert 'hx-encoding="multipart/form-data"' in shown(Upload(), in_dialog=True)


def test_a_layout_chooses_and_orders_the_fields():
    class Short(BedForm):
        layout = ("size", "name")

    html = shown(Short())
    assert re.findall(r'<label class="form-label" for="(\w+)"', html) == [
        "id_size",
        "id_name",
    ]


def test_a_form_without_our_helper_is_drawn_the_same_way():
    class Bare(forms.Form):
        name = forms.CharField(label="Name")

    assert '<label class="form-label" for="id_name">Name' in shown(Bare())


def test_the_helper_leaves_tag_token_and_summary_to_the_component():
    helper = form_helper("name")
    assert not helper.form_tag and helper.disable_csrf and not helper.form_show_errors
    assert shown(BedForm()).count("<form") == 1


def test_segmented_buttons_are_radio_buttons_in_a_fieldset():
    class Form(LaidOut, forms.Form):
        kind = forms.ChoiceField(
            choices=[("a", "Apples"), ("b", "Beans")],
            widget=SegmentedRadio,
            initial="b",
        )

    html = shown(Form())
    assert "<legend" in html and html.count('type="radio"') == 2
    assert re.search(r'value="b"[^>]*checked', html)
    assert '<label for="id_kind_0">' in html


def test_choices_keep_their_values_and_what_was_chosen():
    form = BedForm({"tools": ["rake"]})
    html = shown(form)
    boxes = re.findall(r'<input type="checkbox" name="tools" value="(\w+)"[^>]*>', html)
    assert boxes == ["can", "rake", "spade"]
    assert re.search(r'value="rake"[^>]*checked', html)


@pytest.mark.parametrize(
    ("widget", "part"),
    [
        (FilterSelect(), 'data-filter-select=""'),
        (FilterSelect({"class": "wide"}), 'class="wide"'),
        (DayInput(), 'type="date"'),
    ],
)
def test_widgets(widget: forms.Widget, part: str):
    assert part in widget.render("name", None)


def test_a_day_is_given_to_the_browser_as_it_expects_it():
    form = BedForm(initial={"sown_on": "2026-10-05"})
    assert 'value="2026-10-05"' in str(form["sown_on"])
