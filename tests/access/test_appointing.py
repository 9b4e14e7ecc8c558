"""Who may give which role, and whose sign-in somebody may restore: two tables."""

import pytest

from braid.access.appointing import FITS, gives, restores
from braid.access.choices import TeamKind
from braid.access.policy import Ground, Role


def roles(words: str) -> set[Role]:
    return {Role(word) for word in words.split()}


@pytest.mark.parametrize(
    ("ground", "kind", "given"),
    [
        pytest.param(
            Ground.OWN_CARE,
            "ips_unit",
            "specialist supervisor counsellor",
            id="a supervisor gives the roles of the own unit",
        ),
        pytest.param(
            Ground.OWN_CARE, "treatment_team", "", id="none of a treatment team"
        ),
        pytest.param(Ground.OWN_CARE, "job_centre", "", id="none of a job centre"),
        pytest.param(Ground.OWN_CARE, "other", "", id="none of another team"),
        pytest.param(Ground.OWN_CARE, "", "", id="and makes no steward"),
        pytest.param(
            Ground.OFFICE,
            "ips_unit",
            "specialist supervisor counsellor",
            id="a steward gives the roles of a unit in a unit",
        ),
        pytest.param(
            Ground.OFFICE,
            "treatment_team",
            "clinician clinical_manager",
            id="clinical ones in a treatment team",
        ),
        pytest.param(
            Ground.OFFICE,
            "job_centre",
            "caseworker counsellor",
            id="a caseworker in a job centre",
        ),
        pytest.param(
            Ground.OFFICE,
            "other",
            "funder reviewer evaluator counsellor",
            id="those who look from outside in another team",
        ),
        pytest.param(
            Ground.OFFICE, "", "steward", id="a steward in the organisation only"
        ),
        pytest.param(Ground.CONSENT, "ips_unit", "", id="no other ground gives any"),
        pytest.param("no_ground", "ips_unit", "", id="nor does a refusal"),
    ],
)
def test_roles_are_given_where_they_belong(ground, kind, given):
    assert gives(ground, kind) == roles(given)


def test_every_kind_of_team_has_its_roles_and_none_an_applicant():
    assert set(FITS) == {*TeamKind.values, ""}
    assert set().union(*FITS.values()) == set(Role) - {Role.APPLICANT}


@pytest.mark.parametrize("role", list(Role))
def test_a_supervisor_restores_what_a_supervisor_could_give(role):
    unit = role in {Role.SPECIALIST, Role.SUPERVISOR, Role.COUNSELLOR}
    assert restores(Ground.OWN_CARE, role) is unit
    assert restores(Ground.OFFICE, role)
    assert not restores("no_ground", role)
