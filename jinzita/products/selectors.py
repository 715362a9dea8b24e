"""Products: everybody who may read may see them."""

from dataclasses import replace

from jinzita.kernel import values
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.field_access import by_code, conceal, conceal_one
from jinzita.kernel.records import filters, listing
from jinzita.products.fields import PRODUCTS
from jinzita.products.models import Product


def products(
    viewer: Viewer,
    *,
    filter: str | None = None,
    q: str | None = None,
    sort: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> listing.Page[Product]:
    """A page of the products, by name unless `sort` says otherwise; `q` is part of a name. Raises Invalid."""
    viewer.require(Permission.READ)
    fields = by_code(viewer, PRODUCTS)
    rows = Product.objects.filter(filters.where(fields, filter, kind=_asked_of(viewer), viewer=viewer))
    if q:
        rows = rows.filter(name__icontains=values.plain_text(q, "q", longest=100))
    found = listing.page(
        rows, fields, default_sort=PRODUCTS.default_sort, sort=sort, limit=limit, cursor=cursor
    )
    return replace(found, items=conceal(viewer, PRODUCTS, found.items))


def _asked_of(viewer: Viewer) -> str:
    """Of what filters may ask: also of the sales of products, of those to whom no customer's are hidden."""
    return PRODUCTS.code if viewer.reach is Reach.ALL and not viewer.reaches else ""


def product(viewer: Viewer, product_id: int) -> Product:
    """One product."""
    viewer.require(Permission.READ)
    found = Product.objects.filter(pk=product_id).first()
    if found is None:
        raise NotFound(f"There is no product {product_id}.")
    return conceal_one(viewer, PRODUCTS, found)
