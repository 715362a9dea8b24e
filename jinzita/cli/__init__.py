"""The command line. Each command lives in a module of its own, loaded when it is called:
`jinzita pyramid` needs neither Django nor a database."""

import importlib
import os

import click

# name: (module, one line of help shown by `jinzita --help` without loading the module)
COMMANDS = {
    "pyramid": ("jinzita.cli.pyramid", "Score the customers of a file and draw their value pyramid."),
    "serve": ("jinzita.cli.serve", "Start the database, the web application and the worker."),
    "setup": ("jinzita.cli.setup", "Bring the database up to date and make the first administrator."),
    "demo": ("jinzita.cli.demo", "Load or remove the demo data."),
    "import": ("jinzita.cli.imports", "Import a file of customers, transactions or other facts."),
    "run": ("jinzita.cli.runs", "Score all customers of a value model now."),
    "database": ("jinzita.cli.database", "Start, stop or look at the embedded database."),
    "password": ("jinzita.cli.password", "Give an administrator a new password."),
    "linkage-report": ("jinzita.cli.linkage", "How well duplicates are found, on data whose truth is known."),
    "openapi": ("jinzita.cli.openapi", "Write the OpenAPI document of the API."),
}


class Commands(click.Group):
    """A group that loads a command's module only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, help_line = COMMANDS[name]
        command: click.Command = importlib.import_module(module).command
        command.short_help = help_line
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands)
@click.version_option(package_name="jinzita")
def main() -> None:
    """Jinzita 金字塔: the value of every customer, computed and acted on."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinzita.settings")
