"""Who may see and do what: the only place that decides by role.

Pure: no Django, no database, no clock. `decide` answers for one subject;
`access/scopes.py` turns the same table into a filter for lists, and a house test
insists that the two never differ.

Five grounds open what is known about a person: their *own record*, *own care* (the unit
holds the IPS record, a treatment team its notes), *consent*, *duty* (a statute named in
the country's pack) and *broken glass*. *Office* is for running an organisation and
*invited* for sitting at a table in person; neither ever opens an applicant. A block
beats every ground; so does a restriction, except for the applicant's own record, for
reading the name and for blocking.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from braid.access.terms import Action, Ground, Information, Purpose, Role

__all__ = [
    "ABOUT_A_PERSON",
    "CO_WRITTEN",
    "GRANTS",
    "HEALTH",
    "HOLDS",
    "LEFT_BY_RESTRICTION",
    "PURPOSES",
    "SENSITIVE",
    "SERVES_ONLY",
    "UNIT_RECORD",
    "Action",
    "Actor",
    "Cell",
    "Decision",
    "Ground",
    "Information",
    "Purpose",
    "Role",
    "Row",
    "Subject",
    "decide",
    "grounds",
    "is_closed_by_restriction",
    "may",
]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in one role for one organisation, on one day, for one purpose.

    `id` is None for the system itself (`system` names the task, for the audit). `own` is
    the applicant whose account this is. `hidden` are the applicants who have blocked
    this person, `restricted` those whose record is restricted, `opened` those for whom
    this person has broken the glass: all as they stood when the request began.
    """

    id: UUID | None
    role: Role
    organisation: UUID
    teams: frozenset[UUID] = frozenset()
    name: str = ""
    country: str = ""
    system: str = ""
    purpose: Purpose | None = None
    day: date = date.min
    own: UUID | None = None
    hidden: frozenset[UUID] = frozenset()
    restricted: frozenset[UUID] = frozenset()
    opened: frozenset[UUID] = frozenset()

    @property
    def works_at(self) -> Purpose:
        """The purpose that was chosen, or the first that the role has."""
        return self.purpose or PURPOSES[self.role][0]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about, as far as the decision needs it.

    `information`: its class, or None where it says nothing about a person.
    `organisation`: who runs it. `care`: the teams whose own care it is. `applicant`:
    whom it is about. `around`: the teams that work with that applicant today. `agreed`:
    the purposes and receiving organisations with consent in force for this class.
    `due`: the purposes and countries whose statutes give this class to a job centre.
    `invited`: the people who were asked in person.
    """

    information: Information | None
    organisation: UUID
    care: frozenset[UUID] = frozenset()
    applicant: UUID | None = None
    around: frozenset[UUID] = frozenset()
    agreed: frozenset[tuple[Purpose, UUID]] = frozenset()
    due: frozenset[tuple[Purpose, str]] = frozenset()
    invited: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer with its reason; the reason of a yes is its ground."""

    allowed: bool
    reason: str


Cell = tuple[Action, Information | None]
Row = Mapping[Cell, tuple[Ground, ...]]

PURPOSES: Mapping[Role, tuple[Purpose, ...]] = {
    Role.SPECIALIST: (Purpose.IPS_SUPPORT,),
    Role.SUPERVISOR: (Purpose.IPS_SUPPORT,),
    Role.CLINICIAN: (Purpose.TREATMENT,),
    Role.CLINICAL_MANAGER: (Purpose.ADMINISTRATION,),
    Role.CASEWORKER: (
        Purpose.JOB_SEARCH_SUPPORT,
        Purpose.BENEFIT_DECISION,
        Purpose.BENEFIT_CONTROL,
    ),
    Role.COUNSELLOR: (Purpose.BENEFITS_COUNSELLING,),
    Role.REVIEWER: (Purpose.FIDELITY_REVIEW,),
    Role.FUNDER: (Purpose.FUNDING,),
    Role.EVALUATOR: (Purpose.EVALUATION,),
    Role.STEWARD: (Purpose.ADMINISTRATION,),
    Role.APPLICANT: (Purpose.OWN_AFFAIRS,),
}

