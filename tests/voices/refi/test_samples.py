"""Files that real programs wrote are read as their description says.

Taguette's codebook is our own and lies here. The other samples are under the AGPL: they
are not part of this repository, and their tests run where BRAID_REFI_SAMPLES names the
folder they lie in. `files.py` writes small equivalents, so every rule is tested anyway.
"""

import os
from pathlib import Path

import pytest
from tests.voices.refi.files import CODE, codes, guid, project, qdpx

from braid.voices.refi import writing
from braid.voices.refi.reading import read

HERE = Path(__file__).parent / "samples"
ELSEWHERE = Path(os.environ.get("BRAID_REFI_SAMPLES", "/nowhere"))
elsewhere = pytest.mark.skipif(
    not ELSEWHERE.is_dir(),
    reason="BRAID_REFI_SAMPLES does not name the folder of the samples under the AGPL",
)


def test_the_codebook_of_taguette_is_read_though_it_is_not_valid():
    found, report = read(HERE / "taguette-1.5.2-codebook.qdc")
    assert report.kind == "codebook" and report.origin == "Taguette 1.5.2"
    assert (report.counts["codes"], report.counts["codes_at_top"]) == (61, 61)
    assert report.counts["code_depth"] == 1 and report.counts["sets"] == 0
    assert report.schema_faults == ("2: Sets: ELEMENT_CONTENT",)
    assert {code.is_codable for code in found.codes} == {True}
    again = read(writing.codebook_bytes(found.codebook))[1]
    assert again.schema_faults == () and again.counts == report.counts


COUNTED = {
    "qualitative-coding/nvivo_project.qdpx": {
        "users": 2, "codes": 262, "codes_at_top": 3, "code_depth": 7, "sources": 2,
        "codes_described": 0, "codes_not_codable": 0, "characters": 2, "selections": 0,
        "codings": 0, "notes": 0, "note_references": 0, "cases": 0, "sets": 0,
    },
    "qualitative-coding/qc-demo-masked.qdpx": {
        "users": 1, "codes": 262, "codes_at_top": 3, "code_depth": 7, "sources": 2,
        "codes_described": 0, "codes_not_codable": 0, "characters": 52_543 + 31_906,
        "selections": 158, "codings": 205, "notes": 0, "note_references": 0, "cases": 0,
        "sets": 0,
    },
    "refi-tools/f4-2025-project.qde.xml": {
        "users": 0, "codes": 1, "codes_at_top": 1, "code_depth": 1, "sources": 2,
        "codes_described": 1, "codes_not_codable": 0, "characters": 0, "selections": 2,
        "codings": 1, "notes": 2, "note_references": 2, "cases": 0, "sets": 0,
    },
}  # fmt: skip
REMARKED = {
    "qualitative-coding/nvivo_project.qdpx": {"empty_text": 2},
    "qualitative-coding/qc-demo-masked.qdpx": {"bare_path": 2, "named_by_file": 2},
    "refi-tools/f4-2025-project.qde.xml": {
        "missing_file": 2,
        "missing_text": 4,
        "memo_anchor": 1,
        "memo_in_description": 1,
    },
}


@elsewhere
@pytest.mark.parametrize("name", COUNTED)
def test_a_sample_is_read_as_described(name):
    _, report = read(ELSEWHERE / name)
    assert {key: report.counts[key] for key in COUNTED[name]} == COUNTED[name]
    assert {str(one.kind): one.count for one in report.remarks} == REMARKED[name]
    assert report.schema_faults == ()


@elsewhere
def test_selections_of_qc_start_at_lines_and_end_past_them():
    found, _ = read(ELSEWHERE / "qualitative-coding/qc-demo-masked.qdpx")
    (text,) = [each for each in found.sources if each.selections]
    assert len(text.text) == 52_543
    assert max(one.end for one in text.selections) == 51_627
    for one in text.selections:
        assert one.start == 0 or text.text[one.start - 1] == "\n"
        assert text.text[one.end - 1] == "\n"
    assert sum(len(one.codings) > 1 for one in text.selections) == 37


# Equivalents, written by hand.


def test_a_project_as_qc_writes_it():
    lines = "First line.\nSecond line.\nThird line.\n"
    ends = [0, 12, 25, 37]
    selections = "".join(
        f'<PlainTextSelection guid="{guid(10 + n)}" startPosition="{ends[n]}" '
        f'endPosition="{ends[n + 1]}">'
        f'<Coding guid="{guid(20 + n)}"><CodeRef targetGUID="{CODE}"/></Coding>'
        f'<Coding guid="{guid(30 + n)}"><CodeRef targetGUID="{CODE}"/></Coding>'
        "</PlainTextSelection>"
        for n in range(3)
    )
    in_hex = "61646d69-6e2d-312e-7478-740000000000"  # “admin-1.txt” byte by byte
    text = (
        f'<Sources><TextSource guid="{in_hex}" plainTextPath="admin-1.txt">{selections}'
        "</TextSource></Sources>"
    )
    found, report = read(qdpx(project(codes() + text), {"sources/admin-1.txt": lines}))
    (held,) = found.sources
    assert [held.text[one.start : one.end] for one in held.selections] == [
        "First line.\n",
        "Second line.\n",
        "Third line.\n",
    ]
    assert (held.name, held.guid) == ("admin-1", in_hex)
    assert (report.counts["codings"], report.schema_faults) == (6, ())


def test_a_project_as_nvivo_writes_it():
    xml = project(
        codes() + f'<Sources><TextSource guid="{guid(9)}" name="{guid(8)}" '
        f'plainTextPath="internal://{guid(9)}.txt" '
        f'richTextPath="internal://{guid(9)}.docx"/></Sources>',
        basePath="",
    )
    parts = {f"sources/{guid(9)}.txt": "\n", f"sources/{guid(9)}.docx": b"PK"}
    found, report = read(qdpx(xml, {**parts, "sources/.root": b""}))
    assert found.sources[0].rich.name == f"{guid(9)}.docx"
    assert {str(one.kind) for one in report.remarks} == {"empty_text"}
