"""What people type to get past a field: texts, telephones, addresses and days that say nothing.

Each kind is a regular expression that Python and PostgreSQL read alike, so that one value is judged as a
million are. Texts and e-mail addresses are compared folded, telephones by their digits without +86.
"""

import re
from collections.abc import Sequence

# Texts that say nothing, by their shape; of any text, and more of names.
_SHAPES = (
    r"[-_./\\?*#+~,。、，？—…·]*",  # signs alone
    r"(?:test(?:er|ing)?|测试|abcd?|xxx+)[0-9]*|(?:asdf|qwer)[a-z]*[0-9]*",
    r"0?1?234567?8?9?0?",
)
_NAMES = (
    r"[0-9\W_]+",  # no letter at all
    r"(?:测试|试用|演示|示例|样例)(?:客户|公司|用户|数据|名称|专用|账号|帐号|单位|有限公司)*[a-z0-9一二三四五六七八九十]*",
    r"(?:客户|公司|用户|单位|企业|名称|新客户|未命名|无名|某某|某某公司|某公司|xx+公司|xx+有限公司)[a-z0-9]*",
    r"(?:test|demo|sample|example|dummy|foo|bar|foobar|qwerty|asdfgh|asdfghjkl|zxcvbn|zxc|qaz|aaa|no ?name)"
    r"[ _-]*(?:customer|company|user|client|account|ltd|inc|name)?[ _-]*[0-9]*",
    r"(?:new|unnamed|untitled)[ _-]*(?:customer|company|client|account)[ _-]*[0-9]*",
)


def _again(characters: str, times: str) -> str:
    """One of these characters and no other. Written out: looking back would cost a million rows a minute."""
    return "|".join(f"{one}{times}" for one in characters)


_LETTERS, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
_PHONES = (
    _again(_DIGITS, "+"),
    f"1[0-9]{{2}}(?:{_again(_DIGITS, '{8}')})",  # a mobile number of one digit behind its beginning
    r"(?:12){4,}1?|(?:10){4,}1?|(?:01){4,}|(?:21){4,}|(?:13){4,}",
    r"0?1234567(?:8(?:90?)?)?|9?87654321?0?|(?:0[0-9]{2,3}|1[3-9][0-9])?12345678|1[3-9]012345678",  # counting
    r"13800138000|13500135000|13900139000|13012345678|13888888888",  # examples everybody knows
)
_NOBODY = r"demo|none|null|nomail|abcd?|asdf[a-z]*|qwer[a-z]*|123[0-9]*"
_EMAILS = (
    rf"(?:{_again(_LETTERS + _DIGITS, '+')}|{_NOBODY}|test[0-9]*|noemail|wu|meiyou)"
    rf"@(?:{_again(_LETTERS.replace('q', '') + _DIGITS, '+')}|{_NOBODY}|test)\.[a-z.]+",
    r"[^@]*@(?:example|test|localhost|domain|email|none)\.(?:com|org|net|cn|local)",
    r"(?:none|null|nomail|noemail|meiyou|no)@.*",
)
# Days that spreadsheets and programs make of nothing, and the ends of time.
DAYS = (
    "0001-01-01", "1111-11-11", "1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01", "2099-12-31",
    "9999-12-31",
)  # fmt: skip


def _whole(parts: Sequence[str]) -> str:
    return f"^(?:{'|'.join(parts)})$"


def nonsense_pattern(words: Sequence[str]) -> str:
    """Of a text that says nothing, folded: one of the company's words, or of such a shape."""
    plain = [re.sub(r"([^\w\s])", r"\\\1", one.strip().casefold()) for one in words if one.strip()]
    return f"{_whole([*plain, *_SHAPES])}|^(.)\\1+$"


# Of the folded name of a customer, beside the words of the company.
NAME = _whole(_NAMES)
# Of the digits of a telephone number.
PHONE = _whole(_PHONES)
# Of a folded e-mail address.
EMAIL = _whole(_EMAILS)
