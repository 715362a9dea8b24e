"""Companies of the carrier that somebody entered a second time, as happens everywhere."""

from collections.abc import Sequence

import pyarrow as pa

# Of so many companies one is there twice.
ONE_IN, FIRST = 60, 17
_ENDINGS = ("股份有限公司", "有限责任公司", "有限公司")


def doubled(count: int) -> list[int]:
    """The places of the companies that are entered again, of so many."""
    return list(range(FIRST, count, ONE_IN))


def entered_again(companies: pa.Table, places: Sequence[int], regions: Sequence[str]) -> pa.Table:
    """The same companies under keys of their own, with names and telephones written in other ways."""
    kept = companies.take(pa.array(places)).to_pydict()
    ways = [n % 3 for n in range(len(places))]
    return pa.table(
        {
            "source_key": [f"{key}-2" for key in kept["source_key"]],
            "name": [_named(name, way) for name, way in zip(kept["name"], ways, strict=True)],
            "kind": kept["kind"],
            "phone": [_dialled(phone, way) for phone, way in zip(kept["phone"], ways, strict=True)],
            "attributes": [f'{{"region": "{regions[place]}"}}' for place in places],
        },
        schema=companies.schema,
    )


def _named(name: str, way: int) -> str:
    if way == 0:
        return next((name.removesuffix(one) for one in _ENDINGS if name.endswith(one)), name)
    return f"{name}（老客户）" if way == 1 else f"{name[:2]} {name[2:]}"


def _dialled(phone: str, way: int) -> str:
    return (phone.replace("-", ""), phone.replace("-", " "), phone)[way]
