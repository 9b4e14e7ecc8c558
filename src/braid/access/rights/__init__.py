"""Rights and duties: a copy of one's data, erasure, restriction, retention, register."""

from braid.access.rights.registry import (
    register_afterwards as register_afterwards,
)
from braid.access.rights.registry import (
    register_eraser as register_eraser,
)
from braid.access.rights.registry import (
    register_exporter as register_exporter,
)
