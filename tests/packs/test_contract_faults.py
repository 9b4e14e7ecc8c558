"""Every fault of a contract file is told at its path and line, all of them at once."""

from pathlib import Path

import pytest
from tests.packs.contract_files import GOOD

from braid.kernel.errors import PackFaults
from braid.packs import loader
from braid.packs.assembly import assemble
from braid.packs.contracts.faults.days import beside
from braid.packs.contracts.pack import read_pack
from braid.packs.contracts.situations import run_situation
from braid.packs.shapes import Kind

SITUATIONS = "- {that: x, input: {as_of: 2025-06-30}, expect: {totals: {counted: 0}}}\n"


KIND = Kind(
    "contracts", read_pack, run_situation, beside, inherits=False, mark="contract"
)


def checked(folder, **files):
    """Return the faults that a check tells of files put into a folder of packs."""
    (folder / "contracts" / "situations").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / "contracts" / f"{name}.yaml").write_text(text, "utf-8")
        there = folder / "contracts" / "situations" / f"{name}.yaml"
        there.write_text(SITUATIONS, "utf-8")
    try:
        assemble(KIND, [folder])
    except PackFaults as error:
        return list(error.faults)
    return []


def changed(old, new):
    """Return the good file with one passage written differently, and its line."""
    assert GOOD.count(old) == 1, old
    text = GOOD.replace(old, new)
    return text


# ---- Faults of a file --------------------------------------------------------------------


def test_the_good_file_has_no_fault(tmp_path):
    assert checked(tmp_path, example=GOOD) == []


