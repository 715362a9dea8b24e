from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "jinzita.activities"
    label = "activities"

    def ready(self) -> None:
        from jinzita.activities.facts import register_facts

        register_facts()
