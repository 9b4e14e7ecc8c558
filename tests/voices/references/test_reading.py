"""References come in as reference managers export them, stray as they may."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.errors import InputFault
from braid.voices.references import bibtex, reading
from braid.voices.references.reading import read

RIS = """TY  - JOUR
AU  - Larsen, Åse
AU  - de Vries, Jan
TI  - Individual placement and support:
      managers between two logics
T2  - Journal of Invented Studies
PY  - 2016/03/01/
VL  - 12
IS  - 3
SP  - 101
EP  - 118
DO  - https://doi.org/10.1234/ABC.56.
AB  - Twelve managers were asked.
KW  - IPS
KW  - logics
ER  -

TY - RPRT
T1  - A report without an end
Y1  - 2014
"""
BIB = r"""
@comment{ nothing here }
@string{jis = "Journal of Invented Studies"}
@article{larsen2016,
  author = {Larsen, {\AA}se and de Vries, Jan},
  title = "{Individual} placement {and} support: \'elan, S{\o}ren, na\"{\i}ve \& more",
  journal = jis, year = 2016, volume = {12}, number = 3,
  pages = {101--118}, month = mar # "~1",
  doi = {10.1234/abc.56}, keywords = {IPS; logics},
}
@inproceedings(key2, title = {A talk}, booktitle = {Proceedings}, date = {2015-05-01})
"""


def test_ris_is_read():
    (first, second), report = read(RIS.encode())
    assert first.authors == ("Larsen, Åse", "de Vries, Jan")
    assert first.title.endswith("support: managers between two logics")
    assert (first.container, first.year) == ("Journal of Invented Studies", 2016)
    assert (first.volume, first.issue, first.pages) == ("12", "3", "101–118")
    assert (first.doi, first.kind) == ("10.1234/abc.56", "article")
    assert first.keywords == ("IPS", "logics")
    assert (second.title, second.kind, second.year) == (
        "A report without an end",
        "report",
        2014,
    )
    assert (report.format, report.references, report.broken) == ("ris", 2, 0)


def test_bibtex_is_read():
    (first, second), report = read(BIB.encode())
    assert first.authors == ("Larsen, Åse", "de Vries, Jan")
    assert first.title == "Individual placement and support: élan, Søren, naïve & more"
    assert (first.container, first.year) == ("Journal of Invented Studies", 2016)
    assert (first.pages, first.doi, first.key) == (
        "101–118",
        "10.1234/abc.56",
        "larsen2016",
    )
    assert (second.kind, second.container, second.year) == (
        "conference",
        "Proceedings",
        2015,
    )
    assert (report.format, report.references) == ("bibtex", 2)


def test_both_formats_come_to_one_shape():
    assert read(RIS.encode())[0][0].authors == read(BIB.encode())[0][0].authors


@pytest.mark.parametrize(
    ("line_end", "encoding"),
    [("\r\n", "utf-8-sig"), ("\r", "utf-8"), ("\n", "cp1252"), ("\r\n", "utf-16")],
)
def test_line_ends_and_charsets_make_no_difference(line_end, encoding):
    data = RIS.replace("\n", line_end).encode(encoding)
    assert read(data)[0] == read(RIS.encode())[0]


def test_an_entry_that_breaks_off_is_counted_and_the_others_are_read():
    found, report = read(b"@article{a, title = {Never ends\n\n@book{b, title={Whole}}")
    assert [each.title for each in found] == ["Whole"]
    assert (report.references, report.broken) == (1, 1)


def test_a_reference_without_a_title_is_kept_and_counted():
    found, report = read(b"TY  - JOUR\nPY  - 2011\nER  - \n")
    assert found[0].title == "" and report.untitled == 1


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (r"{\O}rsted", "Ørsted"),
        (r"\'{e}l\`{e}ve", "élève"),
        (r"Gar\c{c}on", "Garçon"),
        (r"\v{S}koda", "Škoda"),
        (r"G{\"o}del", "Gödel"),
        (r"\emph{IPS} works", "IPS works"),
        (r"50\% of \$10", "50% of $10"),
        ("a~b", "a b"),
        ("{{DNA}}", "DNA"),
        ("<i>In vivo</i> codes", "In vivo codes"),
    ],
)
def test_tex_becomes_letters(said, plain):
    assert bibtex.plain(said) == plain


@pytest.mark.parametrize(
    "data", [b"", b"Hello", b"<html/>", b"PK\x03\x04", b"name@example.org {x}"]
)
def test_what_holds_no_references_is_refused(data):
    with pytest.raises(InputFault) as met:
        read(data)
    assert met.value.reason == "neither"


def test_too_many_references_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST", 2)
    with pytest.raises(InputFault) as met:
        read(b"TY  - JOUR\nER  - \n" * 3)
    assert met.value.reason == "too_many"


def test_a_large_file_is_refused_before_it_is_read(monkeypatch, tmp_path):
    monkeypatch.setattr(reading, "LARGEST", 10)
    (tmp_path / "a.ris").write_bytes(b"TY  - JOUR\n")
    with pytest.raises(InputFault) as met:
        read(tmp_path / "a.ris")
    assert met.value.reason == "too_large"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"@article{a, title = " + b"{" * 200_000, id="braces without end"),
        pytest.param(b"@article{a, title = {x" * 5_000, id="entries without end"),
        pytest.param(b"@article{" * 20_000, id="entries without names"),
        pytest.param(b"TY  - JOUR\nAB  - x\n" + b"more\n" * 200_000, id="a long value"),
        pytest.param(b"@" * 200_000 + b"article{a, title={x}}", id="many marks"),
    ],
)
def test_hostile_files_take_no_more_than_a_second(data):
    begun = time.process_time()
    with suppress(InputFault):
        read(data)
    assert time.process_time() - begun < 1


@given(st.text() | st.lists(st.sampled_from(["@article{", "a, ", "title=", "{", "}", '"', "#",
                                             "\\", "TY  - JOUR\n", "ER  - \n", "x", ","])).map("".join))  # fmt: skip # noqa: E501
def test_whatever_is_brought_is_read_or_refused(text):
    try:
        found, report = read(text.encode("utf-8", "surrogatepass"))
    except InputFault:
        return
    assert len(found) == report.references
