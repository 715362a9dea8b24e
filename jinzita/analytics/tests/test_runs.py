"""Full runs and everything that reads them, on random companies."""

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from jinzita.analytics import (
    AnalyticsError,
    Bands,
    DuckDBEngine,
    Fitted,
    Indicator,
    NotComputed,
    Population,
    advise,
    default_model,
    distributions,
    entropy_of_result,
    last_day,
    movement,
    score_all,
    score_one,
    summarise,
    what_if,
)
from jinzita.analytics.errors import FactsError
from jinzita.analytics.tests.companies import AS_OF, company, of_customer, shuffled
from jinzita.analytics.tests.tables import EVERY_INDICATOR, ZONE, facts_on, model_of

MODEL = model_of(
    *(
        replace(i, weight=1 + n % 5, scale=("percentile", "log", "linear")[n % 3])
        for n, i in enumerate(EVERY_INDICATOR)
    ),
    Indicator("revenue", 7, scale="log", window_months=12),
    Indicator("attribute:size", 2, scale="map", categories=(("large", 90), ("other", 20)), missing=35),
    Indicator("attribute:staff", 2, scale="steps", steps=((0, 10), (10, 50)), missing="zero"),
    Indicator("loyalty", 3, formula="coalesce(transaction_count@24, 0) / (1 + recency_days / 365)"),
)
BY = {
    "score": Bands(),
    "share": Bands("share", 0.1, 0.3, 0.6),
    "revenue": Bands("revenue", 0.4, 0.7, 0.9),
}


def run_of(tables, folder, model=MODEL, as_of=AS_OF, **more):
    engine = DuckDBEngine(threads=2)
    try:
        return score_all(
            engine, facts_on(engine, tables), model, as_of=as_of, time_zone=ZONE, out_dir=folder, **more
        )
    finally:
        engine.close()


@pytest.fixture(scope="module")
def tables():
    return company(1)


@pytest.fixture(scope="module")
def run(tables, tmp_path_factory):
    return run_of(tables, tmp_path_factory.mktemp("run"))


def rows_of(run):
    return {row["customer_id"]: row for row in pq.read_table(run.result).to_pylist()}


@pytest.mark.parametrize("seed", [2, 3, 4])
@pytest.mark.parametrize("by", BY)
def test_one_customer_alone_gets_the_full_runs_score_to_the_last_digit(seed, by, tmp_path):
    tables = company(seed, customers=25)
    model = replace(MODEL, bands=BY[by])
    run = run_of(tables, tmp_path, model)
    saved = Fitted.from_dict(run.fitted.to_dict())
    for customer, row in rows_of(run).items():
        facts = shuffled(of_customer(tables, customer), seed)
        one = score_one(facts, model, saved, as_of=AS_OF, time_zone=ZONE)
        assert (one.score, one.grade, one.revenue, one.profit) == (
            row["score"], row["grade"], row["revenue"], row["profit"],
        )  # fmt: skip
        for line in one.indicators:
            expected = tuple(row[f"{part}.{line.key}"] for part in ("value", "points", "contribution"))
            assert (line.value, line.points, line.contribution) == expected, line.key


def test_contributions_add_up_and_points_are_in_range(run):
    for row in rows_of(run).values():
        if row["score"] is None:
            continue
        parts = [v for k, v in row.items() if k.startswith("contribution.") and v is not None]
        assert sum(parts) == pytest.approx(row["score"], abs=1e-8)
        assert all(0 <= v <= 100 for k, v in row.items() if k.startswith("points.") and v is not None)


def test_the_order_of_rows_does_not_matter(tables, run, tmp_path):
    again = run_of(shuffled(tables, 99), tmp_path)
    assert pq.read_table(again.result).equals(pq.read_table(run.result))
    assert again.fitted == run.fitted


def test_a_run_repeated_is_the_same(tables, run, tmp_path):
    again = run_of(tables, tmp_path)
    assert pq.read_table(again.result).equals(pq.read_table(run.result))


