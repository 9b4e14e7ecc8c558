"""Run a situation of a contract: its file over a compact history (`histories.py`).

    input:
      as_of: 2018-09-30
      alone: true                             # as if there were no other version
      as_if: {valid_to: null, milestones: {start: {cap: {person: 2}}}}  # it said so
      bindings: {PRICE: "100.00"}             # of this situation only, never a real tariff
      previous:                               # earlier runs, whose lines this one takes
        - {version: 1, as_of: 2018-06-30, bindings: {}}
      others:                                 # what is claimed by other contracts
        - {contract: uk-ipes, episode: ada, milestone: sustained, reached_on: 2025-06-15}
      work: []
      tables: {}
      files: {ada: {requester: town-a, is_joint_body: false}}
    expect:
      lines: [{episode: [t01, t02], milestone: started, amount: "8000.00"}]
      absent: [{milestone: placement}]
      totals: {switch: {pay: "33600.00"}}
      previews: [{milestone: start, missing: [milestone:engagement]}]

What is expected is compared with the documents of the run, and only what is named. Lines
that are not reached count as lines, with a reason and without a day.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from braid.kernel.errors import BraidError
from braid.method.contracts import running
from braid.method.contracts.case import Case, CaseFile
from braid.method.contracts.documents import line_from_document, result_document
from braid.method.contracts.shape import Contract
from braid.method.contracts.values import Line
from braid.packs.contracts.bindings import bind
from braid.packs.contracts.histories import THE_UNIT, Job, Row, listed, tables_of
from braid.packs.contracts.pack import ContractPack, read_pack
from braid.packs.reading import read
from braid.packs.shapes import Situation, Strict

Document = Mapping[str, Any]
Values = dict[str, Any]
# By what a line is told from the others, where it is named.
_IDENTITY = ("episode", "milestone", "kind", "ordinal", "person", "version")


class Earlier(Strict):
    """A run before the one that is asked about, over what was known then.

    Where it says no work or tables, they are those of the situation.
    """

    version: int
    as_of: date
    bindings: Values = {}
    work: list[Job] | None = None
    tables: dict[str, list[Values]] | None = None


class Given(Strict):
    """What a situation gives."""

    as_of: date
    alone: bool = False
    as_if: Values = {}
    bindings: Values = {}
    previous: list[Earlier] = []
    others: list[Values] = []
    work: list[Job] = []
    tables: dict[str, list[Values]] = {}
    files: dict[str, CaseFile] = {}


class Expected(Strict):
    """What is expected of a run; what is not named is not compared."""

    lines: list[Values] = []
    absent: list[Values] = []
    previews: list[Values] = []
    totals: Values = {}


class _Both(Strict):
    input: Given
    expect: Expected = Field()


def run_situation(pack: ContractPack, situation: Situation) -> list[str]:
    """Return where the run of a contract is not as a situation expects it."""
    try:
        said = _Both(input=situation.input, expect=situation.expect)
        if not said.expect.model_fields_set:
            return ["nothing is expected. Name lines, absent, previews or totals."]
        found = run_of(pack.contract, said.input, beside=situation.path)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return [f"'{place}' of the situation: {first['msg']}."]
    except (BraidError, KeyError, TypeError, ValueError) as error:
        return [f"the contract cannot be run: {type(error).__name__}: {error}."]
    return list(_compared(said.expect, found))


def run_of(contract: Contract, given: Given, *, beside: str = "") -> Document:
    """Return the run of a contract over the history of a situation, as a document.

    Earlier runs take other versions from the files beside that of the situation.
    """
    if given.as_if:
        contract = _as_if(contract, given.as_if, beside)
    others = () if given.alone else _versions(contract, beside)
    versions = {each.version: each for each in others}
    versions[contract.version] = contract
    previous: Sequence[Line] = ()
    for earlier in given.previous:
        version = versions[earlier.version]
        known = _tables(
            contract,
            given.work if earlier.work is None else earlier.work,
            given.tables if earlier.tables is None else earlier.tables,
        )
        cases = list(running.cases(version, known, files=given.files))
        result = _run(
            version, cases, earlier.as_of, earlier.bindings, versions, previous
        )
        previous = result.ledger
    tables = _tables(contract, given.work, given.tables)
    claimed = [_line(contract, each) for each in given.others]
    cases = list(running.cases(contract, tables, files=given.files))
    result = _run(
        contract, cases, given.as_of, given.bindings, versions, previous, claimed
    )
    return result_document(result)


def _tables(
    contract: Contract, work: Sequence[Job], tables: Mapping[str, Sequence[Values]]
) -> Mapping[str, Sequence[Row]]:
    return tables_of(
        work, tables, contract=contract.contract, currency=contract.currency
    )


def _run(
    contract: Contract,
    cases: Sequence[Case],
    as_of: date,
    bindings: Values,
    versions: Mapping[int, Contract],
    previous: Sequence[Line],
    others: Sequence[Line] = (),
) -> Any:
    rows = ((name, value, "test", "test", as_of) for name, value in bindings.items())
    return running.run(
        contract,
        cases,
        as_of,
        bindings=bind(contract, rows),
        versions=tuple(
            each for number, each in versions.items() if number != contract.version
        ),
        previous=previous,
        others=others,
    )


def _versions(contract: Contract, beside: str) -> Iterator[Contract]:
    folder = Path(beside).parent.parent
    for path in sorted(folder.glob("*.yaml")) if beside else ():
        document = read(path)
        of_it = isinstance(document.data, dict) and (
            document.data.get("contract") == contract.contract
        )
        pack = read_pack(document)[0] if of_it else None
        if pack is not None:
            yield pack.contract


def _as_if(contract: Contract, said: Values, beside: str) -> Contract:
    """Return a contract as if its file said some keys otherwise; null takes one away.

    Milestones are named by their ids, lists are given whole. Raises KeyError where the
    file is not there, ValueError where what it would say has faults.
    """
    folder = Path(beside).parent.parent
    for path in sorted(folder.glob("*.yaml")):
        document = read(path)
        own = document.data if isinstance(document.data, dict) else {}
        if (own.get("contract"), own.get("version")) != (
            contract.contract,
            contract.version,
        ):
            continue
        document.data = _merged(own, said)
        pack, faults = read_pack(document)
        if pack is None:
            raise ValueError("; ".join(str(each) for each in faults))
        return pack.contract
    raise KeyError(contract.contract)


def _merged(own: Any, said: Any) -> Any:
    if isinstance(own, list) and isinstance(said, dict):
        return [_merged(each, said.get(each["id"], {})) for each in own]
    if not isinstance(own, dict) or not isinstance(said, dict):
        return said
    merged = {name: value for name, value in own.items() if name not in said}
    for name, value in said.items():
        if value is not None:
            merged[name] = _merged(own[name], value) if name in own else value
    return merged


def _line(contract: Contract, said: Values) -> Line:
    """Return what another contract claims as a line of its own."""
    episode = said["episode"]
    defaults = {
        "version": 1,
        "person": episode,
        "unit": THE_UNIT,
        "ordinal": 1,
        "event_key": f"{said['contract']}:{episode}:{said['milestone']}:1",
        "amount": None,
        "currency": contract.currency,
        "counts": True,
    }
    plain = {
        name: each.isoformat() if isinstance(each, date) else each
        for name, each in said.items()
    }
    return line_from_document(defaults | plain)


def _compared(expected: Expected, found: Document) -> Iterator[str]:
    for part in ("lines", "previews"):
        free = list(found[part])
        for wanted in _each(getattr(expected, part)):
            taken, told = _taken(wanted, free, part)
            yield from told
            if taken is not None:
                free.remove(taken)
    for unwanted in _each(expected.absent):
        for line in found["lines"]:
            if not list(_differences(unwanted, line)):
                yield f"there is a line of {_named(unwanted)}, and none was expected."
                break
    yield from _differences(expected.totals, found["totals"], "totals ")


def _each(said: Sequence[Values]) -> Iterator[Values]:
    """Yield what is expected, a list of episodes as one for each of them."""
    for wanted in said:
        for each in listed(wanted.get("episode")):
            yield wanted if each is None else wanted | {"episode": each}


def _taken(
    wanted: Values, free: Sequence[Document], part: str
) -> tuple[Document | None, list[str]]:
    """Return what agrees with `wanted`, or else what is nearest with its differences."""
    identity = {name: wanted[name] for name in _IDENTITY if name in wanted}
    alike = [each for each in free if not list(_differences(identity, each))]
    told = [list(_differences(wanted, each, f"{_named(wanted)} ")) for each in alike]
    for each, differences in zip(alike, told, strict=True):
        if not differences:
            return each, []
    if not told:
        return None, [f"there is no {part[:-1]} of {_named(wanted)}."]
    return None, min(told, key=len)


def _named(wanted: Values) -> str:
    return " ".join(str(wanted[name]) for name in _IDENTITY if name in wanted) or "it"


def _differences(wanted: Any, found: Any, where: str = "") -> Iterator[str]:
    for name, value in wanted.items():
        got = found.get(name) if isinstance(found, Mapping) else None
        if isinstance(value, dict):
            yield from _differences(value, got or {}, f"{where}{name}.")
        elif not _same(value, got):
            yield f"{where}{name} is {got!r}, expected was {_plain(value)!r}."


def _same(wanted: Any, got: Any) -> bool:
    wanted = _plain(wanted)
    if wanted == got or wanted is None or got is None:
        return bool(wanted == got)
    try:
        return Decimal(str(wanted)) == Decimal(str(got))
    except InvalidOperation:
        return False


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
