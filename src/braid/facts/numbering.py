"""Which contact with an employer it is, for facts that do not come from the record.

The number is that of the day: what was done with an employer on one day is one visit,
whoever it was for, so that the number does not hang on the order of two rows.
"""

import pyarrow as pa

from braid.facts import engine

NUMBERS = """
SELECT CASE WHEN employer_id IS NOT NULL THEN dense_rank() OVER (
    PARTITION BY unit_id, employer_id ORDER BY day) END AS visit_no
FROM (SELECT *, row_number() OVER () AS place FROM drawn) ORDER BY place
"""


def numbered(contacts: pa.Table) -> pa.Table:
    """Return a whole table `employer_contacts` with `visit_no`, the first being 1."""
    if not contacts.num_rows:
        return contacts
    with engine.connect() as connection:
        connection.register("drawn", contacts)
        numbers = connection.sql(NUMBERS).to_arrow_table()["visit_no"]
    place = contacts.schema.get_field_index("visit_no")
    field = contacts.schema.field(place)
    return contacts.set_column(place, field, numbers.cast(field.type))
