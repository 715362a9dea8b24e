"""A Chinese broadband carrier's enterprise business, made by a seeded generator.

Departments, account managers, 3,000 organisations, some of them entered twice, and three years of what passed
between them and the carrier. The same seed and last day give the same data. A company's size and appetite set
what it pays, its health whether that grows, its temper how it pays and what it says; all four families of
indicators follow from these.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jinzita.integration.demo.carrier_doubles import doubled, entered_again
from jinzita.integration.demo.carrier_names import (
    AREAS,
    CITIES,
    INDUSTRY_WEIGHTS,
    PRODUCTS,
    REGION_WEIGHTS,
    ROOT,
    TRADES,
    company_names,
    person_names,
)
from jinzita.integration.demo.carrier_profile import Profiles, profiles
from jinzita.integration.demo.carrier_teams import Seat, teams

SEED = 20_260_101
CUSTOMERS = 3_000
MONTHS = 36
MANAGERS_OF_A_REGION = 2
SIZES = ("micro", "small", "medium", "large", "giant")
_SIZE_WEIGHTS = (0.34, 0.36, 0.2, 0.08, 0.02)
# Typical monthly fee of each size in yuan, and how many months one bill covers.
_FEES = (420.0, 1_300.0, 5_200.0, 24_000.0, 110_000.0)
_BILLED = (6, 3, 3, 1, 1)
_SEASON = np.array([0.9, 0.82, 1.02, 0.98, 1.0, 1.08, 0.97, 0.98, 1.04, 1.0, 1.06, 1.15])
AMOUNT = pa.decimal128(18, 4)
_MOMENT = pa.timestamp("us", "UTC")


@dataclass(frozen=True)
class Organisation:
    """The carrier's own people: departments (name, parent), users (username, name, role, department)."""

    departments: list[tuple[str, str | None]]
    people: list[tuple[str, str, str, str]]


@dataclass
class Carrier:
    """The demo's records, as tables that `kernel.loading` takes, in the order they are to be loaded."""

    organisation: Organisation
    owners: list[str]
    tables: dict[str, pa.Table]
    profiles: Profiles
    teams: list[Seat]


def generate(*, end: date, time_zone: ZoneInfo, seed: int = SEED, customers: int = CUSTOMERS) -> Carrier:
    """Three years up to `end` (no fact lies after it); times of day are of the company's zone."""
    random = np.random.default_rng(seed)
    maker = _Maker(random, end, time_zone, customers)
    organisation = _organisation(random)
    companies = maker.companies(organisation)
    transactions = maker.transactions()
    invoices, receipts = maker.invoices_and_receipts(transactions)
    about = profiles(seed, maker.keys, maker.regions, maker.size)
    again = doubled(customers)
    # By whoever looks after the next company: two people who do not know of one another.
    owners = maker.owners + [maker.owners[(place + 1) % customers] for place in again]
    tables = {
        "customers": pa.concat_tables([companies, entered_again(companies, again, maker.regions)]),
        "contacts": about.contacts,
        "products": _products(),
        "transactions": transactions.select(
            ["source_key", "customer", "occurred_at", "kind", "amount", "cost", "note"]
        ),
        "invoices": invoices,
        "receipts": receipts,
        "interactions": maker.interactions(),
        "opportunities": maker.opportunities(),
    }
    largest = [str(maker.keys[place]) for place in np.argsort(-maker.fee, kind="stable")]
    seats = teams(largest, dict(zip(map(str, maker.keys), maker.owners, strict=True)), organisation.people)
    return Carrier(organisation, owners, tables, about, seats)


