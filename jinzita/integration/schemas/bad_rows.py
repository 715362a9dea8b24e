"""Rows that could not be used, to be corrected, on the wire."""

from collections.abc import Callable, Sequence
from typing import Any

from ninja import Field, Schema

from jinzita.integration.models import BadRow, Import
from jinzita.integration.schemas.imports import CellErrorOut, ReplaceIn
from jinzita.kernel.wire import Strict, Text


class BadCellOut(CellErrorOut):
    column: int | None = Field(description="Which of the cells, from 0; null: the row as a whole")


class BadRowOut(Schema):
    number: int = Field(description="As a spreadsheet counts: the header is row 1")
    cells: list[str] = Field(description="As they came; one cell with the whole text, if of wrong form")
    errors: list[BadCellOut]


class BadRowPage(Schema):
    columns: list[str]
    items: list[BadRowOut]
    next: str | None


class CorrectedIn(Strict):
    number: int = Field(ge=1, le=2**63 - 1)
    cells: list[Text] = Field(max_length=2000)


class RetryIn(Strict):
    rows: list[CorrectedIn] = Field(default_factory=list, max_length=5000)
    replace: list[ReplaceIn] = Field(default_factory=list, max_length=1000)


def bad_rows_out(
    one: Import, found: Sequence[BadRow], limit: int, message_of: Callable[[str, str], str]
) -> dict[str, Any]:
    """A page of bad rows; `message_of(code, field)` words a reason."""
    places = {name: place for place, name in enumerate(one.columns)}
    column_of = {code: places.get(column) for column, code in one.plan["mapping"].items()}
    items = [
        {
            "number": row.number,
            "cells": row.cells,
            "errors": [
                {
                    "field": reason["field"] or None, "code": reason["code"], "value": reason["value"],
                    "message": message_of(reason["code"], reason["field"]),
                    "column": column_of.get(reason["field"]),
                    "candidates": reason.get("candidates", []),
                }
                for reason in row.reasons
            ],
        }
        for row in found[:limit]
    ]  # fmt: skip
    return {
        "columns": one.columns,
        "items": items,
        "next": str(found[limit - 1].number) if len(found) > limit else None,
    }
