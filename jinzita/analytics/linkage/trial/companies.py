"""Company names spoilt on purpose, each in one of the ways people and systems spoil them, and how many are found.

From a list of real names a seed makes the same company base every time: each company with phone, e-mail,
address and credit code, as far as one has them; a second record of some, written in another way; and others
that look alike and are not: branches of two cities, one brand in two trades or two places.
"""

# ruff: noqa: E501 (ways of one line each read like a table)

import random
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinzita.analytics.linkage import contact, vocabulary
from jinzita.analytics.linkage.linking import Linking, in_batches
from jinzita.analytics.linkage.names import parts_of
from jinzita.analytics.linkage.text import said

CITIES = [
    "北京",
    "上海",
    "广州",
    "成都",
    "武汉",
    "南京",
    "西安",
    "杭州",
    "重庆",
    "青岛",
    "长沙",
    "郑州",
    "沈阳",
    "大连",
    "厦门",
]
OTHER_TRADES = [
    "餐饮管理",
    "物流",
    "建筑工程",
    "广告",
    "印刷",
    "服装",
    "医疗器械",
    "房地产开发",
    "旅行社",
    "种植",
]
FREE = ("qq.com", "163.com", "126.com", "gmail.com")
COUNTED = 0.5
_FORMS = ("股份有限公司", "有限责任公司", "有限公司")


@dataclass
class Base:
    """Records, the company each belongs to, and the way the second records were spoilt."""

    records: list[dict[str, Any]] = field(default_factory=list)
    company: list[int] = field(default_factory=list)
    way: list[str] = field(default_factory=list)

    def add(self, record: dict[str, Any], company: int, way: str) -> None:
        self.records.append({**record, "id": len(self.records)})
        self.company.append(company)
        self.way.append(way)


