"""Rules of entry of a new demo: one that refuses and two that warn, so that each can be met in a form."""

from typing import Any

from django.db import transaction

from jinzita.kernel.access import Viewer
from jinzita.quality.models import Rule
from jinzita.quality.services.rules import remove_rule, save_rule

_RULES: tuple[dict[str, Any], ...] = (
    {
        "check_type": "required", "field": "attributes.industry", "strict": True, "kind": "organisation",
        "stages": ["customer", "member", "fan"],
    },
    {"check_type": "required", "field": "email", "strict": False, "grades": ["vip", "important"]},
    {"check_type": "unique", "field": "phone", "strict": False},
)  # fmt: skip


@transaction.atomic
def add_demo_rules(*, by: Viewer, demo: str) -> None:
    """For a company that has no rules yet; whoever has own ones is not asked for more by a demo."""
    if Rule.objects.exists():
        return
    for values in _RULES:
        save_rule(by=by, rule_id=None, values={"active": True, "demo": demo, **values})


@transaction.atomic
def remove_demo_rules(*, by: Viewer, demo: str) -> None:
    """They go with the demo."""
    for pk in Rule.objects.filter(demo=demo).values_list("pk", flat=True):
        remove_rule(by=by, rule_id=pk)
