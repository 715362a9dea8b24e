"""A customer with 50,000 entries on its timeline: pages of it over HTTP, against the least that shows one."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg

from bench.figures import Figure, middle, p95, seconds_of
from bench.installation import Session, database, server
from bench.room import Room
from bench.table import shown
from jinzita.kernel import postgres

REQUESTS = 100
PAGE = 20
LIMIT = 0.150
FLOOR = "SELECT of 20 transactions by an index"
PLAIN = (
    "SELECT id, occurred_at, amount, note FROM agreements_transaction"
    " WHERE customer_id = %s ORDER BY occurred_at DESC LIMIT 20"
)
# How the entries divide at scale 1; other customers have this many times as much.
OTHERS = 4
MANY = {
    "transaction": 24_000, "interaction": 9_000, "invoice": 4_000, "receipt": 4_000, "note": 3_000,
    "change": 2_400, "opportunity": 1_500, "grade": 700, "bulk_change": 400, "file": 300,
    "ownership": 150, "stage": 150, "consent": 200, "duty": 200,
}  # fmt: skip
# Every ninety minutes something happened, for nine years.
_AT = "now() - i * {} * interval '90 minutes'"
_FROM = "FROM generate_series(1, %(rows)s) i"
_WORDS = "(ARRAY['谈价格', '报价单已发', '续约条款', '网络故障', 'quarterly review'])[1 + i %% 5]"
_OWN = "%(customer)s, 'bench', %(customer)s || '-' || i, now(), now()"
_SOURCED = "customer_id, source, source_key, created_at, updated_at"
_ROWS = {
    "transaction": f"INSERT INTO agreements_transaction ({_SOURCED}, occurred_at, kind, amount, note)"
    f" SELECT {_OWN}, {_AT.format(2)}, 'sale', 100 + i, {_WORDS} {_FROM}",
    "interaction": f"INSERT INTO activities_interaction ({_SOURCED}, occurred_at, kind, subject, note, by_id)"
    f" SELECT {_OWN}, {_AT.format(5)}, 'call', {_WORDS}, repeat('往来的内容。', 20), %(user)s {_FROM}",
    "invoice": f"INSERT INTO receivables_invoice ({_SOURCED}, issued_on, due_on, amount)"
    f" SELECT {_OWN}, ({_AT.format(11)})::date, ({_AT.format(11)})::date + 30, 100 {_FROM}",
    "receipt": f"INSERT INTO receivables_receipt ({_SOURCED}, received_on, amount)"
    f" SELECT {_OWN}, ({_AT.format(12)})::date, 100 {_FROM}",
    "opportunity": f"INSERT INTO sales_opportunity"
    f" ({_SOURCED}, name, amount, probability, expected_on, status, closed_on)"
    f" SELECT {_OWN.replace('now(), now()', _AT.format(30) + ', now()')}, {_WORDS}, 100, 0.5, current_date,"
    f" CASE WHEN i %% 3 = 0 THEN 'open' ELSE 'won' END,"
    f" CASE WHEN i %% 3 > 0 THEN ({_AT.format(30)})::date END {_FROM}",
    "note": "INSERT INTO activities_note (customer_id, text, by_id, by_name, written_at)"
    f" SELECT %(customer)s, {_WORDS} || repeat(' 详细内容', 40), %(user)s, 'x', {_AT.format(16)} {_FROM}",
    "change": "INSERT INTO kernel_auditentry"
    " (at, actor_id, actor_name, via, action, subject_type, subject_id, changes)"
    f" SELECT {_AT.format(17)}, %(user)s, 'x', 'browser', 'update', 'customer', %(customer)s,"
    f' \'{{"phone": ["1", "2"]}}\' {_FROM}',
    "grade": "INSERT INTO value_scorehistory (customer_id, at, as_of, score, grade, cause)"
    f" SELECT %(customer)s, {_AT.format(70)}, current_date, i %% 100,"
    f" CASE WHEN i %% 40 < 20 THEN 'vip' ELSE 'ordinary' END, 'run' {_FROM}",
    "bulk_change": "WITH made AS (INSERT INTO kernel_changeset"
    " (kind, words, by_name, at, state, rows, taken_back)"
    f" SELECT 'tag', '{{}}', 'x', {_AT.format(90)}, 'done', 1, '{{}}' {_FROM} RETURNING id)"
    ' INSERT INTO kernel_changedrow (change_set_id, "table", row_id, before, after)'
    " SELECT id, 'customers_customer', %(customer)s, '{\"tags\": []}', '{\"tags\": [\"a\"]}' FROM made",
    "ownership": "INSERT INTO customers_ownership"
    " (customer_id, owner_id, since, until, by_name, reason, ended_as)"
    f" SELECT %(customer)s, %(user)s, {_AT.format(300)}, {_AT.format(300)} + interval '1 day', 'x',"
    f" 'assigned', CASE WHEN i %% 2 = 0 THEN 'released' ELSE 'assigned' END {_FROM}",
    "stage": "INSERT INTO customers_stagechange (customer_id, was, now, at, by_rule)"
    f" SELECT %(customer)s, 'customer', 'member', {_AT.format(300)}, true {_FROM}",
    "consent": f"INSERT INTO privacy_consent ({_SOURCED}, channel, purpose, state, at, by_id)"
    f" SELECT {_OWN}, 'call', 'marketing', 'given', {_AT.format(250)}, %(user)s {_FROM}",
    "duty": "INSERT INTO treatment_duty (customer_id, item, grade, version_id, owner_id, span, opened_on,"
    " counts_from, due_on, due_at, state, done_at, missed_on)"
    " SELECT %(customer)s, 'visit', 'vip', (SELECT min(id) FROM treatment_policyversion), %(user)s, 30,"
    f" current_date, now(), current_date, now(), 'done', {_AT.format(240)},"
    f" CASE WHEN i %% 3 = 0 THEN ({_AT.format(245)})::date END {_FROM}",
    "file": "INSERT INTO activities_file (customer_id, content_id, name, by_name, added_at)"
    f" SELECT %(customer)s, repeat('0', 64), '报价-' || i || '.pdf', 'x', {_AT.format(150)} {_FROM}",
}


def measure(room: Room) -> list[Figure]:
    with database(room) as password:
        address = postgres.embedded_address(room.data / "postgres").url
        with psycopg.connect(address, autocommit=True) as line:
            customer, user, entries = make(line, room)
            with server(room) as port:
                session = Session(port, "admin", password)
                times = _measure(session, line, customer, user)
    floor = times.pop("floor")
    return [
        Figure("timeline", f"{name} of {entries:,} entries, p95", p95(taken), FLOOR, p95(floor),
               "p95 < 150 ms", p95(taken) < LIMIT, note=f"p50 {shown(middle(taken))}")
        for name, taken in times.items()
    ]  # fmt: skip


def make(line: psycopg.Connection, room: Room) -> tuple[int, int, int]:
    """The customer, a colleague and how many entries it has; others like it stand around."""
    from jinzita.customers.services import create_customer
    from jinzita.kernel.access import system

    (user,) = line.execute("SELECT min(id) FROM people_user").fetchone()
    line.execute(
        "INSERT INTO activities_filecontent (sha256, size, kind, has_preview, kept_at)"
        " VALUES (repeat('0', 64), 1, 'pdf', false, now()) ON CONFLICT DO NOTHING"
    )
    line.execute(
        "INSERT INTO treatment_policyversion (model_id, number, document, note, published_at)"
        " SELECT min(id), 1, '{}', '', now() FROM value_valuemodel ON CONFLICT DO NOTHING"
    )
    customers = [create_customer(by=system("bench"), name=f"时间线 {n}").pk for n in range(OTHERS + 1)]
    entries = 0
    for kind, statement in _ROWS.items():
        rows = room.rows(MANY[kind], least=50)
        entries += rows
        for customer in customers:
            line.execute(statement, {"customer": customer, "user": user, "rows": rows})
    line.execute("VACUUM (ANALYZE)")
    return customers[2], user, entries


def _measure(session: Session, line: psycopg.Connection, customer: int, user: int) -> dict[str, list[float]]:
    path = f"/customers/{customer}/timeline"
    draw = random.Random(5)

    def asked(**parameters: object) -> Callable[[], object]:
        return lambda: session.fetch(path, limit=PAGE, **parameters)

    def deep() -> object:
        return session.fetch(path, limit=PAGE, cursor=draw.choice(cursors))

    cursors = _cursors(session, path)
    pages: dict[str, Callable[[], object]] = {
        "floor": lambda: line.execute(PLAIN, [customer]).fetchall(),
        "first page": asked(),
        "a page further down": deep,
        "of some kinds": asked(kinds="invoice,receipt,opportunity"),
        "of a colleague": asked(by_id=user),
        "of a month years ago": asked(since="2022-05-01T00:00:00Z", until="2022-06-01T00:00:00Z"),
        "with words": asked(q="续约"),
        "with words nobody wrote": asked(q="不存在的词"),
        "of a colleague, with words, of a year": asked(
            by_id=user, q="报价", since="2021-01-01T00:00:00Z", until="2022-01-01T00:00:00Z"
        ),
    }
    for page in pages.values():
        page()
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(REQUESTS):
        for name, page in pages.items():
            times[name].append(seconds_of(page))
    return times


def _cursors(session: Session, path: str) -> list[str]:
    """Where pages further down begin, some from the very end."""
    found: list[str] = []
    for years in range(1, 9):
        until = datetime.fromtimestamp(time.time() - years * 365 * 86_400, UTC).isoformat()
        page = session.get(path, limit=PAGE, until=until)
        found += [page["next"]] if page["next"] else []
    return found or [session.get(path, limit=PAGE)["next"]]