@dataclass(frozen=True)
class Measured:
    """Of one way (or of all): the true pairs, those found, and the wrong ones found with them."""

    way: str
    true: int
    found: int
    wrong: int

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read_names(path: Path) -> list[str]:
    """Names of a file with one character and its tag a line, a blank line between names."""
    names, current = [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            current += line.split(" ")[0]
        elif current:
            names.append(current)
            current = ""
    return names + ([current] if current else [])


def _whole(name: str) -> bool:
    parts = parts_of(name)
    return bool(parts.form == "company" and parts.trade and parts.place.province and not parts.branch
                and 2 <= len(parts.brand) <= 4 and name.endswith("有限公司"))  # fmt: skip


@lru_cache(1)
def _to_traditional() -> dict[int, str]:
    found: dict[int, str] = {}
    for code, simple in vocabulary.traditional().items():
        found.setdefault(ord(simple), chr(code))
    return found


@lru_cache(1)
def _said_alike() -> dict[str, list[str]]:
    """Usual characters by how they are said."""
    usual = (
        "".join(vocabulary.trades())
        + "鑫欣新信馨心辛华桦骅花宏洪鸿虹弘红恒衡亨盛胜圣升生声泰太达大腾藤藤飞菲斐嘉佳家加瑞睿锐龙隆荣容融丰峰锋枫凤天添海顺舜"
    )
    found: dict[str, list[str]] = {}
    for char in dict.fromkeys(usual):
        found.setdefault(said(char)[0], []).append(char)
    return found


def _english(draw: random.Random, name: str) -> str:
    parts = parts_of(name)
    words = {
        chinese.split()[0]: english for english, chinese in vocabulary.words()["english"].items() if chinese
    }
    trade = " ".join(words[one].title() for one in parts.trade if one in words)
    return f"{''.join(said(parts.place.stem)).title()} {parts.brand_said.title()} {trade} Co., Ltd.".replace(
        "  ", " "
    )


def _homophone(draw: random.Random, name: str) -> str:
    brand = parts_of(name).brand
    at = draw.randrange(len(brand))
    alike = [one for one in _said_alike().get(said(brand[at])[0], []) if one != brand[at]]
    wrong = brand[:at] + draw.choice(alike) + brand[at + 1 :] if alike else brand
    return name.replace(brand, wrong, 1)


def _typing(draw: random.Random, name: str) -> str:
    brand = parts_of(name).brand
    if len(brand) < 3:
        return _homophone(draw, name)
    at = draw.randrange(len(brand) - 1)
    how = draw.randrange(3)
    if how == 0:
        wrong = brand[:at] + brand[at + 1] + brand[at] + brand[at + 2 :]
    elif how == 1:
        wrong = brand[:at] + brand[at + 1 :]
    else:
        wrong = brand[:at] + brand[at] + brand[at:]
    return name.replace(brand, wrong, 1)


def _without_place(draw: random.Random, name: str) -> str:
    return parts_of(name).core + _form(name)


def _form(name: str) -> str:
    return next((form for form in _FORMS if name.endswith(form)), "")


def _place_of(name: str) -> str:
    return parts_of(name).place.stem


def _pinyin(draw: random.Random, name: str) -> str:
    parts = parts_of(name)
    words = [parts.place.stem, parts.brand, *parts.trade, _form(name)]
    return " ".join("".join(said(one)).title() for one in words if one)


def _with_city(name: str) -> str:
    place = parts_of(name).place
    city = place.city and not place.county and place.stem + "市" in vocabulary.regions()
    return f"{place.stem}{'市' if city else ''}{parts_of(name).core}{_form(name)}"


WAYS: dict[str, Callable[[random.Random, str], str]] = {
    "legal form": lambda draw, name: name.removesuffix(_form(name)) + draw.choice(["", "有限责任公司", "公司", "股份有限公司"]),
    "place left out": _without_place,
    "place with 市": lambda draw, name: _with_city(name),
    "place in brackets": lambda draw, name: f"{parts_of(name).core}（{_place_of(name)}）{_form(name)}",
    "order of parts": lambda draw, name: f"{parts_of(name).brand}{_place_of(name)}{''.join(parts_of(name).trade)}{_form(name)}",
    "brackets and blanks": lambda draw, name: draw.choice(["{} （）", " {} ", "{}（备用）"]).format(name)
    if draw.random() < 0.5 else " ".join((name[:2], name[2:])),
    "traditional": lambda draw, name: name.translate(_to_traditional()),
    "full width": lambda draw, name: f"　{name}（Ａ）" if draw.random() < 0.3 else name.replace("有限", " 有限 "),
    "pinyin": _pinyin,
    "initials": lambda draw, name: "".join(
        one[0] for one in said(_place_of(name) + parts_of(name).core)
    ).upper(),
    "short form": lambda draw, name: draw.choice(
        [_place_of(name) + parts_of(name).brand, parts_of(name).core, _place_of(name) + parts_of(name).core]
    ),
    "Latin name": _english,
    "homophone": _homophone,
    "typing": _typing,
}  # fmt: skip
CONTACTS = ("phone", "credit code", "mail domain", "address")


def make(names: Sequence[str], *, seed: int, companies: int = 3000) -> Base:
    """The base; about half of the companies stand in it twice."""
    draw = random.Random(seed)
    whole = [one for one in dict.fromkeys(names) if _whole(one)]
    chosen = draw.sample(whole, min(companies, len(whole)))
    base = Base()
    ways = [*WAYS, *CONTACTS]
    for number, name in enumerate(chosen):
        record = _company(draw, name)
        base.add(record, number, "")
        if draw.random() < 0.55:
            way = ways[number % len(ways)]
            base.add(_spoilt(draw, record, way), number, way)
    company = len(chosen)
    for name in draw.sample(chosen, len(chosen) // 6):
        for other in _lookalikes(draw, name):
            base.add(_company(draw, other), company, "look-alike")
            company += 1
    return base


def _company(draw: random.Random, name: str) -> dict[str, Any]:
    brand = "".join(said(parts_of(name).brand)).lower() + str(draw.randrange(100))
    mail = (
        f"info@{brand}.com.cn"
        if draw.random() < 0.4
        else f"{draw.randrange(10**8, 10**9)}@{draw.choice(FREE)}"
    )
    first = "91" + "".join(str(draw.randrange(10)) for _ in range(6)) + "MA"
    first += "".join(draw.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(7))
    street = "".join(draw.sample("和平解放人民建设中山长江黄河光明友谊新华", 2))
    return {
        "name": name, "kind": "organisation",
        "phone": f"1{draw.choice('3578')}{draw.randrange(10**8, 10**9)}" if draw.random() < 0.7
        else f"0{draw.choice(('22', '21', '755', '571'))}{draw.randrange(2 * 10**7, 9 * 10**7)}",
        "email": mail, "code": first + contact.check_digit(first) if draw.random() < 0.5 else "",
        "address": f"{street}路{draw.randrange(1, 900)}号{draw.randrange(1, 30)}栋{draw.randrange(101, 2500)}室",
    }  # fmt: skip


def _spoilt(draw: random.Random, record: dict[str, Any], way: str) -> dict[str, Any]:
    """A second record of a company. What else is known of it there is now and then the same, never for sure."""
    other = _company(draw, record["name"])
    second = {
        "name": WAYS[way](draw, record["name"]) if way in WAYS else _other_name(draw, record["name"]),
        "kind": "organisation",
        "phone": _phone_again(draw, record["phone"]) if draw.random() < 0.45 else other["phone"],
        "email": record["email"] if draw.random() < 0.25 else draw.choice(["", other["email"]]),
        "code": record["code"] if draw.random() < 0.2 else "",
        "address": record["address"] if draw.random() < 0.25 else "",
    }
    if way == "phone":
        second["phone"] = _phone_again(draw, record["phone"])
    if way == "credit code":
        second["code"] = record["code"] or second["code"]
        second["code"] = f"{second['code'][:2]} {second['code'][2:]}".strip()
    if way == "mail domain":
        second["email"] = record["email"].replace("info@", "sales@")
    if way == "address":
        second["address"] = "中国" + record["address"].replace("号", "号院").replace("栋", "号楼")
    return second


def _other_name(draw: random.Random, name: str) -> str:
    """What is written where another datum carries the recognition: the brand, with or without its trade."""
    return draw.choice([_without_place, WAYS["short form"], _homophone, WAYS["legal form"]])(draw, name)


def _phone_again(draw: random.Random, phone: str) -> str:
    if phone.startswith("1"):
        return draw.choice(
            [
                f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}",
                f"0086-{phone}",
                f"{phone[:3]}-{phone[3:7]}-{phone[7:]}",
            ]
        )
    area = 3 if phone[:3] in ("022", "021") else 4
    return draw.choice(
        [
            f"({phone[:area]}) {phone[area:]}",
            f"+86 {phone[1:area]} {phone[area:]}",
            f"{phone[:area]}-{phone[area:]}转8001",
        ]
    )


def _lookalikes(draw: random.Random, name: str) -> Iterable[str]:
    parts = parts_of(name)
    trade = "".join(parts.trade)
    how = draw.randrange(3)
    if how == 0:
        here, there = draw.sample(CITIES, 2)
        yield f"{name}{here}分公司"
        yield f"{name}{there}分公司"
    elif how == 1:
        other = draw.choice([one for one in OTHER_TRADES if not set(one) & set(trade)])
        yield name.replace(trade, other, 1)
    else:
        city = draw.choice([one for one in CITIES if one != parts.place.stem])
        yield f"{city}{parts.core}{_form(name)}"


def measure(base: Base, *, names_alone: bool = False) -> list[Measured]:
    """Link the base, count: a line for each way, and the last for all."""
    records = base.records
    if names_alone:
        records = [{"id": one["id"], "name": one["name"], "kind": one["kind"]} for one in records]
    with tempfile.TemporaryDirectory() as folder:
        linking = Linking(Path(folder))
        linking.load(in_batches(records), expected=len(records))
        linking.block()
        linking.score()
        pairs = {
            (p.left, p.right) for some in linking.pairs() for p in some if p.scored.probability >= COUNTED
        }
        linking.close()
    return count(base, pairs)


def count(base: Base, pairs: set[tuple[int, int]]) -> list[Measured]:
    """What these pairs are worth; a wrong pair is charged to the ways of both its records."""
    lines = []
    ways = sorted({way for way in base.way if way})
    for way in ways:
        true = {
            (n - 1, n)
            for n, one in enumerate(base.way)
            if one == way and base.company[n - 1] == base.company[n]
        }
        wrong = [
            p
            for p in pairs
            if base.company[p[0]] != base.company[p[1]] and way in (base.way[p[0]], base.way[p[1]])
        ]
        lines.append(Measured(way, len(true), len(true & pairs), len(wrong)))
    every = {(n - 1, n) for n in range(1, len(base.company)) if base.company[n - 1] == base.company[n]}
    lines.append(Measured("all", len(every), len(every & pairs), len(pairs - every)))
    return lines
