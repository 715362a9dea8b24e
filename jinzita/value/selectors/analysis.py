"""Trying out a changed model on the last run's values: what-if, and weights by judgements or entropy."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from jinzita.analytics import grades
from jinzita.analytics.runs import result_block
from jinzita.analytics.scoring import Fitted, numbers
from jinzita.analytics.summary import GradeRow, grade_codes_of, grade_rows
from jinzita.analytics.value_model import GRADES
from jinzita.analytics.value_model import ValueModel as Model
from jinzita.analytics.weights import ahp as judge
from jinzita.analytics.weights import entropy_of_result
from jinzita.analytics.what_if import MOVERS
from jinzita.analytics.what_if import what_if as try_out
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.value.models import Run
from jinzita.value.selectors.documents import read, said_plainly
from jinzita.value.selectors.kept_back import without_sums
from jinzita.value.selectors.models import value_model
from jinzita.value.selectors.runs import finished_run, learned, result_file
from jinzita.value.selectors.visible import sees_all, visible_results


def what_if(viewer: Viewer, model_id: int, document: Mapping[str, Any]) -> dict[str, Any]:
    """The pyramid a changed model would give, beside the present one, and who would move.

    Scales are fitted on all customers, as a run would; figures and names are of those the viewer may know of.
    Raises Invalid for a wrong document, or for an indicator or window the last run did not compute.
    """
    start = time.perf_counter()
    viewer.require(Permission.EDIT_MODEL)
    changed, _ = read(document=document)
    one = finished_run(viewer, value_model(viewer, model_id).pk, None)
    basis = learned(one.pk)
    with said_plainly():
        tried = try_out(result_file(one), basis.fitted, basis.model, changed)
    if sees_all(viewer):
        before, after, moved, movers = (
            tried.before, tried.after, [asdict(m) for m in tried.moved], [asdict(m) for m in tried.movers],
        )  # fmt: skip
    else:
        before, after, moved, movers = _visible_part(viewer, one, changed, tried.fitted)
    names = dict(
        visible_to(viewer).filter(pk__in=[m["customer_id"] for m in movers]).values_list("pk", "name")
    )
    return {
        "took_ms": round((time.perf_counter() - start) * 1000),
        "grades": without_sums(viewer, _with_moves(after, moved)),
        "before": without_sums(viewer, map(asdict, before)),
        "moved": [{"from": m["from_grade"], "to": m["to_grade"], "customers": m["customers"]} for m in moved],
        "movers": [{**m, "name": names[m["customer_id"]]} for m in movers if m["customer_id"] in names],
        "lowest": {row.grade: row.lowest_score for row in after},
    }


def entropy_weights(viewer: Viewer, model_id: int, document: Mapping[str, Any]) -> dict[str, float]:
    """Weights by the entropy of each indicator's points in the last run, adding to the sum of the weights."""
    viewer.require(Permission.EDIT_MODEL)
    changed, _ = read(document=document)
    one = finished_run(viewer, value_model(viewer, model_id).pk, None)
    basis = learned(one.pk)
    wanted = {indicator.key for indicator in changed.indicators}
    with said_plainly():
        weights = entropy_of_result(result_file(one), basis.model, basis.fitted)
    chosen = {key: weight for key, weight in weights.items() if key in wanted}
    total, given = sum(chosen.values()), sum(i.weight for i in changed.indicators if i.key in chosen)
    return {key: round(weight * given / total, 4) for key, weight in chosen.items()} if total else chosen


def ahp_weights(
    viewer: Viewer, labels: Sequence[str], judgements: Sequence[Sequence[float]]
) -> dict[str, Any]:
    """Weights from pairwise judgements, one row a label, with how consistent they are."""
    viewer.require(Permission.EDIT_MODEL)
    if len(labels) != len(judgements):
        raise Invalid.at(
            "judgements",
            "ahp_shape",
            f"{len(labels)} labels need {len(labels)} rows of judgements, not {len(judgements)}.",
        )
    with said_plainly():
        judged = judge(judgements)
    return {
        "weights": list(judged.weights), "consistency_ratio": judged.consistency_ratio,
        "lambda_max": judged.lambda_max, "acceptable": judged.acceptable,
    }  # fmt: skip


def _visible_part(
    viewer: Viewer, one: Run, changed: Model, fitted: Fitted
) -> tuple[tuple[GradeRow, ...], tuple[GradeRow, ...], list[dict[str, Any]], list[dict[str, Any]]]:
    """What a what-if means for the viewer's customers: the same scales and bounds, over fewer rows."""
    table = pq.read_table(visible_results(viewer, one)).combine_chunks()
    old_codes = grade_codes_of(table.column("grade"))
    old, revenue = numbers(table.column("score")), numbers(table.column("revenue"))
    profit = numbers(table.column("profit"))
    batches = table.to_batches()
    computed = [result_block(changed, fitted, batch) for batch in batches]
    new = (
        np.concatenate([numbers(block.column("score")) for block, _ in computed]) if computed else np.empty(0)
    )
    codes = np.concatenate([c for _, c in computed]) if computed else np.empty(0, dtype=np.int8)
    ids = table.column("customer_id").to_numpy()
    names = [*GRADES, "prospect"]
    chosen = old_codes != grades.PROSPECT_CODE
    pairs, counts = np.unique(np.stack([old_codes[chosen], codes[chosen]]), axis=1, return_counts=True)
    moved = [
        {"from_grade": names[a], "to_grade": names[b], "customers": int(n)}
        for a, b, n in zip(*pairs, counts, strict=True)
    ]
    where = np.flatnonzero(old_codes != codes)
    where = where[np.argsort(-np.nan_to_num(np.abs(new[where] - old[where])), kind="stable")][:MOVERS]
    movers = [
        {
            "customer_id": int(ids[n]), "from_grade": names[old_codes[n]], "to_grade": names[codes[n]],
            "from_score": float(old[n]), "to_score": float(new[n]),
        }
        for n in where
    ]  # fmt: skip
    return grade_rows(old_codes, old, revenue, profit), grade_rows(codes, new, revenue, profit), moved, movers


def _with_moves(after: Sequence[GradeRow], moved: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for row in after:
        inward = sum(m["customers"] for m in moved if m["to_grade"] == row.grade != m["from_grade"])
        outward = sum(m["customers"] for m in moved if m["from_grade"] == row.grade != m["to_grade"])
        rows.append({**asdict(row), "moved_in": inward, "moved_out": outward, "change": inward - outward})
    return rows
