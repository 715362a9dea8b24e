"""Loading what keeps the rules of entry: a batch that holds faults is written again without them."""

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from jinzita.customers.fields.entry_rules import EntryRule, rules
from jinzita.customers.models import Customer
from jinzita.customers.services.entry import Judge
from jinzita.customers.services.loading.known import without
from jinzita.kernel import undo
from jinzita.kernel.access import Viewer
from jinzita.kernel.loading import Loaded


class _Broken(Exception):
    """Rolls back what would break rules of entry; by number of the row, the rule."""

    def __init__(self, rule_of: Mapping[int, EntryRule]) -> None:
        super().__init__()
        self.rule_of = rule_of


def load_by_rules(
    *, by: Viewer, source: str, rows: pa.Table, load: Callable[[pa.Table], Loaded]
) -> tuple[Loaded, list[tuple[int, str]]]:
    """What `load` made of the rows that keep the rules, and the other rows: (number, ``rule-12 phone``).

    What two rows share is judged when those that break a rule of their own are out.
    """
    judge = Judge(by, _known(source, rows) if rules() else ())
    refused: list[tuple[int, str]] = []
    while True:
        try:
            with undo.attempt():
                loaded = load(rows)
                _require_rules_kept(judge, source, rows, loaded.changed_ids)
        except _Broken as broken:
            refused += [(number, f"rule-{rule.id} {rule.field}") for number, rule in broken.rule_of.items()]
            rows = without(rows, broken.rule_of)
            continue
        return loaded, refused


def _require_rules_kept(judge: Judge, source: str, rows: pa.Table, ids: Sequence[int]) -> None:
    faults = judge.strict(ids)
    chosen = [one for one in faults if one.rule.check != "unique"] or faults
    if not chosen:
        return
    # Looked up while the customers are there: what is new is gone when this is rolled back.
    of_rows = _numbers_of(source, rows, {one.customer_id: one.rule for one in reversed(chosen)})
    if not of_rows:
        raise RuntimeError("a customer breaks a rule of entry that no row of the batch is about")
    raise _Broken(of_rows)


def _numbers_of(source: str, rows: pa.Table, rule_of: Mapping[int, EntryRule]) -> dict[int, EntryRule]:
    """The rows of these customers, by number."""
    found = Customer.objects.filter(pk__in=rule_of, source=source).values_list("source_key", "pk")
    by_key = {key: rule_of[pk] for key, pk in found}
    keys = rows["source_key"].to_pylist()
    known = rows["known_id"].to_pylist() if "known_id" in rows.column_names else [None] * len(keys)
    of_rows = (rule_of.get(pk) if pk else by_key.get(key) for pk, key in zip(known, keys, strict=True))
    return {
        number: rule for number, rule in zip(rows["number"].to_pylist(), of_rows, strict=True) if rule
    }  # fmt: skip


def _known(source: str, rows: pa.Table) -> list[int]:
    keys = rows["source_key"].to_pylist()
    found = set(Customer.objects.filter(source=source, source_key__in=keys).values_list("pk", flat=True))
    if "known_id" in rows.column_names:
        found.update(pc.drop_null(rows["known_id"]).to_pylist())
    return sorted(found)
