"""The policy against a table written by hand: every role, act, class and ground.

The table is the second way to the same answer: one letter a ground, in the order in
which a page would name it. o own record, c own care, a agreed (consent), d duty,
g broken glass, f office, i invited in person.
"""

import itertools
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from braid.access import policy
from braid.access.policy import (
    Action,
    Actor,
    Decision,
    Ground,
    Information,
    Purpose,
    Role,
    Subject,
)

CLASSES = (
    *("identity", "contact_details", "work_goals", "jobs", "attendance"),
    *("benefits", "health_at_work", "treatment", "conversation", "statistical"),
)
READ = """
specialist       cg  cg  c   c   cg  c   cg  a   c   c
supervisor       cg  cg  c   c   cg  c   cg  a   c   c
clinician        cag ag  a   a   ag  a   ag  cag ca  c
clinical_manager -   -   -   -   -   -   -   -   -   cf
caseworker       ad  ad  ad  ad  ad  ad  ad  -   c   c
counsellor       ca  ca  ca  ca  -   ca  -   -   -   -
reviewer         -   -   -   -   -   -   -   -   -   i
funder           -   -   -   -   -   -   -   -   -   -
evaluator        -   -   -   -   -   -   -   -   -   c
steward          -   -   -   -   -   -   -   -   -   -
applicant        o   o   o   o   o   o   o   o   o   -
"""
RECORD = """
specialist       c   c   c   c   c   c   c   -   c   -
supervisor       c   c   c   c   c   c   c   -   c   -
clinician        -   -   -   -   -   -   -   c   -   -
clinical_manager -   -   -   -   -   -   -   -   -   -
caseworker       -   -   -   -   -   -   -   -   -   -
counsellor       -   -   -   -   -   c   -   -   -   -
reviewer         -   -   -   -   -   -   -   -   -   -
funder           -   -   -   -   -   -   -   -   -   -
evaluator        -   -   -   -   -   -   -   -   -   -
steward          -   -   -   -   -   -   -   -   -   -
applicant        -   -   o   -   -   -   -   -   o   -
"""
TAKE_PART = """
specialist       c   c   c   c   ci  c   c   a   c   i
supervisor       c   c   c   c   ci  c   c   a   c   i
clinician        ca  a   a   a   cia a   a   c   a   -
clinical_manager -   -   -   -   i   -   -   -   -   -
caseworker       ad  ad  ad  ad  ciad ad ad  -   -   -
counsellor       -   -   ca  ca  ci  ca  -   -   -   -
reviewer         -   -   -   -   -   -   -   -   -   -
funder           -   -   -   -   i   -   -   -   -   -
evaluator        -   -   -   -   -   -   -   -   -   -
steward          -   -   -   -   -   -   -   -   -   -
applicant        -   -   -   -   -   -   -   -   -   -
"""
OTHERWISE = {
    ("take_part", None): {
        **{"specialist": "ci", "supervisor": "ci", "clinician": "ci"},
        **{"caseworker": "ci", "counsellor": "i"},
        **{"clinical_manager": "i", "funder": "i"},
    },
    ("supervise", None): {"supervisor": "ci", "specialist": "i"},
    ("refer", "identity"): {
        **{"specialist": "c", "supervisor": "c", "clinician": "c"},
        **{"caseworker": "c", "applicant": "o"},
    },
    **{
        ("co_write", information): {
            "specialist": "c",
            "supervisor": "c",
            "applicant": "o",
        }
        for information in (
            *("work_goals", "jobs", "benefits", "health_at_work", "conversation"),
        )
    },
    ("confirm", "benefits"): {"counsellor": "c"},
    ("assign", "attendance"): {"specialist": "c", "supervisor": "c"},
    ("share", "identity"): {"specialist": "c", "supervisor": "c", "applicant": "o"},
    ("invite", "identity"): {"specialist": "c", "supervisor": "c"},
    ("block", "identity"): {"supervisor": "c", "applicant": "o"},
    ("ask", "identity"): {"applicant": "o"},
    ("set_aside", None): {"supervisor": "c", "steward": "f"},
    ("break_glass", None): {"specialist": "f", "supervisor": "f", "clinician": "f"},
    ("answer", None): {"steward": "f"},
    ("review_access", None): {"steward": "f"},
    ("oversee", "statistical"): {"supervisor": "c", "steward": "f"},
    ("rate", "statistical"): {
        **{"supervisor": "i", "clinical_manager": "i"},
        **{"reviewer": "i", "evaluator": "i"},
    },
    ("see_amounts", None): {"supervisor": "c", "funder": "c", "steward": "f"},
    ("claim", None): {"supervisor": "c"},
    ("release", None): {"supervisor": "c", "steward": "f"},
    ("pay", None): {"funder": "c"},
    ("settle", None): {"steward": "f"},
    ("keep_employers", None): {"specialist": "c", "supervisor": "c"},
    ("import", None): {"supervisor": "c", "steward": "f"},
    ("manage_members", None): {"supervisor": "c", "steward": "f"},
}
LETTERS = {
    "o": Ground.OWN_RECORD,
    "c": Ground.OWN_CARE,
    "a": Ground.CONSENT,
    "d": Ground.DUTY,
    "g": Ground.BROKEN_GLASS,
    "f": Ground.OFFICE,
    "i": Ground.INVITED,
}
PURPOSES = {
    "specialist": ["ips_support"],
    "supervisor": ["ips_support"],
    "clinician": ["treatment"],
    "clinical_manager": ["administration"],
    "caseworker": ["job_search_support", "benefit_decision", "benefit_control"],
    "counsellor": ["benefits_counselling"],
    "reviewer": ["fidelity_review"],
    "funder": ["funding"],
    "evaluator": ["evaluation"],
    "steward": ["administration"],
    "applicant": ["own_affairs"],
}

