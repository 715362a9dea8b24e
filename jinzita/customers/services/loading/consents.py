"""Consents in bulk, from files."""

import pyarrow as pa
from django.db import transaction

from jinzita.customers.fields.consent import CONSENTS
from jinzita.customers.services.loading.customers import Naming, note_meant, of_customers, settle_customers
from jinzita.kernel import loading
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.loading import Loaded, Manner


@transaction.atomic
def load_consents(
    *, by: Viewer, source: str, rows: pa.Table, naming: Naming | None = None,
    manner: Manner = loading.AS_THEY_ARE,
) -> Loaded:  # fmt: skip
    """Write down statements of customers in bulk; `rows` as `kernel.loading.load` takes them."""
    by.require(Permission.IMPORT)
    by.require(Permission.EDIT_CUSTOMERS)
    naming = naming or Naming(source)
    rows, refusals = settle_customers(by=by, naming=naming, rows=rows)
    target = of_customers(loading.target_of(CONSENTS, moment=None))
    loaded = loading.load(target, rows.drop_columns(["customer"]), source=source, manner=manner)
    refusals.add_to(loaded)
    note_meant(target.table, source=source, naming=naming, rows=rows)
    return loaded
