from django.apps import AppConfig


class TreatmentConfig(AppConfig):
    name = "jinzita.treatment"
    label = "treatment"

    def ready(self) -> None:
        from jinzita.kernel import undo
        from jinzita.treatment.notices import declare_notices
        from jinzita.treatment.personal import declare_personal

        declare_notices()
        declare_personal()
        undo.along("treatment.Duty")
