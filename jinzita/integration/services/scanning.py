"""The first pass over a file: what only all of its rows together tell.

How many rows there are, whether days or months come first, which rows are superseded by a later row with the
same key (the last one that can be read wins, also over batches), and which line of its order a line is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jinzita.customers.fields.attributes import PREFIX
from jinzita.customers.fields.keys import normal_key
from jinzita.customers.fields.parent import PARENT
from jinzita.customers.selectors.referring import NUMBERED
from jinzita.integration.parsing import Evidence, Styles
from jinzita.integration.reading import Batch, Rows
from jinzita.integration.services.plan import Plan, importable, record_kind
from jinzita.integration.services.preparing import (
    Bringing,
    Preparer,
    is_dated,
    is_numeric,
    without_blank_rows,
)
from jinzita.kernel.errors import Invalid


@dataclass
class Scan:
    """What the first pass found.

    `superseded` are the numbers of rows whose key comes again later. `numbers` and `ordinals` say which line
    of its order each row is (counted from 1); None for other kinds than lines. `bringing` knows the customers
    of the file.
    """

    total: int = 0
    styles: Styles = field(default_factory=Styles)
    ambiguous: list[str] = field(default_factory=list)
    superseded: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    numbers: np.ndarray | None = None
    ordinals: np.ndarray | None = None
    bringing: Bringing = lambda texts: ()

    def ordinals_of(self, numbers: pa.Array) -> np.ndarray | None:
        if self.ordinals is None or self.numbers is None:
            return None
        return self.ordinals[np.searchsorted(self.numbers, numbers.to_numpy())]


class Brought:
    """Whom a file of customers brings, by key, name, number: eight bytes for each, however long they are."""

    def __init__(self, plan: Plan) -> None:
        fields = importable(record_kind(plan.kind))
        columns = {code: column for column, code in plan.mapping.items()}
        named = [code for code in columns if code == PARENT.code or code.startswith(PREFIX)]
        wanted = any(fields[code].references == "customers" for code in named)
        folds: dict[str, Callable[[str], str | None] | None] = {"source_key": None, "name": str.lower}
        folds |= {code: partial(normal_key, code) for code in NUMBERED}
        self._by = [
            _Hashes(columns[code], fold) for code, fold in folds.items() if wanted and code in columns
        ]

    def see(self, batch: Batch) -> None:
        for one in self._by:
            one.see(batch)

    def close(self) -> None:
        """Nothing more comes."""
        for one in self._by:
            one.sort()

    def __call__(self, texts: Sequence[str]) -> set[str]:
        """Which of these texts name a customer of the file."""
        return {text for text in texts if any(one.holds(text) for one in self._by)}


class StyleFinder:
    """Gathers evidence about the matched columns, batch by batch."""

    def __init__(self, plan: Plan) -> None:
        fields = importable(record_kind(plan.kind))
        matched = {code: (column, fields[code]) for column, code in plan.mapping.items()}
        self._order = plan.date_order
        self._dates = {code: (column, Evidence()) for code, (column, one) in matched.items() if is_dated(one)}
        self._numbers = {
            code: (column, Evidence()) for code, (column, one) in matched.items() if is_numeric(one)
        }

    def see(self, batch: Batch) -> None:
        for column, evidence in self._dates.values():
            evidence.see_dates(batch.table[column])
        for column, evidence in self._numbers.values():
            evidence.see_numbers(batch.table[column])

    @property
    def ambiguous(self) -> list[str]:
        """Fields whose dates fit both orders, unless the user said which it is."""
        if self._order:
            return []
        return [code for code, (_, evidence) in self._dates.items() if evidence.date_order == "ambiguous"]

    @property
    def styles(self) -> Styles:
        dates = {code: self._order or evidence.date_order for code, (_, evidence) in self._dates.items()}
        return Styles(
            dates={code: order for code, order in dates.items() if order and order != "ambiguous"},
            numbers={code: evidence.decimal_mark for code, (_, evidence) in self._numbers.items()},
        )


def scan(rows: Rows, plan: Plan, seen: Callable[[int], None] = lambda rows: None) -> Scan:
    """Read all of the file once. Raises Invalid when its dates are ambiguous and the plan does not say."""
    finder, found = StyleFinder(plan), Scan()
    columns = {code: column for column, code in plan.mapping.items()}
    brought = Brought(plan)
    orders, keys, numbers = _Hashes(columns.get("transaction")), _Hashes(columns.get(_key_field(plan))), []
    if plan.kind != "transaction_lines":
        orders = _Hashes(None)
    for batch in rows.batches():
        batch = without_blank_rows(batch)
        found.total += batch.rows
        finder.see(batch)
        orders.see(batch)
        keys.see(batch)
        brought.see(batch)
        numbers.append(batch.numbers.to_numpy())
        seen(found.total)
    found.styles, found.ambiguous = finder.styles, finder.ambiguous
    if found.ambiguous:
        raise ambiguous_dates(found.ambiguous)
    brought.close()
    found.bringing = brought
    all_numbers = np.concatenate(numbers) if numbers else np.empty(0, np.int64)
    if orders.column:
        found.numbers, found.ordinals = all_numbers, _ordinals(orders.all)
    if keys.column:
        suspects = all_numbers[_repeated(keys.all)]
        if len(suspects):
            preparer = Preparer(plan, found.styles, bringing=brought)
            found.superseded = _superseded(rows, preparer, suspects, found)
    return found


def _key_field(plan: Plan) -> str:
    """The field by which rows of the file are the same: those with equal keys have equal cells there, or
    cells that only look different, whose rows follow each other then.
    """
    return plan.own_key.fields[0]


class _Hashes:
    """Hashes of a column's cells, gathered batch by batch: eight bytes a row, however long the keys are."""

    def __init__(self, column: str | None, fold: Callable[[str], str | None] | None = None) -> None:
        self.column, self.fold = column, fold
        self._parts: list[np.ndarray] = []

    def see(self, batch: Batch) -> None:
        if self.column:
            cells = pc.utf8_trim_whitespace(batch.table[self.column]).to_pylist()
            if self.fold:
                cells = [cell and self.fold(cell) for cell in cells]
            self._parts.append(np.fromiter(map(hash, cells), np.int64, len(cells)))

    def sort(self) -> None:
        """Each once and in order, so that one is soon found."""
        self._parts = [np.unique(self.all)]

    def holds(self, text: str) -> bool:
        """Whether a cell says this, once they are sorted."""
        plain = text.strip()
        folded = self.fold(plain) if self.fold else plain
        if not folded:
            return False
        known, wanted = self._parts[0], hash(folded)
        place = int(np.searchsorted(known, wanted))
        return place < len(known) and bool(known[place] == wanted)

    @property
    def all(self) -> np.ndarray:
        return np.concatenate(self._parts) if self._parts else np.empty(0, np.int64)


