from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "jinzita.agreements"
    label = "agreements"
