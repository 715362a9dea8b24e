"""A company's own indicators: safe formulas over the known ones.

Python's grammar is borrowed for reading (nothing is ever executed); a short list of node kinds is allowed and
everything else is refused with its position. A formula knows numbers, ``+ - * /``, parentheses, comparisons,
``and or not``, ``A if CONDITION else B``, ``min max abs coalesce``, indicator codes, ``code@12`` for a
window of twelve months, and ``attribute.NAME``. Unknown values make the result unknown, and so does
division by zero; only `coalesce` looks past an unknown value.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import ibis

from jinzita.analytics.catalogue import CATALOGUE
from jinzita.analytics.errors import FormulaError

MAX_LENGTH = 2000
MAX_DEPTH = 40
FUNCTIONS = ("min", "max", "abs", "coalesce")
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_COMPARISONS = {
    ast.Lt: "__lt__", ast.LtE: "__le__", ast.Gt: "__gt__", ast.GtE: "__ge__", ast.Eq: "__eq__", ast.NotEq:
    "__ne__",
}  # fmt: skip

Lookup = Callable[["Reference"], Any]


@dataclass(frozen=True)
class Reference:
    """An indicator named in a formula: its code, and its window if the formula gives one."""

    code: str
    window_months: int | None = None


@dataclass(frozen=True)
class Formula:
    """A formula that has been read and found safe."""

    text: str
    tree: ast.expr
    references: tuple[Reference, ...]

    def expression(self, lookup: Lookup) -> Any:
        """The formula as an Ibis column (float64); `lookup` gives the column of a reference.

        What goes beyond all numbers is unknown, as a division by zero is.
        """
        value = _number(self.tree, lookup).cast("float64")
        # Engines sort “not a number” above infinity, so that one comparison finds both.
        return (value.abs() <= sys.float_info.max).ifelse(value, ibis.null("float64"))


def parse(text: str, *, over: Literal["indicators", "customer"] = "indicators") -> Formula:
    """Read a formula. Raises FormulaError (`code`, `position`) at the first thing that is not allowed.

    `over`: a formula over indicators names these and attributes; one over a customer alone names attributes
    and ``customer.FIELD``, numbers that every customer has.
    """
    text = text.strip().replace("\n", " ")
    if len(text) > MAX_LENGTH:
        raise FormulaError("the formula is too long", code="formula_too_long", position=MAX_LENGTH)
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        position = max(1, getattr(error, "offset", None) or 1)
        raise FormulaError("the formula cannot be read", code="formula_syntax", position=position) from None
    found: dict[Reference, None] = {}
    if _check(tree, found, 0) != "number":
        raise _refuse(tree, "the formula gives yes or no, not a number", "formula_type")
    for reference in found:
        family, _, name = reference.code.rpartition(":")
        if family == ("customer" if over == "indicators" else ""):
            raise FormulaError(
                f"{name!r} cannot be named here",
                code="formula_indicator",
                position=text.find(name) + 1,
                name=name,
            )
    return Formula(text, tree, tuple(found))


def _refuse(node: ast.AST, message: str, code: str, name: str = "") -> FormulaError:
    return FormulaError(message, code=code, position=getattr(node, "col_offset", 0) + 1, name=name)


def _check(node: ast.expr, found: dict[Reference, None], depth: int) -> str:
    """Walk the tree; answers "number" or "truth", and refuses whatever is not on the list."""
    if depth > MAX_DEPTH:
        raise _refuse(node, "the formula is nested too deeply", "formula_too_deep")
    reference = reference_of(node)
    if reference is not None:
        found[reference] = None
        return "number"
    match node:
        case ast.Constant(value=bool()):
            raise _refuse(node, "only numbers may be written in a formula", "formula_constant")
        case ast.Constant(value=int() | float() as value) if abs(value) < 1e300:
            return "number"
        case ast.BinOp(left=left, op=op, right=right) if isinstance(op, _ARITHMETIC):
            return _all_numbers(node, [left, right], found, depth)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return _all_numbers(node, [operand], found, depth)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _all_truths(node, [operand], found, depth)
        case ast.BoolOp(values=values):
            return _all_truths(node, values, found, depth)
        case ast.Compare(left=left, ops=ops, comparators=[right]) if type(ops[0]) in _COMPARISONS:
            _all_numbers(node, [left, right], found, depth)
            return "truth"
        case ast.IfExp(test=test, body=body, orelse=orelse):
            _all_truths(node, [test], found, depth)
            return _all_numbers(node, [body, orelse], found, depth)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            few = not args or (name == "abs") != (len(args) == 1)
            if few or any(isinstance(a, ast.Starred) for a in args):
                wanted = "one value" if name == "abs" else "two values or more"
                raise _refuse(node, f"{name} takes {wanted}", "formula_arguments", name)
            return _all_numbers(node, args, found, depth)
        case ast.Call(func=ast.Name(id=name)):
            raise _refuse(
                node,
                f"there is no function {name!r}: use {', '.join(FUNCTIONS)}",
                "formula_function",
                name,
            )
    raise _refuse(
        node, f"{ast.unparse(node)!r} is not allowed in a formula", "formula_not_allowed", ast.unparse(node)
    )


def _all_numbers(node: ast.expr, parts: list[ast.expr], found: dict[Reference, None], depth: int) -> str:
    for part in parts:
        if _check(part, found, depth + 1) != "number":
            raise _refuse(part, "a number is expected here, not a comparison", "formula_type")
    return "number"


def _all_truths(node: ast.expr, parts: list[ast.expr], found: dict[Reference, None], depth: int) -> str:
    for part in parts:
        if _check(part, found, depth + 1) != "truth":
            raise _refuse(part, "a comparison is expected here, not a number", "formula_type")
    return "truth"


def reference_of(node: ast.expr) -> Reference | None:
    """The indicator a node names, if it names one; refuses unknown codes and windows that make no sense."""
    match node:
        case ast.Name(id=code):
            if code not in CATALOGUE:
                raise _refuse(node, f"there is no indicator {code!r}", "formula_indicator", code)
            return Reference(code)
        case ast.Attribute(value=ast.Name(id="attribute" | "customer" as family), attr=name):
            return Reference(f"{family}:{name}")
        case ast.BinOp(
            left=ast.Name(id=code) as left, op=ast.MatMult(), right=ast.Constant(value=int() as months)
        ):
            if isinstance(months, bool) or not 1 <= months <= 1200:
                raise _refuse(node, "a window is 1 to 1200 months", "formula_window")
            reference = reference_of(left)
            if not CATALOGUE[code].windowed:
                raise _refuse(node, f"{code} takes no window", "formula_window")
            return Reference(code, months) if reference else None
    return None


def _number(node: ast.expr, lookup: Lookup) -> Any:
    reference = reference_of(node)
    if reference is not None:
        return lookup(reference)
    match node:
        case ast.Constant(value=value):
            return ibis.literal(float(value), type="float64")  # type: ignore[arg-type]
        case ast.UnaryOp(op=op, operand=operand):
            inner = _number(operand, lookup)
            return -inner if isinstance(op, ast.USub) else inner
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(op, _number(left, lookup), _number(right, lookup))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            truth = _truth(test, lookup)
            yes, no = _number(body, lookup), _number(orelse, lookup)
            return ibis.cases((truth, yes), (~truth, no), else_=ibis.null("float64"))
        case ast.Call(func=ast.Name(id="abs"), args=[only]):
            return _number(only, lookup).abs()
        case ast.Call(func=ast.Name(id=name), args=args):
            values = [_number(a, lookup) for a in args]
            if name == "coalesce":
                return ibis.coalesce(*values)
            known = values[0].notnull()
            for value in values[1:]:
                known = known & value.notnull()
            chosen = ibis.least(*values) if name == "min" else ibis.greatest(*values)
            return known.ifelse(chosen, ibis.null("float64"))
    raise AssertionError(ast.dump(node))  # _check admits nothing else


def _arithmetic(op: ast.operator, left: Any, right: Any) -> Any:
    if isinstance(op, ast.Add):
        return left + right
    if isinstance(op, ast.Sub):
        return left - right
    if isinstance(op, ast.Mult):
        return left * right
    return left / right.nullif(0.0)


def _truth(node: ast.expr, lookup: Lookup) -> Any:
    match node:
        case ast.UnaryOp(operand=operand):
            return ~_truth(operand, lookup)
        case ast.BoolOp(op=op, values=values):
            parts = [_truth(v, lookup) for v in values]
            result = parts[0]
            for part in parts[1:]:
                result = (result & part) if isinstance(op, ast.And) else (result | part)
            return result
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return getattr(_number(left, lookup), _COMPARISONS[type(op)])(_number(right, lookup))
    raise AssertionError(ast.dump(node))  # _check admits nothing else
