from django.apps import AppConfig


class AssignmentConfig(AppConfig):
    name = "jinzita.assignment"
    label = "assignment"

    def ready(self) -> None:
        from jinzita.assignment.notices import declare_notices
        from jinzita.assignment.personal import declare_personal
        from jinzita.assignment.selectors.rules import most_held
        from jinzita.assignment.services import falling, handing_over
        from jinzita.customers.services import capacity, need_to_undo, treat_in_merges
        from jinzita.kernel.access import Permission

        capacity.register(most_held)
        declare_notices()
        declare_personal()
        treat_in_merges("assignment.PoolWarning", "derived")
        for kind in (falling.KIND, handing_over.KIND):
            need_to_undo(kind, Permission.ASSIGN)
