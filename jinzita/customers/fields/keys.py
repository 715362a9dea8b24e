"""By what a customer can be known: the keys that rows of a file may name it by.

Pure text in, text out: equal customers have equal normal forms.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jinzita.customers.fields.attributes import PREFIX
from jinzita.customers.fields.numbers import READ
from jinzita.customers.fields.reach import email_normal, phone_normal
from jinzita.customers.fields.search_text import normal
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records import Field, FieldType

T = FieldType
BETWEEN = "\x1f"
REGION = f"{PREFIX}region"


@dataclass(frozen=True)
class Key:
    """A way to know a customer. `fields` are those of a customer that make it up; `alone`: one text says it,
    so that other records may name their customer by it.
    """

    code: str
    en: str
    zh: str
    fields: tuple[str, ...]
    alone: bool = True


# Numbers of authorities and other systems: of a customer's own row there is no column for them.
NUMBERS: tuple[Field, ...] = tuple(
    Field(
        code, T.TEXT, en, zh, filterable=False, exportable=False, listed=False, max_length=longest,
        synonyms=synonyms,
    )
    for code, en, zh, longest, synonyms in (
        ("credit_code", "Credit code", "统一社会信用代码", 30,
         ("unified social credit code", "uscc", "信用代码", "社会信用代码", "统一信用代码",
          "社会统一信用代码", "企业信用代码")),
        ("tax", "Tax number", "税号", 30, ("tax no", "tax id", "纳税人识别号", "税务登记号", "纳税号")),
        ("vat", "VAT number", "增值税号", 30, ("vat", "vat no", "vat id")),
        ("duns", "D-U-N-S number", "邓白氏编码", 30, ("duns", "duns no", "邓白氏号")),
        ("external", "Id at another system", "外部编号", 120, ("foreign id", "外部ID", "外部系统编号")),
    )
)  # fmt: skip

# The number a record has here: by it the file of an export finds its records when it comes back.
RECORD = Field(
    "record", T.TEXT, "Record number", "记录号", path="id", filterable=False, listed=False, own=True,
    max_length=19, synonyms=("record id", "record no", "jinzita id", "记录编号", "系统编号"),
)  # fmt: skip
_LARGEST = 2**63 - 1

_KEYS = (
    Key("source_key", "Source and key", "来源与编号", ("source_key",)),
    Key(RECORD.code, RECORD.en, RECORD.zh, (RECORD.code,)),
    *(Key(one.code, one.en, one.zh, (one.code,)) for one in NUMBERS),
    Key("phone", "Phone", "电话", ("phone",)),
    Key("email", "E-mail", "电子邮箱", ("email",)),
    Key("name", "Name", "名称", ("name",)),
    Key("name_region", "Name and region", "名称和地区", ("name", REGION), alone=False),
)
_BY_CODE: Mapping[str, Key] = {one.code: one for one in _KEYS}


def keys(attributes: tuple[Field, ...]) -> tuple[Key, ...]:
    """Every key there is, those of the company's own attributes included."""
    own = tuple(
        Key(one.code, one.en, one.zh, (one.code,))
        for one in attributes if one.type in (T.TEXT, T.NUMBER) and not one.formula
    )  # fmt: skip
    has_region = any(one.code == REGION for one in attributes)
    return tuple(one for one in _KEYS if has_region or one.code != "name_region") + own


def key_named(code: str) -> Key:
    """The key of this code; that of an attribute is not checked."""
    if code.startswith(PREFIX):
        return Key(code, code, code, (code,))
    return _BY_CODE[code]


def normal_key(code: str, text: str | None) -> str | None:
    """The form by which equal keys are known; None when the text is no such key."""
    if text is None or not text.strip():
        return None
    return _NORMAL.get(code, str.strip)(text)


def _number(code: str) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        try:
            return READ[code](text, "")
        except Invalid:
            return None

    return read


def _record(text: str) -> str | None:
    plain = unicodedata.normalize("NFKC", text).strip()
    return str(int(plain)) if plain.isdecimal() and 0 < int(plain) <= _LARGEST else None


def _name_region(text: str) -> str:
    name, _, region = text.partition(BETWEEN)
    return f"{normal(name)}{BETWEEN}{region}"


_NORMAL: Mapping[str, Callable[[str], str | None]] = {
    **{one.code: _number(one.code) for one in NUMBERS},
    "record": _record,
    "phone": phone_normal,
    "email": email_normal,
    "name": normal,
    "name_region": _name_region,
}
