"""Consents in bulk, from files."""

from typing import Literal

import pyarrow as pa
from django.db import transaction

from jinzita.customers.fields.consent import CONSENTS
from jinzita.customers.services.loading import note_meant, settle_customers
from jinzita.kernel import loading
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.loading import Loaded


@transaction.atomic
def load_consents(
    *, by: Viewer, source: str, rows: pa.Table, customer_source: str | None = None,
    unknown_customers: Literal["create", "refuse"] = "create",
) -> Loaded:  # fmt: skip
    """Write down statements of customers in bulk; `rows` as `kernel.loading.load` takes them."""
    by.require(Permission.IMPORT)
    by.require(Permission.EDIT_CUSTOMERS)
    of = customer_source or source
    rows, refused = settle_customers(by=by, source=of, rows=rows, unknown=unknown_customers)
    loaded = loading.load(
        loading.target_of(CONSENTS, moment=None), rows, source=source, sources={"customer": of}
    )
    loaded.refused += refused
    note_meant("customers_consent", source=source, customer_source=of, rows=rows)
    return loaded
