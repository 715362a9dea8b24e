"""Products through their doors."""

from jinzita.customers.tests.world import get, make_company
from jinzita.products.models import Product


def test_products(db):
    company = make_company()
    Product.objects.bulk_create(
        Product(source="s", source_key=str(i), name=name, category=category)
        for i, (name, category) in enumerate(
            [("Line 100M", "line"), ("Line 1G", "line"), ("云主机", "cloud")]
        )
    )
    shown = get(company.seller, "/products").json()["items"]
    assert [one["name"] for one in shown] == ["Line 100M", "Line 1G", "云主机"]
    assert len(get(company.seller, "/products", q="line", limit=1).json()["items"]) == 1
    only = get(company.seller, "/products", filter='{"field":"category","op":"eq","value":"cloud"}').json()[
        "items"
    ]
    assert [one["name"] for one in only] == ["云主机"]
    assert get(company.seller, f"/products/{only[0]['id']}").json()["unit_price"] is None
    assert get(company.seller, "/products/999999").status_code == 404
    for bad in ({"q": "a\x00"}, {"filter": "{"}, {"sort": "unit_price,x"}, {"cursor": "x"}):
        assert get(company.seller, "/products", **bad).status_code == 422
