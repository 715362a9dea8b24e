"""The rules of entry, asked in the transaction of every write.

A write is judged by what it leaves behind: it may not break a rule that the record kept, nor change a value
into another wrong one. What was wrong before and was not touched does not stand in anybody's way.
"""

from collections.abc import Collection, Mapping, Sequence

from django.db import connection

from jinzita.customers.fields.entry_rules import EntryRule, rules
from jinzita.customers.selectors.entry_rules import Fault, faults, values_of
from jinzita.kernel import audit
from jinzita.kernel.access import FieldAccess, Viewer
from jinzita.kernel.errors import Invalid, Problem


class Judge:
    """The rules in force for one write, and what its customers broke of them before it.

    With `fields`, only the rules of these are asked.
    """

    def __init__(
        self, by: Viewer, customer_ids: Sequence[int] = (), *, fields: Collection[str] | None = None
    ) -> None:
        # What the system writes by itself was asked of nobody.
        self.by = by
        asked = rules() if by.user_id is not None else []
        self.rules = [one for one in asked if fields is None or one.field in fields]
        self.before: Mapping[tuple[int, int], str] = faults(customer_ids, of=self.rules)

    def strict(self, customer_ids: Sequence[int]) -> list[Fault]:
        """What customers written together may not stay like. Those that are alike wait for each other."""
        return self._found([one for one in self.rules if one.strict], customer_ids)

    def warned(self, customer_ids: Sequence[int]) -> list[Fault]:
        """What customers written together came to be like against the advice of a rule."""
        return self._found([one for one in self.rules if not one.strict], customer_ids)

    def require_good(self, customer_id: int, *, accept_warnings: bool = False) -> None:
        """Raise Invalid when a customer just written breaks a rule, or is to be looked at again.

        A warning does not stop a program, nor a person who accepts it; that it was accepted is noted.
        """
        found = self._found(self.rules, [customer_id])
        if refused := [one for one in found if one.rule.strict]:
            raise Invalid("This breaks a rule of entry.", problems=list(map(_problem, refused)))
        if not found:
            return
        if not accept_warnings and self.by.via == "browser":
            raise Invalid(
                "This is unusual; look at it again, or save it anyway.", code="entry_warnings",
                problems=list(map(_problem, found)),
            )  # fmt: skip
        audit.record(
            by=self.by, action="accept_warnings", subject_type="customer", subject_id=customer_id,
            changes={"rules": _sentences([one.rule for one in found])},
        )  # fmt: skip

    def _found(self, asked: Sequence[EntryRule], ids: Sequence[int]) -> list[Fault]:
        asked = [one for one in asked if one.check != "required" or self._may_fill(one)]
        if not asked or not ids:
            return []
        for one in asked:
            if one.check == "unique":
                _take_turns(one, ids)
        after = faults(ids, of=asked, together=True)
        by_id = {one.id: one for one in asked}
        return [
            Fault(pk, by_id[rule_id])
            for (pk, rule_id), value in sorted(after.items())
            if self.before.get((pk, rule_id)) != value
        ]

    def _may_fill(self, rule: EntryRule) -> bool:
        return self.by.access("customers", rule.field) is FieldAccess.EDIT


def _take_turns(rule: EntryRule, ids: Sequence[int]) -> None:
    """Two writes of the same value come one after the other, so that the second sees the first.

    Very many take the rule as a whole: the table of locks is not for a row each.
    """
    with connection.cursor() as cursor:
        if len(ids) > 1:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"entry {rule.id}"])
            return
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 1))", [f"entry {rule.id}"])
        for value in values_of(rule, ids):
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [f"entry {rule.id} {value}"]
            )


def _sentences(asked: Sequence[EntryRule]) -> dict[str, str]:
    """What the rules say, in both languages: who reads the log later may find the rules gone."""
    return {"en": "; ".join(one.en for one in asked), "zh": "；".join(one.zh for one in asked)}


def _problem(one: Fault) -> Problem:
    rule = one.rule
    return Problem(
        "owner_id" if rule.field == "owner" else rule.field, "entry_rule", rule.en,
        {"rule": rule.id, "strict": rule.strict, "en": rule.en, "zh": rule.zh},
    )  # fmt: skip
