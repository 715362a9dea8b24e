"""Requests larger than anything we take are refused before their body is read to disk."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# Frameworks disagree on the mappings' types of a scope and its messages.
Application = Callable[[Any, Any, Any], Awaitable[None]]


def with_body_limit(application: Application, largest: int) -> Application:
    """An ASGI application that answers 413 to a body announced as larger than `largest` bytes.

    One that turns out larger while it comes, without having said so, ends as a broken connection does.
    """

    async def limited(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > largest:
            await _refuse(send, largest)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            return message if read <= largest else {"type": "http.disconnect"}

        await application(scope, counted, send)

    return limited


async def _refuse(send: Send, largest: int) -> None:
    message = f"A request has at most {largest >> 20} MiB."
    body = json.dumps({"code": "too_large", "message": message, "details": []}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()),
               (b"connection", b"close")]  # fmt: skip
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
