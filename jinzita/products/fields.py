"""Fields of products."""

from jinzita.customers.fields.shared import amount_field, key_field
from jinzita.kernel.records import Field, FieldType, RecordKind, register

PRODUCTS = register(
    RecordKind(
        "products",
        "products.Product",
        "Products",
        "产品",
        (
            key_field(
                (
                    "product id",
                    "product code",
                    "sku",
                    "stock code",
                    "item code",
                    "产品编号",
                    "产品编码",
                    "商品编码",
                    "货号",
                )
            ),
            Field(
                "name",
                FieldType.TEXT,
                "Name",
                "名称",
                column="name",
                max_length=200,
                required=True,
                sortable=True,
                synonyms=("product", "product name", "description", "item", "产品名称", "商品名称", "产品"),
            ),
            Field(
                "category",
                FieldType.TEXT,
                "Category",
                "类别",
                column="category",
                max_length=100,
                synonyms=("product category", "group", "product group", "产品类别", "分类", "品类"),
            ),
            amount_field(
                "unit_price",
                "Unit price",
                "单价",
                required=False,
                synonyms=("price", "list price", "售价", "价格"),
            ),
            Field("source", FieldType.TEXT, "Source", "来源", importable=False, max_length=50, listed=False),
        ),
        default_sort=("name", "id"),
    )
)
