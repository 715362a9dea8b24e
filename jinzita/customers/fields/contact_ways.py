"""Further ways to reach a contact: columns of a file beside the telephone and the e-mail.

Words that the telephone knows too stand last: a file that has one such column fills the telephone with it.
"""

from dataclasses import dataclass

from jinzita.kernel.access import FieldAccess, Viewer
from jinzita.kernel.records import Field, FieldType


@dataclass(frozen=True)
class FurtherWay:
    """A column, and what kind of channel, used for what, it brings."""

    code: str
    kind: str
    label: str
    en: str
    zh: str
    synonyms: tuple[str, ...]

    @property
    def longest(self) -> int:
        return {"email": 254, "wechat": 60}.get(self.kind, 40)

    def field(self, viewer: Viewer | None) -> Field:
        """It is entered by those who may change the telephones, or e-mails, of contacts."""
        own = "email" if self.kind == "email" else "phone"
        access = viewer.access("contacts", own) if viewer else FieldAccess.EDIT
        return Field(
            self.code, FieldType.TEXT, self.en, self.zh, filterable=False, exportable=False, listed=False,
            importable=access is FieldAccess.EDIT, max_length=self.longest, synonyms=self.synonyms,
        )  # fmt: skip


FURTHER_WAYS = (
    FurtherWay(
        "further_mobile", "phone", "mobile", "Further mobile phone", "其他手机",
        ("mobile 2", "mobile phone 2", "other mobile", "手机2", "手机号2", "备用手机", "第二手机", "mobile",
         "手机", "手机号", "手机号码", "移动电话", "mobile phone", "mobile number", "cell phone"),
    ),
    FurtherWay(
        "further_work", "phone", "work", "Office phone", "办公电话",
        ("work phone", "business phone", "direct line", "direct phone", "固定电话", "座机", "固话",
         "单位电话", "直线电话", "公司电话"),
    ),
    FurtherWay(
        "further_home", "phone", "home", "Home phone", "家庭电话",
        ("private phone", "home telephone", "住宅电话", "宅电"),
    ),
    FurtherWay(
        "further_phone", "phone", "other", "Other phone", "其他电话",
        ("phone 2", "second phone", "alternate phone", "电话2", "备用电话", "第二电话", "联系电话2",
         "telephone", "联系电话", "电话号码"),
    ),
    FurtherWay("further_fax", "fax", "", "Fax", "传真", ("fax number", "传真号", "传真号码")),
    FurtherWay(
        "further_email", "email", "", "Further e-mail", "其他邮箱",
        ("email 2", "e-mail 2", "second email", "secondary email", "other email", "alternate email",
         "personal email", "邮箱2", "备用邮箱", "个人邮箱", "第二邮箱"),
    ),
    FurtherWay("further_wechat", "wechat", "", "WeChat", "微信", ("wechat id", "weixin", "微信号")),
)  # fmt: skip


def further_fields(viewer: Viewer | None) -> tuple[Field, ...]:
    return tuple(one.field(viewer) for one in FURTHER_WAYS)
