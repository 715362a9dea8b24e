"""Whatever is written into the audit log has words in the browser, in both languages."""

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "web" / "src" / "features" / "people" / "locales"


def calls() -> list[ast.Call]:
    """Where the log is written."""
    files = [one for one in (ROOT / "jinzita").rglob("*.py") if "tests" not in one.parts]
    return [
        node
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and {"action", "subject_type"} <= {one.arg for one in node.keywords}
    ]


def recorded(argument: str) -> set[str]:
    """The values written out in calls of the log as this argument."""
    given = [one.value for call in calls() for one in call.keywords if one.arg == argument]
    parts = [part for one in given if not isinstance(one, ast.JoinedStr) for part in ast.walk(one)]
    return {str(one.value) for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def fields_recorded() -> set[str]:
    """The names of fields written out in what calls of the log say was changed."""
    found = set()
    for call in calls():
        parts = [part for one in call.keywords if one.arg == "changes" for part in ast.walk(one)]
        keys = [key for part in parts if isinstance(part, ast.Dict) for key in part.keys]
        found |= {str(key.value) for key in keys if isinstance(key, ast.Constant)}
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("argument", "block"), [("action", "action"), ("subject_type", "subject")])
def test_every_action_and_subject_has_words(language: str, argument: str, block: str):
    words = json.loads((LOCALES / f"{language}.json").read_text())["audit"][block]
    assert sorted(recorded(argument) - set(words)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_has_words(language: str):
    words = json.loads((LOCALES / f"{language}.json").read_text())["audit"]["field"]
    assert sorted(fields_recorded() - set(words)) == []


def doors() -> set[str]:
    """Those by which the house itself comes, where they are written out."""
    files = [one for one in (ROOT / "jinzita").rglob("*.py") if "tests" not in one.parts]
    called = [
        node
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "system"
    ]
    given = [one for call in called for one in call.args if isinstance(one, ast.Constant)]
    return {re.sub(r"\W+", "_", str(one.value)) for one in given}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_door_has_words(language: str):
    words = json.loads((LOCALES / f"{language}.json").read_text())["audit"]["via"]
    assert {"command_line", "worker"} <= doors()
    assert sorted({"browser", "key", *doors()} - set(words)) == []
