"""What people are told of duties."""

from jinzita.people.notices import BROWSER, EMAIL, declare


def declare_notices() -> None:
    """Called when Django is ready."""
    declare(
        "duty_missed",
        en="I missed duties", zh="我有逾期未履行的职责",
        text_en="{count} duties of yours are overdue: {what}",
        text_zh="您有 {count} 项职责逾期未履行：{what}",
        default_channels=(BROWSER, EMAIL),
    )  # fmt: skip
    declare(
        "duty_escalated",
        en="Missed duties of my people come to me", zh="下属逾期职责上报给我",
        text_en="{count} missed duties of {who} come to you: {what}",
        text_zh="{who} 有 {count} 项逾期职责上报给您：{what}",
        default_channels=(BROWSER, EMAIL),
    )  # fmt: skip
