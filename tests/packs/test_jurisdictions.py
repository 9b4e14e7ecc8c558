"""The country packs: what they say, what they leave unsaid, and how they are refused."""

from datetime import date

import pytest

from braid.kernel.errors import PackFault, PackFaults
from braid.method import gatherings
from braid.method.clocks import KINDS
from braid.method.competitive import PLACEMENTS, Switches
from braid.method.identifiers import check
from braid.packs import jurisdictions, loader
from braid.packs.jurisdictions import Jurisdiction, run_situation
from braid.packs.shapes import Situation

COUNTRIES = ["dk", "gb", "nl", "us"]
EDITIONS = loader.editions("jurisdictions")


@pytest.mark.parametrize(
    ("pack", "situation"),
    [
        pytest.param(edition.pack, situation, id=f"{edition.pack.id}: {situation.that}")
        for edition in EDITIONS
        for situation in edition.situations
    ],
)
def test_every_situation_of_a_country_holds(pack, situation):
    assert run_situation(pack, situation) == []


def test_the_countries_of_the_house_load():
    assert set(jurisdictions.load()) == {"default", *COUNTRIES}


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_has_all_that_the_rooms_ask_for(country):
    pack = jurisdictions.get(country)
    assert pack.country == country.upper()
    assert set(pack.limits) == {*KINDS, *gatherings.KINDS}
    assert pack.identifiers.person
    assert pack.identifiers.employer
    for role in ("specialist", "supervisor", "clinician", "caseworker", "applicant"):
        assert pack.role_word(role, pack.customs.languages[0])
    assert pack.table_switches == Switches(False, False, False)
    assert {kind.placement for kind in pack.placements} <= PLACEMENTS | {None}


@pytest.mark.parametrize("country", COUNTRIES)
def test_local_names_of_placements_are_told_apart(country):
    pack = jurisdictions.get(country)
    for kind in pack.placements:
        for name in (*kind.names.values(), *kind.also):
            assert pack.placement_for(name) == kind, name


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_country_is_called_reviewed_before_somebody_reviewed_it(country):
    assert jurisdictions.get(country).reviewed is False


def test_get_in_a_named_version():
    assert jurisdictions.get("dk", "2026.1").id == "dk"
    with pytest.raises(PackFault, match="dk@1999"):
        jurisdictions.get("dk", "1999")


@pytest.mark.parametrize(
    ("country", "found"),
    [("DK", "dk"), ("dk", "dk"), ("SE", "default")],
    ids=["as an organisation writes it", "as an id", "a country without a pack"],
)
def test_of_country(country, found):
    assert jurisdictions.of_country(country).id == found


def test_a_pack_cannot_be_changed_by_who_reads_it():
    with pytest.raises(ValueError, match="frozen"):
        jurisdictions.get("dk").country = "SE"


@pytest.mark.parametrize(
    ("role", "language", "word"),
    [
        ("caseworker", "da", "borgerens sagsbehandler"),
        ("caseworker", "da-dk", "borgerens sagsbehandler"),
        ("caseworker", "en", "caseworker"),
        ("caseworker", "fi", "caseworker"),
        ("family", "da", None),
    ],
)
def test_role_word(role, language, word):
    assert jurisdictions.get("dk").role_word(role, language) == word


def test_body_word_of_a_body_that_no_pack_knows_is_none():
    assert jurisdictions.get("dk").body_word("insurer", "da") is None
    assert jurisdictions.get("nl").body_word("insurer", "nl") == "zorgverzekeraar"


@pytest.mark.parametrize(
    ("names", "language", "expected"),
    [
        pytest.param({"da": "løn", "en": "pay"}, "da", "løn", id="as asked"),
        pytest.param({"da": "løn", "en": "pay"}, "da-dk", "løn", id="its base"),
        pytest.param({"da": "løn", "en": "pay"}, "nl", "pay", id="English"),
        pytest.param({"da": "løn"}, "nl", "løn", id="whatever there is"),
    ],
)
def test_in_language(names, language, expected):
    assert jurisdictions.in_language(names, language) == expected


def test_placement_type_has_its_local_name():
    kind = jurisdictions.get("dk").placement_for("VIRKSOMHEDSPRAKTIK")
    assert kind.name("da") == "virksomhedspraktik"
    assert kind.name("en") == "unpaid internship"


def test_placement_for_an_unheard_of_name_is_none():
    assert jurisdictions.get("dk").placement_for("drømmejob") is None


def test_clock_carries_its_source():
    limit = jurisdictions.get("dk").clock("rapid_search")
    assert (limit.limit, limit.unit, limit.warn_before) == (30, "day", 15)
    assert "rapid job search" in limit.source
    assert limit.due(date(2026, 1, 12)) == date(2026, 2, 11)


def test_clock_of_a_kind_that_does_not_run_here_is_none():
    pack = jurisdictions.get("dk")
    clocks = {k: v for k, v in pack.clocks.items() if k != "job_loss"}
    quiet = pack.model_copy(update={"clocks": clocks})
    assert quiet.clock("job_loss") is None
    assert "job_loss" not in quiet.limits


@pytest.mark.parametrize(
    ("reason", "breach"),
    [("not_ready", True), ("work_history", True), ("no_capacity", False), ("", False)],
)
def test_breaches_zero_exclusion(reason, breach):
    assert jurisdictions.get("dk").breaches_zero_exclusion(reason) is breach


# How a country's pack is refused


