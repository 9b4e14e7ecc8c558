"""What others wrote and we ship is what the list says, with its licence."""

import hashlib
import re
from pathlib import Path

import pytest

import braid.web

STATIC = Path(braid.web.__file__).parent / "static"
VENDOR = STATIC / "vendor"
LISTED = dict(
    re.findall(
        r"^\| `([^`]+/[^`]+)` \| `([0-9a-f]{64})` \|$",
        (VENDOR / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
)
FOLDERS = sorted(path for path in VENDOR.iterdir() if path.is_dir())
OURS_AND_THEIRS = sorted([*STATIC.rglob("*.css"), *STATIC.rglob("*.js")])


def test_the_list_names_every_file_and_no_other():
    found = {
        path.relative_to(VENDOR).as_posix()
        for folder in FOLDERS
        for path in folder.rglob("*")
    }
    assert found == set(LISTED)
    assert len(found) >= 8


@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_file_is_the_one_that_was_listed(name: str):
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == LISTED[name]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_each_folder_has_its_licence_and_its_version_in_the_list(folder: Path):
    licence = (folder / "LICENCE").read_text(encoding="utf-8")
    assert "Permission is hereby granted" in licence or "SIL OPEN FONT" in licence
    version = folder.name.rsplit("-", 1)[1]
    assert f"| {version} |" in (VENDOR / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", OURS_AND_THEIRS, ids=lambda path: path.name)
def test_no_file_loads_from_another_host_or_names_a_missing_map(path: Path):
    text = path.read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    assert not re.search(
        r"url\(\s*['\"]?https?:|@import|import\s*\(|importScripts", text
    )


def test_fonts_named_by_the_style_sheet_are_there():
    text = (STATIC / "web" / "braid.css").read_text(encoding="utf-8")
    fonts = re.findall(r'url\("\.\./vendor/([^"]+)"\)', text)
    assert len(fonts) == 2
    assert all((VENDOR / font).is_file() for font in fonts)
