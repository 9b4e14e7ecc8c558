"""Benefit engines behind one interface: JSON to a process of their own, and back.

Engines are optional and under their own licence. Braid never imports one: it starts the
Python of another environment, or of its own where the extra is installed.
"""

import threading
from collections import OrderedDict
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from braid.benefits.engines import contract
from braid.benefits.engines.answers import result_of
from braid.benefits.engines.faults import EngineUnavailable
from braid.benefits.engines.known import (
    KNOWN,
    Engine,
    here,
    version_here,
    version_in,
)
from braid.benefits.engines.process import Process
from braid.method.benefits.stored import digest
from braid.method.benefits.values import Inputs, Result
from braid.packs import benefits

__all__ = [
    "KNOWN",
    "Engine",
    "EngineUnavailable",
    "available",
    "close",
    "found",
    "work_out",
    "worked_out",
]

KEPT = 128

_processes: dict[tuple[str, Path | None], Process] = {}
_answers: OrderedDict[str, dict[str, Any]] = OrderedDict()
_lock = threading.Lock()


def available(country: str = "") -> list[Engine]:
    """Return the engines of a country, or of all, that are installed here."""
    wanted = country.upper()
    return [
        engine
        for known in KNOWN
        if wanted in ("", known.country) and (engine := found(known)).python
    ]


def work_out(engine_id: str, request: dict[str, Any]) -> dict[str, Any]:
    """Return an engine's answer to one request with all scenarios; from memory if known.

    Meant for background work: the first answer may take a minute.
    Raises: EngineUnavailable; InputFault for a request that may not cross.
    """
    engine = next((e for e in available() if e.id == engine_id), None)
    if engine is None:
        raise EngineUnavailable(engine_id, "missing")
    asked = contract.checked(request)
    key = digest(asked, engine.id, engine.version, str(engine.python))
    with _lock:
        if key in _answers:
            _answers.move_to_end(key)
            return _answers[key]
        place = (engine.id, engine.python)
        process = _processes.setdefault(place, Process(engine))
    answer = contract.usable(engine.id, asked, process.ask(asked))
    with _lock:
        _answers[key] = answer
        while len(_answers) > KEPT:
            _answers.popitem(last=False)
    return answer


def close() -> None:
    """End every engine's process and forget what was answered."""
    with _lock:
        for process in _processes.values():
            process.close()
        _processes.clear()
        _answers.clear()


def found(engine: Engine) -> Engine:
    """Return an engine with its Python and version; without, where it is not installed.

    The folder of `BRAID_BENEFIT_ENGINES` comes first, then the running environment.
    """
    from django.conf import settings

    folder: Path | None = settings.BRAID_BENEFIT_ENGINES
    if folder is not None:
        environment = folder / engine.environment
        version = version_in(environment, engine.package)
        if version:
            return replace(
                engine, python=environment / "bin" / "python", version=version
            )
    version = version_here(engine.package)
    return replace(engine, python=here(), version=version) if version else engine


def worked_out(engine_id: str, inputs: Inputs, rules_date: date) -> Result:
    """Return what is left of pay by an engine, as a rule pack would tell it.

    Names, duties and questions are those of the country's pack.
    Raises: EngineUnavailable; InputFault.
    """
    engine = next((each for each in KNOWN if each.id == engine_id), None)
    pack = benefits.of_country(engine.country) if engine else None
    if engine is None or pack is None:
        raise EngineUnavailable(engine_id, "missing")
    request = contract.request_for(inputs, engine.country, rules_date)
    answer = work_out(engine_id, request)
    return result_of(answer, inputs, pack.rules, pack.currency)
