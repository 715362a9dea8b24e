import { InboxOutlined } from "@ant-design/icons";
import { Alert, Button, Progress, Upload as Dropping } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/shared/api/request";
import { FormError } from "@/shared/ui/FormError";
import { Panel } from "@/shared/ui/PageHeader";
import type { Upload } from "../api";
import styles from "../integration.module.css";
import { Feet } from "./Feet";
import { sendFile } from "./upload";

const ACCEPT = ".csv,.tsv,.txt,.xlsx,.parquet,.gz,.zip,.zst";

interface Props {
  /** The file uploaded before, when somebody came back. */
  current: Upload | null;
  /** The address names an upload that this window knows nothing of. */
  lost: boolean;
  onUploaded: (upload: Upload) => void;
  onKeep: () => void;
}

export function FileStep({ current, lost, onUploaded, onKeep }: Props) {
  const { t } = useTranslation(["integration", "shared"]);
  const sending = useSending(onUploaded);
  return (
    <Panel>
      {lost && <Alert type="info" showIcon title={t("file.lost")} style={{ marginBottom: 16 }} />}
      {sending.share === null ? (
        <Dropping.Dragger
          accept={ACCEPT}
          multiple={false}
          showUploadList={false}
          beforeUpload={(file) => {
            sending.send(file);
            return false;
          }}
        >
          <p className="ant-upload-drag-icon">
            <InboxOutlined />
          </p>
          <p className="ant-upload-text">{t("file.drop")}</p>
          <p className="ant-upload-hint">{t("file.formats")}</p>
        </Dropping.Dragger>
      ) : (
        <div className={styles.sending} role="status">
          <Progress percent={Math.floor(sending.share * 100)} status="active" aria-label={t("file.sending")} />
          <p>{sending.share < 1 ? t("file.sending") : t("file.reading")}</p>
          <Button onClick={sending.stop}>{t("shared:action.cancel")}</Button>
        </div>
      )}
      {Boolean(sending.error) && (
        <div style={{ marginTop: 16 }}>
          <FormError error={sending.error} />
        </div>
      )}
      {current && sending.share === null && (
        <Feet>
          <Button type="primary" onClick={onKeep}>
            {t("file.keep", { name: current.filename })}
          </Button>
        </Feet>
      )}
    </Panel>
  );
}

/** One file on its way: the share sent, a way to stop it, what went wrong. */
function useSending(onUploaded: (upload: Upload) => void) {
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const abort = useRef<() => void>(undefined);
  useEffect(() => () => abort.current?.(), []);
  const send = (file: File) => {
    setError(null);
    setShare(0);
    const sending = sendFile(file, setShare);
    abort.current = sending.abort;
    sending.answer
      .then(onUploaded)
      .catch((failure: unknown) => {
        if (!(failure instanceof ApiError && failure.code === "aborted")) setError(failure);
      })
      .finally(() => setShare(null));
  };
  return { share, error, send, stop: () => abort.current?.() };
}