def test_the_last_two_are_prospects(run):
    rows = rows_of(run)
    assert [rows[n]["grade"] for n in (39, 40)] == ["prospect"] * 2
    assert rows[40]["score"] is None
    assert rows[40]["points.transaction_count"] is None
    assert rows[40]["value.transaction_count"] == 0
    assert run.counts["prospects"] == 2
    assert run.counts["scored"] == sum(run.counts[g] for g in ("vip", "important", "ordinary", "small")) == 38


def test_a_better_value_never_lowers_the_score(tables, run):
    facts = of_customer(tables, 5)
    before = score_one(facts, MODEL, run.fitted, as_of=AS_OF, time_zone=ZONE)
    praise = pa.table([[10**6], [5], [before_noon()], ["praise"]], schema=facts["interactions"].schema)
    simple = model_of(*(i for i in EVERY_INDICATOR if i.code in ("praise_count", "transaction_count")))
    fitted = run.fitted
    low = score_one(facts, simple, fitted, as_of=AS_OF, time_zone=ZONE)
    more = {**facts, "interactions": pa.concat_tables([facts["interactions"], praise])}
    high = score_one(more, simple, fitted, as_of=AS_OF, time_zone=ZONE)
    assert (high.score or 0) >= (low.score or 100)
    assert before.customer_id == 5


def before_noon():
    from datetime import UTC, datetime

    return datetime(2024, 6, 1, tzinfo=UTC)


def test_raising_any_points_raises_the_score():
    from jinzita.analytics.scoring import combine

    dice = np.random.default_rng(5)
    used = MODEL.indicators
    points = {i.key: dice.uniform(0, 90, 200) for i in used}
    base = combine(used, points, 200).score
    for indicator in used:
        better = {**points, indicator.key: points[indicator.key] + 5}
        assert (combine(used, better, 200).score > base).all()


def test_equal_points_stay_exactly_on_the_bound(tmp_path):
    from jinzita.analytics.scoring import combine

    used = tuple(Indicator(f"x{n}", w) for n, w in enumerate((0.1, 0.2, 0.7, 1 / 3)))
    assert combine(used, {i.key: np.array([80.0]) for i in used}, 1).score.tolist() == [80.0]


def test_a_failed_run_leaves_the_former_result(tables, tmp_path):
    first = run_of(tables, tmp_path)
    before = first.result.read_bytes()

    def broken(fraction, step):
        if fraction > 0.8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_of(company(8), tmp_path, progress=broken)
    assert first.result.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["result.parquet"]


def test_progress_rises_to_one(tables, tmp_path):
    told = []
    run_of(tables, tmp_path, progress=lambda fraction, step: told.append((fraction, step)))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert told[-1] == (1.0, "done")


def test_populations_choose_customers_and_earlier_models_come_first(tables, tmp_path):
    sources = {r["customer_id"]: r["source"] for r in tables["customers"].to_pylist()}
    model = replace(MODEL, population=Population(source=("crm",)))
    run = run_of(tables, tmp_path, model)
    assert set(rows_of(run)) == {n for n, source in sources.items() if source == "crm"}
    rest = run_of(tables, tmp_path, MODEL, before=[Population(source=("crm",))])
    assert set(rows_of(rest)) == {n for n, source in sources.items() if source != "crm"}
    with pytest.raises(FactsError, match="customers: a population needs the table of customers"):
        run_of({"transactions": tables["transactions"]}, tmp_path, model)


def test_an_empty_company_makes_an_empty_run(tables, tmp_path):
    nobody = {name: table.slice(0, 0) for name, table in tables.items()}
    run = run_of(nobody, tmp_path, replace(MODEL, bands=BY["share"]))
    assert run.counts["customers"] == 0
    assert summarise(run.result).customers == 0
    assert advise(run.result).verdict == "no"
    assert distributions(run.result, MODEL, run.fitted)[0].count == 0
    assert movement(run.result, run.result).flows == ()


