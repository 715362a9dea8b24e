"""The line of an open page."""

import asyncio

from jinzita.kernel import stream
from jinzita.kernel.access import system


def test_it_ends_when_nobody_may_listen_any_more(monkeypatch):
    async def silent(board):
        await asyncio.sleep(3600)

    monkeypatch.setattr(stream.Switchboard, "_listen", silent)
    monkeypatch.setattr(stream, "KEEP_ALIVE_SECONDS", 0)
    board, asked = stream.Switchboard(), []

    async def renewed():
        asked.append(len(board._lines))
        return system("test") if len(asked) < 3 else None

    async def heard():
        return [one async for one in board.subscribe(system("test"), renewed)]

    assert asyncio.run(heard()) == [b": open\n\n", b": still here\n\n", b": still here\n\n"]
    assert asked == [1, 1, 1]
    assert board._lines == {}
