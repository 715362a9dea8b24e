"""What a formula gives for single numbers, without an engine, by the rules of the column it becomes."""

from __future__ import annotations

import ast
import operator
import sys
from collections.abc import Callable, Mapping

from jinzita.analytics.formulas import Formula, Reference, reference_of

_COMPARISONS: Mapping[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
Lookup = Callable[[Reference], float | None]


def value(formula: Formula, lookup: Lookup) -> float | None:
    """The formula's number; None when it is not known, or beyond all numbers."""
    try:
        found = _number(formula.tree, lookup)
    except OverflowError:
        return None
    return found if found is not None and abs(found) <= sys.float_info.max else None


def _number(node: ast.expr, lookup: Lookup) -> float | None:
    reference = reference_of(node)
    if reference is not None:
        known = lookup(reference)
        return None if known is None else float(known)
    match node:
        case ast.Constant(value=number):
            return float(number)  # type: ignore[arg-type]
        case ast.UnaryOp(op=op, operand=operand):
            inner = _number(operand, lookup)
            return -inner if inner is not None and isinstance(op, ast.USub) else inner
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(op, _number(left, lookup), _number(right, lookup))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            truth = _truth(test, lookup)
            return None if truth is None else _number(body if truth else orelse, lookup)
        case ast.Call(func=ast.Name(id=name), args=args):
            return _called(name, [_number(one, lookup) for one in args])
    raise AssertionError(ast.dump(node))  # reading admits nothing else


def _called(name: str, several: list[float | None]) -> float | None:
    known = [one for one in several if one is not None]
    if name == "coalesce":
        return known[0] if known else None
    if len(known) < len(several):
        return None
    return abs(known[0]) if name == "abs" else min(known) if name == "min" else max(known)


def _arithmetic(op: ast.operator, left: float | None, right: float | None) -> float | None:
    if left is None or right is None:
        return None
    if isinstance(op, ast.Add):
        return left + right
    if isinstance(op, ast.Sub):
        return left - right
    if isinstance(op, ast.Mult):
        return left * right
    return left / right if right else None


def _truth(node: ast.expr, lookup: Lookup) -> bool | None:
    match node:
        case ast.UnaryOp(operand=operand):
            inner = _truth(operand, lookup)
            return None if inner is None else not inner
        case ast.BoolOp(op=op, values=values):
            parts = [_truth(one, lookup) for one in values]
            decided = not isinstance(op, ast.And)  # one such part decides, whatever is not known
            return decided if decided in parts else None if None in parts else not decided
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            low, high = _number(left, lookup), _number(right, lookup)
            return None if low is None or high is None else _COMPARISONS[type(op)](low, high)
    raise AssertionError(ast.dump(node))  # reading admits nothing else
