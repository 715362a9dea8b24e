"""Everything the house keeps in words is declared: what of it goes when somebody must be forgotten."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from jinzita.kernel import personal
from tests.test_house import our_models

RECORDS = ("customers_customer", "customers_contact")


def texts_of(model: type[models.Model]) -> Iterator[str]:
    """Columns with words of people; a choice among a few is none."""
    for field in model._meta.concrete_fields:
        held = field.base_field if isinstance(field, ArrayField) else field
        if isinstance(held, models.CharField | models.TextField | models.JSONField) and not held.choices:
            yield str(field.column)


def about_customers() -> set[type[models.Model]]:
    """The models that name a customer or a contact, directly or by way of others."""
    found = {model for model in our_models() if model._meta.db_table in RECORDS}
    while True:
        more = {
            model
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and field.related_model in found
        } - found
        if not more:
            return found
        found |= more


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_of_every_table_it_is_said_what_is_personal(model):
    table = model._meta.db_table
    if model not in about_customers():
        assert personal.is_declared(table) or not list(texts_of(model)), (
            f"say in personal.py whether {model._meta.label} may mention customers"
        )
        return
    rule = personal.about(table)
    assert rule is not None, f"declare in personal.py what of {model._meta.label} is personal"
    if not rule.removed:
        undeclared = set(texts_of(model)) - rule.erased.keys() - rule.kept
        assert undeclared == set(), f"{model._meta.label}: say whether {undeclared} are kept or erased"


def test_names_are_found_in_other_texts_and_parts_of_words_are_not():
    named = personal.Named(["Li Lei", "李雷", "138", " "])
    assert named.without("Li Lei called 李雷 of 138") == "▇▇ called ▇▇ of ▇▇"
    assert named.without("Li Leigh, 1380, 2138") == "Li Leigh, 1380, 2138"
    assert named.out_of({"what": ["李雷", 1, None], "by": "x"}) == {"what": ["▇▇", 1, None], "by": "x"}
