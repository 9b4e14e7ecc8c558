"""Codebooks, memos, surveys and variables, as other programs place them."""

import pytest
from tests.voices.refi.files import (
    CASE,
    CODE,
    FOLDER,
    NOTE,
    OTHER_CODE,
    SOURCE,
    TEXT,
    USER,
    VARIABLE,
    codebook,
    codes,
    guid,
    project,
    qdpx,
    remarks,
    selection,
    source,
)

from braid.voices.refi import meaning
from braid.voices.refi.reading import read

# 6 to 9: codebooks.


@pytest.mark.parametrize(
    "namespace",
    ["urn:QDA-XML:codebook:0:4", "urn:QDA-XML:codebook:1:0", "http://x.invalid/", ""],
)
def test_codebooks_of_other_namespaces_are_read(namespace):
    body = f'<Codes><Code guid="{CODE}" name="work" isCodable="true"/></Codes>'
    found, report = read(codebook(body, namespace=namespace))
    assert found.codes[0].name == "work" and report.kind == "codebook"
    assert remarks(report)["namespace"] == 1


@pytest.mark.parametrize(
    ("written", "read_as", "met"),
    [
        pytest.param("#044B9B", "#044b9b", None, id="six digits"),
        pytest.param("#abc", "#aabbcc", None, id="three digits"),
        pytest.param("rgb(4, 75,155)", "#044b9b", "colour_rewritten", id="rgb"),
        pytest.param("rgb(4,75,256)", "", "colour_dropped", id="no such red"),
        pytest.param("#80044B9B", "", "colour_dropped", id="with alpha"),
        pytest.param("rgba(1,2,3,0.5)", "", "colour_dropped", id="rgba"),
        pytest.param("teal", "", "colour_dropped", id="a word"),
    ],
)
def test_colours_are_read_leniently(written, read_as, met):
    extra = f'<Code guid="{OTHER_CODE}" name="x" isCodable="true" color="{written}"/>'
    found, report = read(project(codes(extra)))
    assert found.codes[1].colour == read_as
    assert {kind for kind in remarks(report) if "colour" in kind} == (
        {met} if met else set()
    )


def test_a_memo_is_a_memo_wherever_it_stands():
    described = "<Description>Said twice</Description>"
    noted = f'<NoteRef targetGUID="{NOTE}"/>'
    found, report = read(
        qdpx(
            project(
                f'<Users><User guid="{USER}" name="Eve"/></Users>'
                + codes()
                + source(
                    selection(1, 0, 3, described)
                    + selection(2, 4, 7, described + noted)
                    + selection(3, 8, 11)
                )
                + f'<Notes><Note guid="{NOTE}" creatingUser="{USER}">'
                "<PlainTextContent>Said twice</PlainTextContent></Note></Notes>"
            ),
            text=TEXT,
        )
    )
    assert remarks(report)["memo_anchor"] == 2
    told = [(memo.about, memo.text, memo.author) for memo in meaning.memos(found)]
    assert told == [(guid(1001), "Said twice", ""), (guid(1002), "Said twice", USER)]


def test_a_note_on_nothing_is_about_the_project():
    note = f'<Notes><Note guid="{NOTE}" name="Idea"/></Notes>'
    found, _ = read(project(note))
    assert [(memo.about, memo.text) for memo in meaning.memos(found)] == [("", "Idea")]


def test_a_category_is_a_code_that_is_not_coded_with():
    inner = f'<Code guid="{OTHER_CODE}" name="inner" isCodable="true"/>'
    folder = f'<Code guid="{FOLDER}" name="outer" isCodable="false">{inner}</Code>'
    found, report = read(project(codes(folder)))
    assert [code.is_codable for code in found.codes] == [True, False]
    assert found.codes[1].codes[0].name == "inner"
    assert report.counts["codes"] == 3 and remarks(report)["category"] == 1


def test_a_parent_that_is_coded_with_stays_one_code():
    inner = f'<Code guid="{OTHER_CODE}" name="inner" isCodable="true"/>'
    parent = f'<Code guid="{FOLDER}" name="outer" isCodable="true">{inner}</Code>'
    found, report = read(project(codes(parent)))
    assert report.counts["codes"] == 3 and found.codes[1].is_codable


# 10 and 11: surveys and variables.


def test_answers_to_a_survey_are_grouped_by_their_name():
    names = ["Survey 1", "Survey 2", "Survey_10", "Interview 1", "Survey 2", "Talk"]
    body = "".join(
        f'<TextSource guid="{guid(100 + number)}" name="{name}">'
        "<PlainTextContent>Yes.</PlainTextContent></TextSource>"
        for number, name in enumerate(names)
    )
    found, report = read(project(f"<Sources>{body}</Sources>"))
    assert report.surveys == {"Survey": (guid(100), guid(101), guid(102))}
    assert meaning.surveys(found) == report.surveys
    assert "Survey" not in str(report.document()["surveys"])


def variable(name="party", kind="Text"):
    return (
        f'<Variables><Variable guid="{VARIABLE}" name="{name}" '
        f'typeOfVariable="{kind}"/></Variables>'
    )


def value(text, kind="Text"):
    return (
        f'<VariableValue><VariableRef targetGUID="{VARIABLE}"/>'
        f"<{kind}Value>{text}</{kind}Value></VariableValue>"
    )


@pytest.mark.parametrize("where", ["case", "source"])
def test_values_are_taken_from_the_case_and_from_its_source(where):
    case = (
        f'<Cases><Case guid="{CASE}" name="P1">'
        f"{value('clinician') if where == 'case' else ''}"
        f'<SourceRef targetGUID="{SOURCE}"/></Case></Cases>'
    )
    held = source(tail=value("clinician") if where == "source" else "")
    found, report = read(qdpx(project(variable() + case + held), text=TEXT))
    assert [one.value for one in meaning.values_of(found, found.cases[0])] == [
        "clinician"
    ]
    assert ("value_in_source" in remarks(report)) == (where == "source")


def test_values_of_the_wrong_kind_are_left_out_and_told():
    said = (
        value("many", "Integer")
        + value("True", "Boolean")
        + value("1E+999999", "Float")
    )
    held = f'<Cases><Case guid="{CASE}">{said}</Case></Cases>'
    found, report = read(project(variable() + held))
    assert [one.value for one in found.cases[0].values] == [None, True, None]
    assert remarks(report)["bad_value"] == 2