LEFT_BY_A_RESTRICTION = {("read", "identity"), ("block", "identity")}

PAT, ADA = UUID(int=1), UUID(int=2)
HERE, ELSEWHERE, TEAM = UUID(int=10), UUID(int=11), UUID(int=20)
DAY = date(2026, 10, 5)


ABOUT_SOMEBODY = tuple(letter for letter in LETTERS if letter != "i")


def _expected() -> dict[tuple[str, str, str | None], str]:
    found = {}
    for act, text in (
        ("read", READ),
        ("record", RECORD),
        ("take_part", TAKE_PART),
    ):
        for role, *cells in (line.split() for line in text.strip().splitlines()):
            for information, cell in zip(CLASSES, cells, strict=True):
                found[role, act, information] = cell.strip("-")
    for (act, information), rows in OTHERWISE.items():
        for role, cell in rows.items():
            found[role, act, information] = cell
    return found


EXPECTED = _expected()
CELLS = list(itertools.product(Role, Action, (*Information, None)))


def _letters(role, action, information, purpose):
    """The grounds of a cell as the hand-written table and the laws have them."""
    letters = EXPECTED.get((role, action, information), "")
    if purpose == "benefit_control":
        if information in ("treatment", "conversation"):
            return ""
        if information == "health_at_work":
            return letters.replace("c", "").replace("a", "")
    return letters


def _actor(role, purpose, **more):
    return Actor(ADA, role, HERE, purpose=purpose, country="dk", day=DAY, **more)


def _with(actor, subject, ground):
    """Return actor and subject between whom exactly this ground holds."""
    match ground:
        case "o":
            return replace(actor, own=PAT), subject
        case "c":
            return (
                replace(actor, teams=frozenset({TEAM})),
                replace(subject, care=frozenset({TEAM, UUID(int=21)})),
            )
        case "a" | "d":
            around = replace(subject, around=frozenset({TEAM}))
            if ground == "a":
                pair = (actor.works_at, HERE)
                around = replace(around, agreed=frozenset({pair}))
            else:
                around = replace(around, due=frozenset({(actor.works_at, "dk")}))
            return replace(actor, teams=frozenset({TEAM})), around
        case "g":
            return replace(actor, opened=frozenset({PAT})), subject
        case "i":  # a table is about nobody
            invited = frozenset({ADA})
            return actor, replace(subject, applicant=None, invited=invited)
        case _:
            return actor, replace(subject, organisation=HERE)


