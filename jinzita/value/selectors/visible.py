"""A run's results as a viewer may see them: of everybody, or of the viewer's customers alone."""

import hashlib
import os
from pathlib import Path

import duckdb
import pyarrow as pa

from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Reach, Viewer
from jinzita.value.models import Run
from jinzita.value.selectors.runs import result_file

# Narrowed copies kept beside a run's results; the oldest give way.
KEPT_COPIES = 40


def sees_all(viewer: Viewer) -> bool:
    return viewer.reach is Reach.ALL


def visible_results(viewer: Viewer, one: Run) -> Path:
    """The result file of a run, or a copy of it that holds only the customers the viewer may know of.

    A copy is made once per set of customers. Raises Conflict when the results are not kept any more.
    """
    everything = result_file(one)
    if sees_all(viewer):
        return everything
    ids = sorted(visible_to(viewer).values_list("pk", flat=True))
    digest = hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()[:24]
    target = everything.parent / f"visible-{digest}.parquet"
    if not target.exists():
        _copy(everything, target, ids)
        _forget_oldest(everything.parent)
    return target


def _copy(everything: Path, target: Path, ids: list[int]) -> None:
    aside = target.with_suffix(f".{os.getpid()}.aside")
    with duckdb.connect(config={"memory_limit": "1GB"}) as line:
        line.register("visible", pa.table({"customer_id": pa.array(ids, pa.int64())}))
        line.execute(
            f"COPY (SELECT r.* FROM read_parquet('{everything}') r SEMI JOIN visible USING (customer_id)"
            f" ORDER BY r.customer_id) TO '{aside}' (FORMAT parquet)"
        )
    os.replace(aside, target)


def _forget_oldest(folder: Path) -> None:
    copies = sorted(folder.glob("visible-*.parquet"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in copies[KEPT_COPIES:]:
        path.unlink(missing_ok=True)
