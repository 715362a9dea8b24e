"""The indicators the engine knows: codes, families, units, directions, and words for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["money", "ratio", "days", "count", "number"]
Family = Literal["transaction", "financial", "contact", "characteristic", "own"]
Better = Literal["high", "low"]

FAMILIES: dict[str, dict[str, str]] = {
    "transaction": {"en": "Transaction", "zh": "交易类"},
    "financial": {"en": "Financial", "zh": "财务类"},
    "contact": {"en": "Contact", "zh": "联络类"},
    "characteristic": {"en": "Characteristic", "zh": "特征类"},
    "own": {"en": "Own formula", "zh": "自定义公式"},
}


@dataclass(frozen=True)
class KnownIndicator:
    """One entry of the catalogue. `windowed`: whether a window in months changes what it counts."""

    code: str
    family: Family
    unit: Unit
    better: Better
    windowed: bool
    label: dict[str, str]
    definition: dict[str, str]


def _entry(
    code: str, family: Family, unit: Unit, better: Better, windowed: bool, names: str, meaning: str
) -> KnownIndicator:
    (en, zh), (meaning_en, meaning_zh) = names.split(" | "), meaning.split(" | ")
    return KnownIndicator(
        code, family, unit, better, windowed, {"en": en, "zh": zh}, {"en": meaning_en, "zh": meaning_zh}
    )


_KNOWN = (
    _entry("transaction_count", "transaction", "count", "high", True,
           "Number of transactions | 交易次数",
           "Number of sales | 销售笔数"),
    _entry("revenue", "transaction", "money", "high", True,
           "Revenue | 销售收入",
           "Sum of sales less sum of returns | 销售额合计减退货额合计"),
    _entry("profit", "transaction", "money", "high", True,
           "Profit | 利润",
           "Sales less returns, each less its cost, where the cost is known"
           " | 成本已知的销售与退货，各减成本后相减"),
    _entry("gross_margin", "transaction", "ratio", "high", True,
           "Gross margin | 毛利率",
           "Profit divided by revenue, both where the cost is known | 成本已知部分的利润除以收入"),
    _entry("average_transaction", "transaction", "money", "high", True,
           "Average transaction | 平均单笔交易额",
           "Sum of sales divided by their number | 销售额合计除以销售笔数"),
    _entry("largest_transaction", "transaction", "money", "high", True,
           "Largest transaction | 最大单笔交易额",
           "The largest single sale | 单笔销售的最大金额"),
    _entry("returned_amount", "transaction", "money", "low", True,
           "Returned amount | 退货金额",
           "Sum of returns | 退货额合计"),
    _entry("return_count", "transaction", "count", "low", True,
           "Number of returns | 退货次数",
           "Number of returns | 退货笔数"),
    _entry("tenure_days", "transaction", "days", "high", False,
           "Time as a customer | 客户年限",
           "Days since the first sale ever | 距首次销售的天数"),
    _entry("recency_days", "transaction", "days", "low", False,
           "Time since the last sale | 距上次交易",
           "Days since the last sale ever | 距最近一次销售的天数"),
    _entry("transaction_cycle_days", "transaction", "days", "low", True,
           "Transaction cycle | 平均交易周期",
           "Days from first to last sale divided by the number of sales less one"
           " | 首末两次销售相隔天数除以销售笔数减一"),
    _entry("revenue_growth", "transaction", "ratio", "high", False,
           "Revenue growth | 收入增长率",
           "Revenue of the last 12 months divided by that of the 12 before, less one"
           " | 近 12 个月收入除以前 12 个月收入，再减一"),
    _entry("expected_sales", "transaction", "money", "high", False,
           "Expected sales | 预期销售额",
           "Sum of amount times probability over open opportunities | 未关闭商机的金额乘以概率之和"),
    _entry("largest_receipt", "financial", "money", "high", True,
           "Largest receipt | 最大单笔收款",
           "The largest single receipt | 单笔收款的最大金额"),
    _entry("average_receipt", "financial", "money", "high", True,
           "Average receipt | 平均单笔收款",
           "Mean of the receipts | 收款金额的平均值"),
    _entry("collection_period_days", "financial", "days", "low", True,
           "Collection period | 平均收款周期",
           "Days from invoice to receipt, weighted by amount | 从开票到收款的天数，按金额加权"),
    _entry("average_outstanding", "financial", "money", "low", False,
           "Average outstanding amount | 平均欠款额",
           "Mean of the unpaid balance at the last 12 month-ends | 最近 12 个月末欠款余额的平均值"),
    _entry("average_outstanding_rate", "financial", "ratio", "low", False,
           "Average outstanding rate | 平均欠款率",
           "Those balances divided by all invoiced up to the same month-ends"
           " | 上述余额之和除以同期累计开票额之和"),
    _entry("task_count", "contact", "count", "high", True,
           "Tasks | 任务数", "Number of tasks | 相关任务的次数"),
    _entry("process_count", "contact", "count", "high", True,
           "Processes | 流程数", "Number of processes | 相关流程的次数"),
    _entry("praise_count", "contact", "count", "high", True,
           "Praises | 表扬次数", "Number of praises | 表扬的次数"),
    _entry("complaint_count", "contact", "count", "low", True,
           "Complaints | 投诉次数", "Number of complaints | 投诉的次数"),
    _entry("suggestion_count", "contact", "count", "high", True,
           "Suggestions | 建议次数", "Number of suggestions | 建议的次数"),
    _entry("praise_rate", "contact", "ratio", "high", True,
           "Praise rate | 表扬率",
           "Praises divided by praises, complaints and suggestions | 表扬次数除以表扬、投诉、建议次数之和"),
    _entry("complaint_rate", "contact", "ratio", "low", True,
           "Complaint rate | 投诉率",
           "Complaints divided by praises, complaints and suggestions"
           " | 投诉次数除以表扬、投诉、建议次数之和"),
    _entry("suggestion_rate", "contact", "ratio", "high", True,
           "Suggestion rate | 建议率",
           "Suggestions divided by praises, complaints and suggestions"
           " | 建议次数除以表扬、投诉、建议次数之和"),
)  # fmt: skip

CATALOGUE: dict[str, KnownIndicator] = {entry.code: entry for entry in _KNOWN}
ATTRIBUTE_PREFIX = "attribute:"


def attribute_name(code: str) -> str | None:
    """NAME of a code ``attribute:NAME``, or None for any other code."""
    return code[len(ATTRIBUTE_PREFIX) :] if code.startswith(ATTRIBUTE_PREFIX) else None


def label_of(code: str) -> dict[str, str]:
    """The words for an indicator in both languages; an attribute or own formula goes by its code."""
    known = CATALOGUE.get(code)
    if known:
        return dict(known.label)
    name = attribute_name(code) or code
    return {"en": name.replace("_", " ").capitalize(), "zh": name}


def family_of(code: str) -> Family:
    """The family an indicator code belongs to."""
    known = CATALOGUE.get(code)
    if known:
        return known.family
    return "characteristic" if attribute_name(code) else "own"


def unit_of(code: str) -> Unit:
    """The unit of an indicator code; attributes and own formulas are plain numbers."""
    known = CATALOGUE.get(code)
    return known.unit if known else "number"
