import { App, Button, Input, Modal, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorDetails, useErrorText } from "@/shared/ui/states";
import { validate } from "../api";
import type { ModelDocument } from "../types";
import styles from "./model.module.css";

interface Props {
  open: boolean;
  onClose: () => void;
  onUse: (document: ModelDocument) => void;
}

/** Takes a model from a TOML file (or text) as the draft, after the server has read it. */
export function TomlDialog({ open, onClose, onUse }: Props) {
  const { t } = useTranslation("value");
  const { message } = App.useApp();
  const errorText = useErrorText();
  const [toml, setToml] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const use = async () => {
    setBusy(true);
    setError(null);
    try {
      const { document } = await validate({ toml });
      onUse(document);
      onClose();
      void message.success(t("toml.done"));
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open={open} onCancel={onClose} onOk={() => void use()} okText={t("toml.use")} okButtonProps={{ disabled: !toml.trim() }} confirmLoading={busy} width={680} title={t("toml.import")}>
      <Upload
        accept=".toml,text/plain"
        showUploadList={false}
        beforeUpload={(file) => {
          void file.text().then(setToml);
          return false;
        }}
      >
        <Button>{t("toml.file")}</Button>
      </Upload>
      <Input.TextArea aria-label="TOML" value={toml} onChange={(event) => setToml(event.target.value)} autoSize={{ minRows: 10, maxRows: 22 }} className={styles.code} style={{ marginTop: 12 }} />
      {error !== null && (
        <div role="alert" className={styles.wrong}>
          {errorText(error)}
          <ErrorDetails error={error} />
        </div>
      )}
    </Modal>
  );
}
