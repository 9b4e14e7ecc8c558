"""The register of processing says what the code declares, and nothing by hand."""

from braid.access import declared
from braid.access.rights import processing
from braid.packs import jurisdictions


def lines(world, organisation=None):
    return processing.register(organisation or world.havnelund)


def test_every_declared_table_is_in_it(world):
    told = {table for line in lines(world).processing for table in line.tables}
    assert told == {str(held.words) for held in declared.tables().values()}


def test_a_new_table_changes_the_register(world, monkeypatch):
    held = declared.Held("Chess games", information=None)
    monkeypatch.setitem(declared._held, "people.note", held)
    told = {table for line in lines(world).processing for table in line.tables}
    assert "Chess games" in told


def test_each_purpose_says_whose_data_on_which_basis_and_how_long(world):
    for line in lines(world).processing:
        assert line.persons and line.information and line.bases and line.retention


def test_how_long_is_that_of_the_country(world, monkeypatch):
    pack = jurisdictions.get("default")
    rules = processing._rules(pack)
    assert rules["record"] == [
        "the record: closed 60 months after its end",
        "the record: erased 120 months after its end",
    ]
    assert rules["audit"] == ["the audit: kept"]
    days = pack.fidelity_evidence.model_copy(update={"days": 1})
    short = pack.model_copy(update={"fidelity_evidence": days})
    told = "what is personal in a fidelity review: erased %s after the service was told"
    assert rules["fidelity_review"] == [told % "14 days" + " its scores"]
    assert processing._rules(short)["fidelity_review"] == [
        told % "1 day" + " its scores"
    ]


def test_recipients_come_from_the_policy(world):
    told = {(one.role, one.ground): one for one in lines(world).recipients}
    clinician = told["clinician", "consent"]
    assert "jobs, past and present" in clinician.information
    caseworker = told["caseworker", "consent"]
    assert "what was said in confidence" not in caseworker.information
    assert not [role for role, _ground in told if role in ("funder", "evaluator")]


def test_the_organisations_that_work_together_are_named(world):
    assert lines(world).partners == ("Region",)
    assert lines(world, world.elsewhere.organisation).partners == ()
