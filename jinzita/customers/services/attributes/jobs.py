"""What changing an attribute's definition means for the customers' values, done by a worker."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from jinzita.customers.fields import attribute_field
from jinzita.customers.models import AttributeDefinition, AttributeType, Customer, IndexState
from jinzita.customers.services.attributes.values import STEP, recompute
from jinzita.kernel import audit, jobs, warehouse
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.kernel.jobs import Progress
from jinzita.kernel.records.parsing import json_value, parse

REPORTED = 20
_YES_NO: Mapping[str, bool] = {
    "yes": True, "true": True, "1": True, "是": True, "no": False, "false": False, "0": False, "否": False,
}  # fmt: skip


def compute_formulas(job_id: int | None) -> None:
    """Compute all formulas for all customers."""

    def work(progress: Progress) -> dict[str, Any]:
        changed = recompute(progress=progress)
        with transaction.atomic():
            warehouse.touch("customers")
        return {"changed": changed}

    _perform(job_id, work)


def rename_choices(*, by: Viewer, job_id: int, code: str, renamed: Mapping[str, str]) -> None:
    """Give the customers' values of a choice their new names."""

    def work(progress: Progress) -> dict[str, Any]:
        one = AttributeDefinition.objects.get(code=code)
        several = one.type == AttributeType.CHOICES

        def change(value: Any) -> Any:
            if several and isinstance(value, list):
                return list(dict.fromkeys(renamed.get(each, each) for each in value))
            return renamed.get(value, value) if isinstance(value, str) else value

        changed = _rewrite(code, change, progress)
        _note(by, one, {"renamed": dict(renamed), "customers": changed})
        return {"changed": changed}

    _perform(job_id, work)


def convert_attribute(*, by: Viewer, job_id: int, code: str, changes: Mapping[str, Any]) -> None:
    """Give an attribute another type when every value converts; otherwise say which do not."""

    def work(progress: Progress) -> dict[str, Any]:
        with transaction.atomic():
            one = AttributeDefinition.objects.select_for_update().get(code=code)
            for name, value in changes.items():
                if name in ("minimum", "maximum") and value is not None:
                    value = Decimal(value)
                setattr(one, name, value)
            field = attribute_field(one)
            failing: list[dict[str, Any]] = []

            def change(value: Any) -> Any:
                try:
                    return json_value(parse(field, _recast(value, one.type), "value"))
                except Invalid as error:
                    if len(failing) < REPORTED:
                        failing.append({"value": str(value)[:200], "code": error.problems[0].code})
                    return value

            changed = _rewrite(code, change, progress)
            if failing:
                some = ", ".join(str(each["value"]) for each in failing[:5])
                raise Conflict(f"Not every value can be read as {one.type}: {some}. Nothing was changed.")
            one.index_state = IndexState.NONE if one.type == AttributeType.CHOICES else one.index_state
            one.save()
            _note(by, one, {"type": one.type, "customers": changed})
        return {"changed": changed}

    _perform(job_id, work)


def index_attribute(*, job_id: int | None, code: str, wanted: bool) -> None:
    """Build or drop the indexes of an attribute's own, without holding up anybody."""

    def work(progress: Progress) -> dict[str, Any]:
        one = AttributeDefinition.objects.filter(code=code).first()
        _drop(code)
        if wanted and one is not None:
            try:
                _build(one)
            except Exception:
                AttributeDefinition.objects.filter(code=code).update(index_state=IndexState.FAILED)
                raise
        state = IndexState.READY if wanted else IndexState.NONE
        AttributeDefinition.objects.filter(code=code).update(index_state=state)
        return {"indexed": wanted}

    _perform(job_id, work)


def _perform(job_id: int | None, work: Callable[[Any], Mapping[str, Any]]) -> None:
    if job_id is None:
        work(lambda *some: None)
    else:
        jobs.perform(job_id, work)


def _note(by: Viewer, one: AttributeDefinition, changes: Mapping[str, Any]) -> None:
    with transaction.atomic():
        audit.record(by=by, action="convert", subject_type="attribute", subject_id=one.pk, changes=changes)
        warehouse.touch("customers")


def _recast(value: Any, kind: str) -> Any:
    """A kept value in the form in which the new type is entered."""
    if kind == AttributeType.CHOICES:
        return value if isinstance(value, list) else [str(value)]
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else ", ".join(map(str, value))
    if kind == AttributeType.YES_NO:
        return _YES_NO.get(str(value).strip().casefold(), value)
    if kind in (AttributeType.TEXT, AttributeType.CHOICE):
        return ("yes" if value else "no") if isinstance(value, bool) else str(value)
    if kind in (AttributeType.NUMBER, AttributeType.MONEY) and isinstance(value, str):
        try:
            return str(Decimal(value.replace(",", "").replace("，", "").strip()))
        except InvalidOperation:
            return value
    if kind == AttributeType.DATE and isinstance(value, str):
        return value.strip().replace("/", "-")
    return value.isoformat() if isinstance(value, date) else value


def _rewrite(code: str, change: Callable[[Any], Any], progress: Callable[..., object]) -> int:
    """Give every customer's value of an attribute what `change` makes of it; answers how many changed."""
    changed, done, last = 0, 0, 0
    kept = Customer.objects.filter(attributes__has_key=code).order_by("pk")
    while rows := list(kept.filter(pk__gt=last).values_list("pk", f"attributes__{code}")[:STEP]):
        new = [(pk, after) for pk, before in rows if (after := change(before)) != before]
        _write(code, new)
        changed, done, last = changed + len(new), done + len(rows), rows[-1][0]
        progress(done)
    return changed


@transaction.atomic
def _write(code: str, rows: list[tuple[int, Any]]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.rewritten")
        cursor.execute("CREATE TEMP TABLE rewritten (id bigint, value jsonb) ON COMMIT DROP")
        with cursor.copy("COPY rewritten FROM STDIN") as copy:
            for pk, value in rows:
                copy.write_row((pk, Jsonb(value)))
        cursor.execute(
            "UPDATE customers_customer c SET attributes = jsonb_set(c.attributes, ARRAY[%s], r.value)"
            " FROM rewritten r WHERE c.id = r.id",
            [code],
        )


def _build(one: AttributeDefinition) -> None:
    # A code is a plain identifier by constraint.
    code, kept = one.code, f"(attributes -> '{one.code}')"
    concurrently = "" if connection.in_atomic_block else "CONCURRENTLY"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE INDEX {concurrently} customer_attribute_{code} ON customers_customer ({kept}, id)"
            f" WHERE {kept} IS NOT NULL"
        )
        if one.type in (AttributeType.TEXT, AttributeType.CHOICE):
            cursor.execute(
                f"CREATE INDEX {concurrently} customer_attrtext_{code} ON customers_customer"
                f" (upper(attributes ->> '{code}') text_pattern_ops)"
                f" WHERE (attributes ->> '{code}') IS NOT NULL"
            )
        # A partial index's own statistics are not used by the planner.
        cursor.execute(f"CREATE STATISTICS customers_attribute_{code} ON {kept} FROM customers_customer")
        cursor.execute(f"ALTER STATISTICS customers_attribute_{code} SET STATISTICS 1000")
        cursor.execute("ANALYZE customers_customer")


def _drop(code: str) -> None:
    concurrently = "" if connection.in_atomic_block else "CONCURRENTLY"
    with connection.cursor() as cursor:
        for name in ("attribute", "attrtext"):
            cursor.execute(f"DROP INDEX {concurrently} IF EXISTS customer_{name}_{code}")
        cursor.execute(f"DROP STATISTICS IF EXISTS customers_attribute_{code}")
