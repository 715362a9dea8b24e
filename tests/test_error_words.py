"""Whatever is refused is refused in words, in both languages."""

import ast
import json
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "web" / "src" / "shared" / "locales"
# What only the command line raises and says itself, in English; and where the shape of an error is declared.
LEFT_OUT = (
    "jinzita/cli/", "jinzita/analytics/ledger/", "jinzita/analytics/report/",
    "jinzita/analytics/errors.py", "jinzita/kernel/errors.py",
)  # fmt: skip
# Calls that say one thing that is wrong, and the place of its code among their arguments.
SAYING = {"Problem": 1, "Detail": 1, "Invalid.at": 1, "UnreadableFile.at": 1, "PydanticCustomError": 0}
# Refusals of the whole, by keyword; the errors of the engine become details of one (`said_plainly`).
REFUSING = {"Conflict", "Forbidden", "NotFound", "TooLarge", "Invalid", "Unauthenticated", "Unrecorded"}
ENGINE = {"AnalyticsError", "ModelError", "FormulaError", "FactsError", "NotComputed", "WeightsError"}
# What pydantic calls the faults of the types our requests are made of; it words them in English alone.
PYDANTIC = {
    "missing", "extra_forbidden", "string_type", "string_too_long", "string_too_short",
    "string_pattern_mismatch", "int_type", "int_parsing", "int_from_float", "int_parsing_size",
    "float_type", "float_parsing", "finite_number", "bool_type", "bool_parsing", "decimal_type",
    "decimal_parsing", "decimal_max_digits", "decimal_max_places", "decimal_whole_digits", "literal_error",
    "enum", "greater_than", "greater_than_equal", "less_than", "less_than_equal", "list_type", "dict_type",
    "too_short", "too_long", "date_type", "date_parsing", "date_from_datetime_parsing",
    "date_from_datetime_inexact", "datetime_type", "datetime_parsing", "datetime_from_date_parsing",
    "json_invalid", "model_type", "model_attributes_type", "url_parsing", "value_error",
}  # fmt: skip


class Said(NamedTuple):
    """A code written in the source: what for (an error, or a detail of one), where, and the values given."""

    of: str
    code: str
    place: str
    values: frozenset[str] | None


class Function(NamedTuple):
    name: str
    node: ast.FunctionDef

    def place_of(self, argument: str) -> int | None:
        names = [one.arg for one in self.node.args.args]
        names = names[1:] if names[:1] in (["self"], ["cls"]) else names
        return names.index(argument) if argument in names else None


@cache
def sources() -> dict[str, ast.Module]:
    files = {str(one.relative_to(ROOT)): one for one in (ROOT / "jinzita").rglob("*.py")}
    return {
        path: ast.parse(one.read_text())
        for path, one in sorted(files.items())
        if "tests" not in one.parts and not path.startswith(LEFT_OUT)
    }


