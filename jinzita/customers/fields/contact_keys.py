"""By what a contact can be known: the keys that rows of a file of contacts may name their people by."""

from collections.abc import Mapping

from jinzita.customers.fields.keys import RECORD, Key

# A name is one's own only among the people of one customer.
CONTACT_KEYS = (
    Key("source_key", "Source and key", "来源与编号", ("source_key",)),
    Key(RECORD.code, RECORD.en, RECORD.zh, (RECORD.code,)),
    Key("phone", "Phone", "电话", ("phone",)),
    Key("email", "E-mail", "电子邮箱", ("email",)),
    Key("name", "Name, among the people of the customer", "姓名（同一客户内）", ("name",)),
)
CONTACT_KEY: Mapping[str, Key] = {one.code: one for one in CONTACT_KEYS}
