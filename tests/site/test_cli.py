"""The `braid` command: what it prints, and with which code it ends."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from braid.access.models import Membership, TeamLink
from braid.kernel.errors import Refused
from braid.site import cli


def braid(*words):
    return CliRunner().invoke(cli.main, words)


def answer(*words):
    done = braid(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def installation(db):
    answer("organisation", "add", "Calder Vale", "--country", "gb")
    answer("team", "add", "Calder Vale IPS", "--organisation", "calder-vale")


def test_a_real_installation_from_the_shell(installation):
    team = answer(
        "team",
        "add",
        "Calder CMHT",
        "--organisation",
        "calder-vale",
        "--kind",
        "treatment_team",
        "--unit",
        "calder-vale-ips",
    )
    assert team["team"] == "calder-cmht"
    assert TeamLink.objects.get().team.name == "Calder CMHT"
    user = answer(
        "user", "add", "Sadia", "--email", "s@example.org", "--role", "supervisor",
        "--team", "calder-vale-ips", "--fte", "0.8",
    )  # fmt: skip
    assert user["link"].startswith("http://127.0.0.1:8000/invitation/")
    steward = answer(
        "user", "add", "Sam", "--email", "sam@example.org", "--role", "steward",
        "--organisation", "calder-vale",
    )  # fmt: skip
    assert steward["role"] == "steward"
    assert Membership.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(
            [
                "user",
                "add",
                "X",
                "--email",
                "x@example.org",
                "--role",
                "boss",
                "--team",
                "calder-vale-ips",
            ],
            "'boss' is not a role. Known: specialist",
            id="a role nobody knows",
        ),
        pytest.param(
            ["team", "add", "X", "--organisation", "nowhere"],
            "There is no organisation 'nowhere'. Known: calder-vale.",
            id="an organisation nobody knows",
        ),
        pytest.param(
            ["team", "add", "X", "--organisation", "calder-vale", "--kind", "club"],
            "'club' is not a kind of team",
            id="a kind nobody knows",
        ),
        pytest.param(["user", "add", "X"], "Missing option", id="an option left out"),
    ],
)
def test_wrong_use_ends_with_two_and_a_sentence(installation, words, says):
    done = braid(*words)
    assert done.exit_code == 2
    assert says in done.stderr
    assert done.stdout == ""


def test_doctor_finds_a_sound_installation(db):
    found = answer("doctor")
    assert found["ok"] is True
    assert "migrations: ok" in found["checks"]


def test_doctor_says_what_is_wrong(db, monkeypatch):
    from braid.site import installation as subject

    monkeypatch.setattr(
        subject, "_migrations", lambda: "2 waiting; run 'braid serve' once"
    )
    done = braid("doctor")
    assert done.exit_code == 1
    assert "migrations: 2 waiting" in done.stdout


def test_packs_that_braid_ships_have_no_fault():
    report = answer("packs", "check")
    assert report["ok"] is True
    assert report["faults"] == []
    assert any(name.startswith("jurisdictions/dk@") for name in report["packs"])


def test_a_faulty_pack_is_told_by_path_and_line(tmp_path):
    folder = tmp_path / "jurisdictions" / "xx"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("id: xx\nversion: '1'\nnonsense: 3\n")
    done = braid("packs", "check", str(tmp_path), "--json")
    assert done.exit_code == 1
    faults = json.loads(done.stdout)["faults"]
    assert any(fault["line"] == 3 and "pack.yaml" in fault["path"] for fault in faults)


def test_what_is_broken_ends_with_three_and_a_reference_only(tmp_path, monkeypatch):
    monkeypatch.setenv("BRAID_DATA", str(tmp_path))

    def breaks():
        raise RuntimeError(" ".join(("a", "secret", "of", "somebody")))

    monkeypatch.setattr("braid.site.installation.examine", breaks)
    done = braid("doctor")
    assert done.exit_code == 3
    assert "a secret of somebody" not in done.output
    (kept,) = (tmp_path / "log").iterdir()
    assert kept.stem in done.stderr
    assert "a secret of somebody" not in kept.read_text()
    assert "RuntimeError" in kept.read_text()


def test_a_refusal_ends_with_one(db, monkeypatch):
    def refuses():
        raise Refused("not_granted")

    monkeypatch.setattr("braid.site.installation.examine", refuses)
    assert braid("doctor").exit_code == 1


@pytest.mark.parametrize(
    "words", [[], ["serve"], ["demo"], ["roster"], ["packs", "check"]]
)
def test_every_command_helps_with_an_example(words):
    done = braid(*words, "--help")
    assert done.exit_code == 0
    assert "Example" in done.stdout or words == ["roster"]


@pytest.mark.parametrize(
    "words",
    [["packs", "check"], ["packs", "check", "--json"], ["--help"], ["roster", "-h"]],
    ids=" ".join,
)
def test_reader_who_leaves_early_hears_no_complaint(tmp_path, words):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", "from braid.site.cli import main; main()", *words],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, "BRAID_DATA": str(tmp_path)},
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, "")
    assert not list(tmp_path.iterdir())
