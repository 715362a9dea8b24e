from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "jinzita.people"
    label = "people"

    def ready(self) -> None:
        from jinzita.kernel import audit
        from jinzita.people import second_factor as second_factor  # listens from now on
        from jinzita.people import selectors
        from jinzita.people.fields import declare_lists
        from jinzita.people.personal import declare_personal

        audit.register_names("user", lambda _, ids: selectors.people_named(ids))
        audit.register_names("department", lambda _, ids: selectors.departments_named(set(ids)))
        declare_personal()
        declare_lists()