def _everybody():
    for role, action, information in CELLS:
        for purpose in PURPOSES[role]:
            yield role, action, information, Purpose(purpose)


def test_one_ground_alone_opens_what_the_table_says_and_nothing_else():
    tried = 0
    for role, action, information, purpose in _everybody():
        letters = _letters(role, action, information, purpose)
        stranger = Subject(information, ELSEWHERE, applicant=PAT)
        for letter, ground in LETTERS.items():
            actor, subject = _with(_actor(role, purpose), stranger, letter)
            answer = policy.decide(actor, action, subject)
            if letter in letters:
                wanted = Decision(True, ground)
            else:
                wanted = Decision(False, "no_ground" if letters else "not_granted")
            assert answer == wanted, (role, action, information, purpose, letter)
            tried += 1
    assert tried == len(LETTERS) * (len(CELLS) + 2 * len(Action) * 11)


def test_no_ground_at_all_opens_nothing():
    for role, action, information, purpose in _everybody():
        subject = Subject(information, ELSEWHERE, applicant=PAT)
        answer = policy.decide(_actor(role, purpose), action, subject)
        assert not answer.allowed


def test_with_every_ground_the_first_of_the_table_is_named():
    for role, action, information, purpose in _everybody():
        actor = _actor(role, purpose)
        subject = Subject(information, ELSEWHERE, applicant=PAT)
        for letter in ABOUT_SOMEBODY:
            more_actor, more = _with(actor, subject, letter)
            actor, subject = more_actor, more
            if letter == "a":
                agreed = more.agreed
        subject = replace(subject, agreed=agreed)
        letters = _letters(role, action, information, purpose).replace("i", "")
        answer = policy.decide(actor, action, subject)
        assert answer.allowed is bool(letters)
        if letters:
            assert answer.reason == LETTERS[letters[0]]


def test_an_invitation_to_a_table_opens_nobody():
    for role, action, information, purpose in _everybody():
        subject = Subject(
            information, ELSEWHERE, applicant=PAT, invited=frozenset({ADA})
        )
        answer = policy.decide(_actor(role, purpose), action, subject)
        assert not answer.allowed


def test_a_block_beats_every_ground_and_says_absent():
    for role, action, information, purpose in _everybody():
        for letter in ABOUT_SOMEBODY:
            blocked = _actor(role, purpose, hidden=frozenset({PAT}))
            actor, subject = _with(
                blocked, Subject(information, ELSEWHERE, applicant=PAT), letter
            )
            assert policy.decide(actor, action, subject) == Decision(False, "absent")


def test_a_block_of_somebody_else_changes_nothing():
    blocked = _actor(Role.SPECIALIST, Purpose.IPS_SUPPORT, hidden=frozenset({ADA}))
    actor, subject = _with(blocked, Subject(Information.JOBS, HERE, applicant=PAT), "c")
    assert policy.decide(actor, Action.READ, subject).allowed


def test_what_is_about_nobody_is_never_hidden():
    blocked = _actor(Role.SUPERVISOR, Purpose.IPS_SUPPORT, hidden=frozenset({PAT}))
    actor, subject = _with(blocked, Subject(None, HERE), "c")
    assert policy.decide(actor, Action.IMPORT, subject).allowed


def test_a_restricted_record_keeps_its_name_and_its_owner():
    for role, action, information, purpose in _everybody():
        for letter in ABOUT_SOMEBODY:
            actor, subject = _with(
                _actor(role, purpose, restricted=frozenset({PAT})),
                Subject(information, ELSEWHERE, applicant=PAT),
                letter,
            )
            answer = policy.decide(actor, action, subject)
            if letter not in _letters(role, action, information, purpose):
                assert not answer.allowed and answer.reason != "restricted"
            elif letter == "o" or (action, information) in LEFT_BY_A_RESTRICTION:
                assert answer.allowed
            else:
                assert answer == Decision(False, "restricted")


