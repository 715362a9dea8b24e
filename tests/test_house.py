"""The rules of the house that import contracts cannot say."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[1]
# Height of each capability with tables in the house.
HEIGHT = {
    "kernel": 0, "people": 1, "customers": 2, "assignment": 3, "privacy": 3, "products": 4, "activities": 5,
    "value": 6,
    "treatment": 7, "quality": 8, "sales": 9, "agreements": 10, "receivables": 11, "integration": 12,
}  # fmt: skip


def our_models() -> list[type]:
    return [model for label in HEIGHT for model in apps.get_app_config(label).get_models()]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down_and_leave_no_way_back(model):
    for field in model._meta.get_fields():
        if not getattr(field, "many_to_one", False) and not getattr(field, "one_to_one", False):
            continue
        if not field.concrete or field.remote_field.model is None:
            continue
        target = field.remote_field.model._meta.app_label
        own = model._meta.app_label
        if own == "kernel" and target == "people":
            continue  # the actor of an audit line and of a job, through settings.AUTH_USER_MODEL
        assert HEIGHT[target] <= HEIGHT[own], f"{field} points up to {target}"
        if target != own:
            assert field.remote_field.related_name == "+", f"{field} leaves a way back"


def python_files() -> Iterator[Path]:
    for path in (ROOT / "jinzita").rglob("*.py"):
        if "migrations" not in path.parts:
            yield path


def test_no_file_outgrows_a_reader():
    long = {
        str(path.relative_to(ROOT)): lines for path in python_files() if (lines := line_count(path)) > 500
    }
    assert long == {}


def test_no_function_outgrows_a_screen():
    long = []
    for path in (path for path in python_files() if "tests" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > 60:
                    long.append(f"{path.relative_to(ROOT)}:{node.name} ({lines})")
    assert long == []


@pytest.mark.parametrize(
    ("room", "limit"),
    [
        ("", 2050),  # why work failed is kept in the shape in which errors are told
        ("records", 650),  # a list in groups stands beside a list in pages
        ("records/filters", 650),
        ("loading", 500),
        ("warehouse", 800),
        ("undo", 1100),
        ("models", 250),
        ("export", 450),  # every form is sent while it is written
        ("pinyin", 120),
        ("personal", 400),
        ("audit", 300),
    ],
)
def test_the_kernel_stays_small(room, limit):
    files = (ROOT / "jinzita" / "kernel" / room).glob("*.py")
    assert sum(line_count(path) for path in files) <= limit


@pytest.mark.parametrize("name", ["utils", "helpers", "common"])
def test_no_room_without_a_meaning(name):
    assert [str(path) for path in python_files() if name in (path.stem, path.parent.name)] == []


def test_the_environment_is_read_in_one_module():
    readers = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if "tests" not in path.parts and "os.environ" in path.read_text()
    ]
    allowed = {
        "jinzita/settings/environment.py",
        "jinzita/asgi.py",
        "jinzita/cli/__init__.py",
        "jinzita/cli/language.py",
    }
    assert set(readers) - allowed == set()


def line_count(path: Path) -> int:
    return len(path.read_text().splitlines())
