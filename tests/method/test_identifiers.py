"""Numbers of people and employers: the known vectors, the traps, the masks."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.errors import InputFault
from braid.method.identifiers import DOT, EMPLOYER, PERSON, SYSTEMS, check


@pytest.mark.parametrize(
    ("system", "value", "normalised", "masked"),
    [
        pytest.param("dk-cpr", "070761-4285", "0707614285", "070761••••", id="cpr"),
        pytest.param("dk-ecpr", "070392-1vj4", "0703921VJ4", "070392••••", id="x-ecpr"),
        pytest.param(
            "dk-decpr", "810505 9X12", "8105059X12", "•••••••X12", id="d-ecpr"
        ),
        pytest.param("dk-cvr", "13 58 56 28", "13585628", "13585628", id="cvr"),
        pytest.param("dk-cvr", "DK13585628", "13585628", "13585628", id="cvr as vat"),
        pytest.param("dk-pnr", "1003388394", "1003388394", "1003388394", id="p-number"),
        pytest.param(
            "nl-bsn", "999999990", "999999990", "••••••990", id="bsn of tests"
        ),
        pytest.param("nl-bsn", "1112.22.333", "111222333", "••••••333", id="bsn, dots"),
        pytest.param("nl-bsn", "10000008", "010000008", "••••••008", id="bsn, padded"),
        pytest.param("nl-kvk", "69599084", "69599084", "69599084", id="kvk"),
        pytest.param("gb-nhs", "943 476 5870", "9434765870", "••••••5870", id="nhs"),
        pytest.param("gb-nino", "ab 12 34 56 c", "AB123456C", "••••••56C", id="nino"),
        pytest.param("gb-company", "SC123456", "SC123456", "SC123456", id="scottish"),
        pytest.param("gb-company", "IP12345R", "IP12345R", "IP12345R", id="society"),
        pytest.param("us-ein", "91-1144442", "911144442", "911144442", id="ein"),
        pytest.param("us-ssn4", "1234", "1234", "••34", id="last four"),
        pytest.param("no-fnr", "151086 95088", "15108695088", "151086•••••", id="fnr"),
        pytest.param("no-org", "988 077 917", "988077917", "988077917", id="no org"),
        pytest.param("se-pnr", "880320-0016", "8803200016", "880320••••", id="se"),
        pytest.param(
            "se-pnr", "19880320-0016", "8803200016", "880320••••", id="se with century"
        ),
        pytest.param(
            "se-pnr", "701063-2391", "7010632391", "701063••••", id="se day+60"
        ),
        pytest.param("se-org", "123456-7897", "1234567897", "1234567897", id="se org"),
    ],
)
def test_a_good_number_is_ok(system, value, normalised, masked):
    checked = check(system, value)
    assert (checked.state, checked.reason) == ("ok", "")
    assert (checked.normalised, checked.masked) == (normalised, masked)


@pytest.mark.parametrize(
    ("system", "value", "normalised", "reason"),
    [
        pytest.param(
            "dk-cpr", "0101999999", "0101999999", "check_digit", id="remainder 1"
        ),
        pytest.param(
            "dk-cpr", "3112991234", "3112991234", "check_digit", id="remainder 7"
        ),
        pytest.param(
            "dk-cpr",
            "101999999",
            "0101999999",
            "leading_zero",
            id="cpr of a spreadsheet",
        ),
        pytest.param(
            "gb-nino", "AB123456", "AB123456", "format", id="nino without letter"
        ),
        pytest.param(
            "gb-company", "445790", "00445790", "leading_zero", id="company, zeros lost"
        ),
        pytest.param("no-fnr", "80000001558", "80000001558", "date", id="FH-number"),
    ],
)
def test_an_unusual_number_is_taken_with_a_reason(system, value, normalised, reason):
    checked = check(system, value)
    assert (checked.state, checked.reason) == ("unusual", f"identifier_{reason}")
    assert checked.normalised == normalised
    assert checked.expected == SYSTEMS[system].expected


@pytest.mark.parametrize(
    ("system", "value", "reason"),
    [
        pytest.param("dk-cpr", "310299-1234", "date", id="31 February"),
        pytest.param("dk-cpr", "2902001234", "date", id="29 February 1900"),
        pytest.param("dk-cpr", "01019A1234", "format", id="letter in a cpr"),
        pytest.param("dk-cpr", "", "empty", id="nothing"),
        pytest.param("dk-cpr", " - ", "empty", id="only a hyphen"),
        pytest.param("dk-cpr", "070761428", "date", id="a digit lost in the middle"),
        pytest.param(
            "dk-ecpr", "07039VJ4", "format", id="replacement number too short"
        ),
        pytest.param("dk-cvr", "13585627", "check_digit", id="wrong cvr"),
        pytest.param("dk-cvr", "0000000", "format", id="cvr too short"),
        pytest.param("nl-bsn", "111222334", "check_digit", id="wrong bsn"),
        pytest.param("nl-bsn", "000000000", "repeated", id="nine zeros"),
        pytest.param("nl-bsn", "123456", "format", id="bsn too short"),
        pytest.param("gb-nhs", "0000000000", "repeated", id="ten zeros"),
        pytest.param("gb-nhs", "4444444444", "repeated", id="ten fours"),
        pytest.param("gb-nhs", "9434765871", "check_digit", id="wrong nhs number"),
        pytest.param("gb-nhs", "943476587.0", "format", id="a number cell's tail"),
        pytest.param("gb-nino", "GB123456A", "prefix", id="prefix never given"),
        pytest.param("gb-nino", "DA123456A", "prefix", id="letter never used"),
        pytest.param("gb-nino", "AO123456A", "prefix", id="O as second letter"),
        pytest.param("gb-nino", "AB123456E", "format", id="last letter past D"),
        pytest.param("gb-company", "ABC12345", "format", id="three letters"),
        pytest.param("us-ssn4", "123-45-6789", "too_much", id="whole ssn"),
        pytest.param("us-ssn4", "123", "format", id="three digits"),
        pytest.param("us-ssn4", "0000", "repeated", id="four zeros"),
        pytest.param("us-ein", "12345678", "format", id="eight digits"),
        pytest.param("nl-kvk", "00000000", "repeated", id="eight zeros"),
        pytest.param("no-fnr", "15108695077", "check_digit", id="wrong fnr"),
        pytest.param("no-fnr", "1510869508", "format", id="fnr too short"),
        pytest.param(
            "no-org", "988077916", "check_digit", id="wrong Norwegian company"
        ),
        pytest.param("se-pnr", "880320-0018", "check_digit", id="wrong personnummer"),
        pytest.param("se-pnr", "881320-0016", "date", id="thirteenth month"),
        pytest.param("se-pnr", "8803200", "format", id="personnummer too short"),
    ],
)
def test_an_impossible_number_is_refused_and_not_given_back(system, value, reason):
    checked = check(system, value)
    assert (checked.state, checked.reason) == ("impossible", f"identifier_{reason}")
    assert (checked.normalised, checked.masked) == ("", "")
    assert checked.expected


def test_unheard_of_systems_are_refused():
    with pytest.raises(InputFault) as caught:
        check("xx-number", "1234")
    assert caught.value.reason == "identifier_system_unknown"
    assert "1234" not in str(caught.value)


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        pytest.param(None, "ok", id="no day asked"),
        pytest.param(date(1961, 7, 7), "ok", id="on the day of birth"),
        pytest.param(date(1961, 7, 6), "unusual", id="the day before"),
    ],
)
def test_somebody_not_born_yet_is_unusual(as_of, state):
    checked = check("dk-cpr", "0707614285", as_of)
    assert checked.state == state
    assert checked.reason == ("identifier_not_born" if state == "unusual" else "")


@pytest.mark.parametrize(
    ("value", "born_on"),
    [
        pytest.param("0101003000", date(1900, 1, 1), id="7th digit 3, 1900s"),
        pytest.param("0101364000", date(2036, 1, 1), id="7th digit 4, yy 36"),
        pytest.param("0101374000", date(1937, 1, 1), id="7th digit 4, yy 37"),
        pytest.param("0101575000", date(2057, 1, 1), id="7th digit 5, yy 57"),
        pytest.param("0101588000", date(1858, 1, 1), id="7th digit 8, yy 58"),
        pytest.param("0101369000", date(2036, 1, 1), id="7th digit 9, yy 36"),
    ],
)
def test_the_seventh_digit_of_a_cpr_tells_the_century(value, born_on):
    assert check("dk-cpr", value, born_on).reason != "identifier_not_born"
    before = born_on.replace(year=born_on.year - 1)
    assert check("dk-cpr", value, before).reason == "identifier_not_born"


@given(st.sampled_from(sorted(SYSTEMS)), st.text(string.printable, max_size=16))
def test_whatever_is_typed_there_is_an_answer(system, text):
    checked = check(system, text)
    assert (checked.state == "impossible") is (checked.normalised == "")


@given(st.sampled_from(sorted(SYSTEMS)), st.text(string.digits + "ABCD", max_size=12))
def test_a_normalised_number_is_its_own_normal_form(system, text):
    once = check(system, text)
    if once.normalised:
        assert check(system, once.normalised).normalised == once.normalised


@given(st.sampled_from(sorted(PERSON)), st.text(string.digits, min_size=4, max_size=12))
def test_a_mask_never_shows_a_whole_number_of_a_person(system, text):
    checked = check(system, text)
    if checked.normalised:
        assert DOT in checked.masked
        assert len(checked.masked) == len(checked.normalised)


def test_persons_and_employers_are_told_apart():
    assert not set(PERSON) & set(EMPLOYER)
    assert set(SYSTEMS) == set(PERSON) | set(EMPLOYER)
