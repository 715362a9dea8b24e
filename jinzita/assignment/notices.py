"""What people are told of customers that come to them and go from them."""

from jinzita.kernel.access import Permission
from jinzita.people.notices import BROWSER, EMAIL, declare


def declare_notices() -> None:
    """Called when Django is ready."""
    declare(
        "customers_assigned",
        en="Customers are given to me", zh="客户分配给我",
        text_en="{by} gave you {count} {count:customer|customers}: {what}",
        text_zh="{by} 将 {count} 位客户分配给您：{what}",
        default_channels=(BROWSER, EMAIL),
    )  # fmt: skip
    declare(
        "pool_warning",
        en="Customers of mine are about to fall back to the pool", zh="我的客户即将回到公海",
        text_en="{count} of your customers will fall back to the pool soon: {what}",
        text_zh="您有 {count} 位客户即将回到公海：{what}",
        default_channels=(BROWSER, EMAIL),
    )  # fmt: skip
    declare(
        "pool_fell_back",
        en="Customers of mine fell back to the pool", zh="我的客户已回到公海",
        text_en="{count} of your customers fell back to the pool: {what}",
        text_zh="您有 {count} 位客户已回到公海：{what}",
    )  # fmt: skip
    declare(
        "pool_postponement_asked",
        en="Somebody asks that a customer stays", zh="有人申请暂缓回收客户",
        text_en="{by} asks that {what} stays until {until:day}: {why}",
        text_zh="{by} 申请将 {what} 的回收暂缓至 {until:day}：{why}",
        permission=Permission.APPROVE,
    )  # fmt: skip
    declare(
        "pool_postponement_approved",
        en="A customer for whom I asked for time stays", zh="我申请的暂缓回收已获批准",
        text_en="{by} approved: {what} stays until {until:day}",
        text_zh="{by} 已批准：{what} 的回收暂缓至 {until:day}",
    )  # fmt: skip
    declare(
        "pool_postponement_refused",
        en="Time I asked for a customer is refused", zh="我申请的暂缓回收未获批准",
        text_en="{by} refused that {what} stays longer; it falls back to the pool on {due:day}",
        text_zh="{by} 未批准暂缓回收 {what}，该客户将于 {due:day} 回到公海",
    )  # fmt: skip
    declare(
        "customers_handed_to_me",
        en="Customers are handed over to me", zh="客户移交给我",
        text_en="{by} handed {count} {count:customer|customers} over to you ({best} VIP or important): {why}",
        text_zh="{by} 将 {count} 位客户移交给您（其中 VIP 或重要客户 {best} 位）：{why}",
        default_channels=(BROWSER, EMAIL),
    )  # fmt: skip
    declare(
        "customers_handed_on",
        en="Customers of mine are handed over to others", zh="我的客户被移交给他人",
        text_en="{by} handed {count} of your customers over to {to}: {why}",
        text_zh="{by} 将您的 {count} 位客户移交给 {to}：{why}",
        default_channels=(BROWSER, EMAIL),
    )  # fmt: skip
