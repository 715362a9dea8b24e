"""Model documents and formulas: what is read, what is refused and how it is said."""

import json
from contextlib import suppress
from dataclasses import replace

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinzita.analytics import (
    CATALOGUE,
    DEFAULT_MODELS,
    Bands,
    Indicator,
    ModelError,
    Population,
    ValueModel,
    default_model,
    formulas,
    read_document,
    read_toml,
    write_toml,
)
from jinzita.analytics.errors import FormulaError

GOOD = {"name": "x", "indicators": [{"code": "revenue", "weight": 1}]}


@pytest.mark.parametrize("name", DEFAULT_MODELS)
def test_default_models_round_trip(name):
    model = default_model(name)
    assert read_toml(write_toml(model)) == model
    assert read_document(json.loads(json.dumps(model.to_document()))) == model


def test_the_models_that_come_along_are_as_promised():
    families = {CATALOGUE[i.code].family if i.code in CATALOGUE else "characteristic"
                for i in default_model("carrier").indicators}  # fmt: skip
    assert families == {"transaction", "financial", "contact", "characteristic"}
    assert default_model("carrier").population == Population(("demo-carrier",), "organisation")
    assert default_model("retail").population.source == ("demo-retail",)
    assert default_model("retail").as_of == "data"
    assert {i.code for i in default_model("general").indicators} == set(CATALOGUE)
    with pytest.raises(ModelError, match="no default model"):
        default_model("unheard-of")


def test_the_example_of_the_value_model():
    model = read_toml(
        'name = "default"\n[bands]\nby = "score"\nvip = 80\nimportant = 60\nordinary = 40\n\n[[indicator]]\n'
        'code = "revenue"\nweight = 20\nscale = "log"\nbetter = "high"\nwindow_months = 12\n'
    )
    assert model == ValueModel(
        "default", (Indicator("revenue", 20, "log", "high", 12),), Bands("score", 80, 60, 40)
    )
    assert model.indicators[0].key == "revenue@12"


texts = st.text(min_size=1).filter(lambda t: t.strip())
finite = st.floats(0, 1e9, allow_nan=False)


@settings(max_examples=80, deadline=None)
@given(
    texts,
    texts,
    finite,
    st.one_of(st.just("neutral"), st.just("zero"), st.floats(0, 100)),
    st.text(max_size=20),
)
def test_any_model_survives_toml(name, label, weight, missing, category):
    model = ValueModel(
        {"en": name, "zh": label},
        (
            Indicator("revenue", weight or 1, "linear", lo=-1.5, hi=weight + 1, missing=missing, label=label),
            Indicator("attribute:" + label, 1, "map", categories=((category, 12.5), ("other", 0)), missing=3),
            Indicator(
                "own", 2, "steps", steps=((-1e-9, 0), (1e22, 100)), formula="revenue / 2", window_months=3
            ),
        ),
        Bands("revenue", 0.1, 0.2, 1),
        Population(("a", name), "person"),
        "data",
        True,
    )
    assert read_toml(write_toml(model)) == model


def faults(document):
    with pytest.raises(ModelError) as caught:
        read_document(document)
    return {detail.where: detail.code for detail in caught.value.details}


def indicator(**change):
    return {"name": "x", "indicator": [{"code": "revenue", "weight": 1, **change}]}


