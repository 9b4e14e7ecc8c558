"""What other programs write in ways of their own is understood, and told."""

import json

import pytest
from tests.voices.refi.files import (
    CASE,
    CODE,
    OTHER_CODE,
    SOURCE,
    TEXT,
    USER,
    codebook,
    coded,
    codes,
    guid,
    project,
    qdpx,
    remarks,
    selection,
    source,
)

from braid.kernel.errors import InputFault
from braid.voices.refi import model
from braid.voices.refi.reading import Options, read


def quotes(found):
    """Return the words of each selection of the first source."""
    text = found.sources[0]
    return [text.text[one.start : one.end] for one in text.selections]


# 1: the name of the project file.


def test_the_project_file_may_bear_the_name_of_the_project():
    found, report = read(qdpx(project(codes()), name="Trial.qde"))
    assert [code.name for code in found.codes] == ["contact"]
    assert remarks(report) == {"name_of_project_file": 1}


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        pytest.param(["project.xml"], "no_project", id="none"),
        pytest.param(["deep/project.qde"], "no_project", id="not at the top"),
        pytest.param(["a.qde", "b.QDE"], "many_projects", id="two"),
    ],
)
def test_an_archive_has_exactly_one_project(names, reason):
    brought = qdpx(project(), dict.fromkeys(names[1:], project()), name=names[0])
    with pytest.raises(InputFault) as met:
        read(brought)
    assert met.value.reason == reason


def test_what_a_mac_adds_to_an_archive_is_no_project():
    found, _ = read(
        qdpx(project(), {"__MACOSX/._project.qde": b"", "._project.qde": b""})
    )
    assert found.name == "Trial"


# 2: folders in capitals.


def test_sources_are_found_whatever_their_capitals():
    xml = project(codes() + source(selection(1, 0, 3)))
    found, report = read(
        qdpx(xml, {f"Sources/{SOURCE.upper()}.TXT": TEXT, "sources/.root": b""})
    )
    assert found.sources[0].text == TEXT
    assert remarks(report)["folder_in_capitals"] == 1


# 3 to 5: what is counted.

LINES = "One line\r\nand another\r\nabout work\r\nat last"
EMOJI = "Glad 👍 to work 🙂 with Søren 🎉 here"


def spans_by(text, words, count):
    """Return where words stand in a text as somebody counts it."""
    return [
        (count(text[: text.index(word)]), count(text[: text.index(word) + len(word)]))
        for word in words
    ]


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def one_a_line(text):
    return len(text.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    ("text", "words", "count", "way"),
    [
        pytest.param(
            LINES,
            ["another", "about", "last"],
            len,
            {"line_ends": "as_they_stand"},
            id="a line end counts two",
        ),
        pytest.param(
            LINES,
            ["another", "about", "last"],
            one_a_line,
            {"line_ends": "crlf_is_one"},
            id="a line end counts one",
        ),
        pytest.param(
            "\ufeff" + LINES.replace("\r", ""),
            ["another", "about", "last"],
            len,
            {"byte_order_mark": "counted"},
            id="the mark in front counts",
        ),
        pytest.param(
            "\ufeff" + LINES.replace("\r", ""),
            ["another", "about", "last"],
            lambda text: len(text) - 1,
            {"byte_order_mark": "not_counted"},
            id="the mark in front does not count",
        ),
        pytest.param(
            EMOJI,
            ["work", "Søren", "here"],
            utf16,
            {"units": "utf16"},
            id="an emoji counts two",
        ),
        pytest.param(
            EMOJI,
            ["work", "Søren", "here"],
            len,
            {"units": "code_points"},
            id="an emoji counts one",
        ),
        pytest.param(
            LINES.replace("line", "👍"),
            ["another", "about", "last"],
            lambda text: utf16(text.replace("\r\n", "\n")),
            {"units": "utf16", "line_ends": "crlf_is_one"},
            id="an emoji counts two and a line end one",
        ),
    ],
)
def test_the_way_of_counting_is_chosen_by_the_words(text, words, count, way):
    found, report = read(coded(text, spans_by(text, words, count)))
    assert quotes(found) == words
    places = report.document()["places"]
    assert way.items() <= places.items()
    assert places["score"] == 1 and all(each["score"] < 1 for each in places["others"])


