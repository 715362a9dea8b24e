"""A batch of text into rows that can be loaded, and the rows that cannot with their reasons."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from jinzita.customers.fields.keys import BETWEEN
from jinzita.customers.fields.numbers import READ
from jinzita.customers.fields.parent import PARENT
from jinzita.customers.fields.relations import OTHER
from jinzita.customers.selectors.referring import referred
from jinzita.customers.services.loading import parents
from jinzita.customers.services.loading.known import normals_of
from jinzita.customers.services.loading.known_contacts import contact_normals
from jinzita.integration.parsing import Faults, Styles, parse
from jinzita.integration.parsing.columns import Parsed, choice_words, fold, parts_of
from jinzita.integration.parsing.faults import mask
from jinzita.integration.parsing.numbers import AMOUNT
from jinzita.integration.reading import Batch
from jinzita.integration.services import adapting_ways
from jinzita.integration.services.plan import Plan, importable, record_kind
from jinzita.kernel.access import Viewer, system
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records import Field, FieldType

LARGEST = pa.scalar(Decimal("99999999999999.9999"), pa.decimal128(38, 8))
LONGEST_KEY = 120
MOST_WORDS = 50


@dataclass(frozen=True)
class Reason:
    """Why a row is bad: the field it is about ("" for the row as a whole), a code, the text that stood there;
    and when it may mean several records, their ids and names.
    """

    field: str
    code: str
    value: str = ""
    candidates: tuple[tuple[int, str], ...] = ()


@dataclass
class Prepared:
    """Rows ready to load (`number`, `source_key` and the target's columns), and bad rows by their number.

    `awaited` are references of ready rows to customers that come in this file themselves: by number of the
    row and field, the text that names them.
    """

    rows: pa.Table
    bad: dict[int, list[Reason]] = field(default_factory=dict)
    values: dict[str, pa.Array] = field(default_factory=dict)
    awaited: dict[int, dict[str, str]] = field(default_factory=dict)

    def reasons(self) -> Counter[str]:
        return Counter(f"{one.code} {one.field}" for found in self.bad.values() for one in found)


# Which of some texts name customers that the file brings.
Bringing = Callable[[Sequence[str]], Collection[str]]


class Preparer:
    """Prepares batches of one file by its plan and the styles of its columns; `bringing` says whom else the
    file brings.
    """

    def __init__(
        self, plan: Plan, styles: Styles, by: Viewer | None = None, bringing: Bringing = lambda texts: ()
    ) -> None:
        self.plan, self.styles, self.bringing = plan, styles, bringing
        self.by = by or system("import")
        # Of texts that may mean several records: these, by field and text.
        self._meant: dict[tuple[str, str], tuple[tuple[int, str], ...]] = {}
        # What the records are called that the last batch refers to, by field and id.
        self.called: dict[str, dict[int, str]] = {}
        self.kind = record_kind(plan.kind)
        fields = importable(self.kind)
        self._needed = _needed(plan)
        self.columns: list[tuple[str, Field]] = [
            (column, self._as_read(fields[code])) for column, code in plan.mapping.items()
        ]

    def prepare(self, batch: Batch, ordinals: np.ndarray | None = None) -> Prepared:
        """Read the batch's cells; `ordinals` number the lines of an order when they have no key
        of their own.
        """
        batch = without_blank_rows(batch)
        values: dict[str, pa.Array] = {}
        faults: list[tuple[str, Faults]] = []
        awaited: dict[str, pa.Array] = {}
        for column, one in self.columns:
            parsed = parse(batch.table[column], one, self.styles, settings.COMPANY_TIME_ZONE)
            values[one.code] = parsed.values
            if _refers(one):
                values[one.code], awaited[one.code] = self._referred(one, parsed)
            faults.append((one.code, parsed.faults))
        whole = Faults(len(batch.numbers))
        given = dict(values)
        if PARENT.code in awaited:
            later = pc.is_valid(awaited[PARENT.code])
            given[PARENT.code] = pc.if_else(later, parents.COMES_LATER, values[PARENT.code])
        loadable, of_kind = _ADAPTERS[self.plan.kind](given, len(batch.numbers), ordinals, self.plan)
        faults += [*of_kind, ("", whole)]
        bad = np.zeros(len(batch.numbers), dtype=bool)
        for _, found in faults:
            bad |= found.bad
        rows = pa.table({"number": batch.numbers, **loadable})
        if bad.any():
            rows = rows.filter(pa.array(~bad))
        return Prepared(rows, self._reasons(batch, faults), values, _by_row(awaited, batch.numbers, ~bad))

    def _referred(self, one: Field, parsed: Parsed) -> tuple[pa.Array, pa.Array]:
        """The ids of the records that the texts mean, and the texts that mean customers yet to come; what
        means none or several is at fault.
        """
        encoded = parsed.values.dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        meant = referred(self.by, one.references, texts, source=self.plan.referring_at)
        ids = [meant[text][0][0] if len(meant.get(text, ())) == 1 else None for text in texts]
        self.called[one.code] = dict(some[0] for some in meant.values() if len(some) == 1)
        indices = encoded.indices.fill_null(-1).to_numpy()
        unknown = [text for text in texts if not meant.get(text)]
        brought = set(self.bringing(unknown)) if unknown and one.references == "customers" else set()
        # A row without what must be filled would be refused before the other comes.
        coming = set() if one.mandatory else brought
        for code, places in (
            ("unknown_reference", [n for n, text in enumerate(texts) if text in set(unknown) - brought]),
            ("reference_comes_later", [n for n, text in enumerate(texts) if text in brought - coming]),
            ("ambiguous_reference", [n for n, text in enumerate(texts) if len(meant.get(text, ())) > 1]),
        ):
            parsed.faults.add(code, np.isin(indices, places))
        self._meant |= {(one.code, text): tuple(some) for text, some in meant.items() if len(some) > 1}
        awaited = pa.array([text if text in coming else None for text in texts], pa.string())
        return pa.array(ids, pa.int64()).take(encoded.indices), awaited.take(encoded.indices)

    def keys(self, rows: pa.Table) -> list[str | None]:
        """By what each of the prepared rows is known, in one form."""
        if self.plan.kind == "customers":
            return normals_of(rows, self.plan.match_by)
        if self.plan.kind != "contacts":
            return rows["source_key"].to_pylist()
        # Somebody may be at several customers, a row each.
        at = rows["customer"].to_pylist() if "customer" in rows.column_names else [None] * rows.num_rows
        keys = contact_normals(rows, self.plan.contact_by)
        return [key and BETWEEN.join((key, where or "")) for key, where in zip(keys, at, strict=True)]

    def unknown_words(self, batch: Batch) -> dict[str, list[str]]:
        """Words in columns of choices that stand for none, by field; the most frequent of them."""
        found: dict[str, list[str]] = {}
        for column, one in self.columns:
            if not one.choices:
                continue
            known, counted = choice_words(one), Counter[str]()
            for each in pc.value_counts(batch.table[column]).to_pylist():
                words = parts_of(each["values"] or "") if one.type is FieldType.CHOICES else [each["values"]]
                for word in words:
                    if word and word.strip() and fold(word) not in known:
                        counted[word.strip()[:200]] += each["counts"]
            if counted:
                found[one.code] = [word for word, _ in counted.most_common(MOST_WORDS)]
        return found

    def _as_read(self, one: Field) -> Field:
        """As a file may say it: a choice by further words, a customer by more than its key. A transaction's
        amount may be below zero: that is a return.
        """
        if words := self.plan.words.get(one.code):
            choices = tuple(
                replace(
                    each, synonyms=(*each.synonyms, *(word for word, to in words.items() if to == each.value))
                )
                for each in one.choices
            )
            one = replace(one, choices=choices)
        if self.plan.kind in ("customers", "contacts"):
            return replace(one, required=one.code in self._needed)
        if self.plan.kind == "transactions" and one.code == "amount":
            return Field(one.code, one.type, one.en, one.zh, required=one.required, decimals=one.decimals)
        return one

    def _reasons(self, batch: Batch, faults: list[tuple[str, Faults]]) -> dict[int, list[Reason]]:
        found: dict[int, list[Reason]] = defaultdict(list)
        column_of = {one.code: column for column, one in self.columns}
        for code_of_field, one in faults:
            for code, rows in one:
                positions = np.flatnonzero(rows)
                numbers = batch.numbers.take(pa.array(positions)).to_pylist()
                cells: list[Any] = [None] * len(positions)
                if code_of_field in column_of:
                    cells = batch.table[column_of[code_of_field]].take(pa.array(positions)).to_pylist()
                for number, cell in zip(numbers, cells, strict=True):
                    candidates = self._meant.get((code_of_field, (cell or "").strip()), ())
                    found[number].append(Reason(code_of_field, code, (cell or "")[:200], candidates))
        for broken in batch.broken:
            found[broken.number].append(Reason("", broken.code))
        return dict(found)


def _needed(plan: Plan) -> frozenset[str]:
    """Fields that every row fills; where the key is missing, a row may say source and key instead."""
    own = plan.own_key
    if own.code == "source_key" or "source_key" not in plan.mapping.values():
        return plan.required
    return plan.required - (set(own.fields) - {"name"})


def _by_row(
    columns: dict[str, pa.Array], numbers: pa.Array, ready: np.ndarray
) -> dict[int, dict[str, str]]:  # fmt: skip
    """Texts of several columns, by number of the row and column; of the ready rows."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for code, texts in columns.items():
        places = pa.array(np.flatnonzero(mask(pc.is_valid(texts)) & ready))
        pairs = zip(numbers.take(places).to_pylist(), texts.take(places).to_pylist(), strict=True)
        for number, text in pairs:
            found[number][code] = text
    return dict(found)


def without_blank_rows(batch: Batch) -> Batch:
    """The batch without rows whose cells are all blank, which spreadsheets leave at their ends."""
    blank = np.ones(len(batch.numbers), dtype=bool)
    for column in batch.table.columns:
        blank &= ~mask(pc.greater(pc.binary_length(pc.utf8_trim_whitespace(column)), 0))
        if not blank.any():
            return batch  # as a rule after the first column
    keep = pa.array(~blank)
    return Batch(batch.table.filter(keep), batch.numbers.filter(keep), batch.broken)


Adapted = tuple[dict[str, pa.Array], list[tuple[str, Faults]]]


def _plain(values: dict[str, pa.Array], rows: int, ordinals: np.ndarray | None, plan: Plan) -> Adapted:
    return dict(values), []


def _customers(values: dict[str, pa.Array], rows: int, ordinals: np.ndarray | None, plan: Plan) -> Adapted:
    """Attributes become one JSON column; a blank cell leaves what is known, or says null when it is to clear
    it. Numbers of authorities are checked.
    """
    loadable = {code: column for code, column in values.items() if not code.startswith("attributes.")}
    faults = [(code, _checked_numbers(code, loadable)) for code in READ if code in loadable]
    attributes = {
        code.removeprefix("attributes."): column for code, column in values.items() if code not in loadable
    }
    if PARENT.code in loadable:
        loadable[parents.COLUMN] = loadable.pop(PARENT.code)
    if attributes:
        columns = {
            name: [_json(value) for value in column.to_pylist()] for name, column in attributes.items()
        }
        cleared = _clearable(plan) & set(columns)
        texts = [
            json.dumps({name: column[row] for name, column in columns.items()
                        if column[row] is not None or name in cleared}, ensure_ascii=False)
            for row in range(rows)
        ]  # fmt: skip
        loadable["attributes"] = pa.array(texts, pa.string())
    return loadable, faults


def _clearable(plan: Plan) -> set[str]:
    """Attributes that a blank cell clears: none that must be filled."""
    if plan.empty_cells == "keep":
        return set()
    fields = importable(record_kind(plan.kind)).values()
    return {one.key for one in fields if one.in_attributes and not one.mandatory}


def _checked_numbers(code: str, values: dict[str, pa.Array]) -> Faults:
    """Put a column of numbers into its normal form; what is none is at fault."""
    encoded = values[code].dictionary_encode()
    normal: list[str | None] = []
    wrong: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(encoded.dictionary.to_pylist()):
        try:
            normal.append(READ[code](text, code))
        except Invalid as error:
            normal.append(None)
            wrong[error.problems[0].code].append(place)
    faults = Faults(len(encoded))
    indices = encoded.indices.fill_null(-1).to_numpy()
    for what, places in wrong.items():
        faults.add(what, np.isin(indices, places))
    values[code] = pa.array(normal, pa.string()).take(encoded.indices)
    return faults


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _transactions(values: dict[str, pa.Array], rows: int, ordinals: np.ndarray | None, plan: Plan) -> Adapted:
    """A negative amount is a return, unless the row says it is a sale."""
    loadable = dict(values)
    amount = values["amount"]
    negative = mask(pc.less(amount, pa.scalar(Decimal(0), AMOUNT)))
    if not negative.any():
        return loadable, []
    faults = Faults(rows)
    kinds = values.get("kind", pa.nulls(rows, pa.string()))
    faults.add("negative", negative & mask(pc.equal(kinds, "sale")))
    loadable["kind"] = pc.if_else(pa.array(negative), "return", kinds)
    loadable["amount"] = pc.cast(pc.abs(amount), AMOUNT)
    return loadable, [("amount", faults)]


def _lines(values: dict[str, pa.Array], rows: int, ordinals: np.ndarray | None, plan: Plan) -> Adapted:
    """A line's amount is given, or its quantity times its unit price."""
    loadable = {code: column for code, column in values.items() if code not in ("unit_price", "amount")}
    faults, keys = Faults(rows), Faults(rows)
    amount = values.get("amount", pa.nulls(rows, AMOUNT))
    price = values.get("unit_price")
    if price is not None:
        product = pc.multiply(values["quantity"], price)
        beyond = mask(pc.greater(pc.abs(product), pc.cast(LARGEST, product.type)))
        faults.add("number_too_large", beyond & ~mask(pc.is_valid(amount)))
        product = pc.if_else(pa.array(beyond), None, product)
        rounded = pc.cast(pc.round(product, 4, "half_towards_infinity"), AMOUNT, safe=False)
        amount = pc.coalesce(amount, rounded)
    faults.add("required", mask(pc.is_null(amount)))
    loadable["amount"] = amount
    if ordinals is not None:
        loadable["ordinal"] = pa.array(ordinals)
    if ordinals is not None and "source_key" not in values:
        texts = pc.cast(pa.array(ordinals), pa.string())
        key = pc.binary_join_element_wise(values["transaction"], texts, "#")
        keys.add("too_long", mask(pc.greater(pc.utf8_length(key), LONGEST_KEY)))
        loadable["source_key"] = key
    return loadable, [("amount", faults), ("transaction", keys)]


def _invoices(values: dict[str, pa.Array], rows: int, ordinals: np.ndarray | None, plan: Plan) -> Adapted:
    faults = Faults(rows)
    if "due_on" in values:
        faults.add("due_before_issued", mask(pc.less(values["due_on"], values["issued_on"])))
    return dict(values), [("due_on", faults)]


def _addresses(values: dict[str, pa.Array], rows: int, ordinals: np.ndarray | None, plan: Plan) -> Adapted:
    return adapting_ways.addresses(values, rows)


def _channels(values: dict[str, pa.Array], rows: int, ordinals: np.ndarray | None, plan: Plan) -> Adapted:
    return adapting_ways.channels(values, rows)


def _contacts(values: dict[str, pa.Array], rows: int, ordinals: np.ndarray | None, plan: Plan) -> Adapted:
    return adapting_ways.contacts(values, rows)


_ADAPTERS = {
    "customers": _customers,
    "addresses": _addresses,
    "channels": _channels,
    "relations": _plain,
    "contacts": _contacts,
    "consents": _plain,
    "products": _plain,
    "transactions": _transactions,
    "transaction_lines": _lines,
    "invoices": _invoices,
    "receipts": _plain,
    "interactions": _plain,
    "opportunities": _plain,
}


def _refers(one: Field) -> bool:
    """Whether a field names another record, which is known by more than its key."""
    return one.type is FieldType.REFERENCE and (one.in_attributes or one.code in (PARENT.code, OTHER.code))


def is_dated(one: Field) -> bool:
    return one.type in (FieldType.DATE, FieldType.DATETIME)


def is_numeric(one: Field) -> bool:
    return one.type in (FieldType.MONEY, FieldType.NUMBER)
