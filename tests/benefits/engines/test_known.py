"""Where engines are looked for, and that Braid itself never loads one."""

import ast
from pathlib import Path

import pytest

import braid
from braid.benefits import engines
from braid.benefits.engines.known import KNOWN, RUNNERS, version_in

NAMES = {"policyengine_uk", "policyengine_us", "openfisca_france", "openfisca_core"}


@pytest.fixture
def environment(tmp_path):
    made = tmp_path / "uk"
    packages = made / "lib" / "python3.11" / "site-packages"
    (packages / "policyengine_uk-2.162.10.dist-info").mkdir(parents=True)
    (made / "bin").mkdir()
    (made / "bin" / "python").touch()
    return made


def test_a_version_is_read_without_loading_anything(environment):
    assert version_in(environment, "policyengine-uk") == "2.162.10"
    assert version_in(environment, "policyengine") == ""


def test_an_engine_is_found_in_its_own_environment(environment, settings):
    settings.BRAID_BENEFIT_ENGINES = environment.parent

    (found,) = engines.available("gb")

    assert found.python == environment / "bin" / "python"
    assert (found.version, found.licence) == ("2.162.10", "AGPL-3.0")
    assert engines.available("dk") == []


def test_without_a_folder_the_running_environment_is_looked_at(settings, monkeypatch):
    settings.BRAID_BENEFIT_ENGINES = None
    monkeypatch.setattr(
        engines, "version_here", lambda package: "7" * ("us" in package)
    )

    assert [engine.id for engine in engines.available()] == ["policyengine-us"]


def test_each_engine_has_a_runner_that_names_its_package():
    for engine in KNOWN:
        text = RUNNERS.joinpath(engine.runner).read_text("utf-8")
        assert f'PACKAGE = "{engine.package}"'.lower() in text.lower()


def test_braid_never_imports_an_engine():
    for path in Path(braid.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not {name.partition(".")[0] for name in names} & NAMES


def test_runners_rest_on_the_standard_library_alone():
    for path in RUNNERS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module in {"typing"}
            if isinstance(node, ast.Import):
                assert {each.name for each in node.names} <= {
                    "importlib",
                    "importlib.metadata",
                    "json",
                    "os",
                    "resource",
                    "runpy",
                    "socket",
                    "sys",
                }