def test_the_name_of_a_selection_tells_the_way():
    text = "aa\r\naaaa\r\naaaabaa"
    at = len("aa\naaaa\naaaa")
    found, report = read(coded(text, [(at, at + 1, "b")] * 2 + [(at, at + 3, "baa")]))
    assert report.document()["places"]["line_ends"] == "as_they_stand"
    found, report = read(coded(text, [(at - 3, at + 3, "aaabaa")]))
    assert report.document()["places"]["line_ends"] == "crlf_is_one"
    assert quotes(found) == ["aaabaa"]


def test_places_that_fit_no_words_are_taken_as_the_standard_counts():
    text = "abcdefgh\r\nijklmnopqr\r\nstuvwxyz"
    found, report = read(coded(text, [(2, 5), (12, 15), (24, 27)]))
    places = report.document()["places"]
    assert places["line_ends"] == "as_they_stand" and len(places["others"]) == 1
    assert quotes(found) == ["cde", "klm", "uvw"]


def test_utf_16_text_is_read_and_told():
    found, report = read(coded("Søren 👍 works".encode("utf-16"), [(0, 5)]))
    assert found.sources[0].text == "Søren 👍 works"
    assert remarks(report)["encoding"] == 1


def test_text_of_an_old_charset_is_read_and_told():
    found, report = read(coded("Søren".encode("cp1252"), [(0, 5)]))
    assert found.sources[0].text == "Søren" and remarks(report)["encoding"] == 1


def test_letters_are_joined_and_their_selections_go_along():
    found, report = read(coded("A\u030arhus by\r\nog e\u0301n", [(0, 6), (11, 15)]))
    assert found.sources[0].text == "Århus by\nog én"
    assert quotes(found) == ["Århus", "og é"]
    assert {"letters_joined", "line_ends", "moved_to_letter"} <= set(remarks(report))


# 13: what cannot stand.


@pytest.mark.parametrize(
    ("span", "met"),
    [
        pytest.param((3, 3), "no_length", id="no length"),
        pytest.param((5, 3), "backwards", id="end before start"),
        pytest.param((3, 500), "out_of_range", id="past the end"),
        pytest.param((-1, 3), "out_of_range", id="before the start"),
        pytest.param(("x", 3), "not_a_number", id="no number"),
        pytest.param((3, "9" * 5000), "not_a_number", id="a huge number"),
        pytest.param((3, "9" * 18), "out_of_range", id="a large number"),
    ],
)
def test_selections_that_cannot_stand_are_left_out_and_told(span, met):
    found, report = read(coded(TEXT, [(0, 3), span]))
    assert quotes(found) == ["Ada"]
    assert remarks(report)[met] == 1
    assert guid(1001) in next(r for r in report.remarks if r.kind == met).examples


def test_references_to_what_was_left_out_go_too():
    case = (
        f'<Cases><Case guid="{CASE}"><SelectionRef targetGUID="{guid(1001)}"/>'
        f'<SelectionRef targetGUID="{guid(1002)}"/></Case></Cases>'
    )
    inner = selection(1, 0, 3) + selection(2, 5, 5)
    found, report = read(qdpx(project(codes() + case + source(inner)), text=TEXT))
    assert found.cases[0].selection_refs == (guid(1001),)
    assert remarks(report)["unknown_reference"] == 1


def test_a_text_that_is_missing_keeps_its_selections():
    found, report = read(qdpx(project(codes() + source(selection(1, 0, 3)))))
    assert found.sources[0].text is None and len(found.sources[0].selections) == 1
    assert remarks(report)["missing_text"] == 1


def test_an_empty_text_is_told():
    found, report = read(qdpx(project(source()), text="\n"))
    assert found.sources[0].text == "\n" and remarks(report)["empty_text"] == 1


