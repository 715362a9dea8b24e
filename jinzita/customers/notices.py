"""What people are told of the customers they work for."""

from jinzita.people.notices import BROWSER, EMAIL, declare


def declare_notices() -> None:
    """Called when Django is ready."""
    declare(
        "mention",
        en="Somebody mentions me", zh="有人提到我",
        text_en="{by} mentioned you: {what}", text_zh="{by} 提到了您：{what}",
        default_channels=(BROWSER, EMAIL),
    )  # fmt: skip
    declare(
        "added_to_team",
        en="I am added to the team of a customer", zh="我被加入客户团队",
        text_en="{by} added you to the team of {what}", text_zh="{by} 将您加入客户团队：{what}",
    )  # fmt: skip
