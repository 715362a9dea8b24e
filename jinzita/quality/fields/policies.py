"""What a record is judged by: how its 100 points are made up, what is asked of whom, when it is old."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from jinzita.customers.fields import GRADES, KINDS, STAGES
from jinzita.kernel import values
from jinzita.kernel.errors import Invalid

PARTS = ("completeness", "validity", "freshness", "duplicates")
MANDATORY_WEIGHT = 5
LONGEST_DAYS, MOST_ASKED, MOST_WORDS, MOST_WEIGHT = 10_000, 200, 200, 10
_GRADES = frozenset(one.value for one in GRADES)
_KINDS = frozenset(["", *(one.value for one in KINDS)])
_STAGES = frozenset(one.value for one in STAGES)


@dataclass(frozen=True)
class Asked:
    """A field a record should have, and of which customers; empty `kind`, `grades`, `stages` mean all."""

    code: str
    weight: int = 1
    kind: str = ""
    grades: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()

    def applies(self, kind: str, grade: str, stage: str | None) -> bool:
        return (
            self.kind in ("", kind)
            and (not self.grades or grade in self.grades)
            and (not self.stages or stage in self.stages)
        )


@dataclass(frozen=True)
class Freshness:
    """A record costs nothing until `fresh_days` after the last touch, everything from `stale_days` on."""

    fresh_days: int = 180
    stale_days: int = 730


@dataclass(frozen=True)
class Terms:
    """A whole policy. `fresh_of` says otherwise for single grades."""

    completeness: int = 50
    validity: int = 20
    freshness: int = 20
    duplicates: int = 10
    fresh: Freshness = Freshness()
    fresh_of: Mapping[str, Freshness] = field(default_factory=dict)
    nonsense: Sequence[str] = ()
    asked: Sequence[Asked] = ()

    def document(self) -> dict[str, Any]:
        """As it is kept and travels."""
        return {
            **{part: getattr(self, part) for part in PARTS},
            **vars(self.fresh),
            "fresh_of": {grade: dict(vars(one)) for grade, one in self.fresh_of.items()},
            "nonsense": list(self.nonsense),
            "important": [
                {**vars(one), "grades": list(one.grades), "stages": list(one.stages)} for one in self.asked
            ],
        }

    def asking(self, more: Sequence[Asked]) -> "Terms":
        """The same, asking for these as well where it does not yet."""
        known = {one.code for one in self.asked}
        return replace(self, asked=[*self.asked, *(one for one in more if one.code not in known)])


READY = Terms(
    nonsense=(
        "无", "没有", "暂无", "不详", "未知", "不知道", "不清楚", "待补充", "待定", "空", "略", "同上",
        "none", "null", "nil", "n/a", "na", "unknown", "tbd", "no",
    ),
    asked=(
        Asked("phone", 5), Asked("contact", 5, "organisation"), Asked("owner", 4),
        Asked("credit_code", 4, "organisation"), Asked("address", 3),
        Asked("class.industry", 3, "organisation"), Asked("class.region", 2), Asked("email", 2),
    ),
)  # fmt: skip


def read(document: Mapping[str, Any], *, known: frozenset[str] | None = None) -> Terms:
    """A policy from its document. Raises Invalid with the place of the first fault; also for a field that is
    not among the `known` ones, where these are given.
    """
    weights = {part: values.whole(document.get(part), part, 0, 100) for part in PARTS}
    if sum(weights.values()) != 100:
        raise Invalid.at("completeness", "not_hundred", "The parts come to 100 points together.")
    given = document.get("fresh_of") or {}
    for grade in given:
        if grade not in _GRADES:
            raise Invalid.at("fresh_of", "unknown_choice", f"There is no grade {str(grade)[:20]}.")
    words = [values.plain_text(one, "nonsense", longest=40).strip() for one in document.get("nonsense") or []]
    if len(words) > MOST_WORDS:
        raise Invalid.at("nonsense", "too_many", f"There are at most {MOST_WORDS} such texts.")
    return Terms(
        **weights,
        fresh=_freshness(document, ""),
        fresh_of={grade: _freshness(one, f"fresh_of.{grade}.") for grade, one in given.items()},
        nonsense=tuple(dict.fromkeys(word for word in words if word)),
        asked=tuple(_asked(document.get("important") or [], known)),
    )


def _freshness(given: Mapping[str, Any], where: str) -> Freshness:
    found = Freshness(
        values.whole(given.get("fresh_days"), f"{where}fresh_days", 0, LONGEST_DAYS),
        values.whole(given.get("stale_days"), f"{where}stale_days", 1, LONGEST_DAYS),
    )
    if found.stale_days <= found.fresh_days:
        raise Invalid.at(
            f"{where}stale_days", "stale_too_early", "A record grows old later than it stops being new."
        )
    return found


def _asked(given: Sequence[Mapping[str, Any]], known: frozenset[str] | None) -> list[Asked]:
    if len(given) > MOST_ASKED:
        raise Invalid.at("important", "too_many", f"There are at most {MOST_ASKED} important fields.")
    found: list[Asked] = []
    for place, one in enumerate(given):
        where = f"important[{place}]"
        code = str(one.get("code"))
        if known is not None and code not in known:
            raise Invalid.at(f"{where}.code", "unknown_field", f"There is no field {code[:60]}.")
        weight = values.whole(one.get("weight", 1), f"{where}.weight", 1, MOST_WEIGHT)
        asked = Asked(
            code, weight, str(one.get("kind") or ""),
            tuple(one.get("grades") or ()), tuple(one.get("stages") or ()),
        )  # fmt: skip
        if asked.kind not in _KINDS or not {*asked.grades} <= _GRADES or not {*asked.stages} <= _STAGES:
            raise Invalid.at(f"{where}.kind", "unknown_choice", "There is no such kind, grade or stage.")
        found.append(asked)
    return found


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def field_of(fault: str) -> str:
    """The field a fault is one of, by its code."""
    return fault.removesuffix("_dead").removesuffix("_fake")