def test_codings_without_their_code_and_authors_without_their_user_are_told():
    coding = (
        f'<Coding guid="{guid(77)}" creatingUser="{USER}" creationDateTime="soon">'
        f'<CodeRef targetGUID="{{}}"/></Coding>'
    )
    inner = selection(1, 0, 3, coding.format(CODE) + coding.format(OTHER_CODE))
    found, report = read(qdpx(project(codes() + source(inner)), text=TEXT))
    (kept,) = found.sources[0].selections[0].codings
    assert (kept.code, kept.created_by, kept.created_at) == (CODE, "", None)
    met = remarks(report)
    assert (met["unknown_code"], met["unknown_user"], met["bad_time"]) == (1, 2, 2)
    assert met["guid_given_anew"] == 1


def test_a_newer_standard_is_read_as_far_as_it_is_known():
    body = codes() + '<Moods><Mood name="x"/></Moods>'
    found, report = read(project(body, mood="glad"))
    assert found.codes
    assert (
        remarks(report)["unknown_element"],
        remarks(report)["unknown_attribute"],
    ) == (1, 1)
    assert report.schema_faults


# 15 and 16: paths, names, identifiers.


def test_no_path_of_somebodys_computer_is_kept():
    films = (
        f'<VideoSource guid="{SOURCE}" name="Film" path="absolute:///Users/eve/film.mp4" '
        'currentPath="/Users/eve/film.mp4"/>'
    )
    found, report = read(project(f"<Sources>{films}</Sources>", basePath="/Users/eve"))
    assert found.sources[0].file == model.Attached(name="film.mp4", is_outside=True)
    assert "eve" not in str(found) and "eve" not in str(report.document())
    assert (remarks(report)["path_removed"], remarks(report)["outside"]) == (2, 1)


@pytest.mark.parametrize(
    "path",
    ["absolute:///etc/passwd", "relative:///../x.txt", "/etc/passwd", "../../x.txt",
     "C:\\x.txt", "file:///etc/passwd", "https://example.org/x.txt"],
)  # fmt: skip
def test_a_text_outside_the_project_is_never_opened(path, tmp_path):
    (tmp_path / "x.txt").write_text("secret")
    brought = tmp_path / "inner" / "trial.qdpx"
    brought.parent.mkdir()
    brought.write_bytes(qdpx(project(source(path=path))))
    found, report = read(brought)
    assert found.sources[0].text is None
    assert remarks(report)["outside"] == 1 and remarks(report)["missing_text"] == 1


def test_coders_can_be_read_as_pseudonyms():
    users = "".join(
        f'<User guid="{guid(50 + n)}" name="{name}" id="{name}1"/>'
        for n, name in enumerate(["Eve", "Rui"])
    )
    found, _ = read(project(f"<Users>{users}</Users>"), Options(pseudonyms=True))
    assert [user.name for user in found.users] == ["Coder 1", "Coder 2"]
    assert not any(user.id for user in found.users)


def test_a_bare_path_is_looked_for_inside_and_names_its_source():
    xml = project(source(path="talk-1.txt", name=""))
    found, report = read(qdpx(xml, {"sources/talk-1.txt": TEXT}))
    assert (found.sources[0].name, found.sources[0].text) == ("talk-1", TEXT)
    assert remarks(report) == {"bare_path": 1, "named_by_file": 1}


def test_identifiers_in_braces_and_capitals_are_the_same():
    held = source(selection(1, 0, 3).replace(CODE, f"{{{CODE.upper()}}}"))
    _, report = read(qdpx(project(codes() + held), text=TEXT))
    assert report.counts["codings"] == 1 and not remarks(report)


def test_identifiers_that_are_none_are_given_ones_that_follow_from_them():
    xml = codebook('<Codes><Code guid="c1" name="work" isCodable="true"/></Codes>')
    first, report = read(xml)
    again, _ = read(xml)
    assert first == again and len(first.codes[0].guid) == 36
    assert remarks(report)["opaque_guid"] == 1


def test_the_report_is_a_document_without_names_from_the_file():
    xml = project(
        codes() + source(selection(1, 3, 3), name="Ada Larsen"), name="Ada Larsen"
    )
    _, report = read(qdpx(xml, text=TEXT))
    told = json.dumps(report.document())
    assert "Ada" not in told
    (left_out,) = [each for each in report.document()["remarks"] if each["left_out"]]
    assert left_out["message"] == "1 selection without length was left out."
