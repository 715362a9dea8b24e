"""Whatever is refused is refused in words, in both languages."""

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "web" / "src" / "shared" / "locales"
ERRORS = {"Conflict", "Forbidden"}


def refusals() -> set[str]:
    """The codes written out where something is refused."""
    files = [one for one in (ROOT / "jinzita").rglob("*.py") if "tests" not in one.parts]
    return {
        str(given.value.value)
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS
        for given in node.keywords
        if given.arg == "code" and isinstance(given.value, ast.Constant)
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_has_words(language: str):
    words = json.loads((LOCALES / f"{language}.json").read_text())["error"]
    assert {"in_use", "capacity_full"} <= refusals()
    assert sorted(refusals() - set(words)) == []
