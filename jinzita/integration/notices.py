"""What those are told who look after the connections to other systems."""

from jinzita.kernel.access import Permission
from jinzita.people.notices import BROWSER, EMAIL, declare


def declare_notices() -> None:
    """Called when Django is ready."""
    declare(
        "webhook_stopped",
        en="A webhook was stopped", zh="Webhook 已停用",
        text_en="Deliveries to “{name}” failed for a day; it is stopped. Last answer: {error}",
        text_zh="向“{name}”的推送持续失败超过一天，已自动停用。最近一次结果：{error}",
        default_channels=(BROWSER, EMAIL), permission=Permission.MANAGE_WEBHOOKS, urgent=True,
    )  # fmt: skip
