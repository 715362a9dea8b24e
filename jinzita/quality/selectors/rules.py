"""Rules of entry, as customers judge them and as people read them."""

from collections.abc import Mapping

from django.db import connection

from jinzita.customers.fields import CUSTOMERS, GRADES, KINDS, STAGES
from jinzita.customers.fields.entry_rules import EntryRule
from jinzita.customers.fields.forms import expression_of
from jinzita.customers.selectors import entry_rules
from jinzita.customers.selectors.nonsense import nonsense_pattern
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.records import Choice, Field, FieldType
from jinzita.quality.models import Rule
from jinzita.quality.selectors.policies import published

T = FieldType
# Fields of the product that somebody enters.
ENTERED = ("name", "phone", "email", "owner", "tags")
CHECKS_OF: Mapping[FieldType, tuple[str, ...]] = {
    T.TEXT: ("required", "format", "unique", "allowed"),
    T.NUMBER: ("required", "unique", "allowed"),
    T.MONEY: ("required", "allowed"),
    T.DATE: ("required", "allowed"),
    T.CHOICE: ("required", "allowed"),
    T.CHOICES: ("required",),
    T.YES_NO: ("required",),
    T.REFERENCE: ("required",),
}


def ruled_fields() -> dict[str, Field]:
    """The fields a rule may be about, by code."""
    return {
        one.code: one
        for one in CUSTOMERS.read_fields()
        if one.code in ENTERED or (one.in_attributes and not one.formula)
    }


def every_rule() -> list[EntryRule]:
    """The rules as customers judge them, in force or not."""
    rows = list(Rule.objects.all())
    if not rows:
        return []
    empty = (
        nonsense_pattern(published().nonsense) if any(one.check_type == "required" for one in rows) else ""
    )
    return [judged(one, empty) for one in rows]


def judged(one: Rule, empty: str = "") -> EntryRule:
    """A rule as customers judge it; `empty` is the pattern of texts that say nothing."""
    return EntryRule(
        id=one.pk or 0, check=one.check_type, field=one.field, strict=one.strict, active=one.active,
        kind=one.kind, grades=tuple(one.grades), stages=tuple(one.stages), when=one.when,
        pattern=one.pattern, choices=tuple(one.choices), minimum=one.minimum, maximum=one.maximum,
        empty=empty, en=one.message_en or one.words_en, zh=one.message_zh or one.words_zh,
    )  # fmt: skip


def has_form(viewer: Viewer, form: str, text: str) -> bool:
    """Whether a text has the form, as the database judges it. Raises Invalid for one that cannot be read."""
    viewer.require(Permission.MANAGE_SETUP)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s ~ %s", [text.strip(), expression_of(form)])
        return bool(cursor.fetchone()[0])


def rules_for(viewer: Viewer) -> list[Rule]:
    """All rules, for those who make them."""
    viewer.require(Permission.MANAGE_SETUP)
    return list(Rule.objects.all())


def rule_for(viewer: Viewer, rule_id: int) -> Rule:
    """One rule. Raises NotFound."""
    viewer.require(Permission.MANAGE_SETUP)
    found = Rule.objects.filter(pk=rule_id).first()
    if found is None:
        raise NotFound(f"There is no rule {rule_id}.")
    return found


def breaking(viewer: Viewer, rule: Rule) -> int:
    """How many customers break a rule, saved or not, in force or not."""
    viewer.require(Permission.MANAGE_SETUP)
    return entry_rules.breaking(viewer, judged(rule, nonsense_pattern(published().nonsense)))


def sentence(one: Rule, field: Field) -> tuple[str, str]:
    """What a rule asks, in English and in Chinese, when the company said it in no words of its own."""
    if one.check_type == "required":
        en, zh = f"{field.en} is needed", f"请填写{field.zh}"
    elif one.check_type == "format":
        en, zh = f"{field.en} has the form {one.pattern}", f"{field.zh}的格式应为 {one.pattern}"
    elif one.check_type == "unique":
        en, zh = f"Another customer has the same {field.en.lower()}", f"已有其他客户使用相同的{field.zh}"
    else:
        en, zh = _allowed(one, field)
    about_en, about_zh = _about(one)
    return (f"{en} ({about_en})" if about_en else en), (f"{zh}（{about_zh}）" if about_zh else zh)


def _allowed(one: Rule, field: Field) -> tuple[str, str]:
    if one.choices:
        named = {each.value: each for each in field.choices}
        en = ", ".join(named[each].en if each in named else each for each in one.choices)
        zh = "、".join(named[each].zh if each in named else each for each in one.choices)
        return f"{field.en} is one of: {en}", f"{field.zh}只能是：{zh}"
    if one.minimum and one.maximum:
        return (
            f"{field.en} lies between {one.minimum} and {one.maximum}",
            f"{field.zh}应在 {one.minimum} 与 {one.maximum} 之间",
        )
    if one.minimum:
        return f"{field.en} is at least {one.minimum}", f"{field.zh}不应小于 {one.minimum}"
    return f"{field.en} is at most {one.maximum}", f"{field.zh}不应大于 {one.maximum}"


def _about(one: Rule) -> tuple[str, str]:
    chosen: list[Choice] = [each for each in KINDS if each.value == one.kind]
    chosen += [each for each in STAGES if each.value in one.stages]
    chosen += [each for each in GRADES if each.value in one.grades]
    return ", ".join(each.en for each in chosen), "、".join(each.zh for each in chosen)
