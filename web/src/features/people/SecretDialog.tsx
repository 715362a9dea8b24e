import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Alert, Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./people.module.css";

interface Props {
  title: string;
  why: string;
  label: string;
  secret: string | null;
  onClose: () => void;
}

/** A password or key that is shown this once; closed only by its button. */
export function SecretDialog({ title, why, label, secret, onClose }: Props) {
  const { t } = useTranslation(["people", "shared"]);
  const [copied, setCopied] = useState(false);
  const close = () => {
    setCopied(false);
    onClose();
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret ?? "");
      setCopied(true);
    } catch {
      // Without a secure connection the browser keeps its clipboard; the text can be marked and copied.
    }
  };
  return (
    <Modal
      open={secret !== null}
      title={title}
      onCancel={close}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={close}>
          {t("secret.done")}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={why} />
      <div className={styles.secret}>
        <code aria-label={label}>{secret}</code>
        <Button icon={copied ? <CheckOutlined /> : <CopyOutlined />} onClick={() => void copy()}>
          {copied ? t("shared:action.copied") : t("shared:action.copy")}
        </Button>
      </div>
    </Modal>
  );
}
