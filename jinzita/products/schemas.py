"""What the endpoints of products give."""

from ninja import Schema

from jinzita.kernel.wire import Money, PageOut


class ProductOut(Schema):
    id: int
    name: str
    category: str
    unit_price: Money | None
    source: str
    source_key: str


class ProductPage(PageOut):
    items: list[ProductOut]
