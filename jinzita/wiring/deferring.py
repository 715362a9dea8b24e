"""News of few customers makes a job about them, news of many a job about all."""

from collections.abc import Callable
from typing import Any

from jinzita.kernel import outbox

Reaction = Callable[[dict[str, Any]], None]
# More customers than this in one piece of news are not looked at one by one.
MANY = 2_000


def to(task: str, queue: str) -> Reaction:
    """A reaction: the job is told what the news says."""

    def reaction(news: dict[str, Any]) -> None:
        outbox.defer(task, queue=queue, **news)

    return reaction


def few_or_all(few: str, everybody: str, *, queue: str) -> Reaction:
    """A reaction: the job `few` for the customers of the news, or, once, the job `everybody`."""

    def reaction(news: dict[str, Any]) -> None:
        ids = customers_of(news)
        if are_many(news):
            outbox.defer(everybody, queue="long", once=everybody.partition(".")[2])
        elif ids:
            outbox.defer(few, queue=queue, customer_ids=ids)

    return reaction


def customers_of(news: dict[str, Any]) -> list[int]:
    """Whom the news is about."""
    ids = set(news.get("customer_ids") or [])
    return sorted(ids | {news[name] for name in ("customer_id", "survivor_id") if name in news})


def are_many(news: dict[str, Any]) -> bool:
    return bool(news.get("many")) or len(customers_of(news)) > MANY
