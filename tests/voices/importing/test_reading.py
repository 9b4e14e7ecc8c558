"""Transcripts of every format in one shape: the text once, who speaks, what was left out."""

import io
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.voices.importing import made

from braid.kernel.errors import InputFault
from braid.voices.importing import FORMATS, read

INTERVIEW = [
    "Interviewer: Hvordan går det?",
    "Ada: Det går fint på caféen.",
    "Ja.",
    "Ben: Ok.",
]
TEXT = "\n".join(INTERVIEW)
HTML = "<html><head><title>x: y</title></head><body>%s</body></html>"
VTT = """WEBVTT - interview

NOTE by hand: not said

1
00:01.000 --> 00:02.500 align:start
<v Interviewer>Hvordan går det?</v>

00:00:03.000 --> 00:00:04.000
<v.loud Ada>Det går <i>fint</i> på caféen.

00:00:04.000 --> 00:00:05.000
<v Ada>Ja.

01:00:06.000 --> 01:00:07.250
<v Ben>Ok.
"""
SRT = """1
00:00:01,000 --> 00:00:02,500
INTERVIEWER: Hvordan går det?

2
00:00:03,000 --> 00:00:05,000
ADA: Det går fint på caféen.
- BEN: Ok.

3
00:00:06,000 --> 00:00:07,000
{\\an8}<b>Klokken 12:30</b> &amp; så
"""
BY_FORMAT = {
    "docx": made.docx(*INTERVIEW),
    "odt": made.odt(*INTERVIEW),
    "pdf": made.pdf(TEXT),
    "txt": TEXT.encode(),
    "html": (HTML % "".join(f"<p>{line}</p>" for line in INTERVIEW)).encode(),
    "rtf": b"{\\rtf1\\ansi\\ansicpg1252 "
    + b"\\par ".join(
        "".join(c if c.isascii() else f"\\'{ord(c):x}" for c in line).encode()
        for line in INTERVIEW
    )
    + b"}",
    "vtt": VTT.encode(),
    "srt": SRT.encode(),
}


def words(transcript):
    return [
        (turn.speaker, transcript.text[turn.words : turn.end])
        for turn in transcript.turns
    ]


def kinds(transcript):
    return {notice.kind: notice.number for notice in transcript.notices}


def refused(data, name="", charset=None):
    began = time.process_time()
    with pytest.raises(InputFault) as met:
        read(data, name, charset)
    assert time.process_time() - began < 1, "refused too late"
    assert 1 <= str(met.value).count(". ") + 1 <= 3
    return met.value.reason


def test_every_format_is_tried():
    assert tuple(BY_FORMAT) == FORMATS


@pytest.mark.parametrize("form", [f for f in FORMATS if f != "srt"])
def test_an_interview_reads_the_same_from_every_format(form):
    found = read(BY_FORMAT[form], f"interview.{form}")
    assert found.format == form
    assert found.text.strip() == TEXT
    assert words(found) == [
        ("Interviewer", "Hvordan går det?"),
        ("Ada", "Det går fint på caféen.\nJa."),
        ("Ben", "Ok."),
    ]
    assert dict(found.speakers) == {"Interviewer": 1, "Ada": 1, "Ben": 1}
    assert kinds(found) == {"spoke_once": 3}
    assert "3 speakers" in found.notices[0].sentence


def test_subtitles_keep_their_times_and_speakers():
    found = read(BY_FORMAT["srt"], "film.srt")
    assert words(found) == [
        ("INTERVIEWER", "Hvordan går det?"),
        ("ADA", "Det går fint på caféen."),
        ("BEN", "Ok."),
        ("", "Klokken 12:30 & så"),
    ]
    assert [(t.begin_ms, t.end_ms) for t in found.turns] == [
        *((1000, 2500), (3000, 5000), (3000, 5000), (6000, 7000))
    ]
    cues = read(BY_FORMAT["vtt"])
    assert [(t.begin_ms, t.end_ms) for t in cues.turns] == [
        *((1000, 2500), (3000, 5000), (3_606_000, 3_607_250))
    ]


