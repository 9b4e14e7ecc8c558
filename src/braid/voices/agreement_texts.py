"""What `braid voices agreement` prints: one document, and lines for people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from braid.method import agreement
from braid.method.agreement import Coefficient, Level, Ratings, Weights
from braid.voices.agreement_files import Said

Document = dict[str, Any]
MOST_DISAGREEMENTS = 1_000
MOST_VALUES = 50
MOST_LINES = 20
NAMES = {
    "kappa": "Cohen's kappa",
    "kappa_weighted": "Weighted kappa",
    "alpha": "Krippendorff's alpha",
    "fleiss": "Fleiss' kappa",
}
BECAUSE = {
    "no_units": "no unit was judged by two coders",
    "expected_agreement_is_one": "chance alone would make them agree on every unit",
    "no_pairable_units": "no unit was judged by two coders",
    "one_value_only": "only one value was ever given",
    "unequal_raters": "some units were judged by more coders than others",
    "not_two_coders": "it is for two coders",
    "fewer_than_three_coders": "it is for three coders or more",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What to work out: the level of alpha, the weights of kappa, draws of an interval."""

    level: Level = Level.NOMINAL
    weights: Weights | None = None
    draws: int = 0
    seed: int = agreement.SEED


def document(said: Said, asked: Asked) -> Document:
    """Return the agreement of coders as JSON has it; nothing is rounded.

    `percent` is from 0 to 100, `p_o` the same as a proportion. Raises: InputFault.
    """
    ratings = agreement.of_units(said.units)
    worked_out = _coefficients(asked, len(said.coders))
    found = {name: work(ratings) for name, work in worked_out.items()}
    agreed = agreement.percent_agreement(ratings)
    document: Document = {
        **{name: _plain(each.value) for name, each in found.items()},
        "percent": None if agreed is None else float(100 * agreed),
        "p_o": _plain(agreed),
        "n_units": ratings.n_units,
        "undefined_because": {n: c.because for n, c in found.items() if c.because},
        "coders": list(said.coders),
        "level": str(asked.level),
        "weights": asked.weights,
        **_counts(ratings),
        **_disagreements(said),
    }
    if asked.draws:
        document["intervals"] = {
            name: _drawn(ratings, work, asked)
            for name, work in worked_out.items()
            if found[name].value is not None
        }
    return document


def _coefficients(
    asked: Asked, coders: int
) -> dict[str, Callable[[Ratings], Coefficient]]:
    """Return how each coefficient is worked out, by its name in the document."""
    found: dict[str, Callable[[Ratings], Coefficient]] = {"kappa": agreement.kappa}
    if asked.weights is not None:
        found["kappa_weighted"] = lambda r: agreement.kappa(r, asked.weights)
    found["alpha"] = lambda r: agreement.alpha(r, asked.level)
    found["fleiss"] = agreement.fleiss
    return found


def _counts(ratings: Ratings) -> Document:
    """Return the table of two coders and how often each value was given."""
    if len(ratings.values) > MOST_VALUES:
        return {"values": len(ratings.values)}
    shares = agreement.prevalence(ratings)
    values = [str(value) for value in ratings.values]
    counts: Document = {
        "values": values,
        "prevalence": {values[at]: float(share) for at, share in shares.items()},
    }
    if ratings.coders == 2:
        counts["table"] = agreement.table(ratings)
    return counts


def _disagreements(said: Said) -> Document:
    met = [
        {"unit": name, "line": line, "values": list(unit)}
        for name, line, unit in zip(said.names, said.lines, said.units, strict=True)
        if len({value for value in unit if value is not None}) > 1
    ]
    return {"n_disagreements": len(met), "disagreements": met[:MOST_DISAGREEMENTS]}


def _drawn(
    ratings: Ratings, work: Callable[[Ratings], Coefficient], asked: Asked
) -> Document:
    drawn = agreement.interval(ratings, work, draws=asked.draws, seed=asked.seed)
    low, high = drawn.interval or (None, None)
    return {
        "low": low,
        "high": high,
        "draws": drawn.draws,
        "undefined": drawn.undefined,
        "seed": drawn.seed,
    }


def _plain(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def lines(document: Document) -> Iterator[str]:
    """Yield the document as lines for a person."""
    yield f"{document['n_units']} units that two coders or more judged"
    if document["percent"] is not None:
        yield f"Agreement: {document['percent']:.1f} %"
    for name, words in NAMES.items():
        if name in document:
            yield f"{words}: {_shown(document, name)}"
    if isinstance(document["values"], list):
        shares = document["prevalence"].items()
        said = "; ".join(f"{name} {100 * share:.1f} %" for name, share in shares)
        yield f"Values in order, and how often each was given: {said or 'none'}"
    for row in document.get("table", ()):
        yield "  " + " ".join(f"{count:>7}" for count in row)
    yield f"{document['n_disagreements']} units on which coders differ"
    for each in document["disagreements"][:MOST_LINES]:
        values = ", ".join(value or "blank" for value in each["values"])
        yield f"  line {each['line']}, {each['unit']}: {values}"
    if document["n_disagreements"] > MOST_LINES:
        yield "  The others stand in the document of --json."
    yield (
        "Note: by one custom alpha of .800 is relied on, and from .667 on for tentative "
        "conclusions; the study decides what it needs."
    )


def _shown(document: Document, name: str) -> str:
    if document[name] is None:
        return f"undefined: {BECAUSE[document['undefined_because'][name]]}"
    drawn = document.get("intervals", {}).get(name)
    if not drawn:
        return f"{document[name]:.3f}"
    return (
        f"{document[name]:.3f} (95 % interval {drawn['low']:.3f} to {drawn['high']:.3f}; "
        f"{drawn['undefined']} of {drawn['draws']} draws undefined)"
    )
