"""Papers that prove something: whose they are, what they are about, seen and given back."""

from datetime import date, timedelta

import pytest

from braid.documents.models import Document
from braid.kernel.errors import InputFault, Refused
from braid.work import commands
from braid.work import queries as work
from braid.work.commands.evidence import Paper
from braid.work.models import Evidence
from tests.cast import TODAY
from tests.factories.work import JobFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LETTER = b"To whom it may concern: works here since September.\n"


def paper(**more) -> Paper:
    usual = {
        "kind": "employer_letter",
        "file_name": "letter.txt",
        "data": LETTER,
        "received_on": TODAY,
    }
    return Paper(**{**usual, **more})


@pytest.fixture
def job(world, settings, tmp_path):
    settings.BRAID_DATA = tmp_path
    return JobFactory(episode=world.pat_episode, first_day=date(2026, 9, 7))


def why(actor, episode, job=None, **more) -> str:
    with pytest.raises(InputFault) as fault:
        commands.add_paper(actor=actor, episode=episode, job=job, paper=paper(**more))
    return fault.value.reason


def test_the_very_same_file_proves_nothing_about_two_people(world, job):
    ada = world.ada.actor
    commands.add_evidence(actor=ada, job=job, paper=paper())
    assert why(ada, world.quinn_episode) == "file_of_somebody_else"
    commands.add_paper(actor=ada, episode=world.pat_episode, paper=paper())  # their own
    assert Document.objects.system("looks").count() == 2


def test_a_paper_about_days_before_the_job_is_not_about_it(world, job):
    before = job.first_day - timedelta(1)
    days = {"period_first": before - timedelta(20), "period_last": before}
    ada = world.ada.actor
    assert why(ada, world.pat_episode, job, **days) == "before_the_job"
    commands.add_paper(actor=ada, episode=world.pat_episode, paper=paper(**days))


def test_a_paper_of_the_wrong_type_is_refused(world, job):
    program = b"MZ\x90\x00" + b"\x00" * 200
    ada = world.ada.actor
    assert why(ada, world.pat_episode, data=program, file_name="a.pdf")
    assert Evidence.objects.system("looks").count() == 0


def test_a_paper_without_a_file_was_seen_and_given_back(world, job):
    ada = world.ada.actor
    assert why(ada, world.pat_episode, data=b"") == "no_file"
    kept = commands.add_paper(
        actor=ada, episode=world.pat_episode, paper=paper(is_given_back=True)
    )
    assert (kept.is_sighted, kept.seen_by_id) == (True, world.ada.user.pk)
    assert Document.objects.system("looks").count() == 0
    assert work.digest_held(kept.pk) is None
    assert len(kept.sha256) == 64  # of the copy that was held against it


def test_the_digest_is_that_of_the_file_that_is_held(world, job):
    kept = commands.add_evidence(actor=world.ada.actor, job=job, paper=paper())
    assert work.digest_held(kept.pk) == kept.sha256 == kept.document.sha256


@pytest.mark.parametrize("name", ["cora", "dev", "femi", "sam", "ola"])
def test_only_the_unit_adds_a_paper(world, job, name):
    with pytest.raises(Refused):
        commands.add_paper(
            actor=getattr(world, name).actor,
            episode=world.pat_episode,
            paper=paper(),
        )
