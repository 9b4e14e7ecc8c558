"""Who may give which role, and whose sign-in somebody may restore.

Pure, like the policy that it stands beside: the policy says *where* somebody manages
members and on what ground, this says what that ground is good for. Own care (a
supervisor) reaches the roles of an IPS unit; office (a data steward) every role of the
organisation, each in a team of the kind that has it.
"""

from collections.abc import Mapping

from braid.access.policy import Ground, Role

IPS_UNIT = "ips_unit"
THE_ORGANISATION = ""  # stands where a kind of team would: a role in no team
FITS: Mapping[str, frozenset[Role]] = {
    IPS_UNIT: frozenset({Role.SPECIALIST, Role.SUPERVISOR, Role.COUNSELLOR}),
    "treatment_team": frozenset({Role.CLINICIAN, Role.CLINICAL_MANAGER}),
    "job_centre": frozenset({Role.CASEWORKER, Role.COUNSELLOR}),
    "other": frozenset({Role.FUNDER, Role.REVIEWER, Role.EVALUATOR, Role.COUNSELLOR}),
    THE_ORGANISATION: frozenset({Role.STEWARD}),
}


def gives(ground: str, kind: str) -> frozenset[Role]:
    """Return the roles that may be given on `ground` in a team of this kind."""
    reaches = ground == Ground.OFFICE or (
        ground == Ground.OWN_CARE and kind == IPS_UNIT
    )
    return FITS[kind] if reaches else frozenset()


def restores(ground: str, role: Role) -> bool:
    """Say whether, on `ground`, the sign-in of somebody with this role may be restored.

    Whoever restores a sign-in could use it: no more than what they may give themselves.
    """
    return ground == Ground.OFFICE or (
        ground == Ground.OWN_CARE and role in FITS[IPS_UNIT]
    )
