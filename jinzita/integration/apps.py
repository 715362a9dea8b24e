from django.apps import AppConfig


class IntegrationConfig(AppConfig):
    name = "jinzita.integration"
    label = "integration"
