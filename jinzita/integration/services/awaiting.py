"""References to customers of the same file.

A row may name one that comes with it or after it. It comes in without the reference, which is set as soon as
the other is there: after the batch, or at the end of the file. What names nobody even then is told like a bad
row.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyarrow as pa
from django.db import transaction

from jinzita.customers.selectors.referring import referred
from jinzita.customers.services.loading.references import set_references
from jinzita.integration.models import AwaitedReference, BadRow, Import
from jinzita.integration.reading import Batch
from jinzita.integration.services.keeping import as_json, cells_of
from jinzita.integration.services.plan import Plan
from jinzita.integration.services.preparing import Reason
from jinzita.kernel import undo
from jinzita.kernel.access import Viewer

STEP = 2_000
LEFT_OUT = "reference_left_out"
# By number of the row and field, the text that names somebody.
Awaited = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class _Left:
    """A reference that is not set, and why; where its text means several, whom."""

    row: AwaitedReference
    code: str
    candidates: tuple[tuple[int, str], ...]


def of_rows(awaited: Awaited, rows: pa.Table) -> Awaited:
    """What is awaited by those of the rows that are still to be loaded."""
    if not awaited:
        return {}
    return {number: awaited[number] for number in rows["number"].to_pylist() if number in awaited}


def note(
    *, by: Viewer, one: Import, plan: Plan, batch: Batch, awaited: Awaited,
    records: Mapping[int, tuple[int, bool]],
) -> None:  # fmt: skip
    """Set the references of a batch to those who are there now, and keep the others for the end of the file.

    `records` says which customers the rows became; rows that were refused are not among them. In the
    caller's transaction.
    """
    waiting = [
        AwaitedReference(
            of=one, number=number, field=field, text=text, customer_id=records[number][0],
            is_new=records[number][1],
        )
        for number, texts in awaited.items() if number in records
        for field, text in texts.items()
    ]  # fmt: skip
    if not waiting:
        return
    left = _without_known(by, plan, waiting)
    cells = cells_of(batch, {each.row.number for each in left})
    for each in left:
        each.row.cells = cells[each.row.number]
    AwaitedReference.objects.bulk_create((each.row for each in left), batch_size=STEP)


def settle(*, by: Viewer, one: Import, plan: Plan, tell: Callable[[], object] = lambda: None) -> None:
    """Everybody came: set what was awaited; what names nobody or several is given back."""
    rows = AwaitedReference.objects.filter(of=one).order_by("number", "field")
    while (last := max(rows.values_list("number", flat=True)[:STEP], default=None)) is not None:
        with transaction.atomic():
            Import.objects.select_for_update().only("pk").get(pk=one.pk)
            step = list(rows.filter(number__lte=last))
            with undo.gathering(one.change_set):
                left = _without_known(by, plan, step)
            _give_back(one, left)
            rows.filter(number__lte=last).delete()
        tell()


def _without_known(by: Viewer, plan: Plan, waiting: Sequence[AwaitedReference]) -> list[_Left]:
    """Set the references that name one customer who can be named; answers the others."""
    meant = referred(by, "customers", {each.text for each in waiting}, source=plan.source)
    known = {
        (each.customer_id, each.field): meant[each.text][0][0]
        for each in waiting if len(meant.get(each.text, ())) == 1
    }  # fmt: skip
    refused = set_references(by=by, items=[(*place, whom) for place, whom in known.items()])
    left: list[_Left] = []
    for each in waiting:
        place = each.customer_id, each.field
        if place in refused or place not in known:
            left.append(_Left(each, refused.get(place, LEFT_OUT), tuple(meant.get(each.text, ()))))
    return left


def _give_back(one: Import, left: Sequence[_Left]) -> None:
    """The rows came in without their references: each is told as a bad row, and not as made."""
    if not left:
        return
    bad, new, reasons = list[BadRow](), 0, Counter(one.reasons)
    for number, several in groupby(left, lambda each: each.row.number):
        of_row = list(several)
        first = of_row[0].row
        why = [Reason(each.row.field, each.code, each.row.text[:200], each.candidates) for each in of_row]
        reasons.update(f"{each.code} {each.field}" for each in why)
        new += first.is_new
        bad.append(BadRow(of=one, number=number, cells=first.cells, reasons=[as_json(each) for each in why]))
    BadRow.objects.bulk_create(bad)
    one.bad += len(bad)
    one.created -= new
    one.updated -= len(bad) - new
    one.reasons = dict(reasons)
    one.save(update_fields=["bad", "created", "updated", "reasons"])
