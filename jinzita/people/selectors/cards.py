"""Reads of the people map: everybody who is here, by department or by what is looked for."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.pinyin import normal, ways_to_write
from jinzita.people.models import Department, HeldDuty, JobDuty, PersonCard, User
from jinzita.people.selectors.teams import above

MOST_FOUND = 100
# What people write around what they look for: “who does invoicing?”, 谁负责开票？
_ASKED = re.compile(
    r"^(?:who\s+(?:does|do|handles|is responsible for|is in charge of|can)\s+"
    r"|(?:谁|哪位)(?:来|在)?(?:负责|管|做|办|会|懂)?)"
)
_ENDINGS = " ?？吗呢。.!！"


@dataclass(frozen=True)
class Found:
    """A person of the map with the duties held; `by` says what a search found them by."""

    person: User
    duties: list[HeldDuty]
    by: list[str] = field(default_factory=list)

    @property
    def card(self) -> PersonCard | None:
        return getattr(self.person, "card", None)


@dataclass(frozen=True)
class MapDepartment:
    """A department of the map: people directly in it, and with all below it."""

    department: Department
    members: int
    people: int


def everybody(viewer: Viewer) -> QuerySet[User]:
    """Whoever is here; colleagues may know all colleagues."""
    viewer.require(Permission.READ)
    return User.objects.filter(is_active=True).select_related("department", "card", "role", "manager")


def one(viewer: Viewer, person_id: int) -> User:
    """A person, also one who has left. Raises NotFound."""
    viewer.require(Permission.READ)
    found = User.objects.select_related("department", "card", "manager").filter(pk=person_id).first()
    if found is None:
        raise NotFound(f"There is no person {person_id}.")
    return found


def departments(viewer: Viewer) -> tuple[list[MapDepartment], int]:
    """The tree with numbers of people, and how many people belong to no department."""
    own: Counter[int | None] = Counter(everybody(viewer).order_by().values_list("department_id", flat=True))
    tree = list(Department.objects.select_related("head__card").order_by("path"))
    below: Counter[int] = Counter()
    for each in tree:
        for part in each.path.strip("/").split("/"):
            below[int(part)] += own[each.pk]
    return [MapDepartment(each, own[each.pk], below[each.pk]) for each in tree], own[None]


def people_of(
    viewer: Viewer, *, department_id: int | None, without: bool = False, limit: int, after: int | None
) -> tuple[list[Found], int | None]:
    """Those directly in a department, in none, or everybody, by id; and after whom the next page begins."""
    rows = everybody(viewer).order_by("pk")
    if department_id or without:
        rows = rows.filter(Q(department_id=department_id) if department_id else Q(department=None))
    if after:
        rows = rows.filter(pk__gt=after)
    people = list(rows[: limit + 1])
    return with_duties(people[:limit]), people[limit - 1].pk if len(people) > limit else None


def search(viewer: Viewer, q: str) -> list[Found]:
    """Whoever a few letters or a question finds: by name, pinyin, department, duty, skill or language."""
    plain = _ASKED.sub("", normal(q).strip(_ENDINGS)).strip(_ENDINGS)
    if not plain:
        return []
    reasons: dict[int, list[str]] = {}
    for reason, ids in (
        ("name", _by_name(viewer, plain)), ("duty", _by_duty(plain)), ("skill", _by_card(plain)),
        ("department", _by_department(viewer, plain)),
    ):  # fmt: skip
        for pk in ids:
            reasons.setdefault(pk, []).append(reason)
    best = list(reasons)[:MOST_FOUND]
    found = {each.pk: each for each in everybody(viewer).filter(pk__in=best)}
    people = with_duties([found[pk] for pk in best if pk in found])
    return [Found(each.person, each.duties, reasons[each.person.pk]) for each in people]


def with_duties(people: list[User]) -> list[Found]:
    """These people with what they do, in one query."""
    held: dict[int, list[HeldDuty]] = {}
    rows = HeldDuty.objects.filter(person__in=people, ended_at=None).select_related("duty").order_by("pk")
    for each in rows:
        held.setdefault(each.person_id, []).append(each)
    return [Found(person, held.get(person.pk, [])) for person in people]


def may_keep(viewer: Viewer, person: User) -> bool:
    """Whether the viewer may say what this person does: oneself, whoever is above, who manages people."""
    return viewer.user_id == person.pk or viewer.may(Permission.MANAGE_PEOPLE) or is_above(viewer, person)


def is_above(viewer: Viewer, person: User) -> bool:
    return viewer.user_id is None or viewer.user_id in above([person])[person.pk]


def _by_name(viewer: Viewer, plain: str) -> list[int]:
    joined = plain.replace(" ", "")
    rows = everybody(viewer).order_by("name", "pk").values_list("pk", "name", "username", "title", "phone")
    return [
        pk
        for pk, name, username, title, phone in rows
        if any(plain in way or joined in way for way in ways_to_write(name, person=True))
        or plain in normal(username)
        or plain in normal(title)
        or (joined.isdigit() and len(joined) >= 3 and joined in re.sub(r"\D", "", phone))
    ]


def _by_duty(plain: str) -> list[int]:
    joined = plain.replace(" ", "")
    named = [
        each.pk
        for each in JobDuty.objects.all()
        for text in (each.name, *each.aliases)
        if any(plain in way or joined in way for way in ways_to_write(text))
    ]
    said = Q(duty_id__in=named) | Q(statement__icontains=plain)
    rows = HeldDuty.objects.filter(said, ended_at=None, person__is_active=True).order_by("person__name", "pk")
    return list(dict.fromkeys(rows.values_list("person_id", flat=True)))


def _by_card(plain: str) -> list[int]:
    said: Any = Q(skills__icontains=plain) | Q(languages__icontains=plain)
    rows = PersonCard.objects.filter(said, person__is_active=True).order_by("person__name", "pk")
    return list(rows.values_list("pk", flat=True))


def _by_department(viewer: Viewer, plain: str) -> list[int]:
    joined = plain.replace(" ", "")
    named = [
        each.pk
        for each in Department.objects.all()
        if any(plain in way or joined in way for way in ways_to_write(each.name))
    ]
    rows = everybody(viewer).filter(department_id__in=named).order_by("name", "pk")
    return list(rows.values_list("pk", flat=True)[:MOST_FOUND])
