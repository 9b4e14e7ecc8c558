"""The list answer and the object answer are one answer, for everybody and everything."""

import itertools
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from django.apps import apps

from braid.access import policy
from braid.access.models import Sharing
from braid.access.policy import GRANTS, Action, Ground, Information, Role
from braid.access.records import Scoped
from tests.factories import FACTORIES
from tests.factories.access import SharingFactory

CAST = (
    *("ada", "ben", "cora", "dev", "kit", "femi", "rui", "eve", "sam", "ola"),
    *("blake", "pat_account"),
)
SCOPED = sorted(
    (model for model in apps.get_models() if issubclass(model, Scoped)),
    key=lambda model: model._meta.label,
)
# Classes that say something about a person; office is never a ground to read them.
ABOUT_A_PERSON = set(Information) - {Information.STATISTICAL}
ACTIONS = (
    Action.READ,
    Action.RECORD,
    Action.TAKE_PART,
    Action.SUPERVISE,
    Action.KEEP_EMPLOYERS,
    Action.SEE_AMOUNTS,
    Action.CLAIM,
    Action.RELEASE,
    Action.PAY,
    Action.SETTLE,
)


def _as_they_are(actor, applicant):
    return [actor]


def _with_consent(actor, applicant):
    """For every purpose of the role, with everything agreed for it."""
    purposes = policy.PURPOSES[actor.role]
    Sharing.objects.bulk_create(
        SharingFactory.build(
            applicant_id=applicant,
            organisation_id=actor.organisation,
            purpose=purpose,
            information=information,
        )
        for purpose in purposes
        for information in Information
    )
    return [replace(actor, purpose=purpose) for purpose in purposes]


def _with_consent_until_yesterday(actor, applicant):
    _with_consent(actor, applicant)
    return [replace(actor, day=date(2027, 10, 1))]


def _with_broken_glass(actor, applicant):
    return [replace(actor, opened=frozenset({applicant}))]


def _blocked(actor, applicant):
    return [
        replace(one, hidden=frozenset({applicant}), opened=frozenset({applicant}))
        for one in _with_consent(actor, applicant)
    ]


def _restricted(actor, applicant):
    return [
        replace(one, restricted=frozenset({applicant}), opened=frozenset({applicant}))
        for one in _with_consent(actor, applicant)
    ]


STATES = (
    _as_they_are,
    _with_consent,
    _with_consent_until_yesterday,
    _with_broken_glass,
    _blocked,
    _restricted,
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_"))
@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label_lower)
def test_list_and_object_answers_agree(world, model, state):
    row = _row(model, world.north, world.pat)
    only_this = model.objects.filter(pk=row.pk)
    found = only_this.system("the test looks").get()
    about = found.about or world.pat.pk
    # What everybody was given stands before anybody is asked: of one row and day, what
    # is shared is then the same for all of them.
    actors = [
        actor for name in CAST for actor in state(getattr(world, name).actor, about)
    ]
    subject = cache(found.subject)
    said = set()
    questions = itertools.product(actors, (*Information, None), ACTIONS)
    for actor, information, action in questions:
        asked = information or model.information
        decided = policy.decide(actor, action, subject(asked, actor.day))
        listed = only_this.visible_to(actor, action, information)
        is_listed = not listed.query.is_empty() and listed.exists()
        assert is_listed is decided.allowed, (actor.role, action, asked, decided)
        said.add(decided.reason)
    assert said & {"own_care", "own_record", "absent", "restricted", "not_granted"}


def test_every_ground_opens_something(world):
    row = _row(_episode(), world.north, world.pat)
    opened = set()
    for name, state in itertools.product(CAST, (_with_consent, _with_broken_glass)):
        for actor in state(getattr(world, name).actor, row.applicant_id):
            for information in Information:
                subject = row.subject(information, actor.day)
                opened.add(policy.decide(actor, Action.READ, subject).reason)
    assert opened >= {"own_record", "own_care", "consent", "broken_glass"}


def _row(model, unit, applicant):
    """Return a row about `applicant` that the unit holds, as far as it can be."""
    if model.__name__ == "Applicant":
        return applicant
    path, about = model.applicant_path, {}
    if path == "applicant_id":
        is_key = not model._meta.get_field("applicant_id").is_relation
        about = {path: applicant.pk} if is_key else {"applicant": applicant}
    elif path:
        episode = FACTORIES[_episode()](applicant=applicant, unit=unit)
        about = {path.removesuffix("__applicant_id"): episode}
    first = model.unit_path.split("__")[0]
    is_held = first in {field.name for field in model._meta.fields}
    if is_held and not model.unit_path.startswith("episode") and first != "job":
        about[model.unit_path] = unit
    return FACTORIES[model](**about)


def _episode():
    return apps.get_model("people", "Episode")


def test_every_role_has_a_row_and_every_action_somebody():
    assert set(GRANTS) == set(Role)
    assert {action for row in GRANTS.values() for action, _ in row} == set(Action)


def test_office_never_opens_a_person():
    opened = [
        (role, cell)
        for role, row in GRANTS.items()
        for cell, grounds in row.items()
        if Ground.OFFICE in grounds and cell[1] in ABOUT_A_PERSON
    ]
    assert opened == []


@pytest.mark.parametrize("name", ["cora", "dev", "kit", "femi", "rui", "eve", "sam"])
def test_nobody_outside_the_unit_reads_a_person_before_there_is_consent(world, name):
    actor = getattr(world, name).actor
    for information in ABOUT_A_PERSON:
        answer = policy.decide(actor, Action.READ, world.pat.subject(information))
        assert not answer.allowed


def test_a_refusal_says_why():
    from uuid import uuid4

    from braid.access.policy import Actor, Subject

    here, elsewhere = uuid4(), uuid4()
    stranger = Actor(uuid4(), Role.SPECIALIST, elsewhere, frozenset({elsewhere}))
    jobs = Subject(Information.JOBS, here, frozenset({here}))
    assert policy.decide(stranger, Action.READ, jobs).reason == "no_ground"
    funder = Actor(uuid4(), Role.FUNDER, here)
    assert policy.decide(funder, Action.READ, jobs).reason == "not_granted"
    own = Actor(uuid4(), Role.SPECIALIST, here, frozenset({here}))
    assert policy.decide(own, Action.READ, jobs).reason == Ground.OWN_CARE
