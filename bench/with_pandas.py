"""The bench's indicators in pandas, as an analyst would write them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.model import DAY, KEYS, TIME_ZONE, WINDOWS

OPINIONS = ("praise", "complaint", "suggestion")
KINDS = ("task", "process", *OPINIONS)
CENTS = 10_000  # pandas has no decimals: amounts are whole ten-thousandths, so that sums stay exact
MONTH_ENDS = pd.date_range(end=pd.Timestamp(DAY) + pd.offsets.MonthEnd(0), periods=13, freq="ME")
MONTH_ENDS = MONTH_ENDS[pd.Timestamp(DAY) >= MONTH_ENDS][-12:]


def indicators(files: Mapping[str, Path]) -> pd.DataFrame:
    """All indicators: one row a customer (index), one column an indicator's key."""
    customers = _read(files["customers"], ["customer_id", "attribute:size", "attribute:region"]).set_index(
        "customer_id"
    )
    found = customers.join(
        [_transactions(files), _opportunities(files), _receipts(files), _outstanding(files)]
    )
    found = found.join(_interactions(files))
    zero = ["transaction_count", "revenue@12", "returned_amount", "return_count", "expected_sales"]
    zero += [
        key for key in KEYS if key.split("@")[0] in {f"{k}_count" for k in ("task", "process", *OPINIONS)}
    ]
    found[zero] = found[zero].fillna(0)
    return found[list(KEYS)]


def _read(path: Path, columns: list[str]) -> pd.DataFrame:
    table = pq.read_table(path, columns=columns)
    for at, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            whole = pc.round(pc.multiply(table.column(at).cast(pa.float64()), CENTS))
            exact = whole if whole.null_count else whole.cast(pa.int64())
            table = table.set_column(at, field.name, exact)
        elif field.name in ("kind", "status"):
            table = table.set_column(at, field.name, table.column(at).dictionary_encode())
    return table.to_pandas(date_as_object=False, self_destruct=True)


def _start_of(day: pd.Timestamp | date) -> pd.Timestamp:
    return pd.Timestamp(day).tz_localize(TIME_ZONE)


def _since(months: int) -> pd.Timestamp:
    return pd.Timestamp(DAY) - pd.DateOffset(months=months) + pd.Timedelta(days=1)


def _above_zero(below: pd.Series) -> pd.Series:
    return below.where(below > 0).astype(float)


def _transactions(files: Mapping[str, Path]) -> pd.DataFrame:
    t = _read(files["transactions"], ["customer_id", "occurred_at", "kind", "amount", "cost"])
    t = t[t["occurred_at"] < _start_of(pd.Timestamp(DAY) + pd.Timedelta(days=1))]
    sale = t["kind"] == "sale"
    t["signed"] = t["amount"].where(sale, -t["amount"])
    t["gain"] = (t["amount"] - t["cost"]).where(sale, t["cost"] - t["amount"])
    sales = t[sale].groupby("customer_id").agg(
        count=("amount", "size"), total=("amount", "sum"), largest=("amount", "max"),
        first=("occurred_at", "min"), last=("occurred_at", "max"),
    )  # fmt: skip
    returns = t[~sale].groupby("customer_id")["amount"].agg(["size", "sum"])
    costed = t[t["cost"].notna()].groupby("customer_id")[["signed", "gain"]].sum()
    net = lambda rows: rows.groupby("customer_id")["signed"].sum()  # noqa: E731
    recent = net(t[t["occurred_at"] >= _start_of(_since(WINDOWS["revenue"]))])
    year = net(t[t["occurred_at"] >= _start_of(_since(12))])
    before = t["occurred_at"].between(_start_of(_since(24)), _start_of(_since(12)), inclusive="left")
    earlier = net(t[before])
    everybody = pd.Index(t["customer_id"].unique())
    sales, returns, costed = (frame.reindex(everybody) for frame in (sales, returns, costed))
    day = lambda moment: moment.dt.tz_convert(TIME_ZONE).dt.tz_localize(None).dt.normalize()  # noqa: E731
    first, last = day(sales["first"]), day(sales["last"])
    return pd.DataFrame(
        {
            "transaction_count": sales["count"],
            f"revenue@{WINDOWS['revenue']}": recent.reindex(everybody) / CENTS,
            "profit": costed["gain"] / CENTS,
            "gross_margin": costed["gain"] / _above_zero(costed["signed"]),
            "average_transaction": sales["total"] / CENTS / sales["count"],
            "largest_transaction": sales["largest"] / CENTS,
            "returned_amount": returns["sum"] / CENTS,
            "return_count": returns["size"],
            "tenure_days": (pd.Timestamp(DAY) - first).dt.days,
            "recency_days": (pd.Timestamp(DAY) - last).dt.days,
            "transaction_cycle_days": (last - first).dt.days / _above_zero(sales["count"] - 1),
            "revenue_growth": year.reindex(everybody).fillna(0) / _above_zero(earlier.reindex(everybody)) - 1,
        }
    )


