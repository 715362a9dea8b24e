"""What a role keeps back stays back in explanations of value: amounts, attributes, records out of reach."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jinzita.analytics import formulas
from jinzita.analytics.catalogue import attribute_name
from jinzita.analytics.value_model import Indicator
from jinzita.customers.selectors.attributes import attribute_definitions, guard
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Viewer


def keeps_amount(viewer: Viewer, fact: str) -> bool:
    """Whether the viewer does not see the amounts of these records."""
    return viewer.access(fact, "amount").concealed


def keeps_profit(viewer: Viewer) -> bool:
    """Whether the viewer does not see what sales bring: it would tell what they cost, or their amounts."""
    return viewer.access("transactions", "cost").concealed or keeps_amount(viewer, "transactions")


@dataclass(frozen=True)
class SumsShown:
    """Which sums over many sales the viewer's role does not keep back."""

    revenue: bool
    profit: bool


def sums_shown(viewer: Viewer) -> SumsShown:
    """A sum tells of records out of reach as well: who reaches fewer sales than customers sees none."""
    whole = viewer.reach_of("transactions") is viewer.reach
    return SumsShown(whole and not keeps_amount(viewer, "transactions"), whole and not keeps_profit(viewer))


def without_sums(viewer: Viewer, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a pyramid or of a movement as the viewer sees them; shares stay, they name no amount."""
    shown = sums_shown(viewer)
    kept = [name for name in ("revenue", "profit") if not getattr(shown, name)]
    return [{name: None if name in kept else value for name, value in row.items()} for row in rows]


def reached(viewer: Viewer, facts: Iterable[str], customer_id: int) -> set[str]:
    """Those kinds of records that the viewer's role reaches, of a customer whom the viewer sees."""
    return {
        fact for fact in facts
        if viewer.reach_of(fact) is viewer.reach or visible_to(viewer, fact).filter(pk=customer_id).exists()
    }  # fmt: skip


def concealed(
    viewer: Viewer, used: Collection[Indicator], money: dict[str, set[str]], others: Collection[str] = ()
) -> set[str]:
    """Keys of the indicators of which the viewer must see neither value nor points.

    They rest on an attribute kept from the viewer, or are sums (`money`: the kinds of records by the
    indicator's key) of amounts that are, or are among these `others`. Contributions add up to the score: one
    alone that is kept back could be worked out from the rest, so the least of these is kept back with it.
    """
    resting = {one.key: _attributes(one) for one in used}
    names = set().union(*resting.values())
    known = names
    if names and viewer.user_id is not None:
        every = attribute_definitions(viewer, archived=True)
        definitions = every.filter(code__in=names).only("code", "visible_to")
        guard(viewer, definitions)
        known = {one.code for one in definitions}
    seen = {name for name in known if not viewer.access("customers", f"attributes.{name}").concealed}
    kept = {key for key, own in resting.items() if own - seen} | {
        key for key, facts in money.items() if any(keeps_amount(viewer, fact) for fact in facts)
    }
    kept |= set(others)
    rest = [one for one in used if one.key not in kept]
    if len(kept) == 1 and rest:
        kept.add(min(rest, key=lambda one: (one.weight, one.key)).key)
    return kept


def _attributes(one: Indicator) -> set[str]:
    codes = [one.code]
    if one.formula is not None:
        codes = [each.code for each in formulas.parse(one.formula).references]
    return {name for code in codes if (name := attribute_name(code))}