FAULTS = {
    "an unknown key with its neighbour": (
        "trajectory_months:",
        "trajectory_month:",
        "Did you mean 'trajectory_months'",
    ),
    "an unknown key far from all": ("trajectory_months:", "colour:", "Known here are"),
    "no first day": ("valid_from: 2025-01-01\n", "", "'valid_from' is missing"),
    "an empty day": ("valid_to: 2025-12-31", "valid_to:", "has no value"),
    "a day that is text": ("valid_to: 2025-12-31", "valid_to: soon", "must be a day"),
    "ends before it begins": (
        "valid_to: 2025-12-31",
        "valid_to: 2024-12-31",
        "before the first",
    ),
    "no source": ("source: invented, for this test\n", "", "'source' is missing"),
    "no unit": ("unit: person\n", "", "'unit' is missing"),
    "an unknown unit": (
        "unit: person\n",
        "unit: month\n",
        "Known are: person, episode",
    ),
    "a version that is text": ("version: 1\n", 'version: "1"\n', "whole number"),
    "a currency in words": ("currency: EUR", "currency: euro", "three capitals"),
    "VAT and none": ("vat: inclusive", "vat: none", "rate of VAT"),
    "VAT of more than all": (
        "vat_percent: 21",
        "vat_percent: 210",
        "between 0 and 100",
    ),
    "retroactive forwards": (
        "valid_to: 2025-12-31",
        "valid_to: 2025-12-31\nretroactive_to: 2025-06-01",
        "not before 'valid_from'",
    ),
    "an unknown word": (
        "{word: job_start}",
        "{word: job_started}",
        "Did you mean 'job_start'",
    ),
    "a word far from all": (
        "{word: job_start}",
        "{word: promotion}",
        "Known are: accepted",
    ),
    "an argument that the word has not": (
        "{word: job_start}",
        "{word: job_start, basis: accepted}",
        "takes no 'basis'",
    ),
    "an argument that is missing": (
        "entry: {word: funder_event, kind: consent}",
        "entry: {word: funder_event}",
        "needs 'kind'",
    ),
    "an argument that is not known": (
        "kind: end_report",
        "kind: final_report",
        "is no 'kind' of the word 'funder_event'",
    ),
    "a word without a comparison": (
        "{word: weekly_hours, at_least: 16}",
        "{word: weekly_hours}",
        "There is no comparison",
    ),
    "a threshold without a comparison": (
        "threshold: {measure: weekly_hours, at_least: 16,",
        "threshold: {measure: weekly_hours,",
        "There is no comparison",
    ),
    "a threshold with two": (
        "threshold: {measure: weekly_hours, at_least: 16,",
        "threshold: {measure: weekly_hours, at_least: 16, above: 15,",
        "two comparisons",
    ),
    "a threshold without a measure": (
        "threshold: {measure: weekly_hours, at_least",
        "threshold: {at_least",
        "threshold.measure' is missing",
    ),
    "a bare number as a threshold": (
        "threshold: {measure: weekly_hours, at_least: 16, statistic: mean}",
        "threshold: 16",
        "must be a mapping",
    ),
    "a window without a unit": (
        "of: 91, unit: day}",
        "of: 91}",
        "window.unit' is missing",
    ),
    "a window that cannot be": (
        "{n: 91, of: 91,",
        "{n: 92, of: 91,",
        "can never be reached",
    ),
    "no window at all": (
        "    window: {n: 91, of: 91, unit: day}\n",
        "",
        "needs 'window'",
    ),
    "a condition that is two": (
        "reached: {word: in_work}",
        "reached: {word: in_work, milestone: start}",
        "has 'word' and 'milestone'",
    ),
    "an unknown milestone": (
        "requires: [start]",
        "requires: [begin]",
        "no milestone 'begin'",
    ),
    "a milestone that waits for itself": (
        "requires: [start]",
        "requires: [thirteen]",
        "can ever be reached",
    ),
    "the same id twice": ("id: earned", "id: thirteen # again", "id of two milestones"),
    "an unknown kind of milestone": (
        "kind: earnings",
        "kind: wages",
        "Known are: event",
    ),
    "a key of another kind": (
        "    kind: event\n",
        "    kind: event\n    unit_minutes: 15\n",
        "is for milestones of the kind units",
    ),
    "a word of another kind": (
        "reached: {word: job_start}",
        "reached: {word: contact_minutes}",
        "needs the kind 'units'",
    ),
    "an unknown level": ("{level: enough}", "{level: twl}", "no level 'twl'"),
    "a level outside a threshold": (
        "part_time_below: 30",
        "part_time_below: {level: enough}",
        "in a threshold only",
    ),
    "a level of the wrong year": ("year: 2025,", "year: 2024,", "no amount for 2025"),
    "an unknown kind of evidence": ("[payslip]", "[pay_slip]", "no kind of evidence"),
    "a label without other": (
        "{other: employer_call}",
        "employer_call",
        "{other: LABEL}",
    ),
    "an unknown label": ("employer_call", "phone_call", "no label of other evidence"),
    "a set that is no list": ("[[payslip], ", "[payslip, ", "must be a list"),
    "an amount without quotes": ('"800.00"', "800.00", "lose cents"),
    "an amount as a power": ('"800.00"', "8e2", "must be a number"),
    "an amount of half a cent": ('"800.00"', '"800.005"', "more than 2 decimals"),
    "an amount below nought": ('"800.00"', '"-800.00"', "below nought"),
    "an amount without its source": (
        '{value: "800.00", source: clause 3}',
        '{value: "800.00"}',
        "amount.source' is missing",
    ),
    "a bare amount": (
        '{value: "800.00", source: clause 3}',
        "800.00",
        "one of the keys value, parameter",
    ),
    "an amount that is both": (
        '{value: "800.00", source: clause 3}',
        '{value: "800.00", parameter: X}',
        "exactly one of the keys",
    ),
    "no amount at all": (
        '    amount: {value: "800.00", source: clause 3}\n',
        "",
        "says no amount",
    ),
    "an amount and tiers": (
        "    tiers:\n",
        "    amount: {parameter: PAID}\n    tiers:\n",
        "an amount and tiers",
    ),
    "money that is never paid": (
        "    kind: settlement\n",
        "    kind: settlement\n    amount: {parameter: REST}\n",
        "A settlement has no 'amount'",
    ),
    "a parameter in small letters": (
        "{parameter: START}",
        "{parameter: start}",
        "in capitals",
    ),
    "a split of 90": (
        "{payer: town, percent: 50}",
        "{payer: town, percent: 40}",
        "make 90",
    ),
    "a payer twice": ("payer: town", "payer: state", "two parts of the split"),
    "a part held back for ever": (
        "  - id: rest\n    kind: settlement\n",
        "  - id: rest\n    kind: event\n    pays: false\n",
        "ever pays it",
    ),
    "a tier never read": (
        "{when: {word: weekly_hours, at_least: 16}, amount",
        "{amount",
        "never read",
    ),
    "a full day without its hours": (
        "full_day: true, full_day_hours: 8,",
        "full_day: true,",
        "needs 'full_day_hours'",
    ),
    "a rule nobody knows": (
        "trajectory_months: [24]",
        "trajectory_months: [24]\nrules: [requester_is_kind]",
        "no named rule",
    ),
    "a switch from nothing": (
        "trajectory_months: [24]",
        "trajectory_months: [24]\nswitch: {net_advances: true}",
        "Name that version as 'supersedes'",
    ),
    "a version that follows a later one": (
        "version: 1\n",
        "version: 1\nsupersedes: 2\n",
        "cannot follow version 2",
    ),
    "days within of nothing": (
        "    kind: event\n",
        "    kind: event\n    within_days: 45\n",
        "means nothing without 'since'",
    ),
    "a list that is one thing": (
        "requires: [start]",
        "requires: start",
        "must be a list",
    ),
    "an empty list": ("requires: [start]", "requires: []", "empty list"),
    "its own rival": (
        "trajectory_months: [24]",
        "trajectory_months: [24]\nexclusive_with: [example]",
        "cannot name itself",
    ),
    "an expression": (
        "at_least: 16, statistic",
        'at_least: "8 * 2", statistic',
        "must be a number",
    ),
    "a key twice": (
        "unit: person\n",
        "unit: person\nunit: person # again\n",
        "given twice",
    ),
}
# Where the fault is told elsewhere than in the line that was changed.
TOLD_AT = {
    "no first day": "contract: example",
    "no source": "contract: example",
    "no unit": "contract: example",
    "VAT and none": "vat_percent: 21",
    "ends before it begins": "valid_to:",
    "a level of the wrong year": "levels:",
    "no window at all": "- id: thirteen",
    "no amount at all": "- id: thirteen",
    "a part held back for ever": "retention_percent:",
    "a tier never read": '- {amount: {value: "50.00"',
    "an amount and tiers": "    tiers:",
}


