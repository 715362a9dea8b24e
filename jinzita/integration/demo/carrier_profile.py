"""Who works at the demo's companies, where these are, their credit codes, and which belong together.

All of it is made up; numbers have valid check digits and belong to nobody.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from jinzita.customers.fields.numbers import credit_check_digit
from jinzita.integration.demo.carrier_names import person_names

_TITLES = (
    ("总经理", "总经办", "decision_maker"),
    ("信息中心主任", "信息中心", "technical"),
    ("采购经理", "采购部", "purchaser"),
    ("财务总监", "财务部", "finance"),
    ("网络管理员", "信息中心", "user"),
    ("行政主管", "行政部", "gatekeeper"),
)
# Region: code of GB/T 2260, province, city, districts.
_PLACES = {
    "北京": ("110108", "北京市", "北京市", ("海淀区", "朝阳区", "丰台区")),
    "天津": ("120104", "天津市", "天津市", ("南开区", "河西区")),
    "河北": ("130102", "河北省", "石家庄市", ("长安区", "裕华区")),
    "上海": ("310115", "上海市", "上海市", ("浦东新区", "徐汇区", "闵行区")),
    "江苏": ("320102", "江苏省", "南京市", ("玄武区", "江宁区")),
    "浙江": ("330106", "浙江省", "杭州市", ("西湖区", "滨江区")),
    "广东": ("440106", "广东省", "广州市", ("天河区", "越秀区")),
    "深圳": ("440305", "广东省", "深圳市", ("南山区", "福田区")),
    "福建": ("350203", "福建省", "厦门市", ("思明区", "湖里区")),
    "四川": ("510104", "四川省", "成都市", ("锦江区", "武侯区")),
    "重庆": ("500103", "重庆市", "重庆市", ("渝中区", "江北区")),
    "陕西": ("610113", "陕西省", "西安市", ("雁塔区", "高新区")),
}
_STREETS = ("创新路", "科技大道", "文华路", "和平街", "建设路", "滨河路")
_BODY = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True)
class Profiles:
    """`contacts` as they are loaded; codes and parents by customer key; addresses as rows of texts."""

    contacts: pa.Table
    codes: dict[str, str]
    addresses: list[tuple[str, str, str, str, str]]
    parents: dict[str, str]


def profiles(seed: int, keys: np.ndarray, regions: list[str], size: np.ndarray) -> Profiles:
    """Profiles of the companies `keys`; the larger ones have more people, some of them subsidiaries."""
    random = np.random.default_rng([seed, 7])
    codes, addresses = {}, []
    for key, region in zip(keys, regions, strict=True):
        area, province, city, districts = _PLACES[region]
        body = "".join(random.choice(list(_BODY), 9))
        codes[str(key)] = f"91{area}{body}" + credit_check_digit(f"91{area}{body}")
        street = f"{random.choice(_STREETS)} {random.integers(1, 400)} 号"
        addresses.append((str(key), province, city, str(random.choice(districts)), street))
    return Profiles(_contacts(random, keys, size), codes, addresses, _parents(random, keys, size))


def _contacts(random: np.random.Generator, keys: np.ndarray, size: np.ndarray) -> pa.Table:
    pool = person_names(random, 900)
    columns: dict[str, list[str]] = {
        name: [] for name in ("source_key", "name", "customer", "title", "department", "role", "phone")
    }
    for key, extent in zip(keys, size, strict=True):
        first = random.permutation(len(_TITLES))[: 1 + int(extent)]
        for place in sorted(first):
            title, department, role = _TITLES[place]
            values = (
                f"{key}-{place}", str(random.choice(pool)), str(key), title, department, role,
                # 199 0000 …: in the form of mobile numbers, none of them in use.
                f"1990000{random.integers(0, 10_000):04d}",
            )  # fmt: skip
            for name, value in zip(columns, values, strict=True):
                columns[name].append(value)
    return pa.table(columns)


def _parents(random: np.random.Generator, keys: np.ndarray, size: np.ndarray) -> dict[str, str]:
    """Two to five smaller companies under each of the largest."""
    tops = keys[size == size.max()]
    below = list(random.permutation(keys[(size >= 1) & (size < size.max())]))
    parents: dict[str, str] = {}
    for top in tops:
        for _ in range(random.integers(2, 6)):
            if below:
                parents[str(below.pop())] = str(top)
    return parents
