"""`jinzita openapi`: the API's document, from which the browser's client is generated."""

import json
import sys
from typing import IO

import click

from jinzita.cli.database import ready


@click.command(name="openapi")
@click.argument("file", type=click.File("w"), default=sys.stdout)
def command(file: IO[str]) -> None:
    """Write the OpenAPI document to FILE (default: standard output)."""
    ready()
    from jinzita.urls import api

    file.write(json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, default=str) + "\n")