def test_text_ids(tables, tmp_path):
    def texts(table):
        ids = pc.binary_join_element_wise("客", table["customer_id"].cast(pa.string()), "")
        return table.set_column(table.schema.get_field_index("customer_id"), "customer_id", ids)

    named = {name: texts(table) for name, table in tables.items()}
    run = run_of(named, tmp_path, replace(MODEL, bands=BY["share"]))
    ids = pq.read_table(run.result)["customer_id"].to_pylist()
    assert ids == sorted(ids)
    one = score_one(
        {n: t.filter(pc.equal(t["customer_id"], "客7")) for n, t in named.items()},
        replace(MODEL, bands=BY["share"]), run.fitted, as_of=AS_OF, time_zone=ZONE,
    )  # fmt: skip
    row = rows_of(run)["客7"]
    assert (one.score, one.grade) == (row["score"], row["grade"])


def test_score_one_refuses_what_it_cannot_do(tables, run):
    with pytest.raises(FactsError, match="customers: facts of one customer are expected, found 40"):
        score_one(tables, MODEL, run.fitted, as_of=AS_OF, time_zone=ZONE)
    wider = model_of(Indicator("revenue", 1, window_months=3))
    with pytest.raises(NotComputed, match="no scale for revenue@3"):
        score_one(of_customer(tables, 1), wider, run.fitted, as_of=AS_OF, time_zone=ZONE)


def test_score_one_in_threads(tables, run):
    from concurrent.futures import ThreadPoolExecutor

    expected = {n: row["score"] for n, row in rows_of(run).items()}
    with ThreadPoolExecutor(6) as pool:
        jobs = {
            n: pool.submit(score_one, of_customer(tables, n), MODEL, run.fitted, as_of=AS_OF, time_zone=ZONE)
            for n in range(1, 25)
        }
    assert {n: job.result().score for n, job in jobs.items()} == {n: expected[n] for n in jobs}


def test_leaving_out_what_says_nothing(tables, tmp_path):
    trade = {name: tables[name] for name in ("customers", "transactions")}
    run = run_of(trade, tmp_path, default_model("general"))
    assert {"largest_receipt", "task_count", "expected_sales"} <= set(run.fitted.left_out)
    assert "revenue" not in run.fitted.left_out
    assert "value.task_count" not in pq.read_schema(run.result).names


def test_what_if_equals_a_run_with_the_new_model(tables, run, tmp_path):
    changed = replace(
        MODEL,
        bands=BY["share"],
        indicators=(
            replace(MODEL.indicators[0], weight=40),
            replace(MODEL.indicators[1], scale="percentile", better="low"),
            replace(MODEL.indicators[-2], missing="neutral"),
            *MODEL.indicators[4:-2],
        ),
    )
    guess = what_if(run.result, run.fitted, MODEL, changed)
    real = run_of(tables, tmp_path, changed)
    assert guess.after == summarise(real.result).grades
    assert guess.before == summarise(run.result).grades
    assert guess.fitted.bounds == real.fitted.bounds
    old, new = rows_of(run), rows_of(real)
    movers = {m.customer_id: (m.from_grade, m.to_grade, m.to_score) for m in guess.movers}
    assert movers == {
        n: (old[n]["grade"], new[n]["grade"], new[n]["score"])
        for n in old
        if old[n]["grade"] != new[n]["grade"]
    }
    assert sum(m.customers for m in guess.moved) == 38


def test_what_if_refuses_what_was_not_computed(run):
    asked = replace(MODEL, indicators=(*MODEL.indicators, Indicator("revenue", 1, window_months=3)))
    with pytest.raises(NotComputed, match="revenue@3 was not computed in the last run"):
        what_if(run.result, run.fitted, MODEL, asked)
    formula = replace(MODEL, indicators=(replace(MODEL.indicators[-1], formula="revenue"),))
    with pytest.raises(NotComputed, match="loyalty was not computed"):
        what_if(run.result, run.fitted, MODEL, formula)
    with pytest.raises(NotComputed, match="population") as refused:
        what_if(run.result, run.fitted, MODEL, replace(MODEL, population=Population(kind="person")))
    assert [one.code for one in refused.value.details] == ["another_population"]