def ambiguous_dates(fields: list[str]) -> Invalid:
    return Invalid.at(
        "date_format", "ambiguous_dates",
        f"In “{fields[0]}” every date can be read with the day or with the month first; say which: dmy, mdy.",
        fields=fields,
    )  # fmt: skip


def _ordinals(hashes: np.ndarray) -> np.ndarray:
    """For each row, which one of its group it is, from 1, in the order of the file."""
    order = np.argsort(hashes, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(hashes[order]) != 0])
    sizes = np.diff(np.r_[starts, len(order)])
    ordinals = np.empty(len(hashes), np.int32)
    ordinals[order] = np.arange(len(order)) - np.repeat(starts, sizes) + 1
    return ordinals


def _repeated(hashes: np.ndarray) -> np.ndarray:
    """Which rows have a hash that another row has too."""
    order = np.sort(hashes)
    twice = np.unique(order[1:][order[1:] == order[:-1]])
    return np.isin(hashes, twice) if len(twice) else np.zeros(len(hashes), dtype=bool)


def _superseded(rows: Rows, preparer: Preparer, suspects: np.ndarray, found: Scan) -> np.ndarray:
    """Rows with a key that a later row has too, where both can be read."""
    last: dict[str, int] = {}
    superseded = []
    for batch in rows.batches():
        chosen = pa.array(np.isin(batch.numbers.to_numpy(), suspects))
        table, numbers = batch.table.filter(chosen), batch.numbers.filter(chosen)
        if not len(numbers):
            continue
        ready = preparer.prepare(Batch(table, numbers), found.ordinals_of(numbers)).rows
        for number, key in zip(ready["number"].to_pylist(), preparer.keys(ready), strict=True):
            if key is None:
                continue
            if key in last:
                superseded.append(last[key])
            last[key] = number
    return np.array(sorted(superseded), np.int64)
