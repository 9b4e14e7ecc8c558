"""On PostgreSQL the program's role adds to the log and can neither change nor delete it.

A real server is started on loopback from the system's own binaries, for these tests only.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from braid.site import cli

# The newest that Debian has installed here.
BINARIES = max(
    Path("/usr/lib/postgresql").glob("*/bin"),
    key=lambda folder: float(folder.parent.name),
    default=Path("/usr/lib/postgresql/none/bin"),
)
ROLE = "braid_app"
OWNER = "braid_owner"
BRAID = ("-c", "from braid.site.cli import main; main()")

WORK = """
from uuid import uuid4
import django
django.setup()
from django.db import transaction
from braid.access import audit, lines
from braid.access.models import Organisation, Change
from braid.access.policy import Actor, Information, Role
from braid.access.verifying import walk
house = Organisation.objects.create(slug="h", name="H", sector="other", country="dk")
actor = Actor(id=uuid4(), role=Role.SPECIALIST, organisation=house.pk)
for number in range(3):
    audit.record(
        actor,
        "grüße",
        applicant=uuid4(),
        holder=uuid4(),
        information=(Information.JOBS,),
        glass=uuid4(),
        consent_number=number,
    )
Change.objects.create(record_kind="x", record_key=uuid4(), row_version=1, field="x")
found = walk(lines.chain(house.pk))
print(found.damage, found.lines)
"""


def command(*words):
    """Return a command as the system's own account of PostgreSQL: it refuses root."""
    if os.getuid() == 0:
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        return [*become, *map(str, words)]
    return [*map(str, words)]


def run(*words, **values):
    return subprocess.run(
        [*map(str, words)], check=True, capture_output=True, text=True, **values
    )


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def server():
    """Start a server that is gone after the tests; return its address without a role."""
    if not (BINARIES / "initdb").exists():
        pytest.skip(f"PostgreSQL is not installed in {BINARIES}")
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="braid-postgresql-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data, port = folder / "data", free_port()
    run(*command(BINARIES / "initdb", "-D", data, "-A", "trust", "-U", "admin", "-N"))
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off"
    control = (BINARIES / "pg_ctl", "-D", data, "-w", "-l", folder / "log")
    run(*command(*control, "-o", options, "start"))
    yield f"127.0.0.1:{port}"
    run(*command(*control, "-m", "immediate", "stop"))
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def installation(server, tmp_path_factory):
    """Make the two roles and the database; return what runs the program as one of them."""
    import psycopg

    with psycopg.connect(
        f"postgres://admin@{server}/postgres", autocommit=True
    ) as admin:
        admin.execute(f"CREATE ROLE {OWNER} LOGIN")
        admin.execute(f"CREATE ROLE {ROLE} LOGIN")
        admin.execute(f"CREATE DATABASE braid OWNER {OWNER}")
    data = tmp_path_factory.mktemp("data")

    def program(role, *words):
        environ = {
            "PATH": os.environ["PATH"],
            "BRAID_DATA": str(data),
            "BRAID_DATABASE_URL": f"postgres://{role}@{server}/braid",
            "DJANGO_SETTINGS_MODULE": "braid.site.settings",
        }
        return subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, env=environ
        )

    granted = program(OWNER, *BRAID, "database", "grants", "--role", ROLE, "--apply")
    assert granted.returncode == 0, granted.stderr
    assert f"{ROLE}: rights on" in granted.stdout
    worked = program(ROLE, "-c", WORK)
    assert worked.returncode == 0, worked.stderr
    assert worked.stdout.strip() == "None 3"
    return program


@pytest.fixture
def ask(installation, server):
    import psycopg

    def asked(role, statement):
        address = f"postgres://{role}@{server}/braid"
        with psycopg.connect(address, autocommit=True) as open_:
            return open_.execute(statement)

    return asked


def test_every_migration_runs_there(installation):
    """Given the owner's role, the whole set is applied and nothing is left to make."""
    asked = installation(
        OWNER, "-m", "django", "migrate", "--check", "--verbosity", "0"
    )
    assert asked.returncode == 0, asked.stdout + asked.stderr


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_auditentry SET action = 'nothing'",
        "DELETE FROM access_auditentry",
        "TRUNCATE access_auditentry",
        "UPDATE access_auditroot SET sequence = 1",
        "DELETE FROM access_auditroot",
        "DELETE FROM access_erasedsubject",
        "DELETE FROM access_reviewsignoff",
        "DELETE FROM access_audithead",
        "UPDATE access_change SET field = 'y'",
        "UPDATE access_consententry SET number = 1",
        "DROP TRIGGER access_auditentry_no_update ON access_auditentry",
        "ALTER TABLE access_auditentry DISABLE TRIGGER ALL",
        "DELETE FROM django_migrations",
        "CREATE TABLE mine (id int)",
    ],
)
def test_the_programs_role_may_not(ask, statement):
    from psycopg.errors import InsufficientPrivilege

    with pytest.raises(InsufficientPrivilege):
        ask(ROLE, statement)


def test_what_is_erased_with_a_person_is_deleted_for_nobody_else(ask):
    from psycopg.errors import RaiseException

    with pytest.raises(RaiseException, match="append only"):
        ask(ROLE, "DELETE FROM access_change")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_auditentry SET action = 'nothing'",
        "DELETE FROM access_auditentry",
    ],
)
def test_a_trigger_refuses_the_owner(ask, statement):
    from psycopg.errors import RaiseException

    with pytest.raises(RaiseException, match="append only"):
        ask(OWNER, statement)


def test_the_program_does_its_work_and_verifies(installation):
    verified = installation(ROLE, *BRAID, "audit", "verify")
    assert "h: 3 lines, whole" in verified.stdout, verified.stderr
    anchored = installation(ROLE, *BRAID, "audit", "anchor")
    assert '"sequence":3' in anchored.stdout, anchored.stderr


@pytest.mark.parametrize(
    ("role", "said"), [(OWNER, "owns the tables"), ("nobody", "There is no role")]
)
def test_a_role_that_no_grant_binds_is_refused(installation, role, said):
    asked = installation(OWNER, *BRAID, "database", "grants", "--role", role, "--apply")
    assert asked.returncode == 2
    assert said in asked.stderr


def test_the_statements_are_printed_for_somebody_else_to_run(installation):
    printed = installation(OWNER, *BRAID, "database", "grants", "--role", "x")
    assert 'GRANT SELECT, INSERT ON "access_auditentry" TO "x";' in printed.stdout
    assert 'GRANT SELECT, INSERT, UPDATE ON "access_audithead"' in printed.stdout


def test_sqlite_has_no_roles():
    words = ["database", "grants", "--role", "x"]
    done = CliRunner().invoke(cli.main, words)
    assert done.exit_code == 2
    assert "knows no roles" in done.output
