"""Scales, bands and weights."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinzita.analytics import Bands, Indicator, ahp, entropy, scales
from jinzita.analytics.errors import WeightsError
from jinzita.analytics.grades import fit_bounds, grade_codes

numbers = st.lists(
    st.one_of(st.integers(-50, 50).map(float), st.floats(-1e9, 1e9, allow_nan=False), st.just(float("nan"))),
    min_size=1, max_size=300,
)  # fmt: skip


def exact_percentile(values, x):
    known = values[~np.isnan(values)]
    return 100 * ((known < x).sum() + 0.5 * (known == x).sum()) / len(known)


def test_percentile_by_hand():
    values = np.array([1.0, 2.0, 2.0, 5.0, np.nan])
    saved = scales.fit(Indicator("revenue", 1), values)
    assert scales.points(saved, np.array([0.0, 1.0, 2.0, 3.5, 5.0, 6.0])).tolist() == [
        0,
        12.5,
        50,
        75,
        87.5,
        100,
    ]
    assert np.isnan(scales.points(saved, np.array([np.nan]))[0])
    low = scales.fit(Indicator("revenue", 1, better="low"), values)
    assert scales.points(low, np.array([1.0, 6.0])).tolist() == [87.5, 0]


@pytest.mark.parametrize("shape", ["lognormal", "ties", "integers", "two heaps", "uniform"])
def test_percentile_is_bounded_and_within_a_fifth_of_a_point(shape):
    random = np.random.default_rng(7)
    values = {
        "lognormal": lambda: random.lognormal(5, 3, 60_000),
        "ties": lambda: np.round(random.exponential(1.0, 60_000), 1),
        "integers": lambda: random.integers(0, 7, 60_000).astype(float),
        "two heaps": lambda: np.where(random.random(60_000) < 0.5, 0.0, random.normal(1e9, 1, 60_000)),
        "uniform": lambda: random.random(60_000),
    }[shape]()
    saved = scales.fit(Indicator("revenue", 1), values)
    assert len(saved["values"]) <= 1100
    probes = np.concatenate((values[:3000], random.uniform(values.min() - 1, values.max() + 1, 3000)))
    ordered = np.sort(values)
    below, upto = np.searchsorted(ordered, probes, "left"), np.searchsorted(ordered, probes, "right")
    exact = 100 * (below + upto) / 2 / len(values)
    assert np.abs(scales.points(saved, probes) - exact).max() <= 0.2


@settings(max_examples=150, deadline=None)
@given(numbers, st.sampled_from(["percentile", "linear", "log"]), st.sampled_from(["high", "low"]))
def test_a_better_value_never_gets_fewer_points(values, scale, better):
    array = np.array(values)
    saved = scales.fit(Indicator("revenue", 1, scale=scale, better=better), array)
    known = np.sort(array[~np.isnan(array)])
    probes = np.sort(np.concatenate((known, known + 0.5, [-1e12, 1e12])))
    points = scales.points(saved, probes)
    if len(known) == 0:
        assert np.isnan(points).all()
        return
    steps = np.diff(points)
    assert (steps >= 0).all() if better == "high" else (steps <= 0).all()
    assert points.min() >= 0
    assert points.max() <= 100


@settings(max_examples=100, deadline=None)
@given(numbers)
def test_small_populations_get_the_exact_percentile(values):
    array = np.array(values)
    saved = scales.fit(Indicator("revenue", 1), array)
    for x in array[~np.isnan(array)]:
        assert scales.points(saved, np.array([x]))[0] == pytest.approx(exact_percentile(array, x), abs=1e-9)


def test_linear_and_log():
    given_ends = scales.fit(Indicator("revenue", 1, scale="linear", lo=10, hi=20), np.array([1.0]))
    assert scales.points(given_ends, np.array([5.0, 15.0, 30.0])).tolist() == [0, 50, 100]
    values = np.arange(0.0, 101.0)
    fitted = scales.fit(Indicator("revenue", 1, scale="linear"), values)
    assert (fitted["lo"], fitted["hi"]) == (1, 99)
    log = scales.fit(Indicator("revenue", 1, scale="log", lo=0, hi=np.e**2 - 1), values)
    assert scales.points(log, np.array([-5.0, np.e - 1])) == pytest.approx([0, 50])
    same = scales.fit(Indicator("revenue", 1, scale="linear"), np.array([3.0, 3.0]))
    assert scales.points(same, np.array([2.0, 3.0, 4.0])).tolist() == [0, 50, 100]


def test_steps_and_map():
    steps = scales.fit(Indicator("revenue", 1, scale="steps", steps=((0, 20), (10, 60))), np.array([]))
    assert scales.points(steps, np.array([-1.0, 0.0, 9.9, 10.0])).tolist() == [0, 20, 20, 60]
    table = Indicator("attribute:size", 1, scale="map", categories=(("large", 90), ("other", 10)))
    assert scales.category_points(scales.fit_categories(table), ["large", "tiny"]).tolist() == [90, 10]
    strict = Indicator("attribute:size", 1, scale="map", categories=(("large", 90),))
    got = scales.category_points(scales.fit_categories(strict), ["large", "tiny", None])
    assert got[0] == 90
    assert np.isnan(got[1:]).all()


def bounded(bands, scores, revenue=None):
    ids = np.arange(len(scores))
    scores = np.array(scores, dtype=float)
    money = np.ones(len(scores)) if revenue is None else np.array(revenue, dtype=float)
    bounds = fit_bounds(bands, scores, ids, money)
    return grade_codes(bounds, scores, ids).tolist()


def test_bands_by_score_leave_the_bound_to_the_lower_grade():
    assert bounded(Bands(), [80.1, 80, 60, 40.000001, 40, 0]) == [0, 1, 2, 2, 3, 3]


def test_bands_by_share_break_ties_by_id():
    assert bounded(Bands("share", 0.1, 0.3, 0.6), [5] * 10) == [0, 1, 1, 2, 2, 2, 3, 3, 3, 3]


def test_bands_by_revenue():
    grades = bounded(Bands("revenue", 0.5, 0.8, 0.95), [90, 80, 70, 60, 50], [50, 30, 15, 5, -20])
    assert grades == [0, 1, 2, 3, 3]


def test_seven_percent_of_a_hundred_is_seven():
    assert bounded(Bands("share", 0.07, 0.29, 0.57), list(range(100, 0, -1))).count(0) == 7


def test_ahp_example_of_the_value_model():
    judged = ahp([[1, 1 / 3, 1 / 5], [3, 1, 1 / 3], [5, 3, 1]])
    assert judged.weights == pytest.approx((0.1047, 0.2583, 0.6370), abs=5e-5)
    assert judged.consistency_ratio == pytest.approx(0.0332, abs=5e-5)
    assert judged.acceptable


def test_ahp_small_and_inconsistent():
    assert ahp([[1]]).weights == (1.0,)
    assert ahp([[1, 4], [0.25, 1]]).weights == pytest.approx((0.8, 0.2))
    assert not ahp([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]]).acceptable


@pytest.mark.parametrize(
    ("matrix", "where"),
    [
        ([], "judgements"),
        ([[1, 2], [1, 1]], r"judgements\[1\]\[0\]"),
        ([[1, 2], [0.5]], r"judgements\[1\]"),
        ([[2]], r"judgements\[0\]\[0\]"),
        ([[1, -2], [-0.5, 1]], r"judgements\[0\]\[1\]"),
        ([[1] * 16] * 16, "judgements"),
    ],
)
def test_ahp_names_the_wrong_cell(matrix, where):
    with pytest.raises(WeightsError, match=f"^{where}"):
        ahp(matrix)


def test_entropy_prefers_what_differs():
    even, uneven = np.full(100, 50.0), np.concatenate((np.zeros(95), np.full(5, 100.0)))
    weights = entropy({"even": even, "uneven": uneven})
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["uneven"] > 0.99
    assert entropy({"a": even, "b": even}) == {"a": 0.5, "b": 0.5}
