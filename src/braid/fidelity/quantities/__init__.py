"""What the facts say about each item of the 25-item scale, in its own raw quantities.

    quantity = QUANTITIES[6]
    figures = {measure: counted(figure of the unit) for measure in quantity.measures}
    quantity.read(figures)   # what the scale scores

An item that is rated per specialist takes the figures of one specialist at a time.
"""

from collections.abc import Mapping
from types import MappingProxyType

from braid.fidelity.quantities import organisation, services, staffing
from braid.fidelity.quantities.shape import SETTINGS, Quantity, Settings, counted

__all__ = ["QUANTITIES", "SETTINGS", "Quantity", "Settings", "counted"]

QUANTITIES: Mapping[int, Quantity] = MappingProxyType(
    {**staffing.QUANTITIES, **organisation.QUANTITIES, **services.QUANTITIES}
)
"""How the facts answer each item, by its number."""