ABOUT_A_PERSON = tuple(one for one in Information if one != Information.STATISTICAL)
UNIT_RECORD = tuple(one for one in ABOUT_A_PERSON if one != Information.TREATMENT)
# What the applicant and the unit write together: the career profile, plans, disclosure.
CO_WRITTEN = (
    Information.WORK_GOALS,
    Information.JOBS,
    Information.BENEFITS,
    Information.HEALTH_AT_WORK,
    Information.CONVERSATION,
)
HEALTH = frozenset(
    {Information.HEALTH_AT_WORK, Information.TREATMENT, Information.CONVERSATION}
)
SENSITIVE = HEALTH | {Information.BENEFITS}  # every read of these is audited

_CARE = (Ground.OWN_CARE,)
_OFFICE = (Ground.OFFICE,)
_AT_TABLE = (Ground.OWN_CARE, Ground.INVITED)
_OWN = (Ground.OWN_RECORD,)
_AGREED = (Ground.CONSENT,)
_EMERGENCY = (
    Information.IDENTITY,
    Information.CONTACT_DETAILS,
    Information.ATTENDANCE,
    Information.HEALTH_AT_WORK,
)


def _cells(
    action: Action, classes: tuple[Information, ...], *grounds: Ground
) -> dict[Cell, tuple[Ground, ...]]:
    return {(action, information): grounds for information in classes}


_INVITED: Row = {  # to a table, in person; never to what is said about somebody
    (Action.TAKE_PART, None): (Ground.INVITED,),
    (Action.TAKE_PART, Information.ATTENDANCE): (Ground.INVITED,),
}
# Claims stand under pseudonyms and say nothing about a person: no class of information.
_CLAIMS: Row = {
    (Action.SEE_AMOUNTS, None): (Ground.OWN_CARE,),
    (Action.CLAIM, None): (Ground.OWN_CARE,),
    (Action.RELEASE, None): (Ground.OWN_CARE,),
}
_PAYS: Row = {
    (Action.SEE_AMOUNTS, None): (Ground.OWN_CARE,),
    (Action.PAY, None): (Ground.OWN_CARE,),
}
# A review of a service: by those who were given a seat in it, and nobody else.
_RATES: Row = {(Action.RATE, Information.STATISTICAL): (Ground.INVITED,)}
_UNIT_WORK: Row = {
    **_cells(Action.READ, UNIT_RECORD, Ground.OWN_CARE),
    **_cells(Action.READ, _EMERGENCY, Ground.OWN_CARE, Ground.BROKEN_GLASS),
    **_cells(Action.READ, (Information.TREATMENT,), Ground.CONSENT),
    **_cells(Action.RECORD, UNIT_RECORD, Ground.OWN_CARE),
    **_cells(Action.CO_WRITE, CO_WRITTEN, Ground.OWN_CARE),
    (Action.REFER, Information.IDENTITY): _CARE,
    (Action.ASSIGN, Information.ATTENDANCE): _CARE,
    (Action.SHARE, Information.IDENTITY): _CARE,
    (Action.INVITE, Information.IDENTITY): _CARE,
    (Action.BREAK_GLASS, None): _OFFICE,
    (Action.KEEP_EMPLOYERS, None): _CARE,
    # Meetings, questions, proposals: what two sectors write together.
    **_cells(Action.TAKE_PART, UNIT_RECORD, Ground.OWN_CARE),
    (Action.TAKE_PART, Information.ATTENDANCE): _AT_TABLE,
    (Action.TAKE_PART, Information.TREATMENT): _AGREED,
    (Action.TAKE_PART, None): _AT_TABLE,
    # An action of the unit's plan that they took on: how it goes, they say themselves.
    (Action.TAKE_PART, Information.STATISTICAL): (Ground.INVITED,),
    (Action.READ, Information.STATISTICAL): _CARE,
    (Action.SUPERVISE, None): (Ground.INVITED,),  # one's own supervision
}

