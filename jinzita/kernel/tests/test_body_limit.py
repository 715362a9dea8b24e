"""A body that is too large is refused before it is read."""

import asyncio

import pytest

from jinzita.kernel.body_limit import with_body_limit


async def application(scope, receive, send):
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            await send({"type": "gone"})
            return
        size += len(message["body"])
        if not message.get("more_body"):
            await send({"type": "read", "size": size})
            return


def ask(headers, chunks):
    async def play():
        sent, left = [], [{"type": "http.request", "body": c, "more_body": True} for c in chunks]
        left[-1]["more_body"] = False

        async def receive():
            return left.pop(0)

        async def send(message):
            sent.append(message)

        await with_body_limit(application, 10)({"type": "http", "headers": headers}, receive, send)
        return sent, len(left)

    return asyncio.run(play())


@pytest.mark.parametrize(
    ("headers", "chunks", "answer", "unread"),
    [
        ([], [b"12345", b"67890"], {"type": "read", "size": 10}, 0),
        ([], [b"12345", b"678901", b"2"], {"type": "gone"}, 1),
        ([(b"content-length", b"10")], [b"1234567890"], {"type": "read", "size": 10}, 0),
    ],
)
def test_what_fits_passes_and_what_grows_beyond_ends(headers, chunks, answer, unread):
    assert ask(headers, chunks) == ([answer], unread)


def test_an_announced_size_is_believed():
    sent, unread = ask([(b"content-length", b"11")], [b"12345678901"])
    assert (sent[0]["status"], unread) == (413, 1)
    assert b'"too_large"' in sent[1]["body"]
