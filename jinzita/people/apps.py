from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "jinzita.people"
    label = "people"

    def ready(self) -> None:
        from jinzita.people.personal import declare_personal

        declare_personal()
