"""A small service's files, wholly invented, and the acts that tests repeat."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO

import pytest
from click.testing import CliRunner
from django.test import Client

from braid.exchange import commands
from braid.exchange.cli import roster
from braid.exchange.models import ImportBatch

TODAY = date(2026, 10, 5)
SETUP = {
    "unit": "North",
    "as_of": "2026-06-30",
    "country": "DK",
    "specialists": [
        {"name": "Ada Specialist", "fte": 1.0, "start": "2024-01-02", "end": None},
        {"name": "Ida Berg", "fte": 0.8, "start": "2025-03-03", "end": None},
    ],
    "treatment_teams": ["East", "West"],
    "date_order": "ymd",
    "decimal_mark": ".",
    "duration_unit": "minutes",
}
CASELOAD = """\
Ref,Surname,Forename,DOB,Team,ES,Referral,Accepted,First contact,Discharged,Reason,Notes
N-101,Holt,Mia,1990-05-14,East,Ada Specialist,2026-01-05,2026-01-12,2026-01-14,,,Mornings
N-102,Krog,Jens,1985-11-02,West,Ida Berg,2026-02-02,2026-02-09,2026-02-11,2026-06-01,Moved,
N-103,Lind,Sara,1999-03-30,East,Ada Specialist,2026-05-04,2026-05-11,2026-05-12,,,
N-104,Aas,Tor,1978-07-21,North Pole,Ida Berg,2026-03-02,2026-03-09,2026-03-10,,,
N-105,Falk,Una,1992-01-09,East,,2026-06-15,,,,,
"""
CONTACTS = """\
Date,Ref,Client,ES,How,Where,Mins,Attended?,Notes
2026-01-14,N-101,Mia Holt,Ada Specialist,Face to face,Home visit,45,Y,=1+1
2026-02-11,N-102,Jens Krog,Ida Berg,Phone,,20,Y,
2026-05-12,N-103,Sara Lind,Ada Specialist,Face to face,Home visit,60,N,
2026-05-12,N-999,Nobody Known,Ada Specialist,Phone,,15,Y,
2026-06-31,N-103,Sara Lind,Ada Specialist,Phone,,15,Y,
2026-02-11,N-102,Jens Krog,Ida Berg,Phone,,20,Y,
"""
EMPLOYER_CONTACTS = """\
Date,ES,Employer,Spoke to,How,For client (ref),Outcome
2026-02-03,Ada Specialist,Baker Brun,Owner,In person,N-101,Interview
2026-02-20,Ida Berg,Garden & Co,Shift leader,Phone,,
"""
JOBS = """\
Ref,Client,Employer,Job title,Type,Contract,Start date,End date,Hrs/wk,Hourly pay
N-101,Mia Holt,Baker Brun,Sales assistant,Competitive,Permanent,2026-03-02,,16,140
N-102,Jens Krog,Garden and Co,Gardener,Wage subsidy,Temporary,2026-04-01,2026-05-29,20,
"""
FILES = {
    "caseload.csv": CASELOAD,
    "contacts.csv": CONTACTS,
    "employers.csv": EMPLOYER_CONTACTS,
    "jobs.csv": JOBS,
}


def pieces(files: Mapping[str, str | bytes]) -> list[tuple[str, BytesIO]]:
    return [
        (name, BytesIO(text if isinstance(text, bytes) else text.encode()))
        for name, text in files.items()
    ]


@pytest.fixture
def bring(world) -> Callable[..., ImportBatch]:
    """Return a function that opens and plans an import as Ben, the supervisor."""

    def brought(
        files: Mapping[str, str] = FILES, setup=SETUP, actor=None, answers=()
    ) -> ImportBatch:
        who = actor or world.ben.actor
        batch = commands.open_batch(
            actor=who, unit=world.north, files=pieces(files), setup=setup
        )
        if answers:
            commands.answer(actor=who, batch=batch, answers=answers)
        commands.plan_batch(actor=who, batch=batch, today=TODAY)
        return batch

    return brought


@pytest.fixture
def save(world) -> Callable[..., ImportBatch]:
    """Return a function that saves a planned import as Ben."""

    def saved(batch: ImportBatch, actor=None) -> ImportBatch:
        commands.commit_batch(
            actor=actor or world.ben.actor,
            batch=batch,
            plan_hash=batch.plan_hash,
            today=TODAY,
        )
        return batch

    return saved


@pytest.fixture
def ben(as_) -> Client:
    """The supervisor, signed in."""
    return as_("ben")


@pytest.fixture
def batch(bring) -> ImportBatch:
    """An import that waits to be looked at."""
    return bring()


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "unit.json").write_text(json.dumps(SETUP), "utf-8")
    return tmp_path


@pytest.fixture
def run(folder):
    """Return a function that runs a command; `@` stands for the files' folder."""

    def ran(*words):
        arguments = [
            word.replace("@", f"{folder}/").replace("{at}", "@") for word in words
        ]
        return CliRunner().invoke(roster, arguments)

    return ran
