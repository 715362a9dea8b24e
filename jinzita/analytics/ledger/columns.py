"""Which column of a file is the customer, the date, the amount: by English and Chinese names, or as told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from jinzita.analytics.errors import FileError

# Names without case, spaces and punctuation, best first: of an id and a name of the customer, the id counts.
_CUSTOMER = """
customerid customerno customernumber customercode customerkey custid custno clientid clientno accountid
accountno buyerid memberid userid partyid customer client account buyer member user customername
accountname clientname companyname company 客户编号 客户id 客户号 客户编码 客户代码 会员编号 会员id
会员号 会员卡号 用户id 用户编号 买家id 买家会员名 客户 会员 用户 买家 客户名称 客户姓名 公司名称 购货单位
往来单位
"""
_DATE = """
transactiondate invoicedate orderdate occurredat purchasedate saledate salesdate orderedat
transactiontime ordertime datetime timestamp date day createdat closedate 交易日期 交易时间 订单日期
订单时间 下单时间 下单日期 销售日期 开票日期 成交时间 成交日期 付款时间 订单付款时间 购买日期 单据日期
日期 时间 订单创建时间 创建时间
"""
_AMOUNT = """
lineamount linetotal transactionamount orderamount ordertotal invoiceamount salesamount netamount
totalamount amount amt revenue sales total turnover extendedprice closevalue value 交易金额 订单金额
销售金额 销售额 实付金额 实收金额 应收金额 成交金额 总金额 总额 合计金额 价税合计 买家实际支付金额 金额
合计 收入 营业额
"""
_TRANSACTION = """
invoiceno invoiceid invoicenumber orderid orderno ordernumber transactionid transactionno receiptno
documentno voucherno invoice order transaction 订单号 订单编号 发票号 发票号码 单号 单据编号 单据号
交易号 交易编号 流水号 交易流水号 小票号
"""
_COST = "costamount totalcost linecost cogs costofgoods costofgoodssold cost 成本金额 总成本 销售成本 成本"
SYNONYMS: dict[str, tuple[str, ...]] = {
    "customer": tuple(_CUSTOMER.split()),
    "date": tuple(_DATE.split()),
    "amount": tuple(_AMOUNT.split()),
    "quantity": ("quantity", "qty", "units", "pieces", "count", "数量", "件数", "销量", "购买数量"),
    "price": ("unitprice", "priceperunit", "price", "单价", "销售单价", "售价", "价格"),
    "transaction": tuple(_TRANSACTION.split()),
    "cost": tuple(_COST.split()),
    "unit_cost": ("unitcost", "costperunit", "单位成本", "成本单价"),
}


@dataclass(frozen=True)
class Roles:
    """Columns by their part: `amount` and `cost` are products of columns and numbers ("#1.13").

    `transaction` is None when every row stands for itself; `cost` is empty when there is none.
    """

    customer: str
    date: str
    amount: tuple[str, ...]
    transaction: str | None = None
    cost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """What the user said about the columns; None where detection may decide."""

    customer: str | None = None
    date: str | None = None
    amount: str | None = None
    transaction: str | None = None
    cost: str | None = None


def plain(name: str) -> str:
    """A column's name without case, width, spaces and punctuation: ``Customer ID`` = ``customer_id``."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).lower())


def detect(columns: Sequence[str], given: Given, where: str) -> Roles:
    """Tell the columns of a file apart. Raises FileError naming what is missing and what there is."""
    customer = _named(columns, given.customer, where, "--customer") or _by_synonym(columns, "customer")
    moment = _named(columns, given.date, where, "--date") or _by_synonym(columns, "date")
    transaction = _named(columns, given.transaction, where, "--transaction") or _by_synonym(
        columns, "transaction", but=(customer, moment)
    )
    amount = _product(columns, given.amount, where, "--amount") or _amount(columns)
    cost = _product(columns, given.cost, where, "--cost") or _cost(columns)
    found = {"--customer": customer, "--date": moment, "--amount": amount}
    missing = [option for option, column in found.items() if not column]
    if missing or customer is None or moment is None:
        names = ", ".join(columns)
        raise FileError(
            f"cannot tell which column is meant by {', '.join(missing)}; its columns are: {names}",
            code="columns_unknown",
            where=where,
            params={"missing": missing, "columns": list(columns)},
        )
    return Roles(customer, moment, amount, transaction, cost)


def _by_synonym(columns: Sequence[str], role: str, but: tuple[str | None, ...] = ()) -> str | None:
    names = {plain(column): column for column in reversed(columns) if column not in but}
    for synonym in SYNONYMS[role]:
        if synonym in names:
            return names[synonym]
    for synonym in SYNONYMS[role]:  # "Customer ID (CRM)", "订单金额（元）"
        for name, column in names.items():
            if len(synonym) > (1 if synonym > "\u2e80" else 5) and name.startswith(synonym):
                return column
    return None


def _amount(columns: Sequence[str]) -> tuple[str, ...]:
    amount = _by_synonym(columns, "amount")
    if amount:
        return (amount,)
    quantity, price = _by_synonym(columns, "quantity"), _by_synonym(columns, "price")
    return (quantity, price) if quantity and price else ()


def _cost(columns: Sequence[str]) -> tuple[str, ...]:
    unit, quantity = _by_synonym(columns, "unit_cost"), _by_synonym(columns, "quantity")
    if unit and quantity:
        return (quantity, unit)
    cost = _by_synonym([c for c in columns if c != unit], "cost")
    return (cost,) if cost else ()


def _named(columns: Sequence[str], name: str | None, where: str, option: str) -> str | None:
    if name is None:
        return None
    if name in columns:
        return name
    for column in columns:
        if plain(column) == plain(name) and plain(name):
            return column
    raise FileError(
        f"{option}: there is no column {name!r}; its columns are: {', '.join(columns)}",
        code="no_such_column",
        where=where,
        params={"option": option, "name": name, "columns": list(columns)},
    )


def _product(columns: Sequence[str], text: str | None, where: str, option: str) -> tuple[str, ...]:
    """``Quantity*UnitPrice`` as its factors, each a column's own name or a number marked with #."""
    if text is None:
        return ()
    if text in columns:
        return (text,)
    factors: list[str] = []
    for part in (piece.strip() for piece in text.split("*")):
        if re.fullmatch(r"-?\d+(\.\d+)?", part):
            factors.append(f"#{part}")
        else:
            factors.append(_named(columns, part, where, option) or part)
    return tuple(factors)
