"""Rules of entry on the wire."""

from typing import Any, Literal

from ninja import Field, Schema

from jinzita.customers.fields import CUSTOMERS
from jinzita.kernel.wire import Strict, Text
from jinzita.quality.models import Rule
from jinzita.quality.schemas.scores import QualityWordsOut

Grade = Literal["vip", "important", "ordinary", "small", "prospect"]
Stage = Literal["suspect", "prospect", "customer", "member", "fan", "dormant", "lost"]


class EntryRuleIn(Strict):
    """What is asked of a field of customers, and of which customers."""

    check: Literal["required", "format", "unique", "allowed"]
    field: Text = Field(max_length=60, examples=["phone"])
    strict: bool = Field(True, description="Refuses; otherwise it warns, and can be saved all the same")
    active: bool = False
    kind: Literal["", "organisation", "person"] = ""
    grades: list[Grade] = Field([], max_length=5)
    stages: list[Stage] = Field([], max_length=7)
    when: dict[str, Any] | None = Field(None, description="A filter of customers: the rule is about these")
    pattern: Text = Field("", max_length=200, examples=["19{10}"], description="9 A a X 文 ? * {n,m} [ ] |")
    choices: list[Text] = Field([], max_length=200)
    minimum: Text = Field("", max_length=40)
    maximum: Text = Field("", max_length=40)
    message_en: Text = Field("", max_length=200, description="Own words; a sentence is made when empty")
    message_zh: Text = Field("", max_length=200)

    def values(self) -> dict[str, Any]:
        """As the rule keeps them."""
        found = self.dict()
        return {"check_type": found.pop("check"), **found}


class EntryRuleOut(Schema):
    id: int
    check: str
    field: str
    label: QualityWordsOut
    strict: bool
    active: bool
    kind: str
    grades: list[str]
    stages: list[str]
    when: dict[str, Any] | None
    pattern: str
    choices: list[str]
    minimum: str
    maximum: str
    message_en: str
    message_zh: str
    words: QualityWordsOut = Field(description="What people are told")


class BreakingOut(Schema):
    """How many customers break a rule now."""

    customers: int


class FormTryIn(Strict):
    pattern: Text = Field(max_length=200)
    text: Text = Field("", max_length=400)


class FormTryOut(Schema):
    fits: bool


def rules_out(rows: list[Rule]) -> list[dict[str, Any]]:
    """The rules, with the words of their fields."""
    fields = {one.code: {"en": one.en, "zh": one.zh} for one in CUSTOMERS.read_fields()}
    names = (
        "field", "strict", "active", "kind", "grades", "stages", "when", "pattern", "choices", "minimum",
        "maximum", "message_en", "message_zh",
    )  # fmt: skip
    return [
        {
            "id": one.pk, "check": one.check_type, **{name: getattr(one, name) for name in names},
            "label": fields.get(one.field, {"en": one.field, "zh": one.field}),
            "words": {"en": one.message_en or one.words_en, "zh": one.message_zh or one.words_zh},
        }
        for one in rows
    ]  # fmt: skip