def test_cues_without_a_readable_time_are_counted():
    text = "WEBVTT\n\nnever --> later\nHej\n\n00:02.000 --> 00:01.000\nDu\n\n"
    found = read((text + "00:03.000 --> 00:04.000\nJa\n").encode())
    assert (found.text, kinds(found)) == ("Ja", {"cues_unread": 2})


@pytest.mark.parametrize(
    ("lines", "speakers"),
    [
        pytest.param(["I: hej", "IP1: goddag"], ["I", "IP1"], id="initials"),
        pytest.param(
            ["Anne-Mette Ø. (00:12:03): hej", "Respondent 2 [12:04] : ja"],
            ["Anne-Mette Ø.", "Respondent 2"],
            id="times in the label",
        ),
        pytest.param(["hej du: ja", "kl. 12:30 kom han"], [], id="small letters"),
        pytest.param(["Se http://example.org", "Klokken 12:30"], [], id="no label"),
        pytest.param(["Bemærk: det her"], [], id="one word before a colon"),
        pytest.param(
            ["En lang sætning der er her: ja", "Og en til der også er det: nej"],
            [],
            id="sentences",
        ),
        pytest.param(["Ada:", "Ben:\tja"], ["Ada", "Ben"], id="words on the next line"),
    ],
)
def test_a_label_is_a_name_before_a_colon(lines, speakers):
    assert list(read("\n".join(lines).encode(), "a.txt").speakers) == speakers


def test_without_speakers_paragraphs_are_turns_and_blank_lines_part_wrapped_ones():
    wrapped = "Et afsnit\nover to linjer.\n\nEt til.\n"
    assert [w for _, w in words(read(wrapped.encode(), "a.txt"))] == [
        "Et afsnit\nover to linjer.",
        "Et til.",
    ]
    assert [w for _, w in words(read(b"Et.\nTo.\n", "a.txt"))] == ["Et.", "To."]
    assert [w for _, w in words(read(made.docx("Et.", "To.", "", "Fire.")))] == [
        *("Et.", "To.", "Fire.")
    ]


