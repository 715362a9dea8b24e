"""What people are told of the quality of records."""

from jinzita.people.notices import BROWSER, EMAIL, declare


def declare_notices() -> None:
    """Called when Django is ready."""
    declare(
        "weekly_list",
        en="The weekly list of my team's records", zh="团队每周待完善清单",
        text_en="This week {customers} {customers:customer|customers} of your team {customers:has|have} "
        "{fields} {fields:field|fields} to fill in: {what}",
        text_zh="本周您的团队有 {customers} 位客户、{fields} 项资料待完善：{what}",
        default_channels=(BROWSER, EMAIL),
    )  # fmt: skip
    declare(
        "weekly_part",
        en="My part of the weekly list", zh="每周待完善清单中由我负责的客户",
        text_en="This week {customers} of your customers {customers:has|have} "
        "{fields} {fields:field|fields} to fill in: {what}",
        text_zh="本周您负责的 {customers} 位客户有 {fields} 项资料待完善：{what}",
        default_channels=(BROWSER, EMAIL),
    )  # fmt: skip
