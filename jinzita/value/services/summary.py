"""What the pages show of a run without reading all its results: computed once, kept with the run."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from jinzita.analytics.adviser import advise
from jinzita.analytics.distributions import distributions
from jinzita.analytics.movement import ABSENT, Movement, movement
from jinzita.analytics.runs import RESULT_FILE, FullRun
from jinzita.analytics.summary import summarise as pyramid_of
from jinzita.analytics.value_model import PROSPECT, Indicator
from jinzita.analytics.value_model import ValueModel as Model
from jinzita.value.models import Run
from jinzita.value.selectors.runs import earlier_run, result_folder


def summarise(one: Run, model: Model, scored: FullRun) -> dict[str, Any]:
    """The pyramid, the movement since the run before, averages per grade, distributions and the adviser."""
    moved = _movement(one, scored)
    return {
        "pyramid": asdict(pyramid_of(scored.result)),
        "movement": moved and {"from_run": moved[0], **asdict(moved[1])},
        "moved": changed_grade(moved[1]) if moved else 0,
        "averages": averages(scored.result, scored.fitted.used(model)),
        "distributions": [asdict(one) for one in distributions(scored.result, model, scored.fitted)],
        "adviser": asdict(advise(scored.result)),
    }


def changed_grade(moved: Movement) -> int:
    """How many customers changed from one grade to another (newcomers and those gone not counted)."""
    outside = {ABSENT, PROSPECT}
    return sum(
        flow.customers
        for flow in moved.flows
        if flow.from_grade != flow.to_grade and not outside & {flow.from_grade, flow.to_grade}
    )


def averages(result: Path, indicators: tuple[Indicator, ...]) -> dict[str, dict[str, list[float | None]]]:
    """Per grade and indicator, its customers' average points and average contribution (left out = 0)."""
    if not indicators:
        return {}
    columns = ", ".join(
        f'avg("points.{one.key}"), avg(coalesce("contribution.{one.key}", 0))' for one in indicators
    )
    with duckdb.connect() as line:
        rows = line.execute(
            f"SELECT grade::VARCHAR, {columns} FROM read_parquet(?) WHERE grade <> ? GROUP BY grade",
            [str(result), PROSPECT],
        ).fetchall()
    return {
        row[0]: {one.key: [row[1 + 2 * n], row[2 + 2 * n]] for n, one in enumerate(indicators)}
        for row in rows
    }


def _movement(one: Run, scored: FullRun) -> tuple[int, Movement] | None:
    former = earlier_run(one)
    if former is None or not (result_folder(former.pk) / RESULT_FILE).exists():
        return None
    return former.pk, movement(result_folder(former.pk) / RESULT_FILE, scored.result)