GRANTS: Mapping[Role, Row] = {
    Role.SPECIALIST: _UNIT_WORK,
    Role.SUPERVISOR: {
        **_UNIT_WORK,
        **_CLAIMS,
        (Action.BLOCK, Information.IDENTITY): _CARE,
        **_RATES,
        (Action.SET_ASIDE, None): _CARE,
        (Action.SUPERVISE, None): _AT_TABLE,
        (Action.OVERSEE, Information.STATISTICAL): _CARE,
        (Action.IMPORT, None): _CARE,
        (Action.MANAGE_MEMBERS, None): _CARE,
    },
    Role.CLINICIAN: {
        # A team that wrote notes about somebody knows who that is: own care.
        **_cells(Action.READ, UNIT_RECORD, Ground.CONSENT),
        **_cells(Action.READ, _EMERGENCY, Ground.CONSENT, Ground.BROKEN_GLASS),
        (Action.READ, Information.IDENTITY): (
            Ground.OWN_CARE,
            Ground.CONSENT,
            Ground.BROKEN_GLASS,
        ),
        # What the applicant tells by choice is addressed to the team.
        (Action.READ, Information.CONVERSATION): (Ground.OWN_CARE, Ground.CONSENT),
        (Action.READ, Information.TREATMENT): (
            Ground.OWN_CARE,
            Ground.CONSENT,
            Ground.BROKEN_GLASS,
        ),
        (Action.RECORD, Information.TREATMENT): _CARE,
        (
            Action.REFER,
            Information.IDENTITY,
        ): _CARE,  # to a unit that the team works with
        (Action.BREAK_GLASS, None): _OFFICE,
        **_cells(Action.TAKE_PART, UNIT_RECORD, Ground.CONSENT),
        # A line of a meeting that is about nobody belongs to both sides of the table.
        (Action.TAKE_PART, Information.ATTENDANCE): (
            Ground.OWN_CARE,
            Ground.INVITED,
            Ground.CONSENT,
        ),
        # The team's own list of those who might want to work: own care.
        (Action.TAKE_PART, Information.IDENTITY): (Ground.OWN_CARE, Ground.CONSENT),
        (Action.TAKE_PART, Information.TREATMENT): _CARE,
        (Action.TAKE_PART, None): _AT_TABLE,
        (Action.READ, Information.STATISTICAL): _CARE,
    },
    Role.CLINICAL_MANAGER: {  # figures, never persons
        **_INVITED,
        **_RATES,
        (Action.READ, Information.STATISTICAL): (Ground.OWN_CARE, Ground.OFFICE),
    },
    Role.CASEWORKER: {
        **_cells(
            Action.READ,
            tuple(one for one in UNIT_RECORD if one != Information.CONVERSATION),
            Ground.CONSENT,
            Ground.DUTY,
        ),
        (Action.READ, Information.CONVERSATION): _CARE,
        (
            Action.REFER,
            Information.IDENTITY,
        ): _CARE,  # to a unit that the office works with
        **_cells(
            Action.TAKE_PART,
            tuple(one for one in UNIT_RECORD if one != Information.CONVERSATION),
            Ground.CONSENT,
            Ground.DUTY,
        ),
        (Action.TAKE_PART, Information.ATTENDANCE): (
            Ground.OWN_CARE,
            Ground.INVITED,
            Ground.CONSENT,
            Ground.DUTY,
        ),
        (Action.TAKE_PART, None): _AT_TABLE,
        (Action.READ, Information.STATISTICAL): _CARE,
    },
    Role.COUNSELLOR: {
        **_cells(
            Action.READ,
            (
                Information.IDENTITY,
                Information.CONTACT_DETAILS,
                Information.WORK_GOALS,
                Information.JOBS,
                Information.BENEFITS,
            ),
            Ground.OWN_CARE,
            Ground.CONSENT,
        ),
        (Action.RECORD, Information.BENEFITS): _CARE,
        (Action.CONFIRM, Information.BENEFITS): _CARE,  # nobody else hands advice over
        **_cells(
            Action.TAKE_PART,
            (Information.WORK_GOALS, Information.JOBS, Information.BENEFITS),
            Ground.OWN_CARE,
            Ground.CONSENT,
        ),
        (Action.TAKE_PART, Information.ATTENDANCE): _AT_TABLE,
        # Works in a unit, and is no side of its tables: their lines are not for counsel.
        (Action.TAKE_PART, None): (Ground.INVITED,),
    },
    Role.REVIEWER: {  # reads what a review gives, never the record
        **_RATES,
        (Action.READ, Information.STATISTICAL): (Ground.INVITED,),
    },
    Role.FUNDER: {  # figures and pseudonymous evidence, never persons
        **_INVITED,
        **_PAYS,
    },
    Role.EVALUATOR: {  # documents given to a study, figures of units beside; no record
        **_RATES,
        (Action.READ, Information.STATISTICAL): _CARE,
    },
    Role.STEWARD: {
        (Action.SET_ASIDE, None): _OFFICE,
        (Action.ANSWER, None): _OFFICE,
        (Action.REVIEW_ACCESS, None): _OFFICE,
        (Action.SEE_AMOUNTS, None): _OFFICE,
        (Action.RELEASE, None): _OFFICE,  # the second pair of eyes of a small unit
        (Action.SETTLE, None): _OFFICE,
        (Action.OVERSEE, Information.STATISTICAL): _OFFICE,
        (Action.IMPORT, None): _OFFICE,
        (Action.MANAGE_MEMBERS, None): _OFFICE,
    },
    Role.APPLICANT: {
        **_cells(Action.READ, ABOUT_A_PERSON, Ground.OWN_RECORD),
        (Action.RECORD, Information.WORK_GOALS): _OWN,
        (Action.RECORD, Information.CONVERSATION): _OWN,
        **_cells(Action.CO_WRITE, CO_WRITTEN, Ground.OWN_RECORD),
        (Action.REFER, Information.IDENTITY): _OWN,  # oneself, again
        (Action.SHARE, Information.IDENTITY): _OWN,
        (Action.BLOCK, Information.IDENTITY): _OWN,
        (Action.ASK, Information.IDENTITY): _OWN,
    },
}

