"""Why a row could not be used, in words, in both languages."""

_WORDS: dict[str, tuple[str, str]] = {
    "required": ("{field} is missing", "缺少{field}"),
    "not_a_date": ("{field} is not a date", "{field}不是有效日期"),
    "date_out_of_range": ("{field} lies outside of 1900–2199", "{field}不在 1900–2199 年之间"),
    "not_a_number": ("{field} is not a number", "{field}不是有效数字"),
    "number_too_large": ("{field} is larger than can be kept", "{field}超出可保存的范围"),
    "number_out_of_range": ("{field} is out of its range", "{field}超出允许范围"),
    "negative": ("{field} must not be negative", "{field}不能为负数"),
    "unknown_choice": ("{field} is not one of the known kinds", "{field}不是已知的类型"),
    "too_many_values": ("{field} holds too many values", "{field}的值过多"),
    "not_yes_or_no": ("{field} is neither yes nor no", "{field}既不是“是”也不是“否”"),
    "wrong_form": ("{field} does not have the form it must have", "{field}的格式不正确"),
    "too_long": ("{field} is too long", "{field}过长"),
    "nul": ("{field} holds a zero byte", "{field}含有空字节"),
    "undecodable": (
        "{field} holds characters that the encoding cannot read",
        "{field}含有无法按编码读取的字符",
    ),
    "too_few_cells": ("the row has too few columns", "该行列数过少"),
    "too_many_cells": ("the row has too many columns", "该行列数过多"),
    "broken_quotes": ("a quotation mark is not closed", "引号未闭合"),
    "unknown_customer": ("the customer is not known", "客户不存在"),
    "capacity_full": ("you look after as many customers as one person may", "您持有的客户已达容量上限"),
    "customer_in_trash": ("the customer lies in the trash", "该客户在回收站中"),
    "ambiguous_customer": ("several customers have this {field}", "有多个客户的{field}与此相同"),
    "no_such_record": ("no customer has this record number", "没有这个记录号的客户"),
    "no_key": ("nothing says which customer it is", "无法识别是哪个客户"),
    "no_such_contact": ("no contact has this record number", "没有这个记录号的联系人"),
    "no_contact_key": ("nothing says which contact it is", "无法识别是哪个联系人"),
    "contact_in_trash": ("the contact lies in the trash", "该联系人在回收站中"),
    "ambiguous_contact": ("several contacts have this {field}", "有多个联系人的{field}与此相同"),
    "too_many_of_customer": ("the customer has as many of these as it can have", "该客户的此类信息已达上限"),
    "number_taken": ("a number in it belongs to another customer", "其中的证照号码已属于另一客户"),
    "credit_code_length": ("{field} does not have 18 characters", "{field}不是 18 位"),
    "credit_code_character": ("{field} has a character it cannot have", "{field}含有不允许的字符"),
    "credit_code_check": ("{field} has a wrong last character", "{field}的校验位不正确"),
    "tax_shape": ("{field} is not 5 to 20 letters and digits", "{field}应为 5 至 20 位字母或数字"),
    "vat_country": ("{field} does not begin with a country of the EU", "{field}未以欧盟国家代码开头"),
    "vat_shape": ("{field} does not have the form of its country", "{field}不符合该国格式"),
    "duns_shape": ("{field} does not have 9 digits", "{field}不是 9 位数字"),
    "hidden_customer": ("the customer belongs to somebody else", "该客户不在您的权限范围内"),
    "erased_customer": (
        "the personal data of this record was erased; it is not taken in again",
        "该对象的个人信息已清除，不再导入",
    ),
    "unknown_invoice": ("the invoice is not known", "发票不存在"),
    "unknown_transaction": ("the transaction is not known", "交易不存在"),
    "unknown_product": ("the product is not known", "产品不存在"),
    "unknown_reference": ("{field} names nobody", "{field}所指的记录不存在"),
    "reference_comes_later": (
        "{field} must be filled and names a customer of this file: it can come in once that one is there",
        "{field}为必填，所指的客户也在本文件中：待该客户导入后，再导入此行",
    ),
    "ambiguous_reference": ("{field} may mean several records", "{field}可能指多条记录"),
    "reference_left_out": (
        "the customer came in without {field}: what stands there names nobody, or several",
        "客户已导入，但{field}留空：所填内容找不到对应的客户，或有多个客户符合",
    ),
    "group_circle": (
        "the customer came in without {field}: it would stand under itself, or under its own subsidiary",
        "客户已导入，但{field}留空：客户不能隶属于自己或自己的下级",
    ),
    "not_an_organisation": (
        "the customer came in without {field}: a group is made of organisations",
        "客户已导入，但{field}留空：上级必须是企业客户",
    ),
    "group_too_deep": (
        "the customer came in without {field}: the group would have too many levels",
        "客户已导入，但{field}留空：集团层级过多",
    ),
    "group_too_large": (
        "the customer came in without {field}: the group would have too many members",
        "客户已导入，但{field}留空：集团成员过多",
    ),
    "itself": ("a customer has no relation to itself", "客户不能与自己建立关系"),
    "entry_rule": ("{field} breaks a rule of entry", "{field}不符合录入规则"),
    "due_before_issued": ("it is due before it was issued", "到期日期早于开票日期"),
}


def sentence(code: str, field: str, language: str) -> str:
    """A short sentence; `field` is the word for the field in that language. `language` is en or zh."""
    english, chinese = _WORDS.get(code, (code, code))
    return (chinese if language == "zh" else english).format(field=field).strip()


def codes() -> list[str]:
    """Every code there is a sentence for."""
    return list(_WORDS)
