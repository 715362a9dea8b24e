"""Messages to the chat robots of WeCom, DingTalk and Feishu."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings

from jinzita.kernel import outgoing
from jinzita.people.models import NoticeSettings

LONGEST = 1_800
Robot = NoticeSettings.Robot


class RobotRefused(Exception):
    """The robot's server could not be reached or said no: `code` and the words say which."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


def send(kind: str, url: str, secret: str, text: str, *, now: datetime) -> None:
    """Say `text` through a robot. Raises RobotRefused."""
    address, body = _request(kind, url, secret, text[:LONGEST], now)
    try:
        answer = outgoing.post(
            address,
            json.dumps(body, ensure_ascii=False).encode(),
            {"Content-Type": "application/json; charset=utf-8"},
            allow_private=settings.WEBHOOK_ALLOW_PRIVATE,
        )
    except outgoing.NotReached as error:
        raise RobotRefused(f"unreached_{error.code}", str(error)) from None
    if answer.status >= 300 or not _accepted(answer.body):
        raise RobotRefused("robot_said", f"{answer.status} {answer.body}"[:300])


def _request(kind: str, url: str, secret: str, text: str, now: datetime) -> tuple[str, dict[str, Any]]:
    if kind == Robot.FEISHU:
        body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if secret:
            stamp = str(int(now.timestamp()))
            body |= {"timestamp": stamp, "sign": _sign(f"{stamp}\n{secret}".encode(), b"")}
        return url, body
    body = {"msgtype": "text", "text": {"content": text}}
    if kind == Robot.DINGTALK and secret:
        stamp = str(int(now.timestamp() * 1000))
        signature = quote_plus(_sign(secret.encode(), f"{stamp}\n{secret}".encode()))
        url += f"{'&' if '?' in url else '?'}timestamp={stamp}&sign={signature}"
    return url, body


def _sign(key: bytes, message: bytes) -> str:
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()


def _accepted(body: str) -> bool:
    """The three answer 200 to everything; the body says whether the message was taken."""
    try:
        answer = json.loads(body)
    except ValueError:
        return False
    if not isinstance(answer, dict):
        return False
    codes = [answer[name] for name in ("errcode", "code", "StatusCode") if name in answer]
    return bool(codes) and all(code == 0 for code in codes)
