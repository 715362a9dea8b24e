"""A made company in PostgreSQL: customers with Chinese and Latin names, their people, their facts.

Everything is computed from the row's number, so the same size gives the same company. No real person or
organisation is meant.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

words = str.split
PLACES = words("北京 上海 广州 深圳 天津 重庆 成都 武汉 杭州 南京 苏州 西安 长沙 青岛 宁波 郑州 济南 无锡")
FIRST = list("中华东南北西新金天海大江正宏恒鼎盛泰信诚瑞祥远达明光联通创科智慧云星宇辰博雅嘉德安康")
SECOND = list("兴隆昌茂源润丰裕达通顺成业基石川峰岭河湖海洋航翔腾飞跃扬帆舟桥路道方圆维思奇妙品格")
TRADES = words("科技 电子 贸易 建筑 物流 食品 服装 化工 医药 软件 网络 通信 能源 环保 餐饮 酒店")
FORMS = words("有限公司 有限责任公司 股份有限公司 集团有限公司 分公司 商行 工厂 中心")
SURNAMES = list("王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹")
GIVEN = list("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华文建国志玉红梅晓春燕云飞鹏宇欣怡子涵")
LATIN = words(
    "Alder Birch Cedar Delta Ember Falcon Granite Harbour Indigo Juniper Kestrel Lumen Meridian Opal"
)
LATIN += words("Pacific Quartz Raven Summit Topaz Umber Vertex Willow Xenon Yellow Zephyr")
LATIN_TRADES = words("Trading Logistics Systems Foods Textiles Energy Chemicals Partners Holdings Motors")
LATIN_FORMS = words("Ltd Inc GmbH LLC Co. Pte")
REGIONS = words("华北 华东 华南 华中 西南 西北 东北")
# About a hundredth of the customers each.
CITIES = [f"{place}{part}" for place in PLACES for part in "东南西北中新"]
INDUSTRIES = words("制造业 批发零售 信息技术 建筑业 交通运输 金融业 教育 餐饮住宿")
COMMON = words("有限公司 公司 有限 科技")
DEPARTMENTS, SALESPEOPLE = 20, 500
SOURCE = "bench"


def make(customers: int, until: datetime) -> None:
    """Write the company: people, customers with search keys, two transactions each and some other facts."""
    with transaction.atomic():
        _people()
        _customers(customers)
    _complete()
    with transaction.atomic():
        _facts(customers, until)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _draw(number: str, seed: int, count: int) -> str:
    """SQL: a number from 1 to `count`, drawn from the row's number."""
    return f"(1 + (hashint8extended({number}, {seed}) & 9223372036854775807) % {count})::int"


def _word(seed: int, choice: list[str]) -> str:
    listed = ", ".join(f"'{word}'" for word in choice)
    return f"(ARRAY[{listed}])[{_draw('i', seed, len(choice))}]"


def _words(seed: int, *choices: list[str]) -> list[str]:
    return [_word(seed + n, choice) for n, choice in enumerate(choices)]


def _people() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_department (name, path)"
            f" SELECT '销售' || i || '部', '' FROM generate_series(1, {DEPARTMENTS}) i"
        )
        cursor.execute("UPDATE people_department SET path = '/' || id || '/'")
        cursor.execute(
            "INSERT INTO people_user"
            " (username, password, name, email, role, department_id, is_active, language, theme, demo)"
            " SELECT 'seller' || i, '', '销售' || i, '', 'salesperson', d.id, true, '', '', ''"
            f" FROM generate_series(1, {SALESPEOPLE}) i"
            " JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM people_department) d"
            f" ON d.n = 1 + i % {DEPARTMENTS}"
        )


