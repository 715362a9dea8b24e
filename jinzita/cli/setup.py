"""`jinzita setup`: tables up to date, the seeded value models, the first administrator."""

import click
from rich.console import Console
from rich.panel import Panel

from jinzita.cli.database import ready, running_database


@click.command(name="setup")
def command() -> None:
    """Bring the database up to date and make the first administrator."""
    with running_database():
        ready()
        prepare(Console())


def prepare(console: Console) -> bool:
    """Migrate and make the administrator; whether this database was new."""
    from django.core.management import call_command
    from django.db import connection

    from jinzita.kernel.access import system
    from jinzita.people.services import ensure_administrator
    from jinzita.value.services import install_default_models

    with connection.cursor() as cursor:
        # Two programs starting at once must not migrate at once; the lock ends with the connection.
        cursor.execute("SELECT pg_advisory_lock(6711001)")
        call_command("migrate", verbosity=0, interactive=False)
        made = ensure_administrator(by=system("command line"))
        install_default_models(by=system("command line"))
        cursor.execute("SELECT pg_advisory_unlock(6711001)")
    if made:
        name, password = made
        console.print(
            Panel(
                f"user      [bold]{name}[/]\npassword  [bold]{password}[/]\n\n"
                "The password is shown only now. Lost it? Run: jinzita password admin",
                title="First administrator",
                expand=False,
            )
        )
    return made is not None
