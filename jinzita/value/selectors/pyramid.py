"""The pyramid of a run, and how customers moved between two runs."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.conf import settings

from jinzita.analytics.adviser import advise
from jinzita.analytics.distributions import distributions as distributions_of
from jinzita.analytics.movement import ABSENT
from jinzita.analytics.movement import movement as movement_of
from jinzita.analytics.summary import summarise
from jinzita.analytics.value_model import GRADES, PROSPECT, Indicator
from jinzita.analytics.value_model import ValueModel as Model
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Conflict
from jinzita.value.models import CustomerScore, Run
from jinzita.value.selectors.customers import kept_from
from jinzita.value.selectors.documents import read_published
from jinzita.value.selectors.kept_back import without_sums
from jinzita.value.selectors.models import value_model
from jinzita.value.selectors.overrides import count_in_run
from jinzita.value.selectors.runs import earlier_run, finished_run, learned
from jinzita.value.selectors.visible import sees_all, visible_results
from jinzita.value.selectors.words import Wording, wording

Flows = list[dict[str, Any]]


def pyramid(viewer: Viewer, *, model_id: int | None = None, run_id: int | None = None) -> dict[str, Any]:
    """The pyramid of a finished run (default: the one in force), over the customers the viewer may know of.

    Each grade also says how many moved in and out since the run before, and by how many it changed.
    """
    one = finished_run(viewer, value_model(viewer, model_id).pk, run_id)
    figures = _figures(viewer, one)
    return {
        "model": one.model,
        "version": one.version,
        "run": one,
        "stale": _rescored_since(viewer, one),
        "grades": _with_moves(viewer, figures["grades"], _flows_since_earlier(viewer, one)),
        "pareto": figures["pareto"],
        "prospects": figures["prospects"],
        "overridden": count_in_run(viewer, one) if one.in_force else 0,
        "currency": settings.COMPANY_CURRENCY,
    }


def tiers(viewer: Viewer, one: Run) -> list[dict[str, Any]]:
    """The grades of a run; none when it has no results."""
    if one.state != Run.State.DONE:
        return []
    try:
        return _with_moves(viewer, _figures(viewer, one)["grades"], _flows_since_earlier(viewer, one))
    except Conflict:  # not kept any more
        return []


def kept_in(viewer: Viewer, one: Run) -> set[str]:
    """Keys of the indicators of a run that the viewer's role keeps back."""
    known = _indicators(one).values()
    return kept_from(viewer, known, wording(viewer, known))


def movement(
    viewer: Viewer, *, model_id: int | None = None, from_run: int | None = None, to_run: int | None = None
) -> dict[str, Any]:
    """Who moved between two finished runs of a model; by default from the run before to the one in force.

    Raises Conflict (no_earlier_run) when there is nothing to compare with.
    """
    model = value_model(viewer, model_id)
    later = finished_run(viewer, model.pk, to_run)
    earlier = finished_run(viewer, model.pk, from_run) if from_run is not None else earlier_run(later)
    if earlier is None:
        raise Conflict("There is no earlier run to compare with yet.", code="no_earlier_run")
    figures = _movement(viewer, earlier, later)
    names = _names(viewer, {one["customer_id"] for one in [*figures["risers"], *figures["fallers"]]})
    known = {**_indicators(earlier), **_indicators(later)}
    words = wording(viewer, known.values())
    kept = kept_from(viewer, known.values(), words)
    shown = {key: one for key, one in known.items() if key not in kept}
    return {
        "from": earlier,
        "to": later,
        "flows": without_sums(viewer, merged_flows(figures["flows"])),
        "risers": [
            _mover(one, names, shown, words) for one in figures["risers"] if one["customer_id"] in names
        ],
        "fallers": [
            _mover(one, names, shown, words) for one in figures["fallers"] if one["customer_id"] in names
        ],
    }


def distributions(viewer: Viewer, model_id: int) -> list[dict[str, Any]]:
    """How each indicator of the run in force is spread over the customers the viewer may know of."""
    one = finished_run(viewer, value_model(viewer, model_id).pk, None)
    basis = learned(one.pk)
    if sees_all(viewer):
        found: list[dict[str, Any]] = one.summary["distributions"]
    else:
        found = [
            asdict(line) for line in distributions_of(visible_results(viewer, one), basis.model, basis.fitted)
        ]
    known = {indicator.key: indicator for indicator in basis.model.indicators}
    words = wording(viewer, known.values())
    kept = kept_from(viewer, known.values(), words)
    return [
        {**line, "label": words.label(known[line["key"]]), "unit": words.unit(known[line["key"]])}
        for line in found
        if line["key"] not in kept
    ]


