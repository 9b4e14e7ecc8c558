"""A data folder of its own for each test, and a kind of pack made for tests."""

from pathlib import Path
from textwrap import dedent

import pytest

from braid.packs import loader
from braid.packs.shapes import Pack, Situation


class Tariff(Pack):
    """A tiny kind of pack: what one visit costs."""

    price: int
    words: dict[str, str] = {}
    days: list[str] = []


def run_situation(pack: Tariff, situation: Situation) -> list[str]:
    found = pack.price * situation.input
    return [] if found == situation.expect else [f"{found}, not {situation.expect}."]


class Shelf:
    """A data folder that tests fill with files."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
        return file

    def tariff(self, name: str, extra: str = "", *, head: str = "price: 3") -> Path:
        """Put a whole tariff with one situation that holds for its price of 3."""
        self.put(
            f"tariffs/{name}/situations/visits.yaml",
            "- {that: Two visits cost twice as much, input: 2, expect: 6}\n",
        )
        return self.put(
            f"tariffs/{name}/pack.yaml",
            f"id: {name}\nversion: 1\nsource: {{title: House}}\n{head}\n{extra}",
        )


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """The house's own data folder, empty but for what a test puts into it."""
    monkeypatch.setattr(loader, "DATA", tmp_path / "house")
    monkeypatch.setattr(loader, "_kinds", {})
    (tmp_path / "house").mkdir()
    loader.register("tariffs", Tariff, run_situation)
    yield Shelf(tmp_path / "house")
    monkeypatch.undo()
    loader.use_folders([])


@pytest.fixture
def own(tmp_path):
    """A folder of an organisation's own packs."""
    (tmp_path / "own").mkdir()
    return Shelf(tmp_path / "own")