@pytest.mark.parametrize(
    ("document", "where", "code"),
    [
        ({}, "indicator", "no_indicators"),
        ({**GOOD, "name": " "}, "name", "not_a_name"),
        ({**GOOD, "colour": 1}, "colour", "unknown_key"),
        ({**GOOD, "as_of": "now"}, "as_of", "unknown_choice"),
        ({**GOOD, "population": {"kind": "robot"}}, "population.kind", "unknown_choice"),
        ({**GOOD, "population": {"source": [1]}}, "population.source", "not_a_list"),
        ({**GOOD, "bands": {"by": "luck"}}, "bands.by", "unknown_choice"),
        ({**GOOD, "bands": {"vip": 50}}, "bands", "bands_order"),
        ({**GOOD, "bands": {"vip": 180}}, "bands.vip", "out_of_range"),
        ({**GOOD, "bands": {"by": "share", "vip": 0.5, "important": 0.2}}, "bands", "bands_order"),
        (indicator(code="income"), "indicator[0].code", "unknown_indicator"),
        (indicator(code="attribute:"), "indicator[0].code", "unknown_indicator"),
        (indicator(code=None), "indicator[0].code", "required"),
        (indicator(weight="5"), "indicator[0].weight", "not_a_number"),
        (indicator(weight=True), "indicator[0].weight", "not_a_number"),
        (indicator(weight=float("nan")), "indicator[0].weight", "not_a_number"),
        (indicator(weight=-1), "indicator[0].weight", "out_of_range"),
        (indicator(weight=0), "indicator", "no_weight"),
        (indicator(scale="cubic"), "indicator[0].scale", "unknown_choice"),
        (indicator(better="higher"), "indicator[0].better", "unknown_choice"),
        (indicator(window_months=0), "indicator[0].window_months", "bad_window"),
        (indicator(window_months=1.5), "indicator[0].window_months", "bad_window"),
        (indicator(code="tenure_days", window_months=3), "indicator[0].window_months", "no_window"),
        (indicator(lo=3), "indicator[0].lo", "not_for_scale"),
        (indicator(scale="linear", lo=3, hi=3), "indicator[0].hi", "lo_above_hi"),
        (indicator(scale="steps"), "indicator[0].steps", "required"),
        (indicator(scale="steps", steps=[[1, 2], [1, 3]]), "indicator[0].steps[1][0]", "steps_order"),
        (indicator(scale="steps", steps=[[1, 200]]), "indicator[0].steps[0][1]", "out_of_range"),
        (indicator(scale="steps", steps=[7]), "indicator[0].steps[0]", "not_a_step"),
        (indicator(scale="map", map={"a": 1}), "indicator[0].scale", "map_needs_attribute"),
        (indicator(code="attribute:a", scale="map"), "indicator[0].map", "required"),
        (indicator(code="attribute:a", scale="map", map={"a": 101}), "indicator[0].map.a", "out_of_range"),
        (indicator(missing="best"), "indicator[0].missing", "unknown_choice"),
        (indicator(missing=101), "indicator[0].missing", "out_of_range"),
        (indicator(code="Own Code", formula="revenue"), "indicator[0].code", "bad_own_code"),
        (indicator(formula="revenue"), "indicator[0].code", "bad_own_code"),
        (indicator(code="own", formula="import os"), "indicator[0].formula", "formula_syntax"),
        (indicator(wieght=2), "indicator[0].wieght", "unknown_key"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_path(document, where, code):
    assert faults({"name": "x", **document})[where] == code


def test_all_faults_are_named_at_once():
    document = {"name": "x", "indicators": [{"code": "revenue"}, {"code": "profit", "weight": -1}, 5]}
    assert set(faults(document)) >= {"indicator[0].weight", "indicator[1].weight", "indicator[2]"}


def test_duplicates_are_refused_but_windows_differ():
    twice = [{"code": "revenue", "weight": 1}, {"code": "revenue", "weight": 2}]
    assert faults({"name": "x", "indicators": twice}) == {"indicator[1].code": "duplicate"}
    twice[1]["window_months"] = 12
    assert len(read_document({"name": "x", "indicators": twice}).indicators) == 2


def test_what_is_not_toml_says_the_line():
    with pytest.raises(ModelError, match="line 2"):
        read_toml('name = "x"\nweight = = 3\n')


def test_better_defaults_to_the_catalogues():
    model = read_document({"name": "x", "indicators": [{"code": "recency_days", "weight": 1}]})
    assert model.indicators[0].better == "low"


VALUES = {
    "revenue": 100.0,
    "profit": None,
    "transaction_count": 4.0,
    "return_count": 0.0,
    "attribute:staff": 7.0,
}


def evaluated(text):
    formula = formulas.parse(text)
    lookup = lambda reference: ibis.literal(VALUES.get(reference.code), type="float64")  # noqa: E731
    return ibis.duckdb.connect().execute(formula.expression(lookup).name("x").as_table()).iloc[0, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("revenue / transaction_count", 25),
        ("-revenue + 2 * (3 - 1.5)", -97),
        ("min(revenue, 30, transaction_count)", 4),
        ("max(1, abs(-5))", 5),
        ("10 if revenue > 50 and not transaction_count <= 3 else 20", 10),
        ("coalesce(profit, return_count, 9)", 0),
        ("attribute.staff * 2", 14),
        ("revenue@12", 100),
    ],
)
def test_formulas(text, expected):
    assert evaluated(text) == expected


@pytest.mark.parametrize(
    "text",
    ["profit + 1", "revenue / return_count", "min(profit, 1)", "1 if profit > 0 else 2", "abs(profit)"],
)
def test_what_is_unknown_stays_unknown(text):
    value = evaluated(text)
    assert value is None or value != value


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "formula_syntax", 1),
        ("revenue +", "formula_syntax", None),
        ("__import__('os').system('ls')", "formula_not_allowed", 1),
        ("(lambda: 1)()", "formula_not_allowed", 1),
        ("revenue.__class__", "formula_not_allowed", 1),
        ("[1, 2]", "formula_not_allowed", 1),
        ("1 + revenue ** 9", "formula_not_allowed", 5),
        ("open('x')", "formula_function", 1),
        ("2 * income", "formula_indicator", 5),
        ("'text'", "formula_not_allowed", 1),
        ("True", "formula_constant", 1),
        ("revenue > 1", "formula_type", 1),
        ("1 + (revenue > 1)", "formula_type", 6),
        ("1 if revenue else 2", "formula_type", 6),
        ("1 < revenue < 3 if 1 > 2 else 3", "formula_type", None),
        ("min(revenue)", "formula_arguments", 1),
        ("abs(1, 2)", "formula_arguments", 1),
        ("max(*revenue, 1)", "formula_arguments", 1),
        ("tenure_days@12", "formula_window", 1),
        ("revenue@0", "formula_window", 1),
        ("revenue@revenue", "formula_not_allowed", 1),
        ("1e999", "formula_not_allowed", 1),
        ("(" * 500 + "1" + ")" * 500, "formula_syntax", None),
        ("-" * 100 + "1", "formula_too_deep", None),
        ("1+" * 2000 + "1", "formula_too_long", None),
        ("revenue; profit", "formula_syntax", None),
        ("(x := 3)", "formula_not_allowed", None),
    ],
)
def test_everything_else_is_refused_with_its_place(text, code, position):
    with pytest.raises(FormulaError) as caught:
        formulas.parse(text)
    if code and caught.value.code != "formula_not_allowed":
        assert caught.value.code == code
    if position:
        assert caught.value.position == position


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="revnu@12+-*/()<>=., ifelsandotmxbc_[]{}'\"\\\n", max_size=40))
def test_no_text_breaks_the_reader(text):
    with suppress(FormulaError):  # refused in words; anything else fails the test
        assert formulas.parse(text).text == text.strip().replace("\n", " ")


def test_a_formula_indicator_takes_its_window_from_what_it_uses():
    own = {"code": "own", "weight": 1, "formula": "revenue / 2", "window_months": 12}
    model = read_document({"name": "x", "indicators": [own]})
    assert model.indicators[0].key == "own@12"
    assert faults({"name": "x", "indicators": [{**own, "formula": "tenure_days"}]}) == {
        "indicator[0].window_months": "no_window"
    }


def test_words_fall_back_to_the_catalogue():
    assert Indicator("revenue", 1).words() == {"en": "Revenue", "zh": "销售收入"}
    assert replace(Indicator("revenue", 1), label="Umsatz").words()["zh"] == "Umsatz"
    assert replace(Indicator("revenue", 1), label={"en": "Turnover"}).words() == {
        "en": "Turnover",
        "zh": "销售收入",
    }
