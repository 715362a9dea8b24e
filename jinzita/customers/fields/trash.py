"""Fields of what lies in the trash, as its two lists show, filter and sort them."""

from jinzita.customers.fields import GRADES, KINDS
from jinzita.kernel.access import Permission
from jinzita.kernel.records import Field, FieldType, RecordKind
from jinzita.kernel.records.arranging import arranged

T = FieldType
_WHEN = (
    Field("trashed_at", T.DATETIME, "Deleted at", "删除时间", sortable=True),
    Field("trashed_by", T.REFERENCE, "Deleted by", "删除人", references="users"),
)

TRASH = arranged(
    RecordKind(
        "trash", "customers.Customer", "Customers in the trash", "回收站中的客户",
        (
            Field("name", T.TEXT, "Customer", "客户", own=True, max_length=200),
            Field("kind", T.CHOICE, "Kind", "客户性质", choices=KINDS, listed=False),
            Field("grade", T.CHOICE, "Grade", "价值等级", path="standing__grade", choices=GRADES),
            Field("owner", T.REFERENCE, "Owner", "负责人", references="users", listed=False),
            Field("department", T.REFERENCE, "Department", "部门", references="departments", listed=False),
            *_WHEN,
        ),
        default_sort=("-trashed_at",),
        permission=Permission.DELETE,
    )
)  # fmt: skip

CONTACT_TRASH = arranged(
    RecordKind(
        "contact_trash", "customers.Contact", "Contacts in the trash", "回收站中的联系人",
        (
            Field("name", T.TEXT, "Contact", "联系人", own=True, max_length=200),
            Field("customer", T.REFERENCE, "Customer", "客户", path="positions__customer",
                  references="customers", own=True),
            *_WHEN,
        ),
        default_sort=("-trashed_at",),
        permission=Permission.DELETE,
    )
)  # fmt: skip