@pytest.fixture
def own_country(tmp_path):
    """Write an own edition of Denmark and load it with the house's packs."""
    folder = tmp_path / "own"
    (folder / "jurisdictions/dk/situations").mkdir(parents=True)
    (folder / "jurisdictions/dk/situations/own.yaml").write_text(
        "- {that: x, input: {ask: refusal, reason: symptoms}, expect: {breach: true}}\n"
    )

    def load(extra):
        (folder / "jurisdictions/dk/pack.yaml").write_text(
            "id: dk\nversion: own\nextends: dk\nsource: {title: Own}\n" + extra
        )
        loader.use_folders([folder])
        return jurisdictions.get("dk")

    yield load
    loader.use_folders([])


def test_an_organisation_agrees_its_own_limit_and_keeps_the_rest(own_country):
    pack = own_country(
        "clocks:\n  first_contact:\n    limit: 14\n    source: Agreement of 2026\n"
    )
    assert pack.clock("first_contact").limit == 14
    assert pack.clock("first_contact").source == "Agreement of 2026"
    assert pack.clock("rapid_search").limit == 30
    assert pack.role_word("caseworker", "da") == "borgerens sagsbehandler"


def test_a_country_that_counts_flex_jobs_says_so(own_country):
    pack = own_country("switches: {flex_job: {counts: true, source: Study, mark: H}}\n")
    assert pack.table_switches == Switches(flex_job=True)


@pytest.mark.parametrize(
    ("extra", "part"),
    [
        pytest.param(
            "identifiers: {person: [dk-xyz]}\n",
            "'dk-xyz' is not one of",
            id="identifier",
        ),
        pytest.param(
            "identifiers: {employer: [dk-cpr]}\n",
            "'dk-cpr' is not one of",
            id="a person's number for employers",
        ),
        pytest.param(
            "placements:\n  - {names: {da: x}, placement: job, source: y, mark: R}\n",
            "'job' is not one of",
            id="placement code",
        ),
        pytest.param(
            "placements:\n  - {names: {da: x}, placement: agency, mark: R}\n",
            "'placements.0.source' is missing",
            id="value without source",
        ),
        pytest.param(
            "clocks: {tea: {limit: 1, unit: day, warn_before: 0, owner: specialist,"
            " source: x, mark: H}}\n",
            "'tea' is not one of",
            id="clock",
        ),
        pytest.param(
            "clocks: {job_loss: {limit: 0}}\n", "'clocks.job_loss.limit'", id="no limit"
        ),
        pytest.param(
            "refusal_breaches: {reasons: [lazy]}\n",
            "'refusal_breaches.reasons.0'",
            id="refusal reason",
        ),
        pytest.param("country: Denmark\n", "'country'", id="country code"),
        pytest.param("switches: {mentor: {counts: true}}\n", "mentor", id="switch"),
    ],
)
def test_what_is_not_in_the_vocabulary_does_not_load(own_country, extra, part):
    with pytest.raises(PackFaults) as caught:
        own_country(extra)
    assert part in str(caught.value)
    assert all(fault.line >= 5 for fault in caught.value.faults)


# How situations are run


@pytest.mark.parametrize(
    ("asked", "expected", "part"),
    [
        pytest.param({"ask": "tea"}, {}, "'ask' is one of", id="no such question"),
        pytest.param({"ask": ["role"]}, {}, "'ask' is one of", id="a list"),
        pytest.param({}, {}, "'ask' is one of", id="no question"),
        pytest.param("symptoms", {}, "'ask' is one of", id="only a word"),
        pytest.param(
            {"ask": "refusal", "cause": "x"},
            {"breach": True},
            "cannot be asked",
            id="wrong key",
        ),
        pytest.param(
            {"ask": "identifier", "system": "xx", "value": "1"},
            {"state": "ok"},
            "cannot be asked",
            id="no such system",
        ),
        pytest.param(
            {"ask": "refusal", "reason": "symptoms"},
            {"breach": False},
            "breach is True, expected was False",
            id="another answer",
        ),
        pytest.param(
            {"ask": "refusal", "reason": "symptoms"},
            {"colour": None},
            "colour is 'no part of it'",
            id="no such part",
        ),
        pytest.param(
            {"ask": "refusal", "reason": "symptoms"},
            {},
            "nothing",
            id="nothing expected",
        ),
        pytest.param(
            {"ask": "refusal", "reason": "symptoms"}, "yes", "nothing", id="a word"
        ),
    ],
)
def test_run_situation_says_what_disagrees(asked, expected, part):
    situation = Situation(that="x", input=asked, expect=expected)
    (found,) = run_situation(jurisdictions.get("dk"), situation)
    assert part in found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            {"ask": "placement", "name": "drømmejob"},
            {"placement": None, "class": "undetermined", "counts": False},
        ),
        ({"ask": "clock", "kind": "tea", "start": date(2026, 1, 1)}, {"due_on": None}),
    ],
    ids=["unheard-of placement", "clock that does not run"],
)
def test_run_situation_of_what_the_pack_does_not_say(asked, expected):
    situation = Situation(that="x", input=asked, expect=expected)
    assert run_situation(jurisdictions.get("dk"), situation) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_numbers_offered_are_known_to_the_method(country):
    pack: Jurisdiction = jurisdictions.get(country)
    for system in (*pack.identifiers.person, *pack.identifiers.employer):
        assert check(system, "").reason == "identifier_empty"