def _organisation(random: np.random.Generator) -> Organisation:
    departments: list[tuple[str, str | None]] = [(ROOT, None)]
    teams: list[str] = []
    for area, regions in AREAS.items():
        departments.append((area, ROOT))
        departments += [(f"{region}客户部", area) for region in regions]
        teams += [f"{region}客户部" for region in regions]
    names = person_names(random, 1 + len(AREAS) + len(teams) * MANAGERS_OF_A_REGION)
    people = [("demo.director", names.pop(), "manager", ROOT)]
    people += [(f"demo.manager{i}", names.pop(), "manager", area) for i, area in enumerate(AREAS, start=1)]
    people += [
        (f"demo.am{position * MANAGERS_OF_A_REGION + n + 1:02d}", names.pop(), "salesperson", team)
        for position, team in enumerate(teams)
        for n in range(MANAGERS_OF_A_REGION)
    ]
    return Organisation(departments, people)


def _products() -> pa.Table:
    keys, names, categories = zip(*PRODUCTS, strict=True)
    return pa.table({"source_key": pa.array(keys), "name": pa.array(names), "category": pa.array(categories)})


class _Maker:
    """What all tables of one generation share: the companies and their hidden traits."""

    def __init__(self, random: np.random.Generator, end: date, zone: ZoneInfo, count: int) -> None:
        self.random, self.zone, self.count = random, zone, count
        self.end = np.datetime64(end, "D")
        self.first_month = self.end.astype("datetime64[M]") - (MONTHS - 1)
        self.keys = np.array([f"C{number:05d}" for number in range(1, count + 1)])
        self.size = random.choice(len(SIZES), count, p=_SIZE_WEIGHTS)
        # Within a size the appetite is heavy-tailed, too: a few small companies pay like large ones.
        self.fee = np.array(_FEES)[self.size] * random.lognormal(0, 0.55, count)
        self.fee *= 1 + random.pareto(2.6, count) * 0.5
        self.growth = random.normal(0.004, 0.016, count)
        self.temper = random.beta(5, 2, count)
        self.punctual = random.beta(4, 1.6, count)
        self.prospect = random.random(count) < 0.12
        since = np.where(random.random(count) < 0.62, 0, random.integers(0, MONTHS, count))
        leaves = random.random(count) < 0.14
        self.starts = since
        self.ends = np.where(leaves, since + random.integers(4, MONTHS, count), MONTHS)
        self.owners: list[str] = []
        self.regions: list[str] = []

    def companies(self, organisation: Organisation) -> pa.Table:
        random, count = self.random, self.count
        regions = list(CITIES)
        weights = np.array(REGION_WEIGHTS) / sum(REGION_WEIGHTS)
        region = np.array(regions)[random.choice(len(regions), count, p=weights)]
        industry_weights = np.array(INDUSTRY_WEIGHTS) / sum(INDUSTRY_WEIGHTS)
        industry = np.array(list(TRADES))[random.choice(len(TRADES), count, p=industry_weights)]
        capital = np.round(self.fee * random.lognormal(4.6, 0.7, count) / 10_000, 0).clip(10) * 10_000
        sales = np.round(capital * random.lognormal(0.9, 0.6, count), -4)
        listed = (self.size >= 3) & (random.random(count) < 0.12)
        self.regions = [str(one) for one in region]
        by_team: dict[str, list[str]] = {}
        for username, _, role, department in organisation.people:
            if role == "salesperson":
                by_team.setdefault(department, []).append(username)
        picks = random.integers(0, 1 << 30, count)
        for one, pick in zip(region, picks, strict=True):
            team = by_team[f"{one}客户部"]
            self.owners.append(team[int(pick) % len(team)])
        phones = [f"400-{a:03d}-{b:04d}" for a, b in zip(
            random.integers(100, 1000, count), random.integers(0, 10_000, count), strict=True
        )]  # fmt: skip
        attributes = [
            f'{{"size": "{SIZES[s]}", "registered_capital": {c:.0f}, "region": "{r}", "industry": "{i}",'
            f' "annual_sales": {a:.0f}, "listed": {"true" if on else "false"}}}'
            for s, c, r, i, a, on in zip(self.size, capital, region, industry, sales, listed, strict=True)
        ]
        return pa.table(
            {
                "source_key": pa.array(self.keys),
                "name": pa.array(company_names(random, region, industry)),
                "kind": pa.array(["organisation"] * count),
                "phone": pa.array(phones),
                "attributes": pa.array(attributes),
            }
        )

    def transactions(self) -> pa.Table:
        """Bills for lines by the month, projects now and then, credit notes for what went wrong."""
        random = self.random
        who, month = self._billed_months()
        covered = np.array(_BILLED)[self.size[who]]
        age = month - self.starts[who]
        season = _SEASON[(self.first_month.astype(int) + month) % 12]
        amount = self.fee[who] * covered * (1 + self.growth[who]) ** age * random.lognormal(0, 0.07, len(who))
        amount *= 1 + (season - 1) * 0.4
        margin = np.clip(random.normal(0.42 - 0.03 * self.size[who], 0.06), 0.05, 0.75)
        day = self._days(month, random.integers(0, 8, len(who)))
        bills = self._frame(who, day, amount, amount * (1 - margin), "sale", "线路月租")

        active = np.clip(self.ends - self.starts, 0, None) * ~self.prospect
        projects = random.poisson(active * np.array([0.004, 0.012, 0.035, 0.07, 0.11])[self.size])
        who = np.repeat(np.arange(self.count), projects)
        month = self.starts[who] + (random.random(len(who)) * (self.ends - self.starts)[who]).astype(int)
        value = (
            self.fee[who]
            * random.lognormal(1.6, 0.7, len(who))
            * _SEASON[(self.first_month.astype(int) + month) % 12]
        )
        margin = np.clip(random.normal(0.24, 0.1, len(who)), -0.1, 0.6)
        day = self._days(month, random.integers(3, 28, len(who)))
        works = self._frame(who, day, value, value * (1 - margin), "sale", "集成项目")

        sales = _joined(bills, works)
        back = random.random(len(sales["who"])) < 0.006 + 0.03 * (1 - self.temper[sales["who"]])
        share = random.uniform(0.05, 0.9, back.sum())
        day = sales["day"][back] + random.integers(2, 50, back.sum())
        returns = self._frame(
            sales["who"][back],
            day,
            sales["amount"][back] * share,
            sales["cost"][back] * share,
            "return",
            "退费",
        )
        return self._as_transactions(_joined(sales, returns))

    def _billed_months(self) -> tuple[np.ndarray, np.ndarray]:
        """Which company is billed in which month (0 = the first)."""
        grid = np.arange(MONTHS)[None, :]
        every = np.array(_BILLED)[self.size][:, None]
        phase = (np.arange(self.count) % 6)[:, None]
        on = (grid >= self.starts[:, None]) & (grid < self.ends[:, None]) & ~self.prospect[:, None]
        on &= (grid + phase) % every == 0
        who, month = np.nonzero(on)
        return who, month

    def _days(self, month: np.ndarray, day: np.ndarray) -> np.ndarray:
        return (self.first_month + month).astype("datetime64[D]") + day

    def _frame(
        self, who: np.ndarray, day: np.ndarray, amount: np.ndarray, cost: np.ndarray, kind: str, note: str
    ) -> dict[str, np.ndarray]:
        past = day <= self.end
        size = int(past.sum())
        return {
            "who": who[past], "day": day[past], "amount": np.maximum(np.round(amount[past], 2), 1.0),
            "cost": np.round(cost[past], 2), "kind": np.full(size, kind), "note": np.full(size, note),
        }  # fmt: skip

    def _as_transactions(self, rows: dict[str, np.ndarray]) -> pa.Table:
        order = np.argsort(rows["day"], kind="stable")
        rows = {name: column[order] for name, column in rows.items()}
        table = pa.table(
            {
                "source_key": _numbered("T", len(order)),
                "customer": pa.array(self.keys[rows["who"]]),
                "occurred_at": self._moments(rows["day"]),
                "kind": pa.array(rows["kind"]),
                "amount": _money(rows["amount"]),
                "cost": _money(rows["cost"]),
                "note": pa.array(rows["note"]),
                "who": pa.array(rows["who"]),
                "day": pa.array(rows["day"].astype("datetime64[D]")),
            }
        )
        return table

    def invoices_and_receipts(self, transactions: pa.Table) -> tuple[pa.Table, pa.Table]:
        """An invoice for each sale; most are paid, late or soon as the company's habit is, some
        in two parts.
        """
        random = self.random
        sales = transactions.filter(pc.equal(transactions["kind"], "sale"))
        who, day = sales["who"].to_numpy(), sales["day"].to_numpy()
        count = len(who)
        issued = np.minimum(day + random.integers(0, 4, count), self.end)
        terms = np.array([15, 15, 30, 30, 45])[self.size[who]]
        keys = _numbered("I", count)
        invoices = pa.table(
            {
                "source_key": keys,
                "customer": sales["customer"],
                "issued_on": pa.array(issued),
                "due_on": pa.array(issued + terms),
                "amount": sales["amount"],
            }
        )
        late = random.exponential(1.0, count) * (1 - self.punctual[who]) * 110
        paid_on = issued + (terms * random.uniform(0.3, 1.05, count) + late).astype(int)
        lost = random.random(count) < 0.012 + 0.05 * (1 - self.punctual[who]) ** 2
        halves = (random.random(count) < 0.06) & (self.size[who] >= 2)
        amount = sales["amount"].to_pylist()
        first = [_half(value) if half else value for value, half in zip(amount, halves, strict=True)]
        second = [value - part for value, part in zip(amount, first, strict=True)]
        later = paid_on + random.integers(10, 60, count)
        parts = [(paid_on, first, ~lost), (later, second, ~lost & halves)]
        columns: dict[str, list[pa.Array]] = {"customer": [], "received_on": [], "amount": [], "invoice": []}
        for on, values, made in parts:
            made = pa.array(made & (on <= self.end))
            columns["customer"].append(sales["customer"].combine_chunks().filter(made))
            columns["received_on"].append(pa.array(on.astype("datetime64[D]")).filter(made))
            columns["amount"].append(pa.array(values, AMOUNT).filter(made))
            columns["invoice"].append(keys.filter(made))
        together = {name: pa.concat_arrays(arrays) for name, arrays in columns.items()}
        receipts = pa.table({"source_key": _numbered("R", len(together["customer"])), **together})
        return invoices, receipts

    def interactions(self) -> pa.Table:
        """What account managers did and what companies said: tasks and visits follow money,
        complaints temper.
        """
        random = self.random
        span = np.where(self.prospect, MONTHS * 0.3, np.clip(self.ends - self.starts, 1, None))
        weight = np.array([0.5, 0.7, 1.1, 2.0, 3.4])[self.size] * span
        rates = {
            "task": 0.07 * weight,
            "process": 0.035 * weight,
            "visit": 0.03 * weight,
            "call": 0.06 * weight,
            "enquiry": 0.03 * weight,
            "fault": 0.018 * weight * (1.6 - self.temper),
            "complaint": 0.03 * weight * (1 - self.temper) ** 1.2,
            "praise": 0.02 * weight * self.temper**2,
            "suggestion": 0.012 * weight,
        }
        subjects = {
            "task": ("续约准备", "资费方案沟通", "带宽扩容跟进", "合同归档"),
            "process": ("线路开通流程", "移机受理", "资料变更", "发票更换"),
            "visit": ("客户拜访", "季度服务回顾", "新方案介绍"),
            "call": ("电话回访", "到期提醒", "满意度回访"),
            "enquiry": ("资费咨询", "账单咨询", "业务办理咨询"),
            "fault": ("线路中断", "网速缓慢", "机房断电告警"),
            "complaint": ("故障处理不及时", "账单有误", "开通周期过长"),
            "praise": ("服务响应及时", "客户经理认真负责", "抢修迅速"),
            "suggestion": ("希望提供自助报表", "建议优化对账流程", "建议增加备份线路"),
        }
        who, kinds, words = [], [], []
        for kind, rate in rates.items():
            ones = np.repeat(np.arange(self.count), random.poisson(rate))
            who.append(ones)
            kinds.append(np.full(len(ones), kind))
            words.append(random.choice(subjects[kind], len(ones)))
        whose = np.concatenate(who)
        begin = np.where(self.prospect, MONTHS * 2 // 3, self.starts)[whose]
        length = np.where(self.prospect, MONTHS // 3, np.clip(self.ends - self.starts, 1, None))[whose]
        month = begin + (random.random(len(whose)) * length).astype(int)
        day = self._days(month, random.integers(0, 28, len(whose)))
        past = day <= self.end
        order = np.argsort(day[past], kind="stable")
        chosen = np.flatnonzero(past)[order]
        return pa.table(
            {
                "source_key": _numbered("A", len(chosen)),
                "customer": pa.array(self.keys[whose[chosen]]),
                "occurred_at": self._moments(day[chosen]),
                "kind": pa.array(np.concatenate(kinds)[chosen]),
                "subject": pa.array(np.concatenate(words)[chosen]),
            }
        )

    def opportunities(self) -> pa.Table:
        random = self.random
        rate = np.array([0.35, 0.6, 1.0, 1.8, 3.0])[self.size] + self.prospect * 0.5
        who = np.repeat(np.arange(self.count), random.poisson(rate))
        count = len(who)
        # Days from the end: what lies ahead is open, what lies behind is won or lost.
        ahead = random.integers(-700, 240, count)
        open_ = ahead > 0
        won = ~open_ & (random.random(count) < 0.42)
        stage = random.choice([0.1, 0.25, 0.4, 0.6, 0.8], count, p=[0.25, 0.3, 0.2, 0.15, 0.1])
        probability = np.where(open_, stage, np.where(won, 1.0, 0.0))
        amount = np.round(self.fee[who] * random.lognormal(1.9, 0.8, count), -2).clip(500)
        expected = self.end + ahead
        plans = ("专线扩容", "SD-WAN 组网", "云主机上云", "IDC 托管", "DDoS 防护", "语音中继", "分支机构互联")
        closed = pa.array(np.where(open_, np.datetime64("NaT", "D"), expected), pa.date32(), mask=open_)
        return pa.table(
            {
                "source_key": _numbered("O", count),
                "customer": pa.array(self.keys[who]),
                "name": pa.array(random.choice(plans, count)),
                "status": pa.array(np.where(open_, "open", np.where(won, "won", "lost"))),
                "amount": _money(amount),
                "probability": pa.array([Decimal(f"{p:.4f}") for p in probability], AMOUNT),
                "expected_on": pa.array(expected),
                "closed_on": closed,
            }
        )

    def _moments(self, day: np.ndarray) -> pa.Array:
        """Days with a time of day within office hours, in UTC."""
        seconds = self.random.integers(9 * 3600, 18 * 3600, len(day)).astype("timedelta64[s]")
        naive = pa.array(day.astype("datetime64[us]") + seconds, pa.timestamp("us"))
        return pc.cast(
            pc.assume_timezone(naive, self.zone.key, ambiguous="earliest", nonexistent="latest"), _MOMENT
        )


def _joined(*frames: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: np.concatenate([frame[name] for frame in frames]) for name in frames[0]}


def _numbered(letter: str, count: int) -> pa.Array:
    return pa.array([f"{letter}{number:07d}" for number in range(1, count + 1)])


def _money(values: np.ndarray) -> pa.Array:
    return pc.cast(pa.array([f"{value:.2f}" for value in values]), AMOUNT)


def _half(value: Decimal) -> Decimal:
    return (value / 2).quantize(Decimal("0.01"))
