"""Passwords that somebody would try are refused, others are not."""

import pytest
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from braid.access.sign_in import guessable

HAVNELUND = ("Havnelund Kommune", "IPS Nord")

GUESSED = {
    "common": "trustno1trustno1",
    "common with digits behind": "password123456",
    "common with signs behind": "sunshine!!!!2026",
    "common with digits before": "2026000dragon",
    "capitals": "PassWord123456",
    "letters written as digits": "p4ssw0rd2026!",
    "letters written as signs": "$un$h1ne2026",
    "one as i": "pr1ncess202611",
    "one as l": "1etmein2026!!",
    "common with marks between": "pass-word-12345",
    "common several times": "monkeymonkeymonkey",
    "one letter": "aaaaaaaaaaaaaa",
    "two letters in turn": "ababababababab",
    "digits alone": "734918273645",
    "the alphabet": "abcdefghijklmn",
    "a row of keys": "qwertyuiop123",
    "a row backwards": "poiuytrewq99",
    "the site's name": "Braid20262026",
    "the organisation's name": "Havnelund2026!",
    "the organisation and the year": "havnelundkommune26",
    "a name as digits": "h4vn3lund2026",
    "organisation and site": "Braid-Havnelund-1",
    "the unit's name": "IPS-Nord-2026",
    "full-width letters": "ｐａｓｓｗｏｒｄ123456",
}
GOOD = {
    "unrelated words": "four words that rhyme",
    "unrelated words in Danish": "regnbue cykel hestekastanje",
    "words with a name among them": "havnelund kastanje cykelpumpe",
    "random": "vK7#qLm2xP9w",
    "a sentence": "min hund spiser gulerødder",
    "a manager's": "tg3-Hfd8-sWq1",
}


@pytest.mark.parametrize("password", GUESSED.values(), ids=GUESSED.keys())
def test_a_password_that_would_be_tried_is_guessable(password):
    assert guessable.is_guessable(password, HAVNELUND)


@pytest.mark.parametrize("password", GOOD.values(), ids=GOOD.keys())
def test_a_password_of_unrelated_parts_is_not(password):
    assert not guessable.is_guessable(password, HAVNELUND)


def test_names_count_only_where_they_are_known():
    assert not guessable.is_guessable("Havnelund2026!")
    assert guessable.is_guessable("Havnelund2026!", HAVNELUND)


def test_the_list_is_bundled_in_small_letters():
    assert len(guessable.common()) > 19_000
    assert all(one == one.casefold().strip() for one in guessable.common())


@given(
    st.sampled_from(sorted(guessable.common())[::97]),
    st.text("0123456789!?.-_ ", max_size=8),
    st.text("0123456789!?.-_ ", max_size=8),
)
def test_digits_and_signs_around_a_common_password_never_mend_it(
    common, before, behind
):
    assert guessable.is_guessable(before + common + behind)


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["Havnelund2026!", "North-2026-braid"])
def test_a_member_may_not_use_the_names_of_the_organisation(world, password):
    with pytest.raises(ValidationError, match="too easy to guess"):
        password_validation.validate_password(password, world.ada.user)


def test_a_short_password_is_refused_and_no_mixture_is_asked_for(db):
    with pytest.raises(ValidationError, match="at least 12"):
        password_validation.validate_password("vK7#qLm2xP9")
    password_validation.validate_password("gulerod kastanje pumpe")


def test_the_first_steward_may_not_use_the_name_of_what_is_being_set_up(client, db):
    given = {
        "organisation": "Calder Vale Trust",
        "sector": "ips_provider",
        "country": "gb",
        "unit": "Calder Vale IPS",
        "name": "Ida Quill",
        "email": "ida@example.org",
        "password": "CalderVale2026",
    }
    answer = client.post("/start/", given)
    assert answer.status_code == 422
    assert "too easy to guess" in answer.content.decode()
    assert client.post("/start/", given | {"password": "regnbue cykel pumpe"})[
        "Location"
    ].startswith(("/members/", "/account/factors/"))
