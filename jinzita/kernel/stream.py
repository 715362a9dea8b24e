"""News for open browser pages: NOTIFY in the database, server-sent events to the page.

A notice carries ids and figures only, and the audience that may see it; every web process listens once
and hands a notice to those of its connections whose viewer is in the audience.
"""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection, connections

from jinzita.kernel.access import Reach, Viewer

CHANNEL = "jinzita_news"
# NOTIFY carries at most 8,000 bytes; a larger notice would fail the writer's transaction.
MAX_NOTICE = 7_500
KEEP_ALIVE_SECONDS = 20
log = logging.getLogger(__name__)


# Who is listening now, None when nobody may any more.
Renewed = Callable[[], Awaitable[Viewer | None]]


@dataclass(frozen=True)
class Audience:
    """Who may see a notice. Everybody who sees all customers always does; empty = nobody else.

    `private`: the named people alone, whatever others may see. `customer_ids`: those who work in the team of
    one of these customers see it too.
    """

    everybody: bool = False
    private: bool = False
    user_ids: frozenset[int] = field(default_factory=frozenset)
    department_ids: frozenset[int] = field(default_factory=frozenset)
    customer_ids: frozenset[int] = field(default_factory=frozenset)

    def includes(self, viewer: Viewer) -> bool:
        if self.private:
            return viewer.user_id in self.user_ids
        if self.everybody or viewer.reach is Reach.ALL or viewer.user_id in self.user_ids:
            return True
        if viewer.joined_ids & self.customer_ids:
            return True
        if viewer.reach is Reach.TEAM:
            return bool(viewer.team_ids & self.user_ids)
        return viewer.reach is Reach.DEPARTMENTS and bool(viewer.department_ids & self.department_ids)


def tell(kind: str, data: Mapping[str, Any], *, audience: Audience) -> None:
    """Send a notice when the surrounding transaction commits (at once when there is none)."""
    text = json.dumps(
        {
            "kind": kind,
            "data": data,
            "everybody": audience.everybody,
            "private": audience.private,
            "users": sorted(audience.user_ids),
            "departments": sorted(audience.department_ids),
            "customers": sorted(audience.customer_ids),
        },
        default=str,
    )
    if len(text.encode()) > MAX_NOTICE:
        log.warning("a notice of kind %s is too long and was not sent", kind)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, text])


class Switchboard:
    """One database listener for this process, many browser connections."""

    def __init__(self) -> None:
        self._lines: dict[asyncio.Queue[tuple[str, str]], Viewer] = {}
        self._listener: asyncio.Task[None] | None = None

    async def subscribe(self, viewer: Viewer, renewed: Renewed | None = None) -> AsyncIterator[bytes]:
        """The viewer's server-sent events, with a comment now and then to keep the line open.

        `renewed` is asked now and then who is listening now: nobody, once the session is over, and then the
        line ends; or somebody who may see less by now.
        """
        queue: asyncio.Queue[tuple[str, str]] = asyncio.Queue(maxsize=1000)
        self._lines[queue] = viewer
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        asked = time.monotonic()
        try:
            yield b": open\n\n"
            while True:
                try:
                    kind, data = await asyncio.wait_for(queue.get(), KEEP_ALIVE_SECONDS)
                    said = f"event: {kind}\ndata: {data}\n\n".encode()
                except TimeoutError:
                    said = b": still here\n\n"
                if renewed is not None and time.monotonic() - asked >= KEEP_ALIVE_SECONDS:
                    now, asked = await renewed(), time.monotonic()
                    if now is None:
                        return
                    self._lines[queue] = now
                yield said
        finally:
            del self._lines[queue]

    async def _listen(self) -> None:
        while self._lines:
            try:
                parameters = connections["default"].get_connection_params()
                for name in ("cursor_factory", "context", "pool"):
                    parameters.pop(name, None)
                line = await psycopg.AsyncConnection.connect(**parameters, autocommit=True)
                async with line:
                    await line.execute(f"LISTEN {CHANNEL}")
                    async for notice in line.notifies():
                        self._hand_out(notice.payload)
            except psycopg.OperationalError:
                log.warning("the news line to the database was lost; trying again")
                await asyncio.sleep(2)

    def _hand_out(self, text: str) -> None:
        notice = json.loads(text)
        audience = Audience(
            notice["everybody"],
            notice["private"],
            frozenset(notice["users"]),
            frozenset(notice["departments"]),
            frozenset(notice["customers"]),
        )
        for queue, viewer in list(self._lines.items()):
            if audience.includes(viewer):
                with suppress(asyncio.QueueFull):  # a page that does not read asks anew when it wakes
                    queue.put_nowait((notice["kind"], json.dumps(notice["data"])))


switchboard = Switchboard()
