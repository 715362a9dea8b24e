"""`jinzita password`: the way back in for an administrator who lost the password."""

import click

from jinzita.cli.database import ready, running_database


@click.command(name="password")
@click.argument("username", default="admin")
def command(username: str) -> None:
    """Give the administrator USERNAME a new generated password and print it."""
    with running_database():
        ready()
        from jinzita.kernel.access import system
        from jinzita.kernel.errors import JinzitaError
        from jinzita.people.services import recover_administrator

        try:
            password = recover_administrator(by=system("command line"), username=username)
        except JinzitaError as error:
            raise click.ClickException(error.message) from None
    click.echo(f"user {username}, new password {password}")
