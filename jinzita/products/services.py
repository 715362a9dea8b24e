"""Writes of products: in bulk from files, and those that lines of transactions name."""

import pyarrow as pa
import pyarrow.compute as pc
from django.apps import apps
from django.db import connection, models, transaction

from jinzita.kernel import loading, warehouse
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.loading import Loaded, Manner
from jinzita.products.fields import PRODUCTS
from jinzita.products.models import Product


@transaction.atomic
def load_products(*, by: Viewer, source: str, rows: pa.Table, manner: Manner = loading.AS_THEY_ARE) -> Loaded:
    """Create or change products of a source; `rows` as `kernel.loading.load` takes them."""
    by.require(Permission.IMPORT)
    loaded = loading.load(loading.target_of(PRODUCTS, customer=None), rows, source=source, manner=manner)
    if loaded.created or loaded.updated:
        warehouse.touch("products")
    return loaded


def ensure_products(
    *, by: Viewer, source: str, keys: pa.ChunkedArray, names: pa.ChunkedArray | None = None
) -> Loaded:
    """Make the products among `keys` that nobody knows, called by the first name beside them, or by
    their key.
    """
    distinct = pc.unique(keys).to_pylist()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k FROM unnest(%s::text[]) k WHERE NOT EXISTS"
            " (SELECT FROM products_product p WHERE p.source = %s AND p.source_key = k)",
            [distinct, source],
        )
        missing = [key for (key,) in cursor.fetchall()]
    if not missing:
        return Loaded()
    named: dict[str, str] = {}
    if names is not None:
        wanted = pc.is_in(keys, value_set=pa.array(missing, pa.string()))
        for key, name in zip(keys.filter(wanted).to_pylist(), names.filter(wanted).to_pylist(), strict=True):
            if name:
                named.setdefault(key, name)
    rows = pa.table(
        {
            "number": pa.array(range(len(missing)), pa.int64()),
            "source_key": pa.array(missing, pa.string()),
            "name": pa.array([named.get(key, key) for key in missing], pa.string()),
        }
    )
    return load_products(by=by, source=source, rows=rows)


def remove_products(*, by: Viewer, source: str) -> int:
    """Remove a demo's products which nothing names any more; answers how many went."""
    by.require(Permission.MANAGE_DEMO)
    unused = Product.objects.filter(source=source)
    # Whoever names a product stands above; the foreign keys say who.
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Product:
                naming = model._default_manager.filter(**{field.name: models.OuterRef("pk")})
                unused = unused.exclude(models.Exists(naming))
    removed, _ = unused.delete()
    if removed:
        warehouse.touch("products")
    return removed
