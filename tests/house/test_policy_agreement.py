"""The list answer and the object answer are one answer, for everybody and everything."""

import pytest
from django.apps import apps

from braid.access import policy
from braid.access.policy import GRANTS, Action, Ground, Information, Role
from braid.access.records import Scoped
from tests.factories import FACTORIES

CAST = ("ada", "ben", "cora", "dev", "kit", "femi", "rui", "eve", "sam", "ola")
SCOPED = sorted(
    (model for model in apps.get_models() if issubclass(model, Scoped)),
    key=lambda model: model._meta.label,
)
# Classes that say something about a person; office is never a ground to read them.
ABOUT_A_PERSON = set(Information) - {Information.STATISTICAL}


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label_lower)
@pytest.mark.parametrize("action", [Action.READ, Action.RECORD, Action.KEEP_EMPLOYERS])
def test_list_and_object_answers_agree(world, model, action):
    row = _row(model, world.north)
    subject_row = model.objects.system("the test looks").get(pk=row.pk)
    for name in CAST:
        actor = getattr(world, name).actor
        for information in (*Information, None):
            asked = information or model.information
            listed = (
                model.objects.visible_to(actor, action, information)
                .filter(pk=row.pk)
                .exists()
            )
            subject = subject_row.subject(asked)
            decided = policy.decide(actor, action, subject).allowed
            assert listed is decided, (name, action, asked)


def _row(model, unit):
    factory = FACTORIES[model]
    if model.__name__ == "Applicant":
        applicant = factory(organisation=unit.organisation)
        FACTORIES[_episode()](applicant=applicant, unit=unit)
        return applicant
    if model.__name__ == "Identifier":
        return factory(applicant=_row(_applicant(), unit))
    return factory(**{model.unit_path: unit})


def _episode():
    return apps.get_model("people", "Episode")


def _applicant():
    return apps.get_model("people", "Applicant")


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
