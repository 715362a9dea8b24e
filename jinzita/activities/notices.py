"""What people are told of what was written about customers."""

from jinzita.people.notices import BROWSER, EMAIL, declare


def declare_notices() -> None:
    """Called when Django is ready."""
    declare(
        "mention",
        en="Somebody mentions me", zh="有人提到我",
        text_en="{by} mentioned you: {what}", text_zh="{by} 提到了您：{what}",
        default_channels=(BROWSER, EMAIL),
    )  # fmt: skip
