"""What a policy says: the duties and terms of each grade, read from a document, and the ready ones."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from jinzita.kernel import values
from jinzita.kernel.errors import Invalid

GRADES = ("vip", "important", "ordinary", "small", "prospect")
# Which interactions keep a duty, and which ask for an answer.
KEPT_BY: dict[str, tuple[str, ...]] = {
    "visit": ("visit",),
    "contact": ("visit", "call"),
    "answer": ("visit", "call", "task", "process"),
}
ASKING = ("complaint", "enquiry", "fault")
LONGEST_DAYS, LONGEST_HOURS, MOST_ROLES = 1_830, 720, 20
ESCALATE_AFTER = 3


@dataclass(frozen=True)
class Terms:
    """What customers of a grade are owed; None: nothing of the kind.

    Discount, credit and priority (1 comes first) are read by the capabilities that grant them.
    """

    visit_days: int | None = None
    contact_days: int | None = None
    answer_hours: int | None = None
    sponsor_days: int | None = None
    sponsor_roles: tuple[str, ...] = ()
    discount_percent: Decimal | None = None
    credit_days: int | None = None
    priority: int | None = None

    def duties(self) -> dict[str, int]:
        """The duties by item, with what they allow: days, hours of an answer."""
        allowed = {
            "visit": self.visit_days, "contact": self.contact_days, "answer": self.answer_hours,
            "sponsor": self.sponsor_days,
        }  # fmt: skip
        return {item: span for item, span in allowed.items() if span is not None}


@dataclass(frozen=True)
class Rules:
    """A whole policy."""

    escalate_after_days: int = ESCALATE_AFTER
    grades: Mapping[str, Terms] = field(default_factory=dict)

    def terms(self, grade: str) -> Terms:
        return self.grades.get(grade, Terms())

    def document(self) -> dict[str, Any]:
        """As it is kept and travels."""
        return {
            "escalate_after_days": self.escalate_after_days,
            "grades": {grade: _plain(self.terms(grade)) for grade in GRADES},
        }


READY = Rules(
    grades={
        "vip": Terms(90, 30, 4, 14, ("manager", "executive"), Decimal(15), 60, 1),
        "important": Terms(180, 60, 8, None, (), Decimal(10), 45, 2),
        "ordinary": Terms(None, 180, 24, None, (), Decimal(5), 30, 3),
        "small": Terms(None, None, 48, None, (), Decimal(0), 0, 4),
        "prospect": Terms(None, None, 48, None, (), None, None, 4),
    }
)


def read(document: Mapping[str, Any]) -> Rules:
    """A policy from its document. Raises Invalid with the place of the first fault."""
    after = _whole(document.get("escalate_after_days"), "escalate_after_days", 1, 365)
    given = document.get("grades") or {}
    for grade in given:
        if grade not in GRADES:
            raise Invalid.at("grades", "unknown_choice", f"There is no grade {str(grade)[:20]}.")
    return Rules(
        ESCALATE_AFTER if after is None else after,
        {grade: _terms(dict(given.get(grade) or {}), f"grades.{grade}") for grade in GRADES},
    )


def _terms(given: dict[str, Any], where: str) -> Terms:
    days = {
        name: _whole(given.get(name), f"{where}.{name}", 1, LONGEST_DAYS)
        for name in ("visit_days", "contact_days", "sponsor_days")
    }
    roles = given.get("sponsor_roles") or []
    if not isinstance(roles, list | tuple) or len(roles) > MOST_ROLES:
        raise Invalid.at(f"{where}.sponsor_roles", "not_a_list", "Name the roles of a sponsor as a list.")
    if days["sponsor_days"] is not None and not roles:
        raise Invalid.at(f"{where}.sponsor_roles", "required", "Say which roles a sponsor may have.")
    percent = given.get("discount_percent")
    if percent is not None:
        percent = values.number(percent, f"{where}.discount_percent", Decimal(0), Decimal(100))
    return Terms(
        **days,
        answer_hours=_whole(given.get("answer_hours"), f"{where}.answer_hours", 1, LONGEST_HOURS),
        sponsor_roles=tuple(values.plain_text(one, f"{where}.sponsor_roles", longest=40) for one in roles),
        discount_percent=percent,
        credit_days=_whole(given.get("credit_days"), f"{where}.credit_days", 0, LONGEST_DAYS),
        priority=_whole(given.get("priority"), f"{where}.priority", 1, 9),
    )


def _whole(raw: Any, where: str, least: int, most: int) -> int | None:
    return None if raw is None else values.whole(raw, where, least, most)


def _plain(terms: Terms) -> dict[str, Any]:
    percent = terms.discount_percent
    return asdict(terms) | {
        "sponsor_roles": list(terms.sponsor_roles),
        "discount_percent": None if percent is None else f"{percent.normalize():f}",
    }
