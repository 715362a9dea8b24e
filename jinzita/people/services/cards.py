"""Writes of what colleagues know of a person."""

from typing import Any

from django.db import transaction

from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Forbidden, Invalid
from jinzita.people.models import PersonCard, User
from jinzita.people.selectors import cards
from jinzita.people.services.changes import refuse_unknown

MOST_TAGS = 30
LONGEST_TAG = 40


def keepable(by: Viewer, person_id: int) -> User:
    """A person whose card and duties the viewer may change. Raises NotFound, Forbidden."""
    by.require(Permission.READ)
    person = cards.one(by, person_id)
    if not cards.may_keep(by, person):
        raise Forbidden(
            "Only the person, the managers above and those who manage people can change this.",
            code="not_your_person",
        )
    return person


@transaction.atomic
def update_card(*, by: Viewer, person_id: int, changes: dict[str, Any]) -> User:
    """Change telephone, a few words about the person, languages or skills."""
    person = keepable(by, person_id)
    refuse_unknown(changes, {"phone", "about", "languages", "skills"})
    card, _ = PersonCard.objects.get_or_create(person=person)
    before = {"phone": person.phone, "about": card.about, "languages": card.languages, "skills": card.skills}
    after: dict[str, Any] = {
        name: tags(value, name) if name in ("languages", "skills") else (value or "").strip()
        for name, value in changes.items()
    }
    if "phone" in after:
        person.phone = after["phone"]
        person.save(update_fields=["phone"])
    for name in after.keys() - {"phone"}:
        setattr(card, name, after[name])
    card.save()
    audit.record(
        by=by, action="update", subject_type="person_card", subject_id=person.pk,
        changes=audit.difference(before, after),
    )  # fmt: skip
    return cards.one(by, person_id)


def tags(given: list[str] | None, where: str) -> list[str]:
    """Words without doubles and blanks, in the order given. Raises Invalid."""
    words = dict.fromkeys(" ".join(one.split()) for one in given or [])
    words.pop("", None)
    if len(words) > MOST_TAGS:
        raise Invalid.at(where, "too_many", f"There are at most {MOST_TAGS}.", most=MOST_TAGS)
    return list(words)