def advice(viewer: Viewer, model_id: int | None) -> dict[str, Any]:
    """Whether grading pays, on the customers the viewer may know of, as of the run in force."""
    one = finished_run(viewer, value_model(viewer, model_id).pk, None)
    figures = one.summary["adviser"] if sees_all(viewer) else asdict(advise(visible_results(viewer, one)))
    return {"as_of": one.as_of, **figures}


def merged_flows(flows: Iterable[Mapping[str, Any]]) -> Flows:
    """Flows by grade; customers that one of the runs did not have stand with the prospects."""
    cells: dict[tuple[str, str], list[float]] = {}
    for flow in flows:
        pair = tuple(PROSPECT if name == ABSENT else name for name in (flow["from_grade"], flow["to_grade"]))
        cell = cells.setdefault((pair[0], pair[1]), [0, 0.0])
        cell[0] += flow["customers"]
        cell[1] += flow["revenue"]
    return [
        {"from": a, "to": b, "customers": int(count), "revenue": round(revenue, 4)}
        for (a, b), (count, revenue) in cells.items()
    ]


def _figures(viewer: Viewer, one: Run) -> dict[str, Any]:
    if sees_all(viewer):
        figures: dict[str, Any] = one.summary["pyramid"]
        return figures
    return asdict(summarise(visible_results(viewer, one)))


def _flows_since_earlier(viewer: Viewer, one: Run) -> Flows | None:
    stored = one.summary.get("movement")
    if not stored:
        return None
    if sees_all(viewer):
        return merged_flows(stored["flows"])
    earlier = Run.objects.select_related("version").get(pk=stored["from_run"])
    try:
        return merged_flows(_movement(viewer, earlier, one)["flows"])
    except Conflict:  # the earlier results are not kept any more
        return None


def _movement(viewer: Viewer, earlier: Run, later: Run) -> dict[str, Any]:
    stored = later.summary.get("movement")
    if sees_all(viewer) and stored and stored["from_run"] == earlier.pk:
        found: dict[str, Any] = stored
        return found
    return asdict(movement_of(visible_results(viewer, earlier), visible_results(viewer, later)))


def _with_moves(
    viewer: Viewer, grades: Iterable[Mapping[str, Any]], flows: Flows | None
) -> list[dict[str, Any]]:
    rows = []
    for row in without_sums(viewer, grades):
        grade = row["grade"]
        moved_in = moved_out = None
        if flows is not None:
            moved_in = sum(f["customers"] for f in flows if f["to"] == grade != f["from"])
            moved_out = sum(f["customers"] for f in flows if f["from"] == grade != f["to"])
        change = None if moved_in is None or moved_out is None else moved_in - moved_out
        rows.append({**row, "moved_in": moved_in, "moved_out": moved_out, "change": change})
    return sorted(rows, key=lambda row: GRADES.index(row["grade"]))


def _rescored_since(viewer: Viewer, one: Run) -> int:
    """How many customers were re-scored by themselves since the run in force was done."""
    if not one.in_force or one.finished_at is None:
        return 0
    rows = CustomerScore.objects.filter(run=one, scored_at__gt=one.finished_at)
    return rows.count() if sees_all(viewer) else rows.filter(customer__in=visible_to(viewer)).count()


def _names(viewer: Viewer, ids: set[int]) -> dict[int, str]:
    return dict(visible_to(viewer).filter(pk__in=ids).values_list("pk", "name"))


def _indicators(one: Run) -> dict[str, Indicator]:
    model: Model = read_published(one.version.toml)
    return {indicator.key: indicator for indicator in model.indicators}


def _mover(
    row: Mapping[str, Any], names: Mapping[int, str], known: Mapping[str, Indicator], words: Wording
) -> dict[str, Any]:
    reasons = [
        {
            "indicator": known[reason["indicator"]].code,
            "window_months": known[reason["indicator"]].window_months,
            "label": words.label(known[reason["indicator"]]),
            "change": reason["change"],
        }
        for reason in row["reasons"]
        if reason["indicator"] in known
    ]
    return {**row, "name": names[row["customer_id"]], "reasons": reasons}