def test_word_s_footnotes_text_boxes_and_changes():
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
        "<w:p><w:r><w:t>I boksen</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice>"
        "<mc:Fallback><v:textbox><w:txbxContent><w:p><w:r><w:t>I boksen</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
    )
    changed = (
        "<w:del><w:r><w:delText>slettet</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>nyt</w:t></w:r></w:ins>"
        "<w:r><w:tab/><w:t>efter</w:t><w:br/><w:t>linje</w:t></w:r>"
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = made.docx(
        made.paragraph("Før", box),
        made.paragraph("Med note", note, "."),
        made.paragraph(changed),
        "<w:tbl><w:tr><w:tc>" + made.paragraph("felt") + "</w:tc></w:tr></w:tbl>",
        footnotes=(
            '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
            f'<w:footnote w:id="2">{made.paragraph(" Noten")}</w:footnote>'
        ),
        comments=f"<w:comment>{made.paragraph('hvad?')}</w:comment>",
        header1=made.paragraph("Side 1"),
    )
    found = read(data)
    assert (
        found.text == "Før\nI boksen\nMed note[1].\nnyt\tefter\nlinje\nfelt\n[1] Noten"
    )
    assert kinds(found) == {
        "footnotes": 1,
        "text_boxes": 1,
        "comments": 1,
        "deleted": 1,
        "headers": 1,
    }


def test_open_document_s_spaces_notes_boxes_and_changes():
    data = made.odt(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>væk</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>",
        '<text:h>Emne</text:h><text:p>to<text:s text:c="3"/>ord <text:span>i\n  span'
        "</text:span><text:tab/>tab<text:line-break/>ny</text:p>",
        "<text:p>note<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Noten</text:p></text:note-body></text:note>.</text:p>",
        "<text:p>boks<draw:frame><draw:text-box><text:p>I boksen</text:p></draw:text-box>"
        "</draw:frame><office:annotation><text:p>hvad?</text:p></office:annotation></text:p>",
    )
    found = read(data)
    assert found.text == (
        "Emne\nto   ord i span\ttab\nny\nnote[1].\nboks\nI boksen\n[1] Noten"
    )
    assert kinds(found)["comments"] == kinds(found)["text_boxes"] == 1
    assert kinds(found)["footnotes"] == 1


def test_a_page_of_the_web_keeps_its_words_and_nothing_else():
    body = (
        "<!-- Ada: no --><style>p{}</style><h1>Emne</h1><p>et   <b>ord</b>\n til&nbsp;dig"
        "<br>ny</p><pre>sagt  det\nstår</pre><table><tr><td>a</td><td>b</td></tr></table>"
        "<script>Ada: no</script><img src=x onerror=alert(1)>"
    )
    found = read((HTML % body).encode())
    assert found.text == "Emne\net ord til\u00a0dig\nny\nsagt  det\nstår\na\tb"
    assert kinds(found) == {"pictures": 1}


# ---- encodings ---------------------------------------------------------------------------


def test_an_encoding_is_a_choice_and_a_guess_is_said():
    data = "Søren: så\nÆgir: nå\n".encode("cp1252")
    found = read(data, "a.txt")
    assert found.text == "Søren: så\nÆgir: nå\n"
    assert (found.charset.used, found.charset.is_proven) == ("cp1252", False)
    assert {"cp1252", "mac_roman", "cp850"} <= set(found.charset.candidates)
    assert "charset_proposed" in kinds(found)
    other = read(data, "a.txt", "cp850")
    assert other.charset.used == "cp850" and other.text != found.text
    assert "charset_proposed" not in kinds(other)
    assert refused(data, "a.txt", "utf-8") == "charset_unfit"
    assert refused(data, "a.txt", "klingon") == "charset_unknown"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_what_the_bytes_prove_is_no_guess(codec):
    found = read("Søren: så\r\nÆgir: nå 😀".encode(codec), "a.txt")
    assert found.text == "Søren: så\nÆgir: nå 😀"
    assert found.charset.is_proven


def test_a_page_may_state_its_encoding():
    page = (HTML % "<p>ë</p>").replace("<head>", '<head><meta charset="iso-8859-15">')
    found = read(page.encode("iso-8859-15"))
    assert (found.text, found.charset.used) == ("ë", "iso8859-15")


# ---- laws --------------------------------------------------------------------------------

SAID = st.text(
    st.characters(codec="utf-8")
    | st.sampled_from(list(":\n\r\t \ufeff\u0301\u030aåÅ😀")),
    max_size=60,
)


@given(st.lists(SAID, min_size=1, max_size=6))
def test_any_text_is_normalised_and_its_turns_lie_apart(lines):
    try:
        found = read("\n".join(["x", *lines]).encode(), "a.txt")
    except InputFault as fault:
        assert fault.reason in ("not_text", "no_text")
        return
    assert unicodedata.is_normalized("NFC", found.text)
    assert "\r" not in found.text and not found.text.startswith("\ufeff")
    last = 0
    for turn in found.turns:
        assert last <= turn.start <= turn.words <= turn.end <= len(found.text)
        assert turn.start < turn.end
        last = turn.end
    covered = {at for t in found.turns for at in range(t.start, t.end)}
    letters = {at for at, char in enumerate(found.text) if not char.isspace()}
    assert letters <= covered


def test_a_long_interview_takes_a_moment():
    """100,000 words of docx in less than two seconds of the processor."""
    data = made.long_docx()
    began = time.process_time()
    found = read(data, "long.docx")
    assert time.process_time() - began < 2
    assert len(found.text.split()) > 100_000
    assert set(found.speakers) == {"Ada", "Interviewer"}


def test_word_s_own_library_reads_the_same_paragraphs():
    import docx

    data = io.BytesIO()
    document = docx.Document()
    for line in INTERVIEW * 3:
        document.add_paragraph(line)
    document.add_table(1, 2).cell(0, 0).text = "felt"
    document.save(data)
    found = read(data.getvalue())
    assert found.text.split("\n")[:12] == INTERVIEW * 3
    assert "felt" in found.text
