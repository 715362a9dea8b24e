"""A setting, a command or an event that the documents do not mention fails the tests."""

from importlib import import_module
from pathlib import Path

import click
import pytest

from jinzita.cli import COMMANDS
from jinzita.kernel.events import Event
from jinzita.settings.environment import SETTINGS

DOCS = Path(__file__).parents[1] / "docs"


def every_event() -> list[type[Event]]:
    for path in (DOCS.parent / "jinzita").glob("*/events.py"):
        import_module(f"jinzita.{path.parent.name}.events")
    return [one for one in Event.__subclasses__() if one.__module__.startswith("jinzita.")]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting):
    assert f"`{setting.name}`" in (DOCS / "settings.md").read_text()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name):
    text = (DOCS / "commands.md").read_text()
    assert f"`jinzita {name}" in text
    for parameter in every_option(import_module(COMMANDS[name][0]).command):
        assert f"`{parameter}`" in text, f"jinzita {name} {parameter}"


def every_option(command: click.Command) -> list[str]:
    own = [parameter.opts[0] for parameter in command.params if isinstance(parameter, click.Option)]
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return own + [option for one in below for option in every_option(one)]


def test_every_event_is_documented():
    text = (DOCS / "events.md").read_text()
    events = every_event()
    assert events
    assert [one.__name__ for one in events if f"`{one.__name__}`" not in text] == []