def _customers(count: int) -> None:
    organisation = " || ".join(_words(11, PLACES, FIRST, SECOND, TRADES, FORMS))
    person = " || ".join(_words(21, SURNAMES, GIVEN, GIVEN))
    latin = " || ' ' || ".join(_words(31, LATIN, LATIN_TRADES, LATIN_FORMS))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO customers_customer
                (source, source_key, name, kind, owner_id, department_id, phone, email, attributes,
                 created_at, updated_at)
            SELECT '{SOURCE}', i::text,
                CASE WHEN i % 10 = 3 THEN {person} WHEN i % 20 = 7 THEN {latin} ELSE {organisation} END,
                CASE WHEN i % 10 = 3 THEN 'person' ELSE 'organisation' END,
                seller.id, seller.department_id,
                '1' || (3000000000 + {_draw("i", 41, 2_000_000_000)})::bigint, '',
                jsonb_build_object('region', {_word(42, REGIONS)}, 'industry', {_word(43, INDUSTRIES)},
                    'city', {_word(46, CITIES)},
                    'annual_sales', {_draw("i", 47, 100_000)} * 1000,
                    'size', (5 * power(10, 3 * power({_draw("i", 44, 1000)} / 1000.0, 3)))::int),
                now() - i * interval '90 seconds', now()
            FROM generate_series(1, {count}) i
            JOIN (SELECT id, department_id, row_number() OVER (ORDER BY id) AS n FROM people_user
                  WHERE role = 'salesperson') seller ON seller.n = {_draw("i", 45, SALESPEOPLE)}
            ORDER BY i"""
        )


def _complete() -> None:
    """Standings and search keys, by the owner's own bulk service, ten thousand customers at a time."""
    from jinzita.customers.services import complete_new

    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id ORDER BY id) FROM customers_customer WHERE source = %s", [SOURCE])
        ids: list[int] = cursor.fetchone()[0]
        # The index of n-grams is built once over all rows: the same index, sooner.
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'search_grams'")
        (definition,) = cursor.fetchone()
        cursor.execute("DROP INDEX search_grams")
    for start in range(0, len(ids), 10_000):
        complete_new(ids[start : start + 10_000])
    with connection.cursor() as cursor:
        cursor.execute(definition)


# Amounts are heavy-tailed; every twentieth customer has ten times as many facts.
_AMOUNT = "(20 + 50000 * power({} / 100000.0, 8))::numeric(18, 4)"
_FACTS = {
    "agreements_transaction": (
        3.0, "occurred_at, kind, amount, cost, note",
        "{moment}, CASE WHEN i % 30 = 0 THEN 'return' ELSE 'sale' END, {amount},"
        " ({amount} * 0.7)::numeric(18, 4), ''",
    ),
    "receivables_invoice": (
        0.3, "issued_on, due_on, amount", "({moment})::date, ({moment})::date + 30, {amount}",
    ),
    "receivables_receipt": (0.3, "received_on, amount", "({moment})::date, {amount}"),
    "activities_interaction": (
        0.5, "occurred_at, kind, subject, note",
        "{moment}, (ARRAY['task', 'visit', 'call', 'praise', 'complaint'])[1 + i % 5], '回访', ''",
    ),
}  # fmt: skip


def _facts(customers: int, until: datetime) -> None:
    start = until - timedelta(days=1095)
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM customers_customer WHERE source = %s", [SOURCE])
        first = int(cursor.fetchone()[0])
        for table, (each, columns, values) in _FACTS.items():
            rows = max(1, int(customers * each))
            moment = f"TIMESTAMPTZ '{start.isoformat()}' + i * (INTERVAL '1095 days' / {rows})"
            amount = _AMOUNT.format(_draw("i", 51, 100_000))
            # Two of three rows go round everybody, the third to one of every twentieth customer.
            busy = f"i / 3 % {customers // 20} * 20"
            customer = f"{first} + CASE WHEN i % 3 > 0 THEN i % {customers} ELSE {busy} END"
            cursor.execute(
                f"INSERT INTO {table} (source, source_key, customer_id, {columns}, created_at, updated_at)"
                f" SELECT '{SOURCE}', i::text, {customer},"
                f" {values.format(moment=moment, amount=amount)}, now(), now()"
                f" FROM generate_series(1, {rows}) i"
            )
