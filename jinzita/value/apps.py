from django.apps import AppConfig


class ValueConfig(AppConfig):
    name = "jinzita.value"
    label = "value"

    def ready(self) -> None:
        from jinzita.assignment.selectors import worth
        from jinzita.customers.selectors import timeline
        from jinzita.customers.services import call_in_merges, treat_in_merges
        from jinzita.kernel import audit
        from jinzita.value.notices import declare_notices
        from jinzita.value.personal import declare_personal
        from jinzita.value.selectors.grades_on_timeline import grades, overrides
        from jinzita.value.selectors.overrides import overridden
        from jinzita.value.selectors.revenue import revenue_sql

        treat_in_merges("value.CustomerScore", "derived")
        # What a customer was worth was true of that record.
        treat_in_merges("value.ScoreHistory", "stays")
        call_in_merges("value.GradeOverride", "Grades set by hand", "等级人工调整")
        timeline.register("grade", grades, plural="customers", counted=False, words=("Grade", "等级变化"))
        declare_personal()
        timeline.register(
            "override", overrides, plural="customers", searched=("reason", "answer"), counted=False,
            words=("Grade by hand", "人工调整等级"),
        )  # fmt: skip
        worth.register(revenue_sql)
        audit.register_names("grade_override", overridden)
        declare_notices()
