"""What those are told who look after the connections to other systems."""

from jinzita.kernel.access import Permission
from jinzita.people.notices import BROWSER, EMAIL, declare

# Why nothing answered, by the code of `kernel.outgoing.NotReached`.
FAILURES = {
    "private": {"en": "the address leads into a private network", "zh": "该地址指向内网"},
    "no_answer": {"en": "no answer in time", "zh": "对方未在时限内应答"},
    "no_name": {"en": "the server's name is not known", "zh": "找不到该域名的服务器"},
    "certificate": {"en": "the server's certificate is not valid", "zh": "对方的安全证书无效"},
    "failed": {"en": "the connection failed", "zh": "连接失败"},
}


def declare_notices() -> None:
    """Called when Django is ready."""
    declare(
        "webhook_stopped",
        en="A webhook was stopped", zh="Webhook 已停用",
        text_en="Deliveries to “{name}” failed for a day; it is stopped. Last answer: {error}",
        text_zh="向“{name}”的推送持续失败超过一天，已自动停用。最近一次结果：{error}",
        default_channels=(BROWSER, EMAIL), permission=Permission.MANAGE_WEBHOOKS, urgent=True,
    )  # fmt: skip
