"""Who works with whom: managers and teams, from departments and their heads."""

from django.db.models import Q

from jinzita.people.models import Department, User


def team_of(user: User) -> frozenset[int]:
    """The people of exactly the same department or the same manager, and those who report to the person."""
    same = Q(pk=user.pk) | Q(manager_id=user.pk)
    if user.department_id:
        same |= Q(department_id=user.department_id)
    if user.manager_id:
        same |= Q(manager_id=user.manager_id)
    return frozenset(User.objects.filter(same).values_list("pk", flat=True))


def heads_above(departments: list[Department]) -> dict[int, list[int]]:
    """For each department, the heads of it and of those above it, the nearest first."""
    heads = {one.pk: one.head_id for one in departments}
    return {
        one.pk: [
            head
            for part in reversed(one.path.strip("/").split("/"))
            if part and (head := heads.get(int(part))) is not None
        ]
        for one in departments
    }


def managers(people: list[User]) -> dict[int, int]:
    """The manager of each person, by id: the own one, or the nearest head of a department who is another."""
    above = heads_above(list(Department.objects.all())) if any(not one.manager_id for one in people) else {}
    found: dict[int, int] = {}
    for one in people:
        candidates = [one.manager_id] if one.manager_id else above.get(one.department_id or 0, [])
        manager = next((each for each in candidates if each and each != one.pk), None)
        if manager:
            found[one.pk] = manager
    return found


def manager_of(user: User) -> User | None:
    """The manager of one person, if any."""
    found = managers([user]).get(user.pk)
    return User.objects.filter(pk=found, is_active=True).first() if found else None


def superiors(user_ids: set[int]) -> dict[int, list[int]]:
    """Who stands above each of these people, the nearest first: the own manager, that one's manager and
    so on, then the heads of the department and of those above it. Whoever left is passed over.
    """
    rows = User.objects.values_list("pk", "manager_id", "department_id", "is_active")
    people = {pk: (manager, department, active) for pk, manager, department, active in rows}
    heads = heads_above(list(Department.objects.all()))
    found: dict[int, list[int]] = {}
    for user_id in user_ids & people.keys():
        manager, department, _ = people[user_id]
        chain: dict[int, None] = {}
        while manager and manager not in chain:
            chain[manager] = None
            manager = people[manager][0]
        chain |= dict.fromkeys(heads.get(department or 0, []))
        found[user_id] = [one for one in chain if one != user_id and people[one][2]]
    return found


def above(people: list[User]) -> dict[int, frozenset[int]]:
    """Everybody above each person: own managers, theirs in turn, and the heads of the departments above."""
    heads = heads_above(list(Department.objects.all()))
    manager = dict(User.objects.filter(manager__isnull=False).values_list("pk", "manager_id"))
    found: dict[int, frozenset[int]] = {}
    for one in people:
        over: set[int] = set()
        waiting = [*heads.get(one.department_id or 0, []), manager.get(one.pk)]
        while waiting:
            next_up = waiting.pop()
            if next_up and next_up not in over:
                over.add(next_up)
                waiting.append(manager.get(next_up))
        found[one.pk] = frozenset(over - {one.pk})
    return found


def led_departments() -> dict[int, tuple[int, int]]:
    """For each department the nearest one, itself or above it, that somebody leads who works here: its id and
    the leader's. Departments that nobody leads, up to the root, are left out.
    """
    rows = Department.objects.select_related("head")
    heads = {one.pk: one.head_id for one in rows if one.head and one.head.is_active}
    found: dict[int, tuple[int, int]] = {}
    for one in rows:
        above = (int(part) for part in reversed(one.path.strip("/").split("/")) if part)
        led = next((place for place in above if place in heads), None)
        if led is not None:
            found[one.pk] = (led, heads[led] or 0)
    return found