def calls(tree: ast.AST, inside: Function | None = None) -> Iterator[tuple[ast.Call, Function | None]]:
    """Every call, with the function it stands in."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield from calls(node, Function(node.name, node))
            continue
        if isinstance(node, ast.Call):
            yield node, inside
        yield from calls(node, inside)


def written(code: ast.expr, tree: ast.Module, inside: Function | None) -> set[str] | str | None:
    """The codes an expression may stand for; the name of an argument that brings it; None when it cannot be
    told. What another error brought (`error.code`) was found where that one was made.
    """
    if isinstance(code, ast.Constant):
        return {str(code.value)}
    if isinstance(code, ast.IfExp):
        both = [written(one, tree, inside) for one in (code.body, code.orelse)]
        return set().union(*both) if all(isinstance(one, set) for one in both) else None
    if isinstance(code, ast.Attribute) and code.attr == "code":
        return set()
    if isinstance(code, ast.Name) and inside and inside.place_of(code.id) is not None:
        return code.id
    if isinstance(code, ast.Starred) and isinstance(code.value, ast.Subscript):
        table = next(
            one.value for one in tree.body
            if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == ast.unparse(code.value.value)
        )  # fmt: skip
        return {pair[0] for pair in ast.literal_eval(table).values()}
    return None


def values_of(call: ast.Call, name: str) -> frozenset[str] | None:
    """The values a detail brings for its words; None when that cannot be told."""
    if name == "Problem":
        given = call.args[3] if len(call.args) > 3 else ast.Dict([], [])
        keys = given.keys if isinstance(given, ast.Dict) else [None]
        whole = all(isinstance(one, ast.Constant) for one in keys)
        return frozenset(one.value for one in keys if isinstance(one, ast.Constant)) if whole else None
    if name.endswith((".at", "fault")) and all(one.arg for one in call.keywords):
        return frozenset(str(one.arg) for one in call.keywords)
    return None


@cache
def everything_said() -> tuple[Said, ...]:
    """Every code in the source, also where a function of ours hands one on to those that refuse."""
    found: list[Said] = []
    saying, read = dict(SAYING), set[str]()
    while new := saying.keys() - read:
        first, read = not read, set(saying)
        for path, tree in sources().items():
            for call, inside in calls(tree):
                name = name_of(call, path, saying)
                named = {str(one.arg): one.value for one in call.keywords}
                refused = first and name in REFUSING | ENGINE and "code" in named
                if name not in new and not refused:
                    continue
                at = min(saying.get(name, 0), len(call.args) - 1)
                code = named["code"] if "code" in named else call.args[at]
                what = written(code, tree, inside)
                where = f"{path}:{call.lineno}"
                assert what is not None, f"{where}: which codes may {ast.unparse(code)} be?"
                if isinstance(what, str) and inside:
                    own = f"{path} {inside.name}" if inside.name.startswith("_") else inside.name
                    saying[own] = inside.place_of(what) or 0
                    continue
                of = "error" if name in REFUSING else "detail"
                found += [Said(of, one, where, values_of(call, name)) for one in what]
    return tuple(found)


def name_of(call: ast.Call, path: str, known: Collection[str]) -> str:
    """What is called; a function that its file keeps for itself is called by the file's name too."""
    name = ast.unparse(call.func)
    last = name.rsplit(".", 1)[-1]
    return next((one for one in (name, f"{path} {last}") if one in known), last)


def own_codes() -> set[str]:
    """The codes of errors of a kind, and what the API answers of itself."""
    shape = ast.parse((ROOT / "jinzita" / "kernel" / "errors.py").read_text())
    trees = [shape, *sources().values()]
    kinds = [node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    return {
        str(ast.literal_eval(line.value))
        for kind in kinds
        if any(getattr(base, "id", "") in REFUSING | {"JinzitaError"} for base in kind.bases)
        for line in kind.body
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "code"
    } | {"wrong_method", "bad_request"}


@cache
def words(language: str) -> dict[str, dict[str, str]]:
    """The words of errors; every key may stand there once."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)
        return dict(pairs)

    read = json.loads((LOCALES / f"{language}.json").read_text(), object_pairs_hook=once)
    return {"error": read["error"], "detail": read["detail"]}


def test_codes_are_found_however_they_are_written():
    found = {(one.of, one.code) for one in everything_said()}
    assert {("error", "in_use"), ("error", "own_former"), ("detail", "unknown_operator")} <= found
    # By a choice between two, by a table, by a function that hands it on, by the engine.
    assert {("detail", "taken_by"), ("detail", "not_a_web_address")} <= found
    assert {("detail", "formula_function"), ("detail", "not_a_table"), ("detail", "ahp_cell")} <= found
    assert {"gave_way", "conflict"} <= own_codes()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_has_words(language: str):
    known = words(language)
    without = sorted({f"{one.of}.{one.code} ({one.place})" for one in everything_said()
                      if one.code not in known[one.of]})  # fmt: skip
    assert without == []
    assert sorted(own_codes() - set(known["error"])) == []
    assert sorted(PYDANTIC - set(known["detail"])) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_are_given_the_values_they_name(language: str):
    known = words(language)["detail"]
    without = [
        f"{one.code} ({one.place}): {{{{{name}}}}}"
        for one in everything_said()
        if one.of == "detail" and one.values is not None
        for name in re.findall(r"{{(\w+)[^}]*}}", known.get(one.code, ""))
        if name not in one.values | {"words"}
    ]
    assert without == []
