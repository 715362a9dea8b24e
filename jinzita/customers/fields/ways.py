"""Addresses, and further ways to reach a customer, as files bring them: a row each, known by what it says."""

from jinzita.customers.fields.shared import customer_field, customer_name_field
from jinzita.kernel.access import FieldAccess, Viewer
from jinzita.kernel.records import Choice, Field, FieldType, RecordKind, register

T = FieldType
PLACES = (
    Choice("registered", "Registered", "注册地址", ("registered address", "legal", "注册地", "工商注册地址")),
    Choice("office", "Office", "办公地址", ("business", "office address", "办公", "经营地址", "通讯地址")),
    Choice("delivery", "Delivery", "收货地址", ("shipping", "ship to", "送货地址", "收货", "发货地址")),
    Choice("billing", "Billing", "开票地址", ("invoice", "bill to", "账单地址", "开票")),
    Choice("home", "Home", "家庭住址", ("private", "住址", "家庭地址")),
)
WAYS = (
    Choice("phone", "Phone", "电话", ("telephone", "tel", "mobile", "手机", "座机")),
    Choice("email", "E-mail", "邮箱", ("mail", "e-mail", "邮件", "电子邮箱")),
    Choice("wechat", "WeChat", "微信", ("weixin", "微信号")),
    Choice("web", "Website", "网址", ("www", "url", "官网", "网站")),
    Choice("fax", "Fax", "传真"),
)
LABELS = (
    Choice("mobile", "Mobile", "手机", ("cell",)),
    Choice("work", "Work", "办公", ("office", "business", "单位")),
    Choice("reception", "Reception", "总机", ("main", "switchboard", "前台")),
    Choice("service", "Service", "客服", ("support", "热线")),
    Choice("home", "Home", "家庭", ("private", "住宅")),
    Choice("other", "Other", "其他"),
)

ADDRESSES = register(
    RecordKind(
        "addresses", "customers.Address", "Addresses", "客户地址",
        (
            customer_field(),
            customer_name_field(),
            Field("kind", T.CHOICE, "Kind of address", "地址类型", column="kind", choices=PLACES,
                  synonyms=("address type", "type", "类型")),
            Field("country", T.TEXT, "Country", "国家代码", column="country", max_length=2,
                  pattern="[A-Za-z]{2}", synonyms=("country code", "国家")),
            Field("province", T.TEXT, "Province", "省份", column="province", max_length=60,
                  synonyms=("state", "region", "billing state", "shipping state", "省", "省/直辖市",
                            "所在省份")),
            Field("city", T.TEXT, "City", "城市", column="city", max_length=60,
                  synonyms=("town", "billing city", "shipping city", "市", "所在城市", "地级市")),
            Field("district", T.TEXT, "District", "区县", column="district", max_length=60,
                  synonyms=("county", "区", "县", "区/县")),
            Field("street", T.TEXT, "Street", "详细地址", column="street", max_length=200,
                  synonyms=("address", "street address", "address line 1", "billing street",
                            "shipping street", "billing address", "地址", "街道地址", "公司地址",
                            "联系地址", "注册地址", "通讯地址")),
            Field("postcode", T.TEXT, "Postcode", "邮政编码", column="postcode", max_length=12,
                  synonyms=("zip", "zip code", "postal code", "billing zip", "邮编")),
        ),
    )
)  # fmt: skip


def _channels(viewer: Viewer | None) -> tuple[Field, ...]:
    """Who may not see the telephones and e-mails of customers finds nobody by them; who may not change
    them brings none in.
    """
    every = [viewer.access("customers", code) for code in ("phone", "email")] if viewer else []
    return (
        customer_field(),
        customer_name_field(),
        Field("kind", T.CHOICE, "Kind of channel", "联系方式类型", column="kind", choices=WAYS,
              synonyms=("type", "channel", "类型", "方式")),
        Field("value", T.TEXT, "Number or address", "号码或账号", column="value", max_length=254,
              required=True, importable=all(one is FieldAccess.EDIT for one in every),
              filterable=not any(one.concealed for one in every),
              synonyms=("phone", "phone 2", "other phone", "telephone", "fax", "email", "e-mail", "email 2",
                        "website", "wechat", "号码", "电话", "其他电话", "备用电话", "电话2", "传真", "邮箱",
                        "备用邮箱", "微信", "微信号", "网址", "官网", "网站", "联系方式")),
        Field("label", T.CHOICE, "Used for", "用途", column="label", choices=LABELS,
              synonyms=("label", "标签", "备注")),
    )  # fmt: skip


CHANNELS = register(RecordKind("channels", "customers.Channel", "Channels", "更多联系方式", _channels))
