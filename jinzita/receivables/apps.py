from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    name = "jinzita.receivables"
    label = "receivables"

    def ready(self) -> None:
        from jinzita.receivables.facts import register_facts

        register_facts()
