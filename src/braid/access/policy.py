"""Who may see and do what: the only place that decides by role.

Pure: no Django, no database, no clock. `decide` answers for one subject;
`access/scopes.py` turns the same table into a filter for lists, and a house test
insists that the two never differ.

Grounds in force so far are *own care* (the unit that holds the record) and *office*
(running one's own organisation; never a ground to read about a person). Consent, duty
and broken glass have their names here and no cell in the table yet: until the consent
ledger exists, nobody outside the unit reads its record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person is in a team or organisation."""

    SPECIALIST = "specialist"
    SUPERVISOR = "supervisor"
    CLINICIAN = "clinician"
    CLINICAL_MANAGER = "clinical_manager"
    CASEWORKER = "caseworker"
    COUNSELLOR = "counsellor"
    REVIEWER = "reviewer"
    FUNDER = "funder"
    EVALUATOR = "evaluator"
    STEWARD = "steward"
    APPLICANT = "applicant"


class Action(StrEnum):
    """What somebody wants to do."""

    READ = "read"
    RECORD = "record"
    REFER = "refer"
    ASSIGN = "assign"
    OVERSEE = "oversee"
    KEEP_EMPLOYERS = "keep_employers"
    IMPORT = "import"
    MANAGE_MEMBERS = "manage_members"


class Information(StrEnum):
    """The class of what is asked about a person; a closed list."""

    IDENTITY = "identity"
    CONTACT_DETAILS = "contact_details"
    WORK_GOALS = "work_goals"
    JOBS = "jobs"
    ATTENDANCE = "attendance"
    BENEFITS = "benefits"
    HEALTH_AT_WORK = "health_at_work"
    TREATMENT = "treatment"
    CONVERSATION = "conversation"
    STATISTICAL = "statistical"


class Ground(StrEnum):
    """Why an answer is yes."""

    OWN_CARE = "own_care"
    CONSENT = "consent"
    DUTY = "duty"
    BROKEN_GLASS = "broken_glass"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in one role for one organisation, with the teams of that role.

    `id` is None for the system itself (`system` names the task, for the audit).
    """

    id: UUID | None
    role: Role
    organisation: UUID
    teams: frozenset[UUID] = frozenset()
    name: str = ""
    country: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about, as far as the decision needs it.

    `care`: the teams whose own care it is. `organisation`: who runs it.
    `information`: its class, or None where it says nothing about a person.
    """

    information: Information | None
    organisation: UUID
    care: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer with its reason; the reason of a yes is its ground."""

    allowed: bool
    reason: str


Cell = tuple[Action, Information | None]

_CARE = (Ground.OWN_CARE,)
_OFFICE = (Ground.OFFICE,)
_UNIT_RECORD = (
    Information.IDENTITY,
    Information.CONTACT_DETAILS,
    Information.WORK_GOALS,
    Information.JOBS,
    Information.ATTENDANCE,
    Information.BENEFITS,
    Information.HEALTH_AT_WORK,
    Information.CONVERSATION,
)
_UNIT_WORK: Mapping[Cell, tuple[Ground, ...]] = {
    **{(Action.READ, information): _CARE for information in _UNIT_RECORD},
    **{(Action.RECORD, information): _CARE for information in _UNIT_RECORD},
    (Action.REFER, Information.IDENTITY): _CARE,
    (Action.ASSIGN, Information.ATTENDANCE): _CARE,
    (Action.KEEP_EMPLOYERS, None): _CARE,
}

GRANTS: Mapping[Role, Mapping[Cell, tuple[Ground, ...]]] = {
    Role.SPECIALIST: _UNIT_WORK,
    Role.SUPERVISOR: {
        **_UNIT_WORK,
        (Action.OVERSEE, Information.STATISTICAL): _CARE,
        (Action.IMPORT, None): _CARE,
        (Action.MANAGE_MEMBERS, None): _CARE,
    },
    Role.CLINICIAN: {},
    Role.CLINICAL_MANAGER: {},
    Role.CASEWORKER: {},
    Role.COUNSELLOR: {},
    Role.REVIEWER: {},
    Role.FUNDER: {},
    Role.EVALUATOR: {},
    Role.STEWARD: {
        (Action.OVERSEE, Information.STATISTICAL): _OFFICE,
        (Action.IMPORT, None): _OFFICE,
        (Action.MANAGE_MEMBERS, None): _OFFICE,
    },
    Role.APPLICANT: {},
}

HOLDS: Mapping[Ground, Callable[[Actor, Subject], bool]] = {
    Ground.OWN_CARE: lambda actor, subject: bool(actor.teams & subject.care),
    Ground.OFFICE: lambda actor, subject: actor.organisation == subject.organisation,
}


def grounds(
    actor: Actor, action: Action, information: Information | None
) -> tuple[Ground, ...]:
    """Return the grounds on which this role may be allowed; empty means never."""
    return GRANTS[actor.role].get((action, information), ())


def decide(actor: Actor, action: Action, subject: Subject) -> Decision:
    """Say whether `actor` may do `action` to `subject`, and why."""
    possible = grounds(actor, action, subject.information)
    for ground in possible:
        if HOLDS[ground](actor, subject):
            return Decision(True, ground)
    if not possible:
        return Decision(False, "not_granted")
    return Decision(False, "no_ground")


def may(actor: Actor, action: Action, information: Information | None = None) -> bool:
    """Say whether the role could ever be allowed this; for navigation and buttons."""
    return bool(grounds(actor, action, information))
