"""Consents in bulk, from files."""

import pyarrow as pa

from jinzita.customers.services.loading.customers import Naming, load_facts
from jinzita.kernel import loading
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.loading import Loaded, Manner
from jinzita.privacy.fields import CONSENTS


def load_consents(
    *, by: Viewer, source: str, rows: pa.Table, naming: Naming | None = None,
    manner: Manner = loading.AS_THEY_ARE,
) -> Loaded:  # fmt: skip
    """Write down statements of customers in bulk; `rows` as `kernel.loading.load` takes them."""
    by.require(Permission.EDIT_CUSTOMERS)
    return load_facts(
        by=by, kind=CONSENTS, fact=None, moment=None, source=source, rows=rows, naming=naming, manner=manner
    )
