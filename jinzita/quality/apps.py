from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "jinzita.quality"
    label = "quality"

    def ready(self) -> None:
        from jinzita.customers.fields import entry_rules
        from jinzita.customers.services import treat_in_merges
        from jinzita.kernel import personal
        from jinzita.quality.notices import declare_notices
        from jinzita.quality.personal import declare_personal
        from jinzita.quality.selectors.rules import every_rule
        from jinzita.quality.services.forgetting import forget

        entry_rules.register(every_rule)

        treat_in_merges("quality.Score", "derived")
        # That record was looked through, not the one it became part of.
        treat_in_merges("quality.Verified", "stays")
        treat_in_merges("quality.WeeklyItem", "stays")
        declare_notices()
        declare_personal()
        personal.follow(forget)
