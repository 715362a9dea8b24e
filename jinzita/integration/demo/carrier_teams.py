"""Who works for the carrier's largest customers beside their owners."""

from collections.abc import Sequence

TEAMS = 12
# (customer key, username, part)
Seat = tuple[str, str, str]


def teams(
    largest: Sequence[str], owners: dict[str, str], people: Sequence[tuple[str, str, str, str]]
) -> list[Seat]:
    """A colleague of the owner's department and one of another for the first few of these customers.

    `people` are (username, name, role, department), as the carrier has them.
    """
    departments = {username: place for username, _, role, place in people if role == "salesperson"}
    sellers = list(departments)
    seats: list[Seat] = []
    for n, key in enumerate(largest[:TEAMS]):
        owner = owners[key]
        near = [one for one in sellers if one != owner and departments[one] == departments[owner]]
        far = [one for one in sellers if departments[one] != departments[owner]]
        seats += [(key, one, "备岗客户经理") for one in near[:1]]
        seats.append((key, far[n % len(far)], "异地分支机构对接"))
    return seats
