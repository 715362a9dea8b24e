"""Rules of entry that come and go with the demo."""

import pytest

from jinzita.kernel.access import system
from jinzita.quality.models import Rule
from jinzita.quality.services.demo import add_demo_rules, remove_demo_rules
from jinzita.quality.services.rules import save_rule

BY = system("test")
OWN = {"check_type": "required", "field": "phone"}

pytestmark = pytest.mark.django_db


def test_the_demo_begins_with_rules_in_force_and_takes_them_along():
    add_demo_rules(by=BY, demo="carrier")
    add_demo_rules(by=BY, demo="carrier")
    assert list(Rule.objects.values_list("field", "strict", "active").order_by("field")) == [
        ("attributes.industry", True, True),
        ("email", False, True),
        ("phone", False, True),
    ]
    save_rule(by=BY, rule_id=None, values=OWN)
    remove_demo_rules(by=BY, demo="carrier")
    assert list(Rule.objects.values_list("field", flat=True)) == ["phone"]


def test_a_company_with_rules_is_given_none():
    save_rule(by=BY, rule_id=None, values=OWN)
    add_demo_rules(by=BY, demo="carrier")
    assert Rule.objects.count() == 1
