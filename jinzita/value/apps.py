from django.apps import AppConfig


class ValueConfig(AppConfig):
    name = "jinzita.value"
    label = "value"

    def ready(self) -> None:
        from jinzita.customers.services import treat_in_merges

        treat_in_merges("value.CustomerScore", "derived")
        # What a customer was worth was true of that record.
        treat_in_merges("value.ScoreHistory", "stays")
