from django.apps import AppConfig


class TreatmentConfig(AppConfig):
    name = "jinzita.treatment"
    label = "treatment"

    def ready(self) -> None:
        from jinzita.customers.selectors import timeline
        from jinzita.customers.services import call_in_merges
        from jinzita.kernel import undo
        from jinzita.treatment.notices import declare_notices
        from jinzita.treatment.personal import declare_personal
        from jinzita.treatment.selectors import on_timeline

        declare_notices()
        declare_personal()
        for kind, source in (
            ("duty_kept", on_timeline.kept), ("duty_missed", on_timeline.missed),
            ("duty_excused", on_timeline.excused),
        ):  # fmt: skip
            timeline.register(
                kind, source, plural="customers", searched=("excuse",), counted=False, words=("Duty", "职责"),
                of_record=True,
            )  # fmt: skip
        undo.along("treatment.Duty")
        call_in_merges("treatment.Duty", "Duties", "职责")
        call_in_merges("treatment.Sponsor", "Sponsors", "高层负责人")
