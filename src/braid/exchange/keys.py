"""What imports keep under the key ring: answers, and numbers as they were typed."""

from braid.access import rotation
from braid.access.keyring import Use
from braid.exchange.models import ImportBatch, ImportedRow, KeptAnswer

HOLDINGS = (
    rotation.text_column(
        "answers of imports", ImportBatch, "answers", Use.SEALED_ANSWER
    ),
    rotation.text_column("typed numbers", ImportedRow, "number", Use.SEALED_ANSWER),
    rotation.text_column("kept answers", KeptAnswer, "answer", Use.SEALED_ANSWER),
)
