from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "jinzita.activities"
    label = "activities"

    def ready(self) -> None:
        from jinzita.activities.facts import register_facts
        from jinzita.activities.notices import declare_notices
        from jinzita.activities.personal import declare_personal
        from jinzita.activities.selectors import files, interactions, notes
        from jinzita.activities.services.files.store import place
        from jinzita.customers.selectors import timeline
        from jinzita.customers.services import call_in_merges
        from jinzita.privacy.selectors import signs_of_life
        from jinzita.privacy.services import enclosures

        register_facts()
        timeline.register(
            "interaction", interactions.on_timeline, plural="interactions", searched=("subject", "note")
        )
        timeline.register(
            "note", notes.on_timeline, plural="notes", searched=("text",), counted=False,
            finish=notes.with_files, words=("Note", "备注"),
        )  # fmt: skip
        timeline.register(
            "file", files.on_timeline, plural="files", searched=("name",), counted=False,
            words=("File", "文件"),
        )  # fmt: skip
        call_in_merges("activities.File", "Files", "文件")
        call_in_merges("activities.Note", "Notes", "备注")
        signs_of_life.add(notes.LAST_NOTE)
        enclosures.add("activities.File", place)
        declare_personal()
        declare_notices()
