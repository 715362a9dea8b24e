"""Duties and internal customers on the wire."""

from typing import Any

from ninja import Field, Schema

from jinzita.kernel.wire import Id, Named, Strict, Text
from jinzita.people.models import HeldDuty, InternalCustomer, JobDuty
from jinzita.people.schemas.cards import PersonOut, person_out
from jinzita.people.schemas.myself import named
from jinzita.people.selectors.duties import internal_customers


class JobDutyOut(Schema):
    id: int
    name: str
    about: str
    aliases: list[str]
    archived: bool
    people: int = Field(description="Who hold it now")


class JobDutyIn(Strict):
    name: Text = Field(max_length=80, examples=["Invoicing"])
    about: Text = Field("", max_length=500)
    aliases: list[Text] = Field(
        default_factory=list, max_length=100, description="Further words it is looked for by"
    )


class JobDutyChangeIn(Strict):
    name: Text = Field("", max_length=80)
    about: Text = Field("", max_length=500)
    aliases: list[Text] = Field(default_factory=list, max_length=100)
    archived: bool = False


class InternalCustomerOut(Schema):
    """Who relies on a duty: a person or a department."""

    person: PersonOut | None
    department: Named | None


class HeldDutyOut(Schema):
    id: int
    duty: Named
    statement: str
    person: PersonOut
    internal_customers: list[InternalCustomerOut]


class PersonDutiesOut(Schema):
    """Both directions of service inside the company."""

    holds: list[HeldDutyOut]
    relies_on: list[HeldDutyOut] = Field(description="Duties of others that this person is served by")


class HeldDutyIn(Strict):
    duty_id: Id
    statement: Text = Field("", max_length=500, description="What it means, in the person's own words")


class HeldDutyChangeIn(Strict):
    statement: Text = Field(max_length=500)


class InternalCustomersIn(Strict):
    people: list[Id] = Field(default_factory=list, max_length=200)
    departments: list[Id] = Field(default_factory=list, max_length=200)


class HandOverDutyIn(Strict):
    person_id: Id


def job_duty_out(one: JobDuty) -> dict[str, Any]:
    return {
        "id": one.pk, "name": one.name, "about": one.about, "aliases": one.aliases, "archived": one.archived,
        "people": getattr(one, "people", 0),
    }  # fmt: skip


def held_out(one: HeldDuty) -> dict[str, Any]:
    return {
        "id": one.pk, "duty": {"id": one.duty_id, "name": one.duty.name}, "statement": one.statement,
        "person": person_out(one.person),
        "internal_customers": [_relying(each) for each in internal_customers([one])[one.pk]],
    }  # fmt: skip


def _relying(one: InternalCustomer) -> dict[str, Any]:
    return {"person": person_out(one.person), "department": named(one.department)}
