"""Engines that are a few lines of Python, and a folder where they seem installed."""

import sys
from dataclasses import replace
from textwrap import dedent

import pytest

from braid.benefits import engines
from braid.benefits.engines.known import KNOWN, RUNNERS
from braid.benefits.engines.process import Process

ANSWERS = """
    def prepare():
        return None

    def answer(engine, request):
        rows = [
            {
                "id": step["id"],
                "gross": step["wage"],
                "tax": "1.00",
                "benefits": {"universal_credit": "50.00"},
                "other": "-15.00",
                "net": f"{float(step['wage']) + 34:.2f}",
                "warnings": ["unexplained_amount"],
            }
            for step in request["axis"]
        ]
        return {
            "rules_date": request["rules_date"],
            "coverage": ["universal_credit"],
            "not_covered": ["access_to_work"],
            "warnings": ["region_not_given"],
            "rows": rows,
        }
"""


@pytest.fixture
def stub(tmp_path):
    """Return a process whose runner is the text given; it is ended afterwards."""
    made = []
    runners = tmp_path / "runners"
    runners.mkdir()
    runners.joinpath("serving.py").write_text(
        RUNNERS.joinpath("serving.py").read_text()
    )

    def make(text=ANSWERS, **said):
        runner = runners / "stub.py"
        runner.write_text('PACKAGE = "pytest"\n' + dedent(text))
        engine = replace(KNOWN[0], python=sys.executable, runner="stub.py", version="9")
        process = Process(engine, runners=runners, **({"timeout": 20.0} | said))
        made.append(process)
        return process

    yield make
    for process in made:
        process.close()


@pytest.fixture
def installed(stub, monkeypatch):
    """Let the engine of the United Kingdom be a stub; return what it was asked."""

    def install(text=ANSWERS, **said):
        process = stub(text, **said)
        asked = []

        class Counted:
            def __init__(self, engine):
                pass

            def ask(self, request):
                asked.append(request)
                return process.ask(request)

            def close(self):
                process.close()

        monkeypatch.setattr(engines, "found", lambda known: process.engine)
        monkeypatch.setattr(engines, "KNOWN", (KNOWN[0],))
        monkeypatch.setattr(engines, "Process", Counted)
        return asked

    engines.close()
    yield install
    engines.close()
