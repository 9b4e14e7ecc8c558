"""Agreement of coders: how far they say the same of the same units, beyond chance.

    ratings = agreement.of_coders(["a", "a", None], ["a", "b", "b"])
    agreement.alpha(ratings)                              # a Coefficient
    agreement.kappa(ratings, "linear")
    agreement.alpha(agreement.by_character(1000, [[(0, 90)], [(10, 100)]]))

Name the unit in every report: turns, characters or segments.
"""

from braid.method.agreement.bootstrap import DRAWS, SEED, Drawn, interval
from braid.method.agreement.coefficients import (
    Coefficient,
    Weights,
    alpha,
    fleiss,
    fleiss_of_counts,
    kappa,
    kappa_of_table,
    percent_agreement,
    prevalence,
    table,
)
from braid.method.agreement.ratings import (
    MISSING,
    Level,
    Ratings,
    Value,
    of_coders,
    of_counted,
    of_units,
)
from braid.method.agreement.units import YES_OR_NO, by_character, by_segment, by_turn

__all__ = [
    "DRAWS",
    "MISSING",
    "SEED",
    "YES_OR_NO",
    "Coefficient",
    "Drawn",
    "Level",
    "Ratings",
    "Value",
    "Weights",
    "alpha",
    "by_character",
    "by_segment",
    "by_turn",
    "fleiss",
    "fleiss_of_counts",
    "interval",
    "kappa",
    "kappa_of_table",
    "of_coders",
    "of_counted",
    "of_units",
    "percent_agreement",
    "prevalence",
    "table",
]
