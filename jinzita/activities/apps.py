from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "jinzita.activities"
    label = "activities"

    def ready(self) -> None:
        from jinzita.activities import selectors
        from jinzita.activities.facts import register_facts
        from jinzita.activities.personal import declare_personal
        from jinzita.customers.selectors import timeline

        register_facts()
        timeline.register(
            "interaction", selectors.on_timeline, plural="interactions", searched=("subject", "note")
        )
        declare_personal()
