"""One answer for a class whether a page, an object or a list asks; and why not."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from braid.access import policy, sight
from braid.access.models import Sharing
from braid.access.policy import (
    ABOUT_A_PERSON,
    PURPOSES,
    Action,
    Actor,
    Information,
    Purpose,
    Role,
)
from braid.access.presenters.withheld import SENTENCES, withheld
from braid.access.sight import Agreement, Circumstances, Why
from braid.people import sight as people
from tests.cast import TODAY
from tests.factories.people import TreatmentNoteFactory

DAY = timedelta(days=1)
EVERYBODY = ("ada", "ben", "cora", "dev", "kit", "femi", "sam", "blake", "ola")
SHARED = (Information.IDENTITY, Information.JOBS, Information.CONTACT_DETAILS)
STATES = {
    "as it is": {},
    "nobody around any more": {"around": False},
    "a secret address": {"secret": True},
    "notes of the team": {"noted": True},
    "restricted": {"restricted": True},
    "emergency access": {"opened": True},
}


def _arrange(world, *, around=True, secret=False, noted=False):
    if not around:
        for spells in (world.pat_episode.treatment, world.pat_episode.casework):
            spells.system("a test").update(last_day=TODAY - DAY)
    if secret:
        world.pat.secret_address = True
        world.pat.save()
    if noted:
        TreatmentNoteFactory(applicant=world.pat, team=world.east)
    for name in ("cora", "dev", "kit"):
        actor = getattr(world, name).actor
        for information in SHARED:
            Sharing.objects.create(
                applicant_id=world.pat.pk,
                organisation_id=actor.organisation,
                purpose=actor.works_at.value,
                information=information.value,
                first_day=TODAY,
                last_day=TODAY,
                number=3,
            )


@pytest.mark.parametrize("state", STATES)
def test_the_sight_of_a_person_is_the_answer_about_the_object(world, state):
    facts = dict(STATES[state])
    stands = {name: facts.pop(name, False) for name in ("restricted", "opened")}
    _arrange(world, **facts)
    known = people.Known(
        world.pat.pk, "Pat", "Lund", None, world.havnelund.pk, "Havnelund"
    )
    about = people.circumstances([known], TODAY)[world.pat.pk]
    person = type(world.pat).objects.system("a test").get(pk=world.pat.pk)
    told = {Information.IDENTITY: person, Information.CONTACT_DETAILS: person}
    for name in EVERYBODY:
        actor = getattr(world, name).actor
        found = {key: frozenset({world.pat.pk}) for key, on in stands.items() if on}
        for purpose in PURPOSES[actor.role]:
            reader = replace(actor, purpose=purpose, **found)
            seen = sight.sights(reader, about)
            for information in set(ABOUT_A_PERSON) - {Information.TREATMENT}:
                row = told.get(information, world.pat_episode)
                asked = row.subject(information, TODAY)
                decided = policy.decide(reader, Action.READ, asked)
                assert seen[information].decision == decided, (name, information)


def test_the_facts_of_many_are_loaded_with_the_queries_of_one(
    world, django_assert_num_queries
):
    listed = [
        people.Known(one.pk, one.given_name, "", None, world.havnelund.pk, "")
        for one in (world.pat, world.quinn)
    ]
    with django_assert_num_queries(4):
        found = people.circumstances(listed, TODAY)
    assert found[world.pat.pk].around == {
        world.north.pk,
        world.east.pk,
        world.job_centre.pk,
    }
    assert found[world.quinn.pk].units == {world.north.pk}


HERE, THERE, TEAM, UNIT, PAT = (uuid4() for _number in range(5))


def _about(**facts):
    given = {"around": frozenset({TEAM, UNIT}), "units": frozenset({UNIT})} | facts
    return Circumstances(applicant=PAT, organisation=HERE, day=TODAY, **given)


def _agreed(information, purpose):
    return (Agreement(information, purpose, THERE, TODAY, 1),)


def _actor(role, **facts):
    teams = frozenset({TEAM})
    return Actor(uuid4(), role, THERE, teams, day=TODAY, **facts)


JOBS, TALK = Information.JOBS, Information.CONVERSATION
WHY = {
    "nothing agreed": (_actor(Role.CLINICIAN), JOBS, _about(), Why.NOT_AGREED),
    "agreed for another purpose": (
        _actor(Role.CASEWORKER, purpose=Purpose.BENEFIT_DECISION),
        JOBS,
        _about(agreements=_agreed(JOBS, Purpose.JOB_SEARCH_SUPPORT)),
        Why.OTHER_PURPOSE,
    ),
    "agreed, and not around": (
        _actor(Role.CLINICIAN),
        JOBS,
        _about(around=frozenset({UNIT}), agreements=_agreed(JOBS, Purpose.TREATMENT)),
        Why.NOT_AROUND,
    ),
    "never for the role": (
        _actor(Role.CASEWORKER),
        Information.TREATMENT,
        _about(),
        Why.NEVER_ROLE,
    ),
    "never for the purpose": (
        _actor(Role.CASEWORKER, purpose=Purpose.BENEFIT_CONTROL),
        TALK,
        _about(),
        Why.NEVER_PURPOSE,
    ),
    "in nobody's reach but own care": (
        _actor(Role.CASEWORKER),
        TALK,
        _about(),
        Why.OWN_CARE_ONLY,
    ),
    "a secret address": (
        _actor(Role.CLINICIAN),
        Information.CONTACT_DETAILS,
        _about(secret_address=True),
        Why.HIDDEN_ADDRESS,
    ),
    "restricted": (
        _actor(Role.CLINICIAN, restricted=frozenset({PAT})),
        JOBS,
        _about(agreements=_agreed(JOBS, Purpose.TREATMENT)),
        Why.RESTRICTED,
    ),
    "absent": (_actor(Role.CLINICIAN, hidden=frozenset({PAT})), JOBS, _about(), None),
    "allowed": (
        _actor(Role.CLINICIAN),
        JOBS,
        _about(agreements=_agreed(JOBS, Purpose.TREATMENT)),
        None,
    ),
}


@pytest.mark.parametrize("case", WHY)
def test_why_something_is_withheld(case):
    actor, information, about, why = WHY[case]
    seen = sight.sights(actor, about)[information]
    assert seen.why == why
    sentence = withheld(actor, information, seen, "Ada, North")
    assert bool(sentence) is (why is not None)
    assert sentence.count(". ") == 0


def test_every_reason_has_its_sentence_and_the_table_meets_every_reason():
    assert set(SENTENCES) == set(Why) == {why for *_, why in WHY.values() if why}


def test_only_emergency_access_brings_a_specialist_to_what_others_hold():
    assert sight.reads_from_outside(_actor(Role.CLINICIAN))
    assert not sight.reads_from_outside(_actor(Role.SPECIALIST))
    opened = frozenset({PAT})
    assert sight.reads_from_outside(_actor(Role.SPECIALIST, opened=opened))


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_a_role_keeps_the_record_or_reads_from_outside_or_neither(role):
    actor = _actor(role)
    keeps = sight.cares_for_people(actor)
    assert keeps is (role in (Role.SPECIALIST, Role.SUPERVISOR))
    assert not (keeps and sight.reads_from_outside(actor))
