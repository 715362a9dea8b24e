"""Lists filtered and sorted by attributes the company defined, each with an index of its own, over HTTP."""

import random
import time
from collections.abc import Callable

from bench import company
from bench.figures import Figure, middle, p95, seconds_of
from bench.installation import Session, database, server
from bench.parts.browse import FLOOR, LIMIT, prepare, score_everybody
from bench.room import Room
from bench.table import shown

REQUESTS = 60
INDEXED = ("region", "industry", "city", "annual_sales")
Page = Callable[[], object]


def measure(room: Room) -> list[Figure]:
    with database(room) as password:
        prepare(room)
        with server(room) as port:
            session = Session(port, "admin", password)
            score_everybody(session)
            built = _index(session)
            times = _measure(session, _pages(session))
    floor = times.pop("floor")
    figures = [
        Figure("attributes", f"{name}, p95", p95(taken), FLOOR, p95(floor), "p95 < 150 ms",
               p95(taken) < LIMIT, note=f"p50 {shown(middle(taken))}, {middle(taken) / middle(floor):.1f}×")
        for name, taken in times.items()
    ]  # fmt: skip
    return figures + [
        Figure("attributes", f"an index of {code}", took, FLOOR, p95(floor)) for code, took in built
    ]


def _index(session: Session) -> list[tuple[str, float]]:
    """Define what is missing, and have the indexes built by the worker; how long each took."""
    known = {one["code"]: one for one in session.get("/attributes")}
    if "city" not in known:
        session.post("/attributes", {"code": "city", "label": {"en": "City", "zh": "城市"}, "type": "text"})
    built = []
    for code in INDEXED:
        if known.get(code, {}).get("index_state") != "ready":
            built.append((code, seconds_of(lambda: _wait(session, code))))  # noqa: B023
    return built


def _wait(session: Session, code: str) -> None:
    number = session.post(f"/attributes/{code}/index", {"indexed": True})["job_id"]
    while (job := session.get(f"/jobs/{number}"))["state"] in {"waiting", "running"}:
        time.sleep(0.2)
    if job["state"] != "done":
        raise RuntimeError(f"the index of {code} ended as {job['state']}: {job['error']}")


def _measure(session: Session, pages: dict[str, Page]) -> dict[str, list[float]]:
    everything: dict[str, Page] = {"floor": lambda: session.fetch("/me"), **pages}
    for page in everything.values():
        page()
    times: dict[str, list[float]] = {name: [] for name in everything}
    for _ in range(REQUESTS):
        for name, page in everything.items():
            times[name].append(seconds_of(page))
    return times


def _pages(session: Session) -> dict[str, Page]:
    draw = random.Random(9)

    def city() -> dict[str, object]:
        return {"field": "attributes.city", "op": "eq", "value": draw.choice(company.CITIES)}

    def several() -> dict[str, object]:
        return {"field": "attributes.city", "op": "in", "value": draw.sample(company.CITIES, 5)}

    def region() -> dict[str, object]:
        return {"field": "attributes.region", "op": "eq", "value": draw.choice(company.REGIONS)}

    def industry() -> dict[str, object]:
        return {"field": "attributes.industry", "op": "eq", "value": draw.choice(company.INDUSTRIES)}

    def between() -> dict[str, object]:
        low = draw.randint(1, 99_000) * 1000
        return {"field": "attributes.annual_sales", "op": "between", "value": [low, low + 1_000_000]}

    def part() -> dict[str, object]:
        text = draw.choice(company.CITIES)[:2]
        return {"field": "attributes.city", "op": "contains", "value": text}

    def listed(sort: str, *conditions: Callable[[], dict[str, object]]) -> Page:
        return lambda: session.fetch(
            "/customers", limit=50, sort=sort, filter={"all": [one() for one in conditions]}
        )

    def counted(*conditions: Callable[[], dict[str, object]]) -> Page:
        return lambda: session.fetch("/customers/count", filter={"all": [one() for one in conditions]})

    return {
        "region (a seventh), by score": listed("-score", region),
        "city (1 %), by score": listed("-score", city),
        "city (1 %), by name": listed("name", city),
        "city (1 %), newest first": listed("-created_at", city),
        "five cities, by score": listed("-score", several),
        "city and industry (0.1 %), by score": listed("-score", city, industry),
        "sales between (1 %), by score": listed("-score", between),
        "sales between and region, by sales": listed("-attributes.annual_sales", between, region),
        "city contains two characters, by score": listed("-score", part),
        "sorted by city": listed("attributes.city"),
        "how many of a city": counted(city),
    }
