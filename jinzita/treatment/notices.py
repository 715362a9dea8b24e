"""What people are told of duties."""

from jinzita.people.notices import BROWSER, EMAIL, declare


def declare_notices() -> None:
    """Called when Django is ready."""
    declare(
        "duty_missed",
        en="I missed duties to customers", zh="我的客户维护事项逾期",
        text_en="{count} of your duties to customers {count:is|are} overdue: {what}",
        text_zh="您有 {count} 项客户维护事项逾期：{what}",
        default_channels=(BROWSER, EMAIL),
    )  # fmt: skip
    declare(
        "duty_escalated",
        en="Missed duties of my people come to me", zh="逾期的客户维护事项上报给我",
        text_en="{count} missed {count:duty|duties} of {who} {count:comes|come} to you: {what}",
        text_zh="{who} 有 {count} 项逾期的客户维护事项上报给您：{what}",
        default_channels=(BROWSER, EMAIL),
    )  # fmt: skip
