from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "jinzita.customers"
    label = "customers"

    def ready(self) -> None:
        from jinzita.customers.facts import register_facts
        from jinzita.customers.notices import declare_notices
        from jinzita.customers.personal import declare_personal
        from jinzita.customers.selectors import changes_on_timeline as changes
        from jinzita.customers.selectors import files, notes, timeline
        from jinzita.customers.selectors import record_on_timeline as record
        from jinzita.customers.services import (
            contacts,
            fill_in_merges,
            loading_numbers,
            merging,
            treat_in_merges,
        )
        from jinzita.customers.services.announcing import follow_undo
        from jinzita.customers.services.merging.contacts import Contacts
        from jinzita.customers.services.merging.customers import Customers
        from jinzita.kernel import undo

        register_facts()
        timeline.register(
            "note", notes.on_timeline, plural="notes", searched=("text",), counted=False,
            finish=notes.with_files, words=("Note", "备注"),
        )  # fmt: skip
        timeline.register(
            "file", files.on_timeline, plural="files", searched=("name",), counted=False,
            words=("File", "文件"),
        )  # fmt: skip
        for kind, source in (("change", changes.lines), ("bulk_change", changes.rows)):
            timeline.register(
                kind, source, plural="customers", counted=False, finish=changes.readable, of_record=True
            )
        for kind, source in (("ownership", record.owners), ("ownership_end", record.falls)):
            timeline.register(
                kind, source, plural="customers", searched=("note",), counted=False,
                words=("Owner", "负责人变更"), of_record=True,
            )  # fmt: skip
        timeline.register(
            "stage", record.stages, plural="customers", searched=("reason",), counted=False,
            finish=record.without_stages, words=("Stage of life", "生命周期"), of_record=True,
        )  # fmt: skip
        timeline.register(
            "consent", record.consents, plural="customers", searched=("proof",), counted=False,
            words=("Consent", "联系许可"), of_record=True,
        )  # fmt: skip
        declare_notices()
        follow_undo()
        loading_numbers.follow_undo()
        contacts.follow_undo()
        merging.register(Customers())
        merging.register(Contacts())
        for label in ("Standing", "SearchKey", "ContactKey", "Lifecycle", "Pooled", "PoolWarning"):
            treat_in_merges(f"customers.{label}", "derived")
        treat_in_merges("customers.Ownership", "stays")
        fill_in_merges("customers.Position", ("title",), ("role",), ("influence",), ("since",))
        fill_in_merges("customers.Channel", ("label",), ("validity", "validity_on", "validity_reason"))
        undo.along("customers.Ownership")
        declare_personal()
