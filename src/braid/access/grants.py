"""What the program's own role may do in PostgreSQL: add to the log, never change it.

The tables belong to a role of their own that migrates; the program signs in as another.
The triggers stay as a second lock, for whoever signs in as the owner.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from braid.access.models import (
    AppendOnlyModel,
    AuditEntry,
    AuditHead,
    AuditRoot,
    ErasedSubject,
    ReviewSignOff,
)
from braid.kernel.errors import InputFault

ALL = ("SELECT", "INSERT", "UPDATE", "DELETE")
# Other rows that only grow go with the person whom they are about, when erased.
FOR_GOOD = (AuditEntry, AuditRoot, ErasedSubject, ReviewSignOff)
MIGRATIONS = "django_migrations"
_OWNED = """
SELECT count(*) FROM pg_tables
 WHERE schemaname = 'public' AND pg_has_role(%s, tableowner, 'MEMBER')
"""


def rights() -> dict[str, tuple[str, ...]]:
    """Return what the program's role may do with each table that there is."""
    return {table: _rights(table) for table in connection.introspection.table_names()}


def _rights(table: str) -> tuple[str, ...]:
    models = {model._meta.db_table: model for model in apps.get_models()}
    model = models.get(table)
    if table == MIGRATIONS:
        return ("SELECT",)
    if model in FOR_GOOD:
        return ("SELECT", "INSERT")
    if model is AuditHead:
        return ("SELECT", "INSERT", "UPDATE")
    if model is not None and issubclass(model, AppendOnlyModel):
        return ("SELECT", "INSERT", "DELETE")
    return ALL


def statements(role: str) -> Iterator[str]:
    """Yield the SQL that gives a role exactly this."""
    quote = connection.ops.quote_name
    name = quote(role)
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"REVOKE ALL ON SCHEMA public FROM {name}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}"
    yield f"GRANT USAGE ON SCHEMA public TO {name}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}"
    for table, allowed in sorted(rights().items()):
        yield f"GRANT {', '.join(allowed)} ON {quote(table)} TO {name}"


def apply(role: str) -> int:
    """Give a role its rights; return on how many tables. Raises InputFault."""
    must_be_bound(role)
    with connection.cursor() as cursor:
        for statement in statements(role):
            cursor.execute(statement)
    return len(rights())


def must_be_postgresql() -> None:
    """Raise InputFault where the database knows no roles."""
    if connection.vendor != "postgresql":
        raise InputFault(
            f"The database is {connection.vendor}, which knows no roles. Its triggers "
            "refuse to change or delete the log; whoever can write its file can take "
            "them away, and `braid audit verify --roots` tells."
        )


def must_be_bound(role: str) -> None:
    """Raise InputFault for a role that grants would not bind, or that there is not."""
    must_be_postgresql()
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found is None:
            raise InputFault(
                f"There is no role '{role}'. Make it first: CREATE ROLE {role} LOGIN "
                "PASSWORD '…'."
            )
        cursor.execute(_OWNED, [role])
        (owned,) = cursor.fetchone()
    if found[0] or owned:
        raise InputFault(
            f"Role '{role}' is a superuser or owns the tables, so no grant binds it. "
            "Let another role own the tables, and the program sign in as this one."
        )
