"""What a provider says, read as configured; every broker says it in its own way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.access.sign_in.claims import (
    Reading,
    Unfit,
    is_just_now,
    read,
    require_assurance,
)

MITID = {
    "iss": "https://broker.example",
    "sub": "0a1b",
    "nemlogin.persistent_professional_id": "p-77",
    "nemlogin.cvr": "29189420",
    "nemlogin.org_name": "Havnelund",
    "acr": "https://data.gov.dk/concept/core/nsis/Substantial",
}
NESTED = {
    "iss": "https://keycloak.example",
    "sub": "77",
    "name": "Ada Holm",
    "realm_access": {"roles": ["specialist", "offline"]},
}


def test_a_broker_with_dots_in_its_names_is_read():
    reading = Reading(
        subject="nemlogin.persistent_professional_id",
        org_id="nemlogin.cvr",
        org_value="29189420",
        name="nemlogin.org_name",
    )
    found = read(MITID, reading)
    assert (found.issuer, found.subject) == ("https://broker.example", "p-77")
    assert (found.organisation, found.name) == ("29189420", "Havnelund")


def test_a_nested_claim_is_read_by_its_path():
    assert read(NESTED, Reading(roles="realm_access.roles")).roles == (
        "specialist",
        "offline",
    )


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        ("specialist supervisor", ("specialist", "supervisor")),
        (["specialist", 7, None], ("specialist",)),
        ({"a": "b"}, ()),
        (7, ()),
        (None, ()),
    ],
    ids=["words", "a list with others", "a mapping", "a number", "nothing"],
)
def test_roles_are_words_whatever_form_they_come_in(said, roles):
    assert read({"sub": "a", "r": said}, Reading(roles="r")).roles == roles


@pytest.mark.parametrize("sub", ["", None, True, [], {}, 1.5])
def test_nobody_without_a_subject(sub):
    with pytest.raises(Unfit, match="no_subject"):
        read({"sub": sub}, Reading())


def test_what_was_kept_by_another_version_is_left_out():
    assert Reading.of({"subject": "oid", "colour": "red"}) == Reading(subject="oid")


@pytest.mark.parametrize(
    ("said", "enough", "is_enough"),
    [
        ("high", ("substantial", "high"), True),
        ("low", ("substantial", "high"), False),
        ("", ("high",), False),
        ("anything", (), True),
    ],
    ids=["one of them", "another", "none", "none asked for"],
)
def test_the_assurance_is_one_of_those_that_are_enough(said, enough, is_enough):
    identity = read({"sub": "a", "acr": said}, Reading())
    if is_enough:
        require_assurance(identity, enough)
    else:
        with pytest.raises(Unfit, match="assurance"):
            require_assurance(identity, enough)


@pytest.mark.parametrize(
    ("auth_time", "is_fresh"),
    [
        *((1000, True), (701, True), (699, False), (1301, False)),
        *((None, False), ("1000", False), (True, False)),
    ],
)
def test_just_now_is_within_five_minutes(auth_time, is_fresh):
    assert is_just_now({"auth_time": auth_time}, 1000.0, 300) is is_fresh


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.sampled_from(["sub", "iss", "a", "acr", "name"]), JSON))
def test_no_claims_break_the_reading(claims):
    try:
        found = read(claims, Reading(roles="a.b", person_id="a"))
    except Unfit:
        return
    assert found.subject
    assert all(isinstance(role, str) for role in found.roles)
