from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    name = "jinzita.receivables"
    label = "receivables"