# The only grounds on which a class serves a purpose; a pair without a line serves on all.
SERVES_ONLY: Mapping[tuple[Purpose, Information], frozenset[Ground]] = {
    (Purpose.BENEFIT_CONTROL, Information.TREATMENT): frozenset(),
    (Purpose.BENEFIT_CONTROL, Information.CONVERSATION): frozenset(),
    (Purpose.BENEFIT_CONTROL, Information.HEALTH_AT_WORK): frozenset({Ground.DUTY}),
}

HOLDS: Mapping[Ground, Callable[[Actor, Subject], bool]] = {
    Ground.OWN_RECORD: lambda actor, subject: (
        actor.own is not None and actor.own == subject.applicant
    ),
    Ground.OWN_CARE: lambda actor, subject: bool(actor.teams & subject.care),
    Ground.CONSENT: lambda actor, subject: (
        bool(actor.teams & subject.around)
        and (actor.works_at, actor.organisation) in subject.agreed
    ),
    Ground.DUTY: lambda actor, subject: (
        bool(actor.teams & subject.around)
        and (actor.works_at, actor.country) in subject.due
    ),
    Ground.BROKEN_GLASS: lambda actor, subject: subject.applicant in actor.opened,
    Ground.OFFICE: lambda actor, subject: actor.organisation == subject.organisation,
    Ground.INVITED: lambda actor, subject: (
        subject.applicant is None
        and actor.id is not None
        and actor.id in subject.invited
    ),
}


def grounds(
    actor: Actor, action: Action, information: Information | None
) -> tuple[Ground, ...]:
    """Return the grounds on which this actor may be allowed; empty means never."""
    granted = GRANTS[actor.role].get((action, information), ())
    if information is None:
        return granted
    serving = SERVES_ONLY.get((actor.works_at, information))
    if serving is None:
        return granted
    return tuple(ground for ground in granted if ground in serving)


# What a restriction leaves to others: the name, so that nobody makes the person anew, and
# keeping others away.
LEFT_BY_RESTRICTION = frozenset(
    {(Action.READ, Information.IDENTITY), (Action.BLOCK, Information.IDENTITY)}
)


def is_closed_by_restriction(
    action: Action, information: Information | None, ground: Ground
) -> bool:
    """Say whether a restricted record answers no although the ground holds.

    The applicant keeps everything.
    """
    return (
        ground != Ground.OWN_RECORD and (action, information) not in LEFT_BY_RESTRICTION
    )


def decide(actor: Actor, action: Action, subject: Subject) -> Decision:
    """Say whether `actor` may do `action` to `subject`, and why."""
    if subject.applicant is not None and subject.applicant in actor.hidden:
        return Decision(False, "absent")  # a block hides that the applicant exists
    possible = grounds(actor, action, subject.information)
    for ground in possible:
        if HOLDS[ground](actor, subject):
            if subject.applicant in actor.restricted and is_closed_by_restriction(
                action, subject.information, ground
            ):
                return Decision(False, "restricted")
            return Decision(True, ground)
    if not possible:
        return Decision(False, "not_granted")
    return Decision(False, "no_ground")


def may(actor: Actor, action: Action, information: Information | None = None) -> bool:
    """Say whether the role could ever be allowed this; for navigation and buttons."""
    return bool(grounds(actor, action, information))
