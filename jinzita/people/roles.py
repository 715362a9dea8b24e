"""The ready roles a company begins with, and what a key's scopes allow."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jinzita.kernel.access import FieldAccess, Permission, Reach

# Always may and sees everything, whatever is written in its row.
ADMINISTRATOR = "administrator"
READER = "reader"

P = Permission
_READ = frozenset({P.READ})
_SELL = _READ | {P.CREATE_CUSTOMERS, P.EDIT_CUSTOMERS, P.RECORD_FACTS, P.EXPORT}
_MANAGE = _SELL | {
    P.IMPORT, P.EDIT_MODEL, P.RUN_SCORING, P.DELETE, P.MERGE, P.ASSIGN, P.APPROVE, P.SHARE_VIEWS, P.REVEAL,
}  # fmt: skip
_KEEP = _READ | {
    P.CREATE_CUSTOMERS, P.EDIT_CUSTOMERS, P.IMPORT, P.EXPORT, P.DELETE, P.MERGE, P.ASSIGN, P.SHARE_VIEWS,
    P.MANAGE_SETUP, P.REVEAL,
}  # fmt: skip


@dataclass(frozen=True)
class ReadyRole:
    """A role that comes with the product."""

    code: str
    label: tuple[str, str]
    about: tuple[str, str]
    permissions: frozenset[Permission]
    reach: Reach
    reaches: Mapping[str, Reach] = field(default_factory=dict)
    fields: Mapping[str, FieldAccess] = field(default_factory=dict)


READY = (
    ReadyRole(
        ADMINISTRATOR, ("Administrator", "系统管理员"),
        ("Sees and does everything, manages users and keys", "可查看和操作全部内容，管理用户与密钥"),
        frozenset(Permission), Reach.ALL,
    ),
    ReadyRole(
        "manager", ("Manager", "经理"),
        ("Sees the customers of the department and those below, imports data, tunes the value model",
         "可查看本部门及下级部门的客户，导入数据、调整价值模型"),
        _MANAGE, Reach.DEPARTMENTS,
    ),
    ReadyRole(
        "salesperson", ("Salesperson", "销售人员"),
        ("Sees and keeps the own customers", "可查看和维护自己负责的客户"),
        _SELL, Reach.OWN,
    ),
    ReadyRole(
        "sales_assistant", ("Sales assistant", "销售助理"),
        ("Keeps the customers of the own team", "可查看和维护本团队的客户"),
        _READ | {P.CREATE_CUSTOMERS, P.EDIT_CUSTOMERS, P.RECORD_FACTS}, Reach.TEAM,
    ),
    ReadyRole(
        "data_steward", ("Data steward", "数据管理员"),
        ("Keeps all customers in order: imports, merges, sets up attributes and rules",
         "维护全部客户资料：导入、合并，设置属性与规则"),
        _KEEP, Reach.ALL,
    ),
    ReadyRole(
        "finance_clerk", ("Finance clerk", "财务人员"),
        ("Sees all customers, enters and imports invoices and receipts",
         "可查看全部客户，录入和导入应收与收款"),
        _READ | {P.RECORD_FACTS, P.IMPORT, P.EXPORT}, Reach.ALL,
    ),
    ReadyRole(
        "service_agent", ("Service agent", "客服人员"),
        ("Sees all customers, keeps their details and enters contacts, without costs",
         "可查看全部客户，维护资料并录入联络，不显示成本"),
        _READ | {P.CREATE_CUSTOMERS, P.EDIT_CUSTOMERS, P.RECORD_FACTS}, Reach.ALL,
        fields={"transactions.cost": FieldAccess.HIDDEN},
    ),
    ReadyRole(
        "marketer", ("Marketer", "市场人员"),
        ("Sees all customers with telephone and e-mail masked, exports and shares views",
         "可查看全部客户，电话与邮箱打码显示，可导出和共享视图"),
        _READ | {P.EXPORT, P.SHARE_VIEWS}, Reach.ALL,
        fields={
            f"{kind}.{code}": FieldAccess.MASKED
            for kind in ("customers", "contacts") for code in ("phone", "email")
        },
    ),
    ReadyRole(
        "executive", ("Executive", "高管"),
        ("Sees all customers and analyses, approves", "可查看全部客户与分析，可审批"),
        _READ | {P.EXPORT, P.APPROVE, P.SHARE_VIEWS}, Reach.ALL,
    ),
    ReadyRole(
        READER, ("Read-only", "只读用户"),
        ("Sees all customers and analyses, changes nothing", "可查看全部客户与分析，不能修改"),
        _READ, Reach.ALL,
    ),
)  # fmt: skip

# The scopes a key may have; each stands for the permissions it needs. A key never may more than its maker.
SCOPES: dict[str, frozenset[Permission]] = {
    "read": frozenset({Permission.READ}),
    "facts:write": frozenset({Permission.RECORD_FACTS}),
    "customers:write": frozenset({Permission.CREATE_CUSTOMERS, Permission.EDIT_CUSTOMERS}),
    "customers:assign": frozenset({Permission.ASSIGN}),
    "imports:write": frozenset({Permission.IMPORT}),
    "export": frozenset({Permission.EXPORT}),
    "runs:write": frozenset({Permission.RUN_SCORING}),
}
