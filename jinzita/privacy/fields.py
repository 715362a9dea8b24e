"""Fields of consents, and the field of customers by which those are found who may be contacted."""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Now, TruncDate

from jinzita.customers.fields.seats import main_customer, mainly_at
from jinzita.customers.fields.shared import customer_field, customer_name_field, key_field
from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Choice, Field, FieldType, RecordKind, register
from jinzita.privacy.models import EVERY, Consent, ConsentPurpose

T = FieldType
WAYS = (
    Choice("call", "Call", "电话", ("phone", "telephone", "来电", "呼叫")),
    Choice("sms", "SMS", "短信", ("text", "text message")),
    Choice("email", "E-mail", "邮件", ("mail", "邮箱", "电子邮件")),
    Choice("wechat", "WeChat", "微信", ("weixin",)),
    Choice("post", "Post", "信函", ("letter", "邮寄")),
    Choice("visit", "Visit", "拜访", ("上门",)),
)
PURPOSES = (
    Choice("service", "Service", "服务", ("support", "售后")),
    Choice("contract", "Contract", "合同履行", ("agreement", "合同")),
    Choice("marketing", "Marketing", "营销", ("promotion", "advertising", "推广")),
    Choice("survey", "Survey", "调研", ("research", "问卷", "回访")),
)
STATES = (
    Choice(
        "given", "Given", "同意", ("yes", "y", "opt-in", "opt in", "granted", "true", "1", "是", "已同意")
    ),
    Choice("denied", "Denied", "拒绝", ("no", "n", "opt-out", "opt out", "false", "0", "否", "不同意")),
    Choice("withdrawn", "Withdrawn", "撤回", ("revoked", "unsubscribed", "退订", "已撤回")),
    Choice("unknown", "Unknown", "未表态", ("none", "未知")),
)
ORIGINS = (
    Choice("form", "Form", "表单"), Choice("phone", "Phone", "电话"),
    Choice("conversation", "Conversation", "当面"), Choice("letter", "Letter", "信函"),
    Choice("email", "E-mail", "邮件"), Choice("contract", "Contract", "合同"),
    Choice("portal", "Portal", "门户"), Choice("import", "Import", "导入"),
    Choice("other", "Other", "其他"),
)  # fmt: skip
_EVERY = Choice(EVERY, "All", "全部", ("any", "所有"))
REFUSALS = ("denied", "withdrawn")
MAY_CONTACT = "may_contact"
DO_NOT_CONTACT = "do_not_contact"


def purposes() -> tuple[Choice, ...]:
    """For what customers are contacted: the ready purposes, and the company's own by their codes."""
    ready = {one.value: one for one in PURPOSES}
    codes = ConsentPurpose.objects.values_list("code", flat=True)
    return tuple(ready.get(code) or Choice(code, code, code) for code in codes)


def _fields(viewer: Viewer | None) -> tuple[Field, ...]:
    return (
        key_field(("consent id", "consent no", "许可编号", "同意书编号")),
        customer_field(),
        customer_name_field(),
        Field("channel", T.CHOICE, "Channel", "联系渠道", column="channel", choices=(*WAYS, _EVERY),
              required=True, synonyms=("medium", "渠道")),
        Field("purpose", T.CHOICE, "Purpose", "联系目的", column="purpose", choices=(*purposes(), _EVERY),
              required=True, synonyms=("目的", "用途")),
        Field("state", T.CHOICE, "State", "许可状态", column="state", choices=STATES, required=True,
              synonyms=("consent", "status", "状态", "是否同意")),
        Field("at", T.DATETIME, "Said at", "表态时间", column="at", required=True, sortable=True,
              synonyms=("date", "time", "consent date", "日期", "时间")),
        Field("origin", T.CHOICE, "How it was said", "取得方式", column="origin", choices=ORIGINS,
              synonyms=("source", "origin", "来源")),
        Field("proof", T.TEXT, "Proof", "凭证", column="proof", max_length=1000,
              synonyms=("evidence", "reference", "凭据", "证明")),
        Field("until", T.DATE, "Counts until", "有效期至", column="until",
              synonyms=("valid until", "expires", "有效期")),
    )  # fmt: skip


CONSENTS = register(RecordKind("consents", "privacy.Consent", "Consents", "联系许可", _fields))