NEARLY = {
    "own care of another team": lambda a, s: (
        replace(a, teams=frozenset({TEAM})),
        replace(s, care=frozenset({UUID(int=99)})),
    ),
    "agreed for another purpose": lambda a, s: (
        replace(a, teams=frozenset({TEAM})),
        replace(
            s,
            around=frozenset({TEAM}),
            agreed=frozenset({(Purpose.EVALUATION, HERE)}),
        ),
    ),
    "agreed with another organisation": lambda a, s: (
        replace(a, teams=frozenset({TEAM})),
        replace(
            s, around=frozenset({TEAM}), agreed=frozenset({(a.works_at, ELSEWHERE)})
        ),
    ),
    "agreed and not around": lambda a, s: (
        replace(a, teams=frozenset({TEAM})),
        replace(s, agreed=frozenset({(a.works_at, HERE)})),
    ),
    "due and not around": lambda a, s: (
        replace(a, teams=frozenset({TEAM})),
        replace(s, due=frozenset({(a.works_at, "dk")})),
    ),
    "due in another country": lambda a, s: (
        replace(a, teams=frozenset({TEAM})),
        replace(s, around=frozenset({TEAM}), due=frozenset({(a.works_at, "nl")})),
    ),
    "due for another purpose": lambda a, s: (
        replace(a, teams=frozenset({TEAM})),
        replace(
            s,
            around=frozenset({TEAM}),
            due=frozenset({(Purpose.EVALUATION, "dk")}),
        ),
    ),
    "glass broken for another": lambda a, s: (replace(a, opened=frozenset({ADA})), s),
    "another's own record": lambda a, s: (replace(a, own=ADA), s),
    "nobody's record and no account": lambda a, s: (a, replace(s, applicant=None)),
}


@pytest.mark.parametrize("nearly", NEARLY.values(), ids=NEARLY)
def test_what_is_nearly_a_ground_is_none(nearly):
    for role, action, information, purpose in _everybody():
        actor, subject = nearly(
            _actor(role, purpose), Subject(information, ELSEWHERE, applicant=PAT)
        )
        assert not policy.decide(actor, action, subject).allowed


@pytest.mark.parametrize("role", Role)
def test_purposes_of_a_role(role):
    assert list(policy.PURPOSES[role]) == PURPOSES[role]
    assert Actor(ADA, role, HERE).works_at == PURPOSES[role][0]


def test_a_chosen_purpose_is_the_one_worked_at():
    actor = _actor(Role.CASEWORKER, Purpose.BENEFIT_CONTROL)
    assert actor.works_at == Purpose.BENEFIT_CONTROL


def test_may_says_whether_a_role_could_ever():
    for role, action, information, purpose in _everybody():
        actor = _actor(role, purpose)
        could = bool(_letters(role, action, information, purpose))
        assert policy.may(actor, action, information) is could
        letters = [LETTERS[one] for one in _letters(role, action, information, purpose)]
        assert list(policy.grounds(actor, action, information)) == letters


def test_classes_that_are_told_apart():
    assert {"health_at_work", "treatment", "conversation"} == policy.HEALTH
    assert policy.HEALTH | {"benefits"} == policy.SENSITIVE
    assert set(policy.ABOUT_A_PERSON) == set(Information) - {"statistical"}
    assert set(policy.UNIT_RECORD) == set(policy.ABOUT_A_PERSON) - {"treatment"}


def test_an_actor_of_no_day_and_no_list_is_let_in_nowhere():
    actor = Actor(ADA, Role.SPECIALIST, HERE)
    assert actor.day == date.min
    assert (actor.own, actor.purpose, actor.name, actor.country, actor.system) == (
        None,
        None,
        "",
        "",
        "",
    )
    assert not (actor.teams | actor.hidden | actor.restricted | actor.opened)
