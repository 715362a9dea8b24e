"""What people are told of the customers they work for."""

from jinzita.people.notices import declare


def declare_notices() -> None:
    """Called when Django is ready."""
    declare(
        "added_to_team",
        en="I am added to the team of a customer", zh="我被加入客户团队",
        text_en="{by} added you to the team of {what}", text_zh="{by} 将您加入客户团队：{what}",
    )  # fmt: skip
