"""The access matrix: every address × role × relation × consent × act, and no wrong answer.

What is expected follows from tables in this file and in `tests/house/test_routes.py`
(who gets a page when nothing is agreed), never from the policy's own functions. The list
of addresses comes from the code; one without a row there fails.

A cell is an answer to one member in one state of consent: whether the page is given, and
which kinds of information about Pat stand on it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from braid.access import subject_keys
from braid.access.models import Sharing, Team
from braid.access.policy import Information, Purpose, Role
from tests import cast
from tests.access.worlds import without_noise
from tests.cast import SINCE, TODAY, World, make_world
from tests.conftest import sign_in_a_moment_ago
from tests.consents import agree, withdraw
from tests.factories.access import BlockFactory, MembershipFactory, TeamFactory
from tests.factories.people import (
    NoteFactory,
    TreatmentNoteFactory,
    TreatmentSpellFactory,
)
from tests.factories.work import JobFactory
from tests.house.test_routes import FILES, ROWS, _at
from tests.house.test_routes import things as house_things

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stands:
    """A member of the matrix: role and relation to Pat, and whom the rows speak of.

    `like` is the member of the cast whose row holds; `blocked` members have the row of
    `stranger` for whatever is about Pat. `reads` are the classes that consent can open.
    """

    role: str
    relation: str
    like: str
    reads: frozenset[str] = frozenset()
    around: bool = False
    blocked: bool = False


EVERY = frozenset(one.value for one in Information) - {"statistical"}
# What each may be agreed for their purpose, by the texts of the country.
CLINICIAN = EVERY - {"treatment"}
CASEWORKER = EVERY - {"treatment", "conversation"}
COUNSELLOR = frozenset(
    {"identity", "contact_details", "work_goals", "jobs", "benefits"}
)
MEMBERS = {
    "ada": Stands("specialist", "caseload", "ada"),
    "aki": Stands("specialist", "same unit", "ada"),
    "tia": Stands("specialist", "other unit of the organisation", "ola"),
    "ola": Stands("specialist", "other organisation", "ola"),
    "fred": Stands("specialist", "former relation", "ola"),
    "uma": Stands("specialist", "blocked", "ada", blocked=True),
    "ben": Stands("supervisor", "same unit", "ben"),
    "sol": Stands("supervisor", "blocked", "ben", blocked=True),
    "cora": Stands("clinician", "linked treatment team", "cora", CLINICIAN, True),
    "nils": Stands("clinician", "other team", "cora", CLINICIAN),
    "fia": Stands("clinician", "former relation", "cora", CLINICIAN),
    "cleo": Stands("clinician", "blocked", "cora", CLINICIAN, True, blocked=True),
    "mira": Stands("clinical_manager", "linked treatment team", "femi"),
    "dev": Stands("caseworker", "linked job centre", "dev", CASEWORKER, True),
    "blake": Stands("caseworker", "blocked", "dev", CASEWORKER, True, blocked=True),
    "kit": Stands("counsellor", "linked job centre", "dev", COUNSELLOR, True),
    "rui": Stands("reviewer", "same organisation", "femi"),
    "femi": Stands("funder", "same organisation", "femi"),
    "eve": Stands("evaluator", "same organisation", "femi"),
    "sam": Stands("steward", "same organisation", "sam"),
    "stig": Stands("steward", "other organisation", "stig"),
    "pat_account": Stands("applicant", "own record", "pat_account"),
    "quinn_account": Stands("applicant", "another's record", "quinn_account"),
}
# What the rows of the house do not speak of, in terms of those of whom they do.
OF_OWN_ACCOUNT = {"pat_account", "quinn_account"}
# What a page is about, where it is about Pat or about the unit and its organisation.
ABOUT_PAT = {
    *("person", "episode", "contact", "job", "entry", "glass", "block", "asked"),
    *("audience", "document", "absence", "application", "appointment", "benefit"),
    *("calculation", "counselling", "education", "ended_job", "job_problem"),
    *("paper", "past_job", "payer_question", "plan_step", "section", "talk", "task"),
    *("proposal", "question", "visit"),
    "gathering_line",
}
# Pages that consent opens to those who work with Pat, and the classes that it takes.
SHARED = {
    "desk:person": {"identity"},
    "desk:person_together": {"identity"},
    "desk:corridor": {"identity", "attendance"},
    "desk:documents": {"identity"},  # and of those each by its own class
    "people:treatment_note_new": {"identity"},
    "desk:job_centre_person": {"identity"},  # each class by itself
    "teamwork:proposal_new": {"identity", "work_goals"},
    # One that is about jobs, from the unit to Cora's team.
    "teamwork:question": {"identity", "jobs"},
    "teamwork:question_give": {"identity", "jobs"},
}
ONLY_FOR = {
    "desk:job_centre_person": "caseworker",
    "people:treatment_note_new": "clinician",
    "teamwork:question_give": "clinician",
}
# Roles that never sit at a table, though their rows are those of one that may.
NOT_FOR = {
    "desk:gatherings": {"rui", "eve"},
    "desk:day_together": {"rui", "eve"},
}
# What belongs to a table with Cora's team: of clinicians, only those of that team sit there.
OF_THE_TABLE = {"treatment_team", "table", "team_meeting", "not_yet"}
AT_THE_TABLE = {"cora", "cleo"}
# Field mentoring of Ada: no other specialist has it.
OF_ADA = {"mentoring"}
# Pages that only the very person has whom they are asked of, or who wrote.
OF_ONE_PERSON = {"desk:finding_answer", "people:treatment_note"}
# Figures that both sides of a table read: the unit, and the teams that it works with.
OF_BOTH_SIDES = {
    *("integration:integration", "integration:drift", "integration:measure"),
    "integration:one_pager",
    *("fidelity:live", "fidelity:treatment", "fidelity:item"),
    *("outcomes:outcomes", "outcomes:equity", "outcomes:compare", "outcomes:rows"),
}
# Where the pages of figures begin.
HOMES = {
    *("integration:home", "outcomes:home", "outcomes:reports", "outcomes:releases"),
    *("fidelity:across", "fidelity:across_community", "fidelity:home"),
}
BOTH_SIDES = {
    *("ada", "aki", "uma", "ben", "sol", "cora", "cleo", "mira", "dev", "blake"),
    "eve",  # her team is one that the unit works with
}
# What whoever reviews the service opens by their seat, and where figures begin.
OF_A_SEAT = {
    *HOMES,
    *("fidelity:rate", "fidelity:rate_item", "fidelity:disagreement"),
    *("fidelity:consensus", "fidelity:consensus_item", "fidelity:correction"),
    *("fidelity:moderation", "fidelity:moderation_item", "fidelity:stated_band"),
    *("fidelity:final", "fidelity:final_item", "fidelity:answers"),
    *("fidelity:report", "fidelity:report_passage"),
}
WITH_SEATS = {"supervisor", "clinical_manager", "reviewer", "evaluator"}
STATES = {
    "none": frozenset(),
    "the name alone": frozenset({"identity"}),
    "jobs with the name": frozenset({"identity", "jobs"}),
    "jobs, the name unasked": frozenset({"identity", "jobs"}),  # it comes with them
    "all": EVERY,
    "withdrawn": frozenset(),
    "expired": frozenset(),
    "not yet begun": frozenset(),
    "other purpose": frozenset(),
    "other receiver": frozenset(),
}
RECEIVERS = ("cora", "dev", "kit")
# Words about Pat of one kind each; the name is met wherever Pat is.
MARKS = {
    "identity": "Pat Lund",
    "contact_details": "77001122",
    "work_goals": "markgoal",
    "jobs": "markjob",
    "conversation": "marktalk",
    "treatment": "marktreatment",
}
# The unit may read treatment notes too: the rows' own agreement says so.
OWN_CARE = {"ada": EVERY, "aki": EVERY, "ben": EVERY, "pat_account": EVERY}


def expected(member: str, name: str, state: str) -> bool:
    """Say whether a member gets a page of the matrix, by the tables alone."""
    stands = MEMBERS[member]
    allowed, about = ROWS[name]
    if stands.relation == "another's record":
        return "pat_account" in allowed and about in (None, "own_section")
    if member == "stig":
        return "sam" in allowed and about in (
            *(None, "measure", "own_report", "contract_name"),
        )
    if name in OF_ONE_PERSON:
        return member in allowed
    if member == "rui" and name in OF_A_SEAT:
        return True
    if name in (
        "outcomes:released",
        "fidelity:actions",
        *("fidelity:reviews", "fidelity:review", "fidelity:report"),
        *("fidelity:answers", "fidelity:final", "fidelity:final_item"),
    ):  # and by whoever oversees the unit
        return member in BOTH_SIDES | {"sam"}
    if name == "fidelity:all_reviews":  # of those who ever have a seat in one
        return stands.role in WITH_SEATS
    if name in OF_BOTH_SIDES:
        return member in BOTH_SIDES
    if name in HOMES and stands.role in ("clinical_manager", "evaluator"):
        return True
    if name.startswith("funding:") and stands.like == "femi":  # of the funder alone
        return member == "femi" and "femi" in allowed
    if member in NOT_FOR.get(name, ()):
        return False
    if about in OF_THE_TABLE and stands.role == "clinician":
        return member in AT_THE_TABLE and "cora" in allowed
    if about in OF_ADA and stands.role == "specialist":
        return member == "ada"
    hidden = stands.blocked and about in ABOUT_PAT
    # A counsellor has the pages of counsellors, wherever their people are held.
    like = "una" if member == "kit" and about is None else stands.like
    if not hidden and like in allowed:
        return True
    if name not in SHARED or ONLY_FOR.get(name, stands.role) != stands.role:
        return False
    return SHARED[name] <= read_by_consent(member, state)


def read_by_consent(member: str, state: str) -> frozenset[str]:
    stands = MEMBERS[member]
    if not stands.around or stands.blocked:
        return frozenset()
    return STATES[state] & stands.reads


def readable(member: str, state: str) -> frozenset[str]:
    """Return the kinds of information about Pat that may stand on any page."""
    told = read_by_consent(member, state)
    if "identity" not in told:
        told = frozenset()  # who is not known has no page on which it could stand
    return told | OWN_CARE.get(member, frozenset())


# The world


def _world() -> World:
    world = make_world()
    organisation = world.havnelund
    west = TeamFactory(
        organisation=world.east.organisation, name="West", kind="treatment_team"
    )
    past = TeamFactory(
        organisation=world.east.organisation, name="Past", kind="treatment_team"
    )
    harbour = TeamFactory(organisation=organisation, name="Harbour", kind="ips_unit")
    for name, role, team, held in (
        ("aki", Role.SPECIALIST, world.north, None),
        ("tia", Role.SPECIALIST, harbour, None),
        ("fred", Role.SPECIALIST, world.elsewhere, None),
        ("uma", Role.SPECIALIST, world.north, None),
        ("sol", Role.SUPERVISOR, world.north, None),
        ("nils", Role.CLINICIAN, west, None),
        ("fia", Role.CLINICIAN, past, None),
        ("cleo", Role.CLINICIAN, world.east, None),
        ("mira", Role.CLINICAL_MANAGER, world.east, None),
        ("stig", Role.STEWARD, None, world.elsewhere.organisation),
    ):
        cast._member(world, name, role, team, held)
    MembershipFactory(  # fred worked in the unit until last month
        user=world.fred.user,
        team=world.north,
        first_day=SINCE,
        last_day=TODAY - 30 * DAY,
    )
    TreatmentSpellFactory(
        episode=world.pat_episode,
        team=past,
        first_day=date(2026, 6, 1),
        last_day=date(2026, 8, 2),
    )
    for name in ("uma", "sol", "cleo"):
        BlockFactory(
            organisation=organisation,
            applicant_id=world.pat.pk,
            user=getattr(world, name).user,
        )
    cast._account(world, "quinn_account", world.quinn)
    return world


def _mark(world: World) -> None:
    """Write a word of each kind about Pat, by which a page is known to tell it."""
    world.pat.phone = MARKS["contact_details"]
    world.pat.save()
    world.pat_episode.goal = MARKS["work_goals"]
    world.pat_episode.save()
    JobFactory(episode=world.pat_episode, title=MARKS["jobs"])
    NoteFactory(episode=world.pat_episode, text=MARKS["conversation"])
    TreatmentNoteFactory(
        applicant=world.pat,
        team=_team_apart(world),
        sealed_text=subject_keys.seal(world.pat.pk, MARKS["treatment"].encode()),
    )


def _team_apart(world: World) -> Team:
    """Return a team whose notes nobody of the matrix owns; its members would know Pat."""
    return TeamFactory(
        organisation=world.east.organisation, name="Apart", kind="treatment_team"
    )


def _agree(world: World, state: str) -> None:
    """Bring the world into a state of consent, for every receiver of the matrix."""
    if state == "none":
        return
    for name in RECEIVERS:
        member = getattr(world, name)
        wanted = COUNSELLOR if state == "other purpose" else STATES[state] or EVERY
        if state == "jobs, the name unasked":
            wanted = frozenset({"jobs"})
        classes = [Information(one) for one in wanted & MEMBERS[name].reads]
        given = {
            "not yet begun": {"first_day": TODAY + DAY},
            "other purpose": {"purpose": _other_purpose(member.actor.works_at)},
        }.get(state, {})
        if state == "other receiver":
            member = world.ola
            given = {"purpose": getattr(world, name).actor.works_at}
        agree(world, world.pat, member, *classes, **given)
        if state == "withdrawn":
            withdraw(world, world.pat, member)
    if state == "expired":  # as if all of it had been said three months ago
        past = {"first_day": TODAY - 90 * DAY, "last_day": TODAY - DAY}
        Sharing.objects.filter(applicant_id=world.pat.pk).update(**past)


def _other_purpose(purpose: Purpose) -> Purpose:
    if purpose == Purpose.TREATMENT:
        return Purpose.BENEFITS_COUNSELLING
    return Purpose.TREATMENT


# Asking


@dataclass
class Matrix:
    """The world in one state, and what is asked of it."""

    world: World
    things: dict[str, object]
    state: str

    def client(self, member: str) -> Client:
        client = Client()
        user = getattr(self.world, member).user
        client.force_login(user)
        sign_in_a_moment_ago(client, user)
        return client

    def ask(self, client: Client, name: str, method: str) -> tuple[int, str]:
        address = _at(name, self.things.get(ROWS[name][1]))
        with transaction.atomic():
            answer = getattr(client, method)(address)
            body = b"" if answer.streaming else answer.content
            transaction.set_rollback(True)
        return answer.status_code, without_noise(body.decode("utf-8", "replace"))


def _matrix(state: str) -> Matrix:
    world = _world()
    _mark(world)
    things = house_things.__wrapped__(world)
    _agree(world, state)
    return Matrix(world, things, state)


def _wrong(matrix: Matrix, members, names, met: Counter) -> list[str]:
    """Return the cells whose answer is not the one expected, in words."""
    wrong = []
    for member in members:
        client = matrix.client(member)
        may_read = readable(member, matrix.state)
        for name in names:
            status, body = matrix.ask(client, name, "get")
            met[(member, matrix.state, "read")] += 1
            is_given = status == 200
            where = f"{member} ({MEMBERS[member].relation}), {matrix.state}: GET {name}"
            if is_given != expected(member, name, matrix.state):
                wrong.append(f"{where} answered {status}")
            elif not is_given and status not in (403, 404):
                wrong.append(f"{where} answered {status}, neither 403 nor 404")
            told = {kind for kind, mark in MARKS.items() if mark in body}
            if (member, name) in TOLD_THE_NAME:
                told -= {"identity"}
            if told - may_read:
                wrong.append(f"{where} tells {sorted(told - may_read)}")
            if (
                name == "desk:person"
                and is_given
                and (missed := _missed(told, may_read))
            ):
                wrong.append(f"{where} keeps back {missed}")
    return wrong


# Who answers a request under the law must know whose it is.
TOLD_THE_NAME = {("sam", "desk:requests"), ("sam", "desk:request")}
TOLD_THE_NAME |= {("sam", f"desk:request_{act}") for act in ("erase", "restrict")}


def _missed(told: set[str], may_read: frozenset[str]) -> list[str]:
    return sorted((may_read & {"identity", "work_goals", "jobs"}) - told)


OUTSIDERS = [name for name, one in MEMBERS.items() if one.reads]
ABOUT_PEOPLE = sorted(
    name for name, (_allowed, about) in ROWS.items() if about in {*ABOUT_PAT, None}
)


@pytest.fixture(autouse=True)
def nine_in_the_morning():
    with time_machine.travel(f"{TODAY.isoformat()}T07:00:00+00:00", tick=False):
        yield


def test_every_role_meets_every_page_when_nothing_is_agreed():
    met: Counter = Counter()
    names = sorted(set(ROWS) - FILES)
    wrong = _wrong(_matrix("none"), MEMBERS, names, met)
    assert not wrong, "\n".join(wrong)
    assert sum(met.values()) >= 1_800


@pytest.mark.parametrize("state", [state for state in STATES if state != "none"])
def test_consent_opens_what_it_says_and_nothing_else(state):
    met: Counter = Counter()
    names = [name for name in ABOUT_PEOPLE if ROWS[name][1] in ABOUT_PAT]
    names += ["desk:shared", "desk:search", "desk:caseload", "work:jobs", "desk:unit"]
    wrong = _wrong(_matrix(state), OUTSIDERS, names, met)
    assert not wrong, "\n".join(wrong)


def test_nothing_is_written_by_whoever_may_not_read_it():
    """An empty form is refused like the page; nobody is told more by sending one."""
    matrix, wrong, cells = _matrix("all"), [], 0
    for member in MEMBERS:
        client = matrix.client(member)
        for name in sorted(set(ROWS) - FILES):
            if ROWS[name][1] not in ABOUT_PAT or name in SHARED:
                continue
            status, _body = matrix.ask(client, name, "post")
            given = expected(member, name, "all")
            if status == 405:  # a page that is only read, for everybody
                continue
            cells += 1
            if given == (status in (403, 404)):
                where = f"{member} ({MEMBERS[member].relation})"
                wrong.append(f"{where}: POST {name} answered {status}")
    assert not wrong, "\n".join(wrong)
    assert cells >= 300


def test_roles_and_relations_of_the_issue_are_all_there():
    roles = {stands.role for stands in MEMBERS.values()}
    assert roles == {role.value for role in Role}
    relations = {stands.relation for stands in MEMBERS.values()}
    assert {
        "own record",
        "caseload",
        "same unit",
        "linked treatment team",
        "linked job centre",
        "other unit of the organisation",
        "other organisation",
        "former relation",
        "blocked",
    } <= relations
