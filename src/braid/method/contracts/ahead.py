"""What lies ahead of a case: dates and missing evidence, never an amount."""

from collections.abc import Sequence
from datetime import timedelta

from braid.method.contracts.choosing import is_repeated
from braid.method.contracts.proving import code, proofs_of
from braid.method.contracts.reaching import Reaching
from braid.method.contracts.tries import Try
from braid.method.contracts.values import Preview, Proofs


def previews_of(reaching: Reaching, name: str, tries: Sequence[Try]) -> list[Preview]:
    """Return what lies ahead of a milestone, where it is not reached or not proved.

    None for a case that has not entered the contract, or is not covered by it.
    """
    contract = reaching.versions.with_milestone(name)[-1]
    known = reaching.known(contract)
    if known.entry is None:
        return []
    if not tries:
        return [_nothing_yet(reaching, name)] if not _is_over(reaching) else []
    last = tries[-1]
    if last.reason == "look_back" or (last.counts and _is_done(last)):
        return []
    open_ = reaching.still_open(name)
    if open_ is not None:
        return [_ahead(reaching, open_)]
    if last.reason in ("not_covered", "superseded", "outside_period", "before_entry"):
        return []
    if last.reason == "window_failed" and is_repeated(last.milestone):
        return [_nothing_yet(reaching, name)]
    return [_ahead(reaching, last)] if last.reason else []


def _is_done(last: Try) -> bool:
    """Say whether nothing is missing any more of what was reached."""
    return last.reason != "evidence_missing" and not is_repeated(last.milestone)


def _is_over(reaching: Reaching) -> bool:
    last = reaching.versions.contracts[-1].valid_to
    return last is not None and reaching.as_of > last


def _nothing_yet(reaching: Reaching, name: str) -> Preview:
    """Return a milestone for which nothing has happened yet."""
    contract = reaching.versions.with_milestone(name)[-1]
    milestone = contract.milestone(name)
    entry = reaching.known(contract).entry
    episode = reaching.case.episode(entry.episode if entry else "")
    asked = milestone.evidence
    required = () if asked is None else proofs_required(reaching, name)
    return Preview(
        contract=contract.contract,
        version=contract.version,
        unit_id=episode["unit_id"],
        episode=episode["episode_id"],
        person=episode["person_key"],
        milestone=name,
        clause=milestone.clause or name,
        earliest=None,
        reasons=("window_open",),
        missing=_unmet(reaching, milestone.requires),
        evidence=Proofs(required),
    )


def proofs_required(reaching: Reaching, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the sets of evidence that a milestone asks for."""
    contract = reaching.versions.with_milestone(name)[-1]
    asked = contract.milestone(name).evidence
    if asked is None:
        return ()
    return tuple(tuple(code(each) for each in one) for one in asked.any_of)


def _ahead(reaching: Reaching, found: Try) -> Preview:
    measured, milestone = found.measured, found.milestone
    episode = reaching.case.episode(measured.event.episode)
    proofs = Proofs()
    if milestone.evidence is not None:
        proofs = proofs_of(reaching.case, milestone.evidence, measured, reaching.as_of)
    day = measured.reached_on or measured.earliest
    if day is not None and measured.reached_on is None and day <= reaching.as_of:
        day = reaching.as_of + timedelta(1)
    return Preview(
        contract=found.contract.contract,
        version=found.contract.version,
        unit_id=episode["unit_id"],
        episode=episode["episode_id"],
        person=episode["person_key"],
        milestone=milestone.id,
        clause=milestone.clause or milestone.id,
        earliest=day,
        reasons=(found.reason,) if found.reason else (),
        missing=(*_unmet(reaching, milestone.requires), *proofs.missing),
        evidence=proofs,
        steps=tuple(found.steps),
    )


def _unmet(reaching: Reaching, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        f"milestone:{name}" for name in names if reaching.reached_on(name) is None
    )
