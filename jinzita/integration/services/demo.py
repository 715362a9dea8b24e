"""The demo: two data sets that can be loaded and removed at any time, beside the company's own data."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db import transaction

from jinzita.assignment.services import demo as pool
from jinzita.customers.selectors.visible import visible_to
from jinzita.customers.services.demo import spread_ownerships
from jinzita.customers.services.profiles import fill_profiles
from jinzita.customers.services.removal import remove_customers
from jinzita.customers.services.team import fill_teams
from jinzita.integration.demo import carrier
from jinzita.integration.demo.carrier_names import AREAS, ROOT
from jinzita.integration.events import DemoRequested, ImportFinished
from jinzita.integration.reading import open_file
from jinzita.integration.services.loaders import load_rows
from jinzita.integration.services.plan import Plan
from jinzita.integration.services.preparing import Preparer
from jinzita.integration.services.scanning import scan
from jinzita.kernel import audit, events, jobs
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, NotFound
from jinzita.kernel.models import Job
from jinzita.kernel.values import start_of
from jinzita.people.services import add_demo_map, add_demo_people, remove_demo_map, remove_demo_people
from jinzita.products.services import remove_products
from jinzita.quality.services.demo import add_demo_rules, remove_demo_rules
from jinzita.treatment import services as treatment
from jinzita.treatment.fields import Rules, Terms
from jinzita.value.selectors.models import value_models

RETAIL_FILE = Path(__file__).parents[1] / "demo" / "online-retail.parquet"
STEP = 20_000
DUTY_WEEKS = 26
OWNED_DAYS = 2 * 365
CARRIER_OWES = Rules(
    grades={
        "vip": Terms(180, 90, 48, 30, ("manager",), Decimal(15), 60, 1),
        "important": Terms(270, 120, 72, None, (), Decimal(10), 45, 2),
        "ordinary": Terms(None, 180, 120, None, (), Decimal(5), 30, 3),
        "small": Terms(discount_percent=Decimal(0), credit_days=0, priority=4),
    }
)
Progress = Callable[..., None]


@dataclass(frozen=True)
class Part:
    """A part of the demo: how it is called, the source of its records, under which licence its data are."""

    code: str
    en: str
    zh: str
    source: str
    licence: str


PARTS = {
    "carrier": Part(
        "carrier", "Broadband carrier", "宽带运营商企业客户", "demo-carrier", "Generated; Apache-2.0"
    ),
    "retail": Part(
        "retail",
        "Online Retail (UCI)",
        "在线零售（UCI）",
        "demo-retail",
        "CC BY 4.0: Chen, Sain, Guo (2012), UCI 352",
    ),
}


def parts(by: Viewer) -> list[dict[str, Any]]:
    """The parts, and what of them is loaded."""
    by.require(Permission.MANAGE_DEMO)
    return [
        {
            "code": part.code,
            "name": {"en": part.en, "zh": part.zh},
            "installed": (count := visible_to(by).filter(source=part.source).count()) > 0,
            "customers": count,
            "licence": part.licence,
            "job_id": _open_jobs(part.code).values_list("pk", flat=True).first(),
        }
        for part in PARTS.values()
    ]


@transaction.atomic
def request(*, by: Viewer, code: str, remove: bool) -> Job:
    """Ask a worker to load or remove a part. Raises NotFound, Conflict while one is at it."""
    by.require(Permission.MANAGE_DEMO)
    _part(code)
    if _open_jobs(code).exists():
        raise Conflict("This part of the demo is being loaded or removed already.")
    job = jobs.begin(kind=_kind(code), by=by, message="remove" if remove else "load")
    events.publish(DemoRequested(job_id=job.pk, code=code, remove=remove))
    return job


def perform(*, by: Viewer, job_id: int, code: str, remove: bool, today: date) -> Job:
    """Do what was asked for, as its job."""
    if remove:
        return jobs.perform(job_id, lambda progress: {"customers": remove_part(by=by, code=code)})
    return jobs.perform(job_id, lambda progress: load_part(by=by, code=code, today=today, progress=progress))


def load_part(
    *, by: Viewer, code: str, today: date, progress: Progress = lambda *_, **__: None, announce: bool = True
) -> dict[str, Any]:
    """Load a part, or complete one that was loaded in part; answers how many records were made.

    `today` is the last day of the generated data. With `announce` the house is told, which runs its models.
    """
    by.require(Permission.MANAGE_DEMO)
    part = _part(code)
    load = partial(_load_carrier, today=today) if code == "carrier" else _load_retail
    made: dict[str, Any] = load(by=by, source=part.source, progress=progress)
    with transaction.atomic():
        audit.record(by=by, action="load_demo", subject_type="demo", changes={"code": code, **made})
        if announce:
            _announce(part)
    return made


@transaction.atomic
def remove_part(*, by: Viewer, code: str, announce: bool = True) -> int:
    """Remove a part with everything entered for its customers; answers how many customers went."""
    by.require(Permission.MANAGE_DEMO)
    part = _part(code)
    count = remove_customers(by=by, source=part.source)
    remove_products(by=by, source=part.source)
    if code == "carrier":
        regions = [f"{region}客户部" for of_area in AREAS.values() for region in of_area]
        remove_demo_map(by=by, demo=code)
        pool.remove_demo_rules(by=by)
        remove_demo_rules(by=by, demo=code)
        remove_demo_people(by=by, demo=code, departments=[ROOT, *AREAS, *regions])
    audit.record(by=by, action="remove_demo", subject_type="demo", changes={"code": code, "customers": count})
    if announce and count:
        _announce(part)
    return count


def _part(code: str) -> Part:
    if code not in PARTS:
        raise NotFound(f"The demo has no part “{code[:40]}”; it has {', '.join(PARTS)}.")
    return PARTS[code]


def _kind(code: str) -> str:
    return f"demo {code}"


def _open_jobs(code: str) -> Any:
    return Job.objects.filter(kind=_kind(code), state__in=(Job.State.WAITING, Job.State.RUNNING))


def _announce(part: Part) -> None:
    events.publish(ImportFinished(kind="demo", sources=[part.source], customer_ids=[], many=True))


def _load_carrier(*, by: Viewer, source: str, today: date, progress: Progress) -> dict[str, Any]:
    made = carrier.generate(end=today, time_zone=settings.COMPANY_TIME_ZONE)
    people = add_demo_people(
        by=by, demo="carrier", departments=made.organisation.departments, people=made.organisation.people
    )
    add_demo_map(by=by, demo="carrier", today=today)
    customers = made.tables["customers"]
    owners = [people[username] for username in made.owners]
    for name, place in (("owner_id", 0), ("department_id", 1)):
        customers = customers.append_column(name, pa.array([one[place] for one in owners], pa.int64()))
    made.tables["customers"] = customers
    total = sum(table.num_rows for table in made.tables.values())
    done, created = 0, {}
    for kind, table in made.tables.items():
        created[kind] = 0
        for step in _steps(table):
            with transaction.atomic():
                loaded = load_rows(
                    by=by, plan=Plan(kind=kind, source=source, unknown_customers="refuse"), rows=step
                )
            created[kind] += loaded.created
            done += step.num_rows
            progress(done, total)
    _publish_treatment(by, today)
    about = made.profiles
    fill_profiles(by=by, source=source, codes=about.codes, parents=about.parents, addresses=about.addresses)
    seats = [(key, people[username][0], part) for key, username, part in made.teams]
    fill_teams(by=by, source=source, seats=seats)
    return created


def _publish_treatment(by: Viewer, today: date) -> None:
    """What the carrier owes each grade, as if it had been published half a year ago."""
    model = next((one for one in value_models(by) if one.code == "carrier"), None)
    if model is not None:
        began = start_of(today) - timedelta(weeks=DUTY_WEEKS)
        treatment.publish_ready(by=by, model_id=model.pk, rules=CARRIER_OWES, now=began)


def begin_rules(*, by: Viewer) -> None:
    """Rules of entry for a company that begins with the demo."""
    add_demo_rules(by=by, demo="carrier")


def begin_pool(*, by: Viewer, today: date) -> None:
    """Rules of the public pool, with customers warned of and fallen back, once they are graded."""
    if pool.add_demo_rules(by=by):
        spread_ownerships(by=by, source=PARTS["carrier"].source, until=start_of(today), days=OWNED_DAYS)
        pool.rehearse(by=by, today=today)


def rehearse_duties(*, by: Viewer, today: date) -> None:
    """The carrier's duties of the last half year, week by week, once its customers are graded."""
    for week in range(DUTY_WEEKS, -1, -1):
        moment = start_of(today) - timedelta(weeks=week)
        treatment.settle_all(by=by, now=moment, quiet=True)
    treatment.escalate(by=by, today=today)


