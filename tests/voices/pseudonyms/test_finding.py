"""What may tell who somebody is, found by rules; all people and numbers are invented."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.errors import InputFault
from braid.packs import pseudonyms as packs
from braid.voices.pseudonyms import Kind, Name, Names, find, load_packs

ALL = ("dk", "nl", "no", "se", "gb")


def found(text, *countries, names=(), speakers=()):
    hits = find(text, load_packs(countries or ALL), Names(tuple(names)), speakers)
    return [(hit.kind.value, hit.quote) for hit in hits]


@pytest.mark.parametrize(
    ("country", "text", "kind", "quote"),
    [
        ("dk", "mit nummer er 010190-1234, ikke", "national_number", "010190-1234"),
        ("dk", "nummer 0101901234.", "national_number", "0101901234"),
        ("nl", "mijn bsn is 111222333 of zo", "national_number", "111222333"),
        ("no", "nummeret er 010190 10046 da", "national_number", "010190 10046"),
        ("se", "numret är 811228-9874 va", "national_number", "811228-9874"),
        ("gb", "it was 943 476 5919 then", "national_number", "943 476 5919"),
        ("gb", "my number AB 12 34 56 C is", "national_number", "AB 12 34 56 C"),
        ("dk", "ring på 12 34 56 78 i dag", "phone", "12 34 56 78"),
        ("dk", "ring på +45 12345678", "phone", "+45 12345678"),
        ("nl", "bel 06-12345678 maar", "phone", "06-12345678"),
        ("no", "ring 987 65 432 da", "phone", "987 65 432"),
        ("se", "ring 070-123 45 67 sen", "phone", "070-123 45 67"),
        ("gb", "call 07700 900123 or", "phone", "07700 900123"),
        (
            "gb",
            "write to ada.holm+x@mail.example.org or",
            "email",
            "ada.holm+x@mail.example.org",
        ),
        ("gb", "see www.example.org/ada for it", "web", "www.example.org/ada"),
        ("dk", "det var 3. marts 2021 og", "date", "3. marts 2021"),
        ("dk", "det var 03.04.2021 og", "date", "03.04.2021"),
        ("gb", "on March 3rd, 2021 we", "date", "March 3rd, 2021"),
        ("nl", "op 2021-03-04 was", "date", "2021-03-04"),
        ("dk", "jeg bor på Lille Bøgevej 12 B nu", "address", "Lille Bøgevej 12 B"),
        ("nl", "aan de Kerkstraat 12 daar", "address", "Kerkstraat 12"),
        ("se", "på Storgatan 7 här", "address", "Storgatan 7"),
        ("no", "i Skogveien 9 der", "address", "Skogveien 9"),
        ("gb", "at 12 Old Mill Road with", "address", "12 Old Mill Road"),
        ("dk", "i 4567 Havnelund er", "postcode", "4567 Havnelund"),
        ("nl", "in 1234 AB Havenstad is", "postcode", "1234 AB Havenstad"),
        ("gb", "near SW1A 1AA it", "postcode", "SW1A 1AA"),
        ("dk", "så kom Mette og", "word", "Mette"),
        ("nl", "en toen zei Jan-Willem dat", "word", "Jan-Willem"),
        ("gb", "i met Ada Holm there", "word", "Ada Holm"),
    ],
)
def test_each_country_s_identifiers_are_found(country, text, kind, quote):
    assert found(text, country) == [(kind, quote)]


@pytest.mark.parametrize(
    ("country", "text"),
    [
        pytest.param("dk", "sag 990190-1234 fra", id="no such date"),
        pytest.param("nl", "dossier 111222334 van", id="fails the eleven test"),
        pytest.param("no", "sak 010190 10047 fra", id="fails mod 11"),
        pytest.param("se", "ärende 811228-9873 är", id="fails Luhn"),
        pytest.param("gb", "case 943 476 5918 is", id="fails the NHS check"),
        pytest.param("dk", "kl. 12:30 og 37,5 timer, 99.99.9999", id="times and hours"),
        pytest.param("dk", "jeg har 25 års erfaring på 2 jobs", id="small numbers"),
        pytest.param(
            "dk", "Jeg er glad. Altså, det er fint. Ja.", id="sentence starts"
        ),
        pytest.param("gb", "i like Coffee, coffee is good", id="also in small letters"),
        pytest.param("dk", "en vej 12 steder", id="a way is no street"),
        pytest.param("dk", "i maj og til jul", id="a month alone"),
        pytest.param(
            "gb", "[P1] met [employer 3] in [town]", id="pseudonyms that stand"
        ),
    ],
)
def test_what_tells_nothing_is_left_alone(country, text):
    assert found(text, country) == []


def test_the_study_s_list_knows_its_names_in_every_form():
    names = Names(
        (
            Name("Mette Holm", Kind.PERSON, ("Mette",)),
            Name("Havnens Bageri", Kind.EMPLOYER, ("bageriet",)),
            Name("Havnelund", Kind.TOWN),
        )
    )
    text = (
        "mette holm ringede. Mettes job i Havnens Bageri. Fra bageriet i Havnelund var "
        "Jonas. METTE igen, og Jonas. Mettesen."
    )
    hits = find(text, load_packs(["dk"]), names)
    assert [(hit.quote, hit.suggestion) for hit in hits] == [
        ("mette holm", "[P1]"),
        ("Mettes", "[P1]"),
        ("Havnens Bageri", "[employer 1]"),
        ("bageriet", "[employer 1]"),
        ("Havnelund", "[town]"),
        ("Jonas", "[P2]"),
        ("METTE", "[P1]"),
        ("Jonas", "[P2]"),
        ("Mettesen", "[P3]"),
    ]
    assert text[hits[1].start - len(hits[1].before) :].startswith(
        hits[1].before + "Mettes"
    )


def test_pseudonyms_stay_the_same_in_the_next_text_of_a_study():
    names = Names((Name("Ada"),))
    first = find("så kom Jonas og Ada", load_packs(["dk"]), names)
    again = Names(names.listed, dict(names.given))
    second = find("og Ada og Karen og Jonas", load_packs(["dk"]), again)
    given = {hit.quote: hit.suggestion for hit in first}
    assert given == {"Jonas": "[P1]", "Ada": "[P2]"}
    assert [hit.suggestion for hit in second] == ["[P2]", "[P3]", "[P1]"]


def test_who_speaks_is_found_but_not_the_interviewer():
    text = "Interviewer: hej\nkarla: ja, karla her"
    assert found(text, "dk", speakers=["Interviewer", "karla"]) == [
        ("person", "karla"),
        ("person", "karla"),
    ]


def test_a_country_without_rules_is_refused():
    with pytest.raises(InputFault, match="Known are: dk, gb, nl, no, se"):
        load_packs(["dk", "xx"])
    assert set(packs.load()) == set(ALL)


PIECES = st.sampled_from(
    [
        *(
            "010190-1234",
            "12 34 56 78",
            "Mette",
            "Holm",
            "den ",
            "3. maj 2021",
            "@x.dk",
        ),
        *(
            "a@b.dk",
            "Bøgevej 1",
            "4567 By",
            " ",
            ". ",
            "[P1]",
            "\n",
            "å",
            "12",
            "😀",
            "-",
        ),
    ]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=15).map("".join))
def test_hits_lie_apart_and_say_what_stands_there(text):
    hits = find(text, load_packs(ALL), Names((Name("Mette"),)))
    last = 0
    for hit in hits:
        assert last <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.quote
        assert text[: hit.start].endswith(hit.before)
        assert text[hit.end :].startswith(hit.after)
        assert hit.suggestion.startswith("[") and hit.suggestion.endswith("]")
        last = hit.end


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Så sagde Mette at hun bor på Bøgevej 12. " * 12_000, id="long"),
        pytest.param("a" * 500_000, id="one word"),
        pytest.param("Aa " * 200_000, id="capitals"),
        pytest.param("1 " * 250_000, id="digits"),
        pytest.param("a.b@" * 100_000, id="half addresses"),
        pytest.param("vej 1 " * 80_000, id="streets"),
        pytest.param("www." * 100_000, id="half links"),
        pytest.param("[" * 300_000, id="brackets"),
    ],
)
def test_no_text_takes_long(text):
    began = time.process_time()
    find(text, load_packs(ALL), Names((Name("Mette"), Name("Ada"))))
    assert time.process_time() - began < 8
