"""Importing a workbook is a matter of seconds; figures with room for a busy machine."""

import time

from tests.exchange.roster.rosters import (
    CASELOAD,
    FOLDER,
    TODAY,
    UNIT,
    file_of,
    roster,
)

from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.reading.opening import open_file

ROWS = 20_000


def contacts(rows):
    modes = ("Face to face;Home visit", "Phone;", "Video;", "Face to face;IPS office")
    return "Date;Client ID;Client;ES;How;Where;Mins;Attended?\n" + "".join(
        f"{n % 28 + 1}/{n % 5 + 1}/2026;{7 + n % 2};Una;Ada Holm;{modes[n % 4]};"
        f"{5 + n % 97};{'YN'[n % 9 == 0]}\n"
        for n in range(rows)
    )


def cpu(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def test_twenty_thousand_contacts_are_planned_in_three_seconds():
    files = [file_of("a.csv", CASELOAD), file_of("b.csv", contacts(ROWS))]
    assert cpu(lambda: make_plan(files, UNIT, TODAY)) < 3


def test_whole_workbook_is_opened_and_planned_in_five_seconds():
    uk = roster("uk-roster")
    name = uk.files[0].name

    def whole():
        file = open_file(name, FOLDER / "uk-roster" / name)
        make_plan([file], uk.setup, uk.as_of)

    assert cpu(whole) < 5


def test_time_grows_with_the_rows_and_not_faster():
    small, large = (
        cpu(
            lambda rows=rows: make_plan(
                [file_of("a.csv", CASELOAD), file_of("b.csv", contacts(rows))],
                UNIT,
                TODAY,
            )
        )
        for rows in (5_000, 20_000)
    )
    assert large < 4 * small * 2
