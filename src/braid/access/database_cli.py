"""`braid database`: what the program's own role may do. Django is loaded when needed."""

import os

import click


@click.group()
def database() -> None:
    """The database's own walls around the record."""


@database.command()
@click.option("--role", required=True, help="As which the program signs in.")
@click.option(
    "--apply",
    "is_applied",
    is_flag=True,
    help="Migrate, then give the role its rights.",
)
def grants(role: str, is_applied: bool) -> None:
    """Print the SQL that lets the program add to the log and never change it.

    Run it as the role that owns the tables, after each upgrade.

    Example: braid database grants --role braid_app --apply
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "braid.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from braid.access import grants as rights

    rights.must_be_postgresql()
    if not is_applied:
        for statement in rights.statements(role):
            click.echo(f"{statement};")
        return
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    tables = rights.apply(role)
    click.echo(f"{role}: rights on {tables} tables")