def _may_contact(codes: Sequence[str] | None) -> Q:
    rules = dict(ConsentPurpose.objects.values_list("code", "rule"))
    if codes is None:
        codes = [f"{way.value}.{purpose}" for way in WAYS for purpose in rules]
    return reduce(or_, (_allowed(*code.split(".", 1), rules=rules) for code in codes), Q(pk__in=[]))


def _allowed(way: str, purpose: str, *, rules: dict[str, str]) -> Q:
    fits = {"channel__in": [way, EVERY], "purpose__in": [purpose, EVERY]}
    allowed = ~Q(Exists(_latest(state__in=REFUSALS, **fits)))
    if rules.get(purpose, "consent") == "consent":
        allowed &= Q(Exists(_latest(state="given", channel=way, purpose=purpose)))
    return allowed


def _latest(**conditions: object) -> QuerySet[Consent]:
    """A customer's own statements like this that still count and are the latest of their channel and
    purpose."""
    return _standing("customer", customer=OuterRef("pk"), **conditions)


def _standing(whose: str, **conditions: object) -> QuerySet[Consent]:
    """Statements like this, of customers themselves or of contacts, that still count and are the latest of
    their channel and purpose.
    """
    level = {"contact__isnull": whose == "customer"}
    later = Consent.objects.filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")),
        channel=OuterRef("channel"), purpose=OuterRef("purpose"), **{whose: OuterRef(whose)}, **level,
    )  # fmt: skip
    today = TruncDate(Now(), tzinfo=settings.COMPANY_TIME_ZONE)
    counts = Q(until=None) | Q(until__gte=today)
    return Consent.objects.filter(counts, ~Exists(later), **level, **conditions)


_AT_ALL = {"state__in": REFUSALS, "channel": EVERY, "purpose": EVERY}


def never() -> Exists:
    """Whether the latest word of a customer on being contacted at all, while it counts, is no."""
    return Exists(_latest(**_AT_ALL))


def contact_never() -> Case:
    """The same of a contact: its own word, or that of the customer where it mainly is."""
    own = _standing("contact", contact=OuterRef("pk"), **_AT_ALL)
    main = main_customer(OuterRef(OuterRef("pk")))
    where = _standing("customer", customer__in=main, **_AT_ALL)
    return Case(When(Q(Exists(own)) | Q(Exists(where)), then=True), default=False)


def _contacts_never() -> Q:
    """The condition of the same, by one look at all that was said: for lists, not for a row."""
    own = _standing("contact", **_AT_ALL).values("contact")
    at = mainly_at(_standing("customer", **_AT_ALL).values("customer"))
    return Q(pk__in=own) | Q(pk__in=at)


def _either(is_so: Callable[[], Q]) -> Callable[[Sequence[bool] | None], Q]:
    """A condition as filters ask for it: yes, no, or any of both."""

    def belongs(wanted: Sequence[bool] | None) -> Q:
        if wanted is None or {*wanted} == {True, False}:
            return Q(pk__isnull=False)
        return is_so() if True in wanted else ~is_so()

    return belongs


def do_not_contact_field() -> Field:
    """Which customers are not to be contacted at all, by any channel for any purpose."""
    return _do_not_contact(lambda: Q(never()))


def contact_do_not_contact_field() -> Field:
    """The same of contacts."""
    return _do_not_contact(_contacts_never)


def _do_not_contact(is_so: Callable[[], Q]) -> Field:
    return Field(
        DO_NOT_CONTACT, T.YES_NO, "Do not contact", "勿扰", belongs=_either(is_so), kept=True, listed=False,
        importable=False, synonyms=("do not call", "禁止联系", "请勿联系"),
    )  # fmt: skip


def may_contact_field() -> Field:
    """Who may be contacted by a channel for a purpose, quiet hours aside; values as ``email.marketing``."""
    return Field(
        MAY_CONTACT, T.CHOICES, "May be contacted", "可联系", path=MAY_CONTACT,
        choices=tuple(
            Choice(f"{way.value}.{purpose.value}", f"{way.en}, {purpose.en}", f"{way.zh} · {purpose.zh}")
            for purpose in purposes()
            for way in WAYS
        ),
        belongs=_may_contact, listed=False, importable=False, exportable=False,
    )  # fmt: skip
