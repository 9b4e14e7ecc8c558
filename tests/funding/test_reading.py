"""A contract over a set of facts comes to what it comes to over plain rows."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from braid.facts import columns
from braid.facts.reading import Facts
from braid.facts.schema import TABLES
from braid.funding import reading
from braid.method.contracts.case import cases
from braid.method.contracts.documents import result_document
from braid.method.contracts.needs import needs_of
from braid.method.contracts.running import run
from tests.method.contracts.generated import Made
from tests.method.contracts.histories import facts
from tests.method.contracts.schemes import DES_BOUND, MHEP, UWV_1, UWV_2, bound
from tests.method.contracts.test_two_ways import SCHEMES


def drawn(tables, as_of):
    """Return plain rows as a set of facts."""
    found = {}
    for name, rows in tables.items():
        names = TABLES[name].names
        plain = [{column: row.get(column) for column in names} for row in rows]
        for number, row in enumerate(plain):
            _filled(name, row, number)
        found[name] = pa.Table.from_pylist(plain, columns.arrow_schema(name))
    return Facts.of(found, as_of=as_of)


def _filled(name, row, number):
    """Give a row the columns that no contract reads and no fact may lack."""
    for column in TABLES[name].columns:
        if row[column.name] is None and not column.optional:
            row[column.name] = {"truth": True, "amount": 0, "number": 0}.get(
                column.type, f"{column.name}-{number}"
            )


@pytest.mark.parametrize("name", SCHEMES)
def test_facts_and_rows_come_to_the_same(name):
    scheme, values = SCHEMES[name]
    bindings = DES_BOUND if values is None else bound(scheme, **values)
    for seed in range(9000, 9004):
        made = Made(seed, scheme)
        tables = facts(*made.people(4))
        plain = run(scheme, cases(scheme, tables), made.as_of, bindings=bindings)
        with drawn(tables, made.as_of) as found:
            asked = reading.run(found, [scheme], [bindings], as_of=made.as_of)
            brief = reading.run(
                found, [scheme], [bindings], as_of=made.as_of, brief=True
            )
        assert result_document(asked) == result_document(plain)
        assert brief.totals == plain.totals
        assert [replace(x, steps=()) for x in plain.lines] == list(brief.lines)


def test_only_what_a_contract_speaks_of_is_read():
    needs = needs_of([UWV_1, UWV_2], [])
    assert "contacts" not in needs.tables
    assert "plan_events" not in needs.tables
    assert "funder_events" in needs.tables
    mhep = needs_of([MHEP], [])
    assert (mhep.most_contacts, mhep.entered) == (4, "accepted_on")
    assert mhep.plan_kinds == {"profile_started"}


def test_only_the_units_asked_for_are_read():
    scheme, _values = SCHEMES["au-des"]
    made = Made(1, scheme)
    with drawn(facts(*made.people(2)), date(2025, 1, 1)) as found:
        some = reading.run(
            found, [scheme], [DES_BOUND], as_of=made.as_of, units=["north"]
        )
        none = reading.run(
            found, [scheme], [DES_BOUND], as_of=made.as_of, units=["o'south"]
        )
    assert some.lines
    assert none.lines == ()
