"""A million customers in PostgreSQL: each page over HTTP, against a primary-key SELECT the same way."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from bench import company
from bench.figures import Figure, middle, p95, seconds_of
from bench.installation import Session, database, server
from bench.room import Room
from bench.table import shown

REQUESTS = 100
FLOOR = "GET /me: two primary-key SELECTs"
LIMIT = 0.150
COUNT = "the count beside it"
GRADES = ("vip", "important", "ordinary", "small")
PARALLEL = 6  # what a browser opens to one server
Page = Callable[[], object]


def measure(room: Room) -> list[Figure]:
    with database(room) as password:
        prepare(room)
        with server(room) as port:
            session = Session(port, "admin", password)
            score_everybody(session)
            with ThreadPoolExecutor(PARALLEL) as pool:
                pages = _pages(session, pool, room)
                times = _measure(session, pages)
            tried = _what_if(session)
    floor = times.pop("floor")
    return [
        Figure("browse", f"{name}, p95", p95(taken), FLOOR, p95(floor), *_target(name, taken),
               note=f"p50 {shown(middle(taken))}, {middle(taken) / middle(floor):.1f}× the floor's")
        for name, taken in times.items()
    ] + [
        Figure("browse", "what-if over HTTP, a weight moved", middle(tried), FLOOR, middle(floor), "< 2 s",
               middle(tried) < 2)
    ]  # fmt: skip


def _target(name: str, taken: list[float]) -> tuple[str, bool | None]:
    # The count comes after the page, which does not wait for it.
    return ("", None) if name == COUNT else ("p95 < 150 ms", p95(taken) < LIMIT)


def prepare(room: Room) -> None:
    """The made company, once a room."""
    marker = room.data / "company-made"
    if not marker.exists():
        company.make(room.size.customers, until=datetime.now(UTC))
        marker.touch()


def score_everybody(session: Session) -> int:
    """A full run of the model for everybody by the worker, unless there is one; its id."""
    models = session.get("/value/models")
    model = next(one for one in models if one["code"] == "general")
    if model["last_run"]:
        return int(model["last_run"]["id"])
    # Installing the model published it, and a published version may have started its run by itself.
    runs = session.get("/value/runs", model=model["id"])["items"]
    under_way = [one for one in runs if one["state"] in {"waiting", "running"}]
    run = under_way[0] if under_way else session.post("/value/runs", {"model_id": model["id"]})
    while run["state"] in {"waiting", "running"}:
        time.sleep(0.5)
        run = session.get(f"/value/runs/{run['id']}")
    if run["state"] != "done":
        raise RuntimeError(f"the full run ended as {run['state']}: {run['error']}")
    return int(run["id"])


def _what_if(session: Session) -> list[float]:
    """Seconds of a what-if for everybody, another weight each time."""
    model = next(one for one in session.get("/value/models") if one["code"] == "general")
    document = session.get(f"/value/versions/{model['current_version']['id']}")["document"]
    times = []
    for weight in range(1, 7):
        document["indicators"][0]["weight"] = weight
        body = {"document": document}
        path = f"/value/models/{model['id']}/what-if"
        times.append(seconds_of(lambda: session.post(path, body)))  # noqa: B023
    return times[1:]


def _measure(session: Session, pages: dict[str, Page]) -> dict[str, list[float]]:
    """Seconds of REQUESTS requests of each page and of the floor, taking turns."""
    everything: dict[str, Page] = {"floor": lambda: session.fetch("/me"), **pages}
    for page in everything.values():  # once before it counts: prepared statements, imports
        page()
    times: dict[str, list[float]] = {name: [] for name in everything}
    for _ in range(REQUESTS):
        for name, page in everything.items():
            times[name].append(seconds_of(page))
    return times


def _pages(session: Session, pool: ThreadPoolExecutor, room: Room) -> dict[str, Page]:
    draw = random.Random(7)
    ids = [one["id"] for one in session.get("/customers", limit=100, sort="-score")["items"]]
    first, last = min(ids), max(ids)
    some = draw.choice

    def listed(**parameters: object) -> Page:
        return lambda: session.fetch("/customers", limit=50, **parameters)

    def filtered(sort: str) -> Page:
        def page() -> object:
            chosen = {
                "all": [
                    {"field": "grade", "op": "in", "value": draw.sample(GRADES, 2)},
                    {"field": "attributes.region", "op": "eq", "value": some(company.REGIONS)},
                ]
            }
            return session.fetch("/customers", limit=50, sort=sort, filter=chosen)

        return page

    def searched(make: Callable[[], str]) -> Page:
        return lambda: session.fetch("/customers", limit=50, q=make())

    words = {
        "part of a Chinese name": lambda: some(company.FIRST) + some(company.SECOND) + some(company.TRADES),
        "pinyin initials": lambda: "".join(draw.choices("bcdfghjklmnpqstwxyz", k=4)),
        "phone digits": lambda: "".join(draw.choices("0123456789", k=5)),
        "a Latin word": lambda: some(company.LATIN)[: draw.randint(3, 8)],
        "a very common word": lambda: some(company.COMMON),
    }
    return {
        "first list page": listed(),
        COUNT: lambda: session.fetch("/customers/count"),
        "filtered by grade and attribute, sorted by score": filtered("-score"),
        "filtered by grade and attribute, sorted by name": filtered("name"),
        "sorted by name": listed(sort="name"),
        **{f"search: {name}": searched(make) for name, make in words.items()},
        "search box": lambda: session.fetch("/search", q=some(list(words.values()))()),
        "pyramid (home)": lambda: session.fetch("/value/pyramid"),
        "customer page, its requests together": lambda: _customer_page(
            session, pool, draw.randint(first, last)
        ),
    }


def _customer_page(session: Session, pool: ThreadPoolExecutor, customer: int) -> None:
    """What the page asks for when it is opened, sent at once as the browser does."""
    paths = [f"/customers/{customer}", f"/value/customers/{customer}", f"/customers/{customer}/timeline"]
    list(pool.map(session.fetch, paths))
