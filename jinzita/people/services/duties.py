"""Writes of duties: the catalogue, who holds them, and who relies on them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.people.models import Department, HeldDuty, InternalCustomer, JobDuty, User
from jinzita.people.selectors import cards, duties
from jinzita.people.services.cards import keepable, tags
from jinzita.people.services.changes import refuse_unknown

MOST_RELYING = 200


@transaction.atomic
def create_job_duty(*, by: Viewer, name: str, about: str = "", aliases: Iterable[str] = ()) -> JobDuty:
    """Put a duty into the catalogue."""
    by.require(Permission.MANAGE_PEOPLE)
    made = JobDuty(name=_named(name), about=about.strip(), aliases=tags(list(aliases), "aliases"))
    _save(made)
    audit.record(
        by=by, action="create", subject_type="job_duty", subject_id=made.pk, changes={"name": made.name}
    )
    return duties.job_duty(by, made.pk)


@transaction.atomic
def update_job_duty(*, by: Viewer, duty_id: int, changes: dict[str, Any]) -> JobDuty:
    """Rename a duty of the catalogue, say more of it, archive it or take it out of the archive."""
    by.require(Permission.MANAGE_PEOPLE)
    one = duties.job_duty(by, duty_id)
    refuse_unknown(changes, {"name", "about", "aliases", "archived"})
    before = {name: getattr(one, name) for name in changes}
    if "name" in changes:
        one.name = _named(changes["name"])
    if "about" in changes:
        one.about = (changes["about"] or "").strip()
    if "aliases" in changes:
        one.aliases = tags(changes["aliases"], "aliases")
    if "archived" in changes:
        one.archived = bool(changes["archived"])
    _save(one)
    after = {name: getattr(one, name) for name in changes}
    audit.record(
        by=by, action="update", subject_type="job_duty", subject_id=one.pk,
        changes=audit.difference(before, after),
    )  # fmt: skip
    return duties.job_duty(by, duty_id)


@transaction.atomic
def delete_job_duty(*, by: Viewer, duty_id: int) -> None:
    """Take a duty that nobody ever held out of the catalogue."""
    by.require(Permission.MANAGE_PEOPLE)
    one = duties.job_duty(by, duty_id)
    if HeldDuty.objects.filter(duty=one).exists():
        raise Conflict("Somebody holds or held this duty; archive it instead.", code="duty_in_use")
    audit.record(
        by=by, action="delete", subject_type="job_duty", subject_id=one.pk, changes={"name": one.name}
    )
    one.delete()


@transaction.atomic
def hold(*, by: Viewer, person_id: int, duty_id: int, statement: str, now: datetime) -> HeldDuty:
    """Note that a person does a duty of the catalogue, in words of their own."""
    person = keepable(by, person_id)
    if not person.is_active:
        raise Conflict("This person has left.", code="person_left")
    duty = duties.job_duty(by, duty_id)
    if duty.archived:
        raise Invalid.at("duty_id", "archived", "This duty is archived.")
    made, fresh = HeldDuty.objects.get_or_create(
        person=person, duty=duty, ended_at=None,
        defaults={"statement": statement.strip(), "started_at": now},
    )  # fmt: skip
    if not fresh:
        raise Invalid.at("duty_id", "held_already", "The person has this duty already.")
    _note(by, "create", made, {"person_id": person.pk, "duty": duty.name, "statement": made.statement})
    return duties.held_duty(by, made.pk)


@transaction.atomic
def describe(*, by: Viewer, held_id: int, statement: str) -> HeldDuty:
    """Change the words in which a person says what the duty means."""
    one = _keepable(by, held_id)
    before, one.statement = one.statement, statement.strip()
    one.save(update_fields=["statement"])
    _note(by, "update", one, audit.difference({"statement": before}, {"statement": one.statement}))
    return duties.held_duty(by, held_id)


@transaction.atomic
def end(*, by: Viewer, held_id: int, now: datetime) -> None:
    """The person does this no more; ratings of it stay."""
    one = _keepable(by, held_id)
    HeldDuty.objects.filter(pk=one.pk).update(ended_at=now)
    _note(by, "end", one, {"duty": one.duty.name})


@transaction.atomic
def set_internal_customers(
    *, by: Viewer, held_id: int, people: Iterable[int], departments: Iterable[int]
) -> HeldDuty:
    """Say who in the company relies on this duty: these people and departments, and nobody else."""
    one = _keepable(by, held_id)
    persons, places = set(people), set(departments)
    if len(persons) + len(places) > MOST_RELYING:
        raise Invalid.at("people", "too_many", f"There are at most {MOST_RELYING}.", most=MOST_RELYING)
    if one.person_id in persons:
        raise Invalid.at("people", "own_customer", "Nobody is their own internal customer.")
    _known("people", persons, set(User.objects.filter(pk__in=persons).values_list("pk", flat=True)))
    _known("departments", places, set(Department.objects.filter(pk__in=places).values_list("pk", flat=True)))
    rows = InternalCustomer.objects.filter(held=one)
    before = set(rows.values_list("person_id", "department_id"))
    wanted = {(pk, None) for pk in persons} | {(None, pk) for pk in places}
    rows.exclude(Q(person_id__in=persons) | Q(department_id__in=places)).delete()
    InternalCustomer.objects.bulk_create(
        [
            InternalCustomer(held=one, person_id=person_id, department_id=department_id)
            for person_id, department_id in sorted(wanted - before, key=str)
        ],
        ignore_conflicts=True,
    )
    _note(
        by, "set_internal_customers", one, {"people": sorted(persons), "departments": sorted(places)}
    )  # fmt: skip
    return duties.held_duty(by, held_id)


@transaction.atomic
def hand_over(*, by: Viewer, held_id: int, person_id: int, now: datetime) -> HeldDuty:
    """Give a duty, with those who rely on it, to somebody else; the ratings stay with who earned them."""
    one = _keepable(by, held_id)
    heir = cards.one(by, person_id)
    if not heir.is_active or heir.pk == one.person_id:
        raise Invalid.at("person_id", "unknown_choice", "Choose somebody else who is here.")
    taken, _ = HeldDuty.objects.get_or_create(
        person=heir, duty=one.duty, ended_at=None,
        defaults={"statement": one.statement, "started_at": now},
    )  # fmt: skip
    known = set(InternalCustomer.objects.filter(held=taken).values_list("person_id", "department_id"))
    InternalCustomer.objects.bulk_create(
        InternalCustomer(held=taken, person_id=each.person_id, department_id=each.department_id)
        for each in duties.internal_customers([one])[one.pk]
        if (each.person_id, each.department_id) not in known and each.person_id != heir.pk
    )
    HeldDuty.objects.filter(pk=one.pk).update(ended_at=now)
    _note(by, "hand_over", one, {"duty": one.duty.name, "person_id": [one.person_id, heir.pk]})
    return duties.held_duty(by, taken.pk)


def _keepable(by: Viewer, held_id: int) -> HeldDuty:
    one = duties.held_duty(by, held_id)
    keepable(by, one.person_id)
    return one


def _known(where: str, wanted: set[int], found: set[int]) -> None:
    if missing := wanted - found:
        raise Invalid.at(where, "unknown_choice", f"There is no {min(missing)}.")


def _named(name: str) -> str:
    name = " ".join((name or "").split())
    if not name:
        raise Invalid.at("name", "required", "A duty needs a name.")
    return name


def _save(one: JobDuty) -> None:
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:
        raise Invalid.at("name", "taken", "There already is a duty of this name.") from None


def _note(by: Viewer, action: str, one: HeldDuty, changes: dict[str, Any]) -> None:
    audit.record(by=by, action=action, subject_type="held_duty", subject_id=one.pk, changes=changes)
