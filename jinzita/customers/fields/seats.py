"""Where contacts mainly are, for the conditions of fields that capabilities above give."""

from typing import Any

from django.db.models import OuterRef, QuerySet

from jinzita.customers.models import Position


def main_customer(contact: OuterRef) -> QuerySet[Any, Any]:
    """The customer where a contact mainly is, as a subquery."""
    return Position.objects.filter(contact=contact, is_primary=True).values("customer")


def mainly_at(customers: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The contacts that mainly are at one of these customers, as a subquery."""
    return Position.objects.filter(is_primary=True, customer__in=customers).values("contact")
