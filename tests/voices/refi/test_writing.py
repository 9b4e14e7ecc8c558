"""What Braid writes for other programs: names hidden, fields as notes, files beside it."""

import io
import random
import time
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree
from tests.voices.refi.files import CODE, NOTE, OTHER_CODE, SOURCE, USER, guid

from braid.kernel.errors import InputFault
from braid.voices.refi import marks, model, reading, writing
from braid.voices.refi.matching import compared
from braid.voices.refi.reading import read
from braid.voices.refi.writing import Options

BARRIER = model.Fields(polarity="barrier", logic="ips", side="material")
TEXT = "First line\nÅse 👍 said no\nlast"


def project(fields=BARRIER, **changes):
    coding = model.Coding(guid=guid(31), code=CODE, created_by=USER, fields=fields)
    selection = model.TextSelection(guid=guid(30), start=11, end=14, codings=(coding,))
    made = model.Project(
        name="Trial",
        users=(model.User(guid=USER, name="Eve Evans", id="eve"),),
        codes=(model.Code(guid=CODE, name="contact"),),
        sources=(
            model.TextSource(
                guid=SOURCE, name="Talk", text=TEXT, selections=(selection,)
            ),
        ),
    )
    return replace(made, **changes)


def xml_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("project.qde").decode()