def test_summary_adds_up(run):
    pyramid = summarise(run.result)
    rows = [row for row in rows_of(run).values() if row["score"] is not None]
    assert [row.grade for row in pyramid.grades] == ["vip", "important", "ordinary", "small"]
    assert sum(row.customers for row in pyramid.grades) == len(rows) == pyramid.customers
    assert sum(row.revenue for row in pyramid.grades) == pytest.approx(sum(row["revenue"] for row in rows))
    assert pyramid.pareto.points[0] == (0, 0)
    assert pyramid.pareto.points[-1] == (1, 1)
    assert len(pyramid.pareto.points) <= 200
    small = pyramid.grades[-1]
    scores = [row["score"] for row in rows if row["grade"] == "small"]
    assert small.lowest_score == (min(scores) if scores else None)


def test_movement_says_why(tables, run, tmp_path):
    earlier = run_of(tables, tmp_path, as_of=date(2023, 6, 30))
    moved = movement(earlier.result, run.result)
    assert sum(flow.customers for flow in moved.flows) == 40
    old, new = rows_of(earlier), rows_of(run)
    best = moved.risers[0]
    change = best.to_score - best.from_score
    assert change == max(
        new[n]["score"] - old[n]["score"]
        for n in new
        if new[n]["score"] is not None and old[n]["score"] is not None
    )
    for reason in best.reasons:
        key = f"contribution.{reason.indicator}"
        was, now = old[best.customer_id][key] or 0, new[best.customer_id][key] or 0
        assert reason.change == pytest.approx(now - was)
        assert reason.change > 0
    assert moved.fallers[0].to_score < moved.fallers[0].from_score


def test_movement_of_comers_and_goers(tables, run, tmp_path):
    fewer = {**tables, "customers": tables["customers"].slice(0, 30)}
    smaller = run_of(fewer, tmp_path)
    come = {(f.from_grade, f.to_grade): f.customers for f in movement(smaller.result, run.result).flows}
    assert sum(n for (a, _), n in come.items() if a == "none") == 10
    gone = {(f.from_grade, f.to_grade): f.customers for f in movement(run.result, smaller.result).flows}
    assert sum(n for (_, b), n in gone.items() if b == "none") == 10


def test_distributions(run):
    found = {one.key: one for one in distributions(run.result, MODEL, run.fitted)}
    assert set(found) == {i.key for i in MODEL.indicators}
    revenue = found["revenue"]
    assert revenue.count == sum(revenue.histogram_counts) == 38
    order = ("min", "p01", "p25", "median", "p75", "p99", "max")
    figures = [revenue.quantiles[name] for name in order]
    assert figures == sorted(figures)
    assert all(0 <= points <= 100 for _, points in revenue.scale_curve)
    assert sum(found["attribute:size"].categories.values()) + found["attribute:size"].missing == 38


def test_entropy_weights_of_a_run_keep_the_sum(run):
    weights = entropy_of_result(run.result, MODEL, run.fitted)
    assert sum(weights.values()) == pytest.approx(sum(i.weight for i in MODEL.indicators))


def test_last_day_is_of_the_customers_that_count(tables):
    engine = DuckDBEngine(threads=1)
    facts = facts_on(engine, tables)
    last = last_day(facts, ZONE)
    assert last is not None
    assert last >= AS_OF
    nobody = facts_on(engine, {**tables, "customers": tables["customers"].slice(0, 0)})
    assert last_day(nobody, ZONE) is None
    engine.close()


def test_adviser_on_a_company_where_everybody_is_the_same():
    """A verdict needs the three conditions; forty equal customers meet at most one."""
    from jinzita.analytics.summary import pareto

    flat = pareto(np.full(50, 10.0))
    assert flat.gini == pytest.approx(0)
    assert flat.top20_revenue_share == pytest.approx(0.2)
    one = pareto(np.array([0.0, 0, 0, -5, 100]))
    assert (one.top20_revenue_share, one.gini) == (1.0, pytest.approx(0.8))


def test_every_error_has_one_base():
    from jinzita.analytics import errors

    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, Exception)]
    assert all(issubclass(kind, AnalyticsError) for kind in kinds)
