"""What people are told of value."""

from jinzita.kernel.access import Permission
from jinzita.people.notices import BROWSER, EMAIL, declare


def declare_notices() -> None:
    """Called when Django is ready."""
    declare(
        "override_asked",
        en="Somebody asks for another grade of a customer", zh="有人申请人工调整客户等级",
        text_en="{by} asks that {what} counts as {grade_en} until {until:day}: {why_en}",
        text_zh="{by} 申请将 {what} 按{grade_zh}对待，至 {until:day} 止：{why_zh}",
        default_channels=(BROWSER, EMAIL), permission=Permission.APPROVE,
    )  # fmt: skip
    declare(
        "override_approved",
        en="A grade I asked for was approved", zh="我申请的等级调整已获批准",
        text_en="{by} approved: {what} counts as {grade_en} until {until:day}",
        text_zh="{by} 已批准：{what} 按{grade_zh}对待，至 {until:day} 止",
    )  # fmt: skip
    declare(
        "override_declined",
        en="A grade I asked for was declined", zh="我申请的等级调整未获批准",
        text_en="{by} declined that {what} counts as {grade_en}: {why_en}",
        text_zh="{by} 未批准将 {what} 按{grade_zh}对待：{why_zh}",
    )  # fmt: skip
    declare(
        "override_over",
        en="The override of a customer's grade ended", zh="客户等级的人工调整已结束",
        text_en="{what} counts by its score again ({grade_en}): {why_en}",
        text_zh="{what} 已恢复按得分定级（{grade_zh}）：{why_zh}",
    )  # fmt: skip
