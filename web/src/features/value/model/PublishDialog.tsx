import { App, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorDetails, useErrorText } from "@/shared/ui/states";
import { usePublish } from "../api";
import type { ModelDocument } from "../types";

interface Props {
  model: number;
  document: ModelDocument;
  disabled: boolean;
  onPublished: () => void;
}

/** Makes the draft the model in force, with a note why; published versions never change. */
export function PublishDialog({ model, document, disabled, onPublished }: Props) {
  const { t } = useTranslation("value");
  const { message } = App.useApp();
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const publish = usePublish(model);
  // The editor of a version goes away as soon as the new one is known: what is said afterwards must not hang on it.
  const go = () =>
    void publish.mutateAsync({ document, note: note.trim() }).then(
      (version) => {
        setOpen(false);
        setNote("");
        onPublished();
        void message.success(t("publish.done", { version: version.number }));
      },
      () => undefined, // shown in the dialog
    );
  return (
    <>
      <Button type="primary" disabled={disabled} onClick={() => setOpen(true)}>
        {t("publish.publish")}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} onOk={go} okText={t("publish.publish")} confirmLoading={publish.isPending} title={t("publish.title")}>
        <p>{t("publish.what")}</p>
        <Form layout="vertical">
          <Form.Item label={t("publish.note")} htmlFor="publish-note">
            <Input.TextArea id="publish-note" autoFocus value={note} onChange={(event) => setNote(event.target.value)} autoSize={{ minRows: 2 }} maxLength={500} />
          </Form.Item>
        </Form>
        {publish.error && (
          <div role="alert">
            {errorText(publish.error)}
            <ErrorDetails error={publish.error} />
          </div>
        )}
      </Modal>
    </>
  );
}