def _steps(table: pa.Table) -> Iterator[pa.Table]:
    numbered = table.append_column("number", pa.array(range(table.num_rows), pa.int64()))
    for start in range(0, table.num_rows, STEP):
        yield numbered.slice(start, STEP)


def _load_retail(*, by: Viewer, source: str, progress: Progress) -> dict[str, Any]:
    """The shop's lines, by the way any file goes; lines without a customer tell nothing about one."""
    plan = Plan(
        kind="transaction_lines",
        source=source,
        format="parquet",
        mapping={
            "InvoiceNo": "transaction",
            "CustomerID": "customer",
            "InvoiceDate": "occurred_at",
            "StockCode": "product",
            "Description": "product_name",
            "Quantity": "quantity",
            "UnitPrice": "unit_price",
        },
    )
    rows = open_file(RETAIL_FILE, plan.description)
    progress(0, message="reading")
    found = scan(rows, plan)
    preparer = Preparer(plan, found.styles)
    created = {"customers": 0, "transaction_lines": 0}
    done = 0
    for batch in rows.batches():
        prepared = preparer.prepare(batch, found.ordinals_of(batch.numbers))
        with transaction.atomic():
            created["customers"] += _load_shoppers(by, source, batch.table)
            created["transaction_lines"] += load_rows(by=by, plan=plan, rows=prepared.rows).created
        done += batch.rows
        progress(done, found.total)
    return created


def _load_shoppers(by: Viewer, source: str, lines: pa.Table) -> int:
    """The customers of these lines, with the country they order from."""
    known = lines.filter(pc.is_valid(lines["CustomerID"])).select(["CustomerID", "Country"])
    first: Mapping[str, str] = dict(
        zip(reversed(known["CustomerID"].to_pylist()), reversed(known["Country"].to_pylist()), strict=True)
    )
    table = pa.table(
        {
            "number": pa.array(range(len(first)), pa.int64()),
            "source_key": pa.array(first, pa.string()),
            "name": pa.array([f"Customer {key}" for key in first], pa.string()),
            "attributes": pa.array(
                [f'{{"country": "{country}"}}' for country in first.values()], pa.string()
            ),
        }
    )
    return load_rows(by=by, plan=replace(Plan(kind="customers", source=source)), rows=table).created
