"""What people keep under the key ring: numbers, and the hashes that find them."""

from braid.access import rotation, secrets
from braid.access.keyring import Use
from braid.people.models import Identifier

HOLDINGS = (
    rotation.text_column(
        "numbers of applicants",
        Identifier,
        "value_encrypted",
        Use.IDENTIFIER,
        value_hash=lambda row, text: secrets.keyed_hash(row.system, text),
    ),
)