def _opportunities(files: Mapping[str, Path]) -> pd.DataFrame:
    o = _read(files["opportunities"], ["customer_id", "status", "amount", "probability"])
    o = o[o["status"] == "open"]
    expected = (o["amount"] * o["probability"] / CENTS).groupby(o["customer_id"]).sum()
    return expected.to_frame("expected_sales")


def _receipts(files: Mapping[str, Path]) -> pd.DataFrame:
    r = _read(files["receipts"], ["customer_id", "received_on", "amount", "invoice_id"])
    r = r[r["received_on"] <= pd.Timestamp(DAY)]
    bills = _read(files["invoices"], ["invoice_id", "issued_on"])
    named = r.merge(bills, on="invoice_id")
    named["waited"] = named["amount"] * (named["received_on"] - named["issued_on"]).dt.days
    sums = named.groupby("customer_id")[["amount", "waited"]].sum()
    recent = r[r["received_on"] >= _since(WINDOWS["average_receipt"])]
    by_customer, lately = r.groupby("customer_id")["amount"], recent.groupby("customer_id")["amount"]
    return pd.concat(
        {
            "largest_receipt": by_customer.max() / CENTS,
            f"average_receipt@{WINDOWS['average_receipt']}": lately.mean() / CENTS,
            "collection_period_days": sums["waited"] / _above_zero(sums["amount"]),
        },
        axis=1,
    )


def _to_date(rows: pd.DataFrame, day: str, customers: pd.Index) -> np.ndarray:
    """Sum up to each month-end: one row a customer, one column a month-end."""
    rows = rows[rows[day] <= MONTH_ENDS[-1]]
    month = np.searchsorted(MONTH_ENDS.to_numpy(), rows[day].to_numpy())
    by_month = rows.groupby(["customer_id", month])["amount"].sum().unstack(fill_value=0)
    return by_month.reindex(index=customers, columns=range(12), fill_value=0).cumsum(axis=1).to_numpy()


def _outstanding(files: Mapping[str, Path]) -> pd.DataFrame:
    i = _read(files["invoices"], ["customer_id", "issued_on", "amount"])
    r = _read(files["receipts"], ["customer_id", "received_on", "amount"])
    first = i[i["issued_on"] <= pd.Timestamp(DAY)].groupby("customer_id")["issued_on"].min()
    invoiced, received = _to_date(i, "issued_on", first.index), _to_date(r, "received_on", first.index)
    counted = first.to_numpy()[:, None] <= MONTH_ENDS.to_numpy()[None, :]
    balances = np.where(counted, np.maximum(invoiced - received, 0), 0).sum(axis=1)
    months, billed = counted.sum(axis=1), np.where(counted, invoiced, 0).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.DataFrame(
            {
                "average_outstanding": np.where(months > 0, balances / CENTS / months, np.nan),
                "average_outstanding_rate": np.where(billed > 0, balances / billed, np.nan),
            },
            index=first.index,
        )


def _interactions(files: Mapping[str, Path]) -> pd.DataFrame:
    c = _read(files["interactions"], ["customer_id", "occurred_at", "kind"])
    c = c[c["occurred_at"] < _start_of(pd.Timestamp(DAY) + pd.Timedelta(days=1))]
    counts = c.groupby(["customer_id", "kind"], observed=True).size().unstack(fill_value=0)
    windowed = c[(c["occurred_at"] >= _start_of(_since(WINDOWS["praise_count"]))) & (c["kind"] == "praise")]
    opinions = _above_zero(counts[list(OPINIONS)].sum(axis=1))
    rates = {f"{kind}_rate": counts[kind] / opinions for kind in OPINIONS}
    named = {f"{k}_count": counts[k] for k in ("task", "process", "complaint", "suggestion")}
    praise = windowed.groupby("customer_id").size().reindex(counts.index)
    return pd.DataFrame({**named, f"praise_count@{WINDOWS['praise_count']}": praise, **rates})
