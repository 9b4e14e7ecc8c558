"""What is written is valid, comes back as it was, and is the same bytes a second time."""

import io
import unicodedata
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.voices.refi.projects import projects

from braid.voices.refi import model, schema, standing, writing
from braid.voices.refi.reading import read
from braid.voices.refi.remarks import Kind
from braid.voices.refi.walking import walked
from braid.voices.refi.writing import Options

OPTIONS = {
    "plain": Options(),
    "as MAXQDA counts": Options(crlf=True),
    "with codes for fields": Options(field_codes=True),
    "both": Options(crlf=True, field_codes=True),
}
EXPECTED = {Kind.MARKS_OF_BRAID, Kind.MEMO_ANCHOR, Kind.MEMO_IN_DESCRIPTION}
EXPECTED |= {Kind.CATEGORY, Kind.VALUE_IN_SOURCE, Kind.SURVEY, Kind.EMPTY_TEXT}
EXPECTED |= {Kind.OUTSIDE}


def stood(project):
    """Return a project as it comes back: frozen, and written by us."""
    return replace(standing.standing(project), origin=writing.ORIGIN)


@pytest.mark.parametrize("name", OPTIONS)
@settings(max_examples=60)
@given(project=projects())
def test_a_project_comes_back_as_it_was(name, project):
    options = OPTIONS[name]
    data = writing.project_bytes(project, options)
    found, report = read(data)
    assert report.schema_faults == ()
    assert found == stood(project)
    allowed = EXPECTED | ({Kind.LINE_ENDS} if options.crlf else set())
    assert {remark.kind for remark in report.remarks} <= allowed
    assert writing.project_bytes(project, options) == data
    assert writing.project_bytes(found, options) == data


@given(project=projects())
def test_selections_keep_their_words(project):
    before = [_quotes(each) for each in walked(project) if _is_text(each)]
    after = [_quotes(each) for each in walked(stood(project)) if _is_text(each)]
    for old, new in zip(before, after, strict=True):
        assert all(
            _apart(said) in _apart(kept) for said, kept in zip(old, new, strict=True)
        )


def _apart(text):
    """Letters and marks apart, line ends single, no marks of byte order."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return unicodedata.normalize("NFD", text)


def _is_text(node):
    return isinstance(node, model.TextSource)


def _quotes(node):
    quotes = [(node.text or "")[one.start : one.end] for one in node.selections]
    return [quote for quote in quotes if quote.strip("\ufeff")]


@given(project=projects())
def test_a_project_that_stands_stays(project):
    once = standing.standing(project)
    assert standing.standing(once) == once


@given(project=projects())
def test_a_codebook_comes_back_as_it_was(project):
    if not project.codes:
        return
    data = writing.codebook_bytes(project.codebook)
    assert schema.faults(data, schema.CODEBOOK) == ()
    found, _ = read(data)

    def bare(code):
        return replace(
            code, note_refs=(), codes=tuple(bare(each) for each in code.codes)
        )

    whole = stood(project)
    assert found.codes == tuple(bare(code) for code in whole.codes)
    assert found.sets == tuple(
        replace(each, source_refs=(), note_refs=())
        for each in whole.sets
        if each.code_refs
    )


@given(project=projects())
def test_nothing_of_what_is_written_has_a_mark_or_a_lone_return(project):
    with zipfile.ZipFile(io.BytesIO(writing.project_bytes(project))) as archive:
        for part in archive.infolist():
            data = archive.read(part)
            assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
            assert part.date_time == writing.FIRST_DAY
        names = archive.namelist()
    assert names[0] == "project.qde" and names[1:] == sorted(names[1:])
    assert all(name.startswith("sources/") for name in names[1:])


@settings(max_examples=60)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_rubbish_is_refused_with_a_sentence(data):
    with pytest.raises(standing.opening.InputFault):
        read(data)
