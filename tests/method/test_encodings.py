"""Letters come out right, whatever a file was saved as; a guess is called a guess."""

import pytest

from braid.exchange.roster.reading.opening import open_file
from braid.kernel.errors import InputFault
from braid.method import encodings

TEXT = "Efternavn;Sted\nØsterlund;Café\nKærsgård;Gåtur\nÖzgür;Bücherei\n"


def surnames(file):
    return [row.values[0] for row in file.sheets[0].rows[1:]]


@pytest.mark.parametrize(
    ("codec", "proven"),
    [
        ("utf-8", True),
        ("utf-8-sig", True),
        ("utf-16", True),
        ("utf-16-le", True),
        ("utf-16-be", True),
        ("utf-32", True),
        ("cp1252", False),
        ("latin-1", False),
    ],
)
def test_letters_are_read_unasked(codec, proven):
    file = open_file("a.csv", TEXT.encode(codec))
    assert surnames(file) == ["Østerlund", "Kærsgård", "Özgür"]
    assert file.encoding_proven is proven


@pytest.mark.parametrize("codec", ["mac_roman", "cp850", "cp437"])
def test_other_encodings_are_proposed_and_never_proven(codec):
    file = open_file("a.csv", TEXT.replace("Ø", "ü").encode(codec, "replace"))
    assert not file.encoding_proven


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("windows-1252", "cp1252"),
        ("Windows 1252", "cp1252"),
        ("ANSI", "cp1252"),
        ("ISO-8859-1", "iso8859-1"),
        ("utf-8 with byte-order mark", "utf-8-sig"),
        ("UTF-8", "utf-8"),
        ("utf8 (no mark)", "utf-8"),
        ("mac-roman", "mac-roman"),
        ("base64", None),
        ("klingon", None),
    ],
)
def test_named_encoding_is_understood(label, codec):
    assert encodings.named(label) == codec


def test_stated_encoding_is_used():
    file = open_file("a.csv", TEXT.encode("mac_roman", "replace"), encoding="macroman")
    assert surnames(file)[1] == "Kærsgård"
    assert file.encoding_proven


def test_proof_goes_before_what_was_stated():
    file = open_file("a.csv", TEXT.encode("utf-8"), encoding="windows-1252")
    assert surnames(file)[0] == "Østerlund"
    assert "utf-8" in str(file.notes[0])


def test_byte_order_mark_is_no_part_of_the_first_heading():
    file = open_file("a.csv", TEXT.encode("utf-8-sig"), encoding="utf-8")
    assert file.sheets[0].rows[0].values[0] == "Efternavn"
    assert not file.notes


def test_bytes_that_are_not_in_the_stated_encoding_are_named_with_their_line():
    with pytest.raises(InputFault, match=r"Line 2 of “a\.csv”"):
        open_file("a.csv", TEXT.encode("cp1252"), encoding="utf-8")


def test_unknown_encoding_is_refused():
    with pytest.raises(InputFault, match="“klingon” is not an encoding"):
        open_file("a.csv", TEXT.encode(), encoding="klingon")