def part_of(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def test_fields_of_a_coding_stand_in_a_note_that_people_can_read():
    xml = etree.fromstring(xml_of(writing.project_bytes(project())).encode())
    (note,) = xml.iter("{*}Note")
    assert note[0].text == "braid: polarity=barrier; logic=ips; side=material"
    (reference,) = next(xml.iter("{*}Coding")).iter("{*}NoteRef")
    assert reference.get("targetGUID") == note.get("guid")


def test_codings_of_which_the_same_is_said_share_a_note():
    codings = tuple(
        model.Coding(guid=guid(40 + n), code=CODE, fields=BARRIER) for n in range(50)
    )
    source = project().sources[0]
    whole = replace(source, selections=(), codings=codings)
    written = marks.as_notes(project(sources=(whole,)))
    assert len(written.notes) == 1


def test_fields_stand_as_codes_too_when_asked():
    xml = xml_of(writing.project_bytes(project(), Options(field_codes=True)))
    for word in ("polarity:barrier", "logic:ips", "side:material"):
        assert f'name="{word}"' in xml
    assert xml.count("<CodeRef") == 4
    assert "polarity:barrier" not in xml_of(writing.project_bytes(project()))


@pytest.mark.parametrize("codes", [False, True], ids=["notes", "codes too"])
def test_fields_come_back_to_their_coding(codes):
    found, report = read(writing.project_bytes(project(), Options(field_codes=codes)))
    assert found == replace(project(), origin="Braid")
    assert [str(remark.kind) for remark in report.remarks] == ["marks_of_braid"]


@pytest.mark.parametrize(
    ("note", "fields", "left"),
    [
        pytest.param("braid: polarity=barrier", {"polarity": "barrier"}, None, id="alone"),
        pytest.param(
            "braid: logic=ips; side=symbolic\nAnd a thought.",
            {"logic": "ips", "side": "symbolic"},
            "And a thought.",
            id="with a memo below",
        ),
        pytest.param("braid: mood=glad", {}, "braid: mood=glad", id="an unknown field"),
        pytest.param("Said braid: polarity=barrier", {}, "Said braid: polarity=barrier",
                     id="in the middle"),
        pytest.param("braid: polarity=<b>", {}, "braid: polarity=<b>", id="not a slug"),
    ],
)  # fmt: skip
def test_a_note_is_understood_by_its_first_line(note, fields, left):
    coded = project(
        fields=model.Fields(), notes=(model.TextSource(guid=NOTE, text=note),)
    )
    (source,) = coded.sources
    (selection,) = source.selections
    (coding,) = selection.codings
    selection = replace(selection, codings=(replace(coding, note_refs=(NOTE,)),))
    coded = replace(coded, sources=(replace(source, selections=(selection,)),))
    found, _ = read(writing.project_bytes(coded))
    (kept,) = found.sources[0].selections[0].codings
    assert kept.fields == model.Fields(**fields)
    assert [each.text for each in found.notes] == ([left] if left else [])
    assert kept.note_refs == ((NOTE,) if left else ())


def test_a_note_on_more_than_codings_stays():
    codes = (model.Code(guid=CODE, name="contact", note_refs=(NOTE,)),)
    note = model.TextSource(guid=NOTE, text="braid: polarity=barrier")
    found, _ = read(writing.project_bytes(project(codes=codes, notes=(note,))))
    assert found.codes[0].note_refs == (NOTE,) and len(found.notes) == 1


def test_coders_can_go_without_their_names():
    data = writing.project_bytes(project(), Options(pseudonyms=True))
    assert "Eve" not in xml_of(data) and "eve" not in xml_of(data)
    found, _ = read(data)
    assert [(user.guid, user.name) for user in found.users] == [(USER, "Coder 1")]
    assert "Eve Evans" in xml_of(writing.project_bytes(project()))


def test_maxqda_gets_line_ends_of_two():
    data = writing.project_bytes(project(), Options(crlf=True))
    text = part_of(data, f"sources/{SOURCE}.txt").decode()
    assert text == TEXT.replace("\n", "\r\n")
    selection = next(
        etree.fromstring(xml_of(data).encode()).iter("{*}PlainTextSelection")
    )
    place = slice(
        int(selection.get("startPosition")), int(selection.get("endPosition"))
    )
    assert text[place] == "Åse"


def test_nothing_is_written_that_is_not_there():
    xml = xml_of(writing.project_bytes(model.Project(name="Empty")))
    root = etree.fromstring(xml.encode())
    assert len(root) == 0 and dict(root.attrib) == {"name": "Empty", "origin": "Braid"}


def test_files_of_sources_go_along_under_their_identifiers():
    source = replace(project().sources[0], rich=model.Attached(name="Talk by Eve.docx"))
    whole = project(sources=(source,))
    data = writing.project_bytes(whole, files={"Talk by Eve.docx": b"words"})
    found, _ = read(data)
    (held,) = found.sources
    assert held.rich == model.Attached(name=f"{SOURCE}.docx")
    assert reading.file_of(data, held.rich) == b"words"
    assert "by Eve" not in xml_of(data)
    without, report = read(writing.project_bytes(whole))
    assert without.sources[0].rich is None and "missing_file" not in str(report)


def test_a_selection_outside_its_text_is_not_written():
    source = replace(project().sources[0], text="short")
    with pytest.raises(InputFault) as met:
        writing.project_bytes(project(sources=(source,)))
    assert met.value.reason == "outside"


def test_a_codebook_without_codes_is_not_written():
    with pytest.raises(InputFault) as met:
        writing.codebook_bytes(model.Codebook())
    assert met.value.reason == "no_codes"


# The same project brought again.


def renamed(whole):
    """Return a project as a program writes it that makes every identifier anew."""
    xml = xml_of(writing.project_bytes(whole))
    for old, new in ((CODE, guid(901)), (SOURCE, guid(902)), (guid(31), guid(903))):
        xml = xml.replace(old, new)
    text = {f"sources/{guid(902)}.txt": whole.sources[0].text}
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, data in {"project.qde": xml, **text}.items():
            archive.writestr(name, data)
    return read(into.getvalue())[0]


def test_a_project_with_new_identifiers_is_known_again():
    met = compared(project(), renamed(project()))
    assert met.is_nothing
    assert met.sources == {guid(902): SOURCE} and met.codings == {guid(903): guid(31)}


def test_what_is_new_is_told_apart():
    more = (
        model.Code(guid=CODE, name="contact"),
        model.Code(guid=OTHER_CODE, name="x"),
    )
    (source,) = project().sources
    again = replace(source.selections[0], guid=guid(60), start=0, end=5)
    brought = project(
        codes=more,
        sources=(replace(source, selections=(*source.selections, again)),),
    )
    met = compared(project(), brought)
    assert met.new_codes == (OTHER_CODE,) and met.new_codings == (guid(31),)
    assert met.codings == {guid(31): guid(31)} and not met.new_sources


def test_a_source_whose_text_changed_is_new_and_told():
    (source,) = project().sources
    changed = project(sources=(replace(source, text=TEXT + "."),))
    met = compared(project(), changed)
    assert met.new_sources == met.changed_sources == (SOURCE,)
    assert met.new_codings == (guid(31),)


# Speed.


def large(codings=20_000, texts=20):
    drawn = random.Random(7)
    words = ["borger", "søger", "arbejde", "coördinator", "👍", "job"]
    at = datetime(2026, 1, 1, tzinfo=UTC)
    sources, number = [], 10_000
    for each in range(texts):
        text = "".join(
            drawn.choice(words) + drawn.choice([" "] * 9 + ["\n"]) for _ in range(5_000)
        )
        selections = []
        for _ in range(codings // texts):
            number += 2
            start = drawn.randrange(len(text) - 300)
            coding = model.Coding(
                guid=guid(number),
                code=CODE,
                created_by=USER,
                created_at=at,
                fields=drawn.choice([BARRIER, model.Fields(polarity="facilitator")]),
            )
            selections.append(
                model.TextSelection(
                    guid=guid(number + 1),
                    start=start,
                    end=start + drawn.randrange(40, 300),
                    codings=(coding,),
                )
            )
        sources.append(
            model.TextSource(
                guid=guid(each + 100), text=text, selections=tuple(selections)
            )
        )
    return project(sources=tuple(sources))


def test_twenty_thousand_codings_are_written_and_read_within_seconds():
    whole = large()
    begun = time.process_time()
    data = writing.project_bytes(whole, Options(crlf=True))
    written = time.process_time()
    found, report = read(data)
    assert written - begun < 5 and time.process_time() - written < 5
    assert report.counts["codings"] == 20_000 and found.sources == whole.sources
