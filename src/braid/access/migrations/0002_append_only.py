"""The database refuses to change or delete what only grows."""

from django.db import migrations

TABLES = ("access_auditentry", "access_change")
VERBS = ("UPDATE", "DELETE")


POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION braid_append_only() RETURNS trigger AS $$ "
    "BEGIN RAISE EXCEPTION 'append only'; END $$ LANGUAGE plpgsql"
)


def refuse(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL_FUNCTION)
    for table in TABLES:
        for verb in VERBS:
            name = f"{table}_no_{verb.lower()}"
            if editor.connection.vendor == "sqlite":
                editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'append only'); END"
                )
            elif editor.connection.vendor == "postgresql":
                editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION braid_append_only()"
                )


def allow(apps, editor):
    for table in TABLES:
        for verb in VERBS:
            name = f"{table}_no_{verb.lower()}"
            if editor.connection.vendor == "sqlite":
                editor.execute(f"DROP TRIGGER {name}")
            elif editor.connection.vendor == "postgresql":
                editor.execute(f"DROP TRIGGER {name} ON {table}")


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
