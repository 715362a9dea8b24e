from django.apps import AppConfig


class IntegrationConfig(AppConfig):
    name = "jinzita.integration"
    label = "integration"

    def ready(self) -> None:
        from jinzita.customers.services import call_in_merges
        from jinzita.integration.notices import declare_notices
        from jinzita.integration.personal import declare_personal
        from jinzita.integration.services.forgetting import forget
        from jinzita.kernel import personal, undo

        declare_personal()
        declare_notices()
        call_in_merges("integration.AwaitedReference", "References awaited by imports", "导入中待补的引用")
        undo.along("integration.AwaitedReference")
        personal.follow(forget)
