"""The requirements of OWASP ASVS 5.0.0 by number and level, and what is counted of them.

python -m tests.house.asvs    write the counts into docs/security/index.md
"""

import tomllib
from typing import Any

from tests.house.reference_pages import PART, ROOT, table

FOLDER = ROOT / "docs" / "security"
INDEX = FOLDER / "index.md"
WRITTEN_DOWN = "tests/house/test_asvs.py::test_what_must_be_written_down_is"

# Each section with the levels of its requirements in their order: 1.5.3 is of level 3.
SECTIONS = {
    **{"1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222"},
    **{"1.5": "123", "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23"},
    **{"3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233"},
    **{"3.5": "11122333", "3.6": "3", "3.7": "22333", "4.1": "12233"},
    **{"4.2": "23333", "4.3": "22", "4.4": "1222", "5.1": "2", "5.2": "112333"},
    **{"5.3": "113", "5.4": "222", "6.1": "122", "6.2": "111111112222"},
    **{"6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223"},
    **{"6.7": "33", "6.8": "2222", "7.1": "222", "7.2": "1111", "7.3": "22"},
    **{"7.4": "11222", "7.5": "223", "7.6": "22", "8.1": "1233", "8.2": "1123"},
    **{"8.3": "133", "8.4": "23", "9.1": "111", "9.2": "1222", "10.1": "22"},
    **{"10.2": "223", "10.3": "22223", "10.4": "1111122222233333"},
    **{"10.5": "22222", "10.6": "22", "10.7": "222", "11.1": "2233"},
    **{"11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23"},
    **{"11.6": "23", "11.7": "33", "12.1": "12233", "12.2": "11"},
    **{"12.3": "22223", "13.1": "2333", "13.2": "222223", "13.3": "2233"},
    **{"13.4": "1222233", "14.1": "22", "14.2": "12223333", "14.3": "122"},
    **{"15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333"},
    **{"16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222"},
    **{"16.5": "2223", "17.1": "23", "17.2": "22223333", "17.3": "22"},
}
LEVELS = {
    f"{section}.{place}": int(level)
    for section, levels in SECTIONS.items()
    for place, level in enumerate(levels, 1)
}
# Of level 3, what matters most for a record that several organisations share.
ALSO = {
    *("1.2.10", "2.3.5", "5.2.4", "5.2.5", "5.2.6", "6.3.8", "8.2.4", "8.3.2"),
    *("8.3.3", "14.2.6", "14.2.7", "15.4.2"),
}
WANTED = {key for key, level in LEVELS.items() if level < 3} | ALSO
CHAPTERS = {
    1: "Encoding and sanitising",
    2: "Validation and business logic",
    3: "Pages in the browser",
    4: "Requests",
    5: "Files",
    6: "Authentication",
    7: "Sign-ins",
    8: "Authorisation",
    9: "Signed tokens",
    10: "OAuth and OpenID Connect",
    11: "Cryptography",
    12: "Communication",
    13: "Configuration",
    14: "Data protection",
    15: "Code and architecture",
    16: "Logs and errors",
    17: "WebRTC",
}
Row = dict[str, Any]


def rows() -> dict[str, Row]:
    """Return what `asvs.toml` says of each requirement, in its order."""
    return tomllib.loads((FOLDER / "asvs.toml").read_text())


def kind(row: Row) -> str:
    """Say whether a row is proved by tests, has a reason for none, or is open."""
    if row.get("open"):
        return "open"
    return "tests" if "tests" in row else "reason"


def counted(found: list[Row]) -> list[int]:
    """Return how many rows there are, proved by tests, with a reason, and open."""
    kinds = [kind(row) for row in found]
    return [len(kinds), *(kinds.count(one) for one in ("tests", "reason", "open"))]


def counts() -> str:
    """Each chapter with its rows, and all of them, level by level."""
    found = rows()
    lines: list[tuple[object, ...]] = []
    for number, name in CHAPTERS.items():
        of_chapter = [row for key, row in found.items() if key.startswith(f"{number}.")]
        lines.append((f"{number} {name}", *counted(of_chapter)))
    for level in (1, 2, 3):
        of_level = [row for row in found.values() if row["level"] == level]
        lines.append((f"**Level {level}**", *counted(of_level)))
    lines.append(("**All**", *counted(list(found.values()))))
    heading = ("Chapter", "Rows", "Proved by tests", "With a reason", "Open")
    return table(heading, lines)


def what_is_open() -> str:
    """Every open row with what is missing."""
    lines = [
        (key, row["level"], row["about"], row["reason"])
        for key, row in rows().items()
        if kind(row) == "open"
    ]
    return table(("Row", "Level", "About", "How it is, and what is missing"), lines)


PARTS = {"asvs-counts": counts, "asvs-open": what_is_open}


def rewritten(page: str) -> str:
    """Return the page with its generated parts as the rows have them now."""
    return PART.sub(lambda m: f"{m[1]}\n{PARTS[m[2]]().strip()}\n\n{m[4]}", page)


if __name__ == "__main__":
    INDEX.write_text(rewritten(INDEX.read_text()))