def line_of(text, passage):
    return next(n for n, line in enumerate(text.splitlines(), 1) if passage in line)


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_told_once_at_its_line(name, tmp_path):
    old, new, told = FAULTS[name]
    text = changed(old, new)
    at = TOLD_AT.get(name) or (new.splitlines()[-1] if "\n" in new else new)
    found = [
        fault for fault in checked(tmp_path, example=text) if told in fault.message
    ]
    assert [fault.line for fault in found] == [line_of(text, at)]


def test_faults_are_told_all_at_once_and_nothing_is_loaded(tmp_path):
    text = GOOD
    for old, new in (
        ("unit: person\n", "unit: people\n"),
        ("{word: resident_in, in:", "{word: lives_in, in:"),
        ('"1000.00"', "1000.00"),
        ("{word: job_start}", "{word: job_start, label: x}"),
        ("[payslip]", "[wage_slip]"),
        ("requires: [start]", "requires: [end]"),
        ("window: {n: 91, of: 91, unit: day}", "window: {n: 91, of: 91}"),
        ("percent: 50}]", "percent: 49}]"),
        ("statistic: each}", "statistics: each}"),
        ("kind: end_report", "kind: last_report"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    found = checked(tmp_path, example=text)
    lines = {fault.line for fault in found}
    assert lines == {
        line_of(text, passage)
        for passage in (
            "people",
            "lives_in",
            "1000.00",
            "job_start",
            "wage_slip",
            "[end]",
            "of: 91}",
            "49}]",
            "statistics",
            "last_report",
        )
    }
    report = loader.check([tmp_path])
    assert lines == {f.line for f in report.faults if f.path.startswith(str(tmp_path))}
    assert not any("contracts/" in name for name in report.packs)


def test_milestones_that_wait_for_one_another_are_one_fault(tmp_path):
    text = changed(
        "    reached: {word: job_start}\n",
        "    reached: {word: job_start}\n    requires: [thirteen]\n",
    )
    found = [f for f in checked(tmp_path, example=text) if "can ever" in f.message]
    assert [f.message for f in found] == [
        "'start' needs 'thirteen', which needs 'start': none of them can ever be "
        "reached. Take one of these out."
    ]


# ---- Versions beside one another ---------------------------------------------------------


def test_versions_that_overlap_are_told_at_the_later_one(tmp_path):
    later = (
        changed("version: 1\n", "version: 2\n")
        .replace("valid_from: 2025-01-01", "valid_from: 2025-12-31")
        .replace("valid_to: 2025-12-31", "valid_to: 2025-12-31\nsupersedes: 1")
    )
    found = checked(tmp_path, one=GOOD, two=later)
    assert [(Path(f.path).name, f.line) for f in found] == [
        ("two.yaml", line_of(later, "valid_from"))
    ]
    assert "Versions never overlap" in found[0].message


def test_a_version_after_another_is_no_fault(tmp_path):
    later = (
        GOOD.replace("version: 1\n", "version: 2\nsupersedes: 1\n")
        .replace("2025-12-31", "2026-12-31")
        .replace("valid_from: 2025-01-01", "valid_from: 2026-01-01")
        .replace("year: 2025", "year: 2026")
    )
    assert checked(tmp_path, one=GOOD, two=later) == []


def test_a_version_that_is_there_twice_or_follows_nothing_is_told(tmp_path):
    other = GOOD.replace("version: 1\n", "version: 1\nsupersedes: 0\n")
    found = " ".join(f.message for f in checked(tmp_path, one=GOOD, two=other))
    assert "is given here and in" in found or "follows version 0" in found
