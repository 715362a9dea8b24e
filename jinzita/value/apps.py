from django.apps import AppConfig


class ValueConfig(AppConfig):
    name = "jinzita.value"
    label = "value"
