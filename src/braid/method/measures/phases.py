"""The word about the phases of IPS that a specialist carries out, in Ibis."""

import ibis

from braid.method.measures.in_post import while_in_post
from braid.method.measures.populations import Relations, in_span, one, shaped
from braid.method.measures.reference.phases import PHASES_DELIVERED


def phases_delivered(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is PHASES_DELIVERED."""
    rows = in_span(tables["contacts"], asked)
    rows = rows.filter(rows.attended.fill_null(True))
    rows = rows.select("contact_id", "unit_id", "staff_id", "day", "phase")
    rows = while_in_post(rows, tables, asked)
    found = rows.group_by("period", "unit_id", "staff_id", "phase").agg(
        contact_id=rows.contact_id.min(), number=rows.count()
    )
    phases = one(found.phase.notnull())
    return shaped(
        found.mutate(
            phases=phases,
            contacts=phases * found.number,
            contacts_without_phase=(1 - phases) * found.number,
        ),
        PHASES_DELIVERED,
    )
