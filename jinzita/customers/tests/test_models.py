from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from jinzita.customers.models import AttributeDefinition

FACT_OWNERS = ("customers", "products", "activities", "sales", "agreements", "receivables")
pytestmark = pytest.mark.django_db


def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", *FACT_OWNERS, check=True, dry_run=True, stdout=StringIO())


def test_the_attributes_of_the_value_model_are_there():
    codes = set(AttributeDefinition.objects.values_list("code", flat=True))
    assert codes >= {
        "size",
        "registered_capital",
        "region",
        "industry",
        "annual_sales",
        "listed",
        "age",
        "education",
    }
    assert codes >= {"marital_status", "monthly_income", "favourite_colour", "has_car", "children", "country"}


def test_every_fact_is_unique_by_source_and_key():
    for app in FACT_OWNERS:
        for model in apps.get_app_config(app).get_models():
            if hasattr(model, "source_key"):
                with connection.cursor() as cursor:
                    found = connection.introspection.get_constraints(cursor, model._meta.db_table)
                assert any(
                    one["unique"] and one["columns"] == ["source", "source_key"] for one in found.values()
                )
