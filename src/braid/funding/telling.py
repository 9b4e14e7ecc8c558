"""How commands about contracts refuse: every fault, with path and line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import click

from braid.facts.shell import REFUSED, show_json
from braid.kernel.errors import PackFault, PackFaults


def telling_faults(run: Callable[..., None]) -> Callable[..., None]:
    """Show every fault of a contract or of its values with path and line; ends with 1."""

    @wraps(run)
    def command(*args: Any, as_json: bool, **options: Any) -> None:
        try:
            run(*args, as_json=as_json, **options)
        except PackFault as fault:
            _tell([fault], as_json=as_json)
        except PackFaults as faults:
            _tell(faults.faults, as_json=as_json)

    return command


def _tell(faults: Sequence[PackFault], *, as_json: bool) -> None:
    if as_json:
        listed = [
            {"path": f.path, "line": f.line, "message": f.message} for f in faults
        ]
        message = "Nothing is run: there are faults in a contract or in its values."
        show_json(
            {"error": {"code": "pack_faults", "message": message}, "faults": listed}
        )
    for fault in () if as_json else faults:
        click.echo(str(fault), err=True)
    sys.exit(REFUSED)
