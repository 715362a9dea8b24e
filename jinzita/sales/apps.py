from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "jinzita.sales"
    label = "sales"

    def ready(self) -> None:
        from jinzita.sales.facts import register_facts

        register_facts()
