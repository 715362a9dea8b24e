from django.apps import AppConfig


class IntegrationConfig(AppConfig):
    name = "jinzita.integration"
    label = "integration"

    def ready(self) -> None:
        from jinzita.integration.personal import declare_personal
        from jinzita.integration.services.forgetting import forget
        from jinzita.kernel import personal

        declare_personal()
        personal.follow(forget)
