"""What policy, scoping and audit take of a page: their calls again, beside the page.

The calls that a page makes into `access` are noted while it is read once: who acts in
which role, what is asked of the policy, how lists are scoped, what is written down. Ours
is to make the same calls again with the same values; the peer is the whole page. So the
ratio is their share of the page's CPU. What a scope adds to the database's own work is
part of the page and not of the share.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial, wraps
from typing import Any
from unittest.mock import patch

from bench import record
from bench.asking import Reader
from bench.workload import Goal, Side, Workload, Wrong
from bench.workloads.pages import most_met
from braid.access import audit, policy, queries, scopes
from braid.site.demo.cast import ADA, BEN

SHARE = 0.2
NOTED = (
    (queries, "places"),
    (queries, "require_anywhere"),
    (policy, "decide"),
    (scopes.ScopedQuerySet, "visible_to"),
    (audit, "record"),
    (audit, "record_list"),
)
Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


def workloads() -> Iterator[Workload]:
    """Yield the share of access in Today, the caseload as a list, and one person."""
    ada, ben = Reader(record.member(ADA)), Reader(record.member(BEN))
    for name, reader, address in (
        ("Today", ada, "/today/"),
        ("caseload list", ben, "/caseload/?view=list"),
        ("one person", ben, f"/people/{most_met().applicant_id}/"),
    ):
        calls = _noted(reader, address)
        yield Workload(
            name=f"access in {name}",
            ours=Side(partial(_again, calls)),
            peer=Side(partial(reader.read, address)),
            floor=None,
            check=partial(_check, name, calls),
            goals=(Goal("to_peer", SHARE),),
        )


def _noted(reader: Reader, address: str) -> list[Call]:
    """Return the calls into access that a page makes, outermost ones only."""
    reader.read(address)  # what is written once and kept is written
    calls: list[Call] = []
    with ExitStack() as stack:
        for owner, name in NOTED:
            stack.enter_context(_noting(owner, name, calls))
        reader.read(address)
    return calls


@contextmanager
def _noting(owner: Any, name: str, calls: list[Call]) -> Iterator[None]:
    real = getattr(owner, name)

    @wraps(real)
    def noted(*args: Any, **named: Any) -> Any:
        calls.append((real, args, named))
        mine = len(calls)
        answer = real(*args, **named)
        del calls[mine:]  # what it asked of access itself is part of it
        return answer

    with patch.object(owner, name, noted):
        yield


def _again(calls: list[Call]) -> None:
    for real, args, named in calls:
        real(*args, **named)


def _check(name: str, calls: list[Call]) -> None:
    made = {real.__name__ for real, _args, _named in calls}
    if "places" not in made or not made & {"record", "record_list"}:
        raise Wrong(f"{name} asks access for {', '.join(sorted(made)) or 'nothing'}")
