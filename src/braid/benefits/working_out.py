"""By which rules a scenario page is worked out, and working it out.

Rules are a country's pack, the pack for training (an invented country), or an engine
where one is installed; an engine is another process and is spoken to in plain values.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from braid.benefits import engines
from braid.benefits.models import Calculation
from braid.kernel.errors import BraidError, InputFault, PackFault, PackFaults
from braid.method.benefits import Inputs
from braid.method.benefits.stored import inputs_from, plain
from braid.packs import benefits as packs

Stored = dict[str, Any]
TRAINING_COUNTRY = "XX"  # no country has these letters
LEDGER_COUNTRIES = frozenset({"us"})  # where rights are used up month by month
PACK = "pack"
NEVER_EXPIRES = None
NO_DELTA = Decimal(0)


class Unavailable(BraidError):
    """Nothing could be worked out now; `reason` is a slug kept with the calculation."""

    code = "rules_unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rules:
    """One way to work a page out. `id` is what a form sends."""

    id: str
    title: str
    country: str
    engine: str
    engine_version: str
    pack_id: str
    pack_version: str
    rules_date: date | None
    is_training: bool = False
    asks: tuple[str, ...] = ()
    needs_region: bool = False

    @property
    def version(self) -> str:
        return self.pack_version or self.engine_version


def choices(country: str) -> list[Rules]:
    """Return the rules of a country: engines, its own pack, then those for training."""
    found = [_of_engine(engine) for engine in engines.available(country)]
    if _has_pack(country):
        found.append(_of_pack(packs.of_country(country)))
    training = packs.of_country(TRAINING_COUNTRY)
    return found + ([_of_pack(training)] if training else [])


def _has_pack(country: str) -> bool:
    return packs.of_country(country) is not None


def rules_named(name: str) -> Rules:
    """Return the rules of this name, in their present version. Raises: InputFault."""
    for engine in engines.KNOWN:
        if engine.id == name:
            return _of_engine(engines.found(engine))
    try:
        return _of_pack(packs.get(name))
    except PackFault as fault:
        raise InputFault(
            "These rules are not known here. Choose others.", field="rules"
        ) from fault


def _of_pack(pack: Any) -> Rules:
    return Rules(
        id=pack.id,
        title=pack.source.title,
        country=pack.country,
        engine=PACK,
        engine_version="",
        pack_id=pack.id,
        pack_version=pack.version,
        rules_date=pack.rules_date,
        is_training=pack.country == TRAINING_COUNTRY,
    )


def _of_engine(engine: engines.Engine) -> Rules:
    return Rules(
        id=engine.id,
        title=f"{engine.id} {engine.version}".strip(),
        country=engine.country,
        engine=engine.id,
        engine_version=engine.version,
        pack_id="",
        pack_version="",
        rules_date=None,
        asks=engine.asks,
        needs_region=engine.needs_region,
    )


def store(
    asked: Inputs, *, using: Rules, hours_offered: Decimal, household_verified: bool
) -> Stored:
    """Return a question as it is kept, with the version of the rules that answer it."""
    return {
        "asked": plain(asked),
        "rules": using.id,
        "version": using.version,
        "hours_offered": f"{hours_offered:f}",
        "household_verified": household_verified,
    }


def work_out(kept: Mapping[str, Any]) -> Stored:
    """Return the answer to a question that was kept, by the rules kept with it.

    The same question by the same version of the rules has the same answer, text by
    text. Raises: Unavailable.
    """
    return answer(kept, kept["version"])


def answer(kept: Mapping[str, Any], version: str | None) -> Stored:
    """Return the answer by one version of the rules; None is the present one."""
    for engine in engines.KNOWN:
        if engine.id == kept["rules"]:
            return _answer_of(engine, kept)
    try:
        pack = packs.get(kept["rules"], version)
    except (PackFault, PackFaults) as fault:
        raise Unavailable("rules_missing") from fault
    try:
        found: Stored = plain(pack.worked_out(inputs_from(kept["asked"])))
    except InputFault as fault:
        raise Unavailable("input_wrong") from fault
    return found | {"notice": dict(pack.notice), "scope": dict(pack.scope)}


def _answer_of(engine: engines.Engine, kept: Mapping[str, Any]) -> Stored:
    """Return the answer of an engine, in one request for all scenarios."""
    asked = inputs_from(kept["asked"])
    if asked.day is None:
        raise Unavailable("input_wrong")
    try:
        found: Stored = plain(engines.worked_out(engine.id, asked, asked.day))
    except engines.EngineUnavailable as fault:
        raise Unavailable("engine_unavailable") from fault
    except InputFault as fault:
        raise Unavailable("input_wrong") from fault
    pack = packs.of_country(engine.country)
    return found | {
        "notice": dict(pack.notice) if pack else {},
        "scope": dict(pack.scope) if pack else {},
    }


def expires_on(calculation: Calculation) -> date | None:
    """Return the last day of the rules of a page; those that are gone have ended."""
    if calculation.engine != PACK:
        return NEVER_EXPIRES
    pack = _pack_of(calculation)
    if pack is None or pack.status == "expired":
        return date.min
    last: date | None = pack.expires_on
    return last


def notify_delta(calculation: Calculation) -> Decimal:
    """Return by how much new rules may alter a result before people are told."""
    pack = _pack_of(calculation)
    return pack.notify_delta or NO_DELTA if pack is not None else NO_DELTA


def is_training(calculation: Calculation) -> bool:
    """Say whether a page rests on invented rules."""
    return calculation.country.upper() == TRAINING_COUNTRY


def _pack_of(calculation: Calculation) -> Any | None:
    try:
        return packs.get(calculation.pack_id, calculation.pack_version)
    except (PackFault, PackFaults):
        return None


def title(calculation: Calculation) -> str:
    """Return what the rules of a page are called."""
    return title_of(calculation.pack_id) if calculation.pack_id else calculation.engine


def engine_of(calculation: Calculation) -> engines.Engine | None:
    """Return the engine that worked a page out; None where a pack did."""
    known = (one for one in engines.KNOWN if one.id == calculation.engine)
    return next(known, None)


def title_of(pack_id: str) -> str:
    """Return what rules are called; their id where they are gone."""
    try:
        title: str = packs.get(pack_id).source.title
    except (PackFault, PackFaults):
        return pack_id
    return title


def labels() -> dict[str, Mapping[str, str]]:
    """Return what benefits are called, by id, in the languages of their rules."""
    return {
        benefit.id: benefit.label
        for pack in packs.load().values()
        for benefit in pack.benefits
    }


def benefits_of(country: str) -> Iterator[tuple[Rules, list[Any]]]:
    """Yield the benefits that can be named in a country, by their rules.

    An engine works them out itself; what they are called stands in the country's pack.
    """
    for one in choices(country):
        if one.pack_id:
            yield one, packs.get(one.pack_id).benefits


def has_ledger(country: str) -> bool:
    """Say whether earnings are kept by month in this country."""
    return country.lower() in LEDGER_COUNTRIES
