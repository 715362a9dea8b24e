"""Loading what keeps the rules of entry: a batch that holds faults is written again without them."""

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from jinzita.customers.fields.entry_rules import rules
from jinzita.customers.models import Customer
from jinzita.customers.services.entry import Judge
from jinzita.customers.services.loading.known import without
from jinzita.kernel import undo
from jinzita.kernel.access import Viewer
from jinzita.kernel.loading import Loaded


class Refused(Exception):
    """Rolls back rows that cannot be taken; by their number, why."""

    def __init__(self, why: Mapping[int, str]) -> None:
        super().__init__()
        self.why = why


def load_by_rules(
    *, by: Viewer, source: str, rows: pa.Table, load: Callable[[pa.Table], Loaded]
) -> tuple[Loaded, list[tuple[int, str]]]:
    """What `load` made of the rows that keep the rules, and the other rows: (number, ``rule-12 phone``).

    `load` may itself raise Refused for rows that cannot be taken.
    What two rows share is judged when those that break a rule of their own are out.
    """
    judge = Judge(by, _known(source, rows) if rules() else ())
    refused: list[tuple[int, str]] = []
    while True:
        try:
            with undo.attempt():
                loaded = load(rows)
                _require_rules_kept(judge, source, rows, loaded.changed_ids)
        except Refused as those:
            refused += those.why.items()
            rows = without(rows, those.why)
            continue
        return loaded, refused


def _require_rules_kept(judge: Judge, source: str, rows: pa.Table, ids: Sequence[int]) -> None:
    faults = judge.strict(ids)
    chosen = [one for one in faults if one.rule.check != "unique"] or faults
    if not chosen:
        return
    # Looked up while the customers are there: what is new is gone when this is rolled back.
    why = {one.customer_id: f"rule-{one.rule.id} {one.rule.field}" for one in reversed(chosen)}
    of_rows = numbers_of(source, rows, why)
    if not of_rows:
        raise RuntimeError("a customer breaks a rule of entry that no row of the batch is about")
    raise Refused(of_rows)


def numbers_of(source: str, rows: pa.Table, why: Mapping[int, str]) -> dict[int, str]:
    """The rows of these customers, by number, with why they are looked for."""
    found = Customer.objects.filter(pk__in=why, source=source).values_list("source_key", "pk")
    by_key = {key: why[pk] for key, pk in found}
    keys = rows["source_key"].to_pylist()
    known = rows["known_id"].to_pylist() if "known_id" in rows.column_names else [None] * len(keys)
    of_rows = (why.get(pk) if pk else by_key.get(key) for pk, key in zip(known, keys, strict=True))
    numbers = rows["number"].to_pylist()
    return {number: one for number, one in zip(numbers, of_rows, strict=True) if one}


def _known(source: str, rows: pa.Table) -> list[int]:
    keys = rows["source_key"].to_pylist()
    found = set(Customer.objects.filter(source=source, source_key__in=keys).values_list("pk", flat=True))
    if "known_id" in rows.column_names:
        found.update(pc.drop_null(rows["known_id"]).to_pylist())
    return sorted(found)
