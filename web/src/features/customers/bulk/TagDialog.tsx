import { Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFocusBack } from "@/shared/ui/useFocusBack";
import type { ListKind } from "../api";
import { TagsInput } from "../list/TagsInput";
import styles from "./bulk.module.css";

interface Props {
  kind: ListKind;
  remove: boolean;
  /** "6 customers". */
  what: string;
  onRun: (tags: string[]) => Promise<boolean>;
  onClose: () => void;
}

/** Tags for many records, or fewer of them. */
export function TagDialog({ kind, remove, what, onRun, onClose }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const [tags, setTags] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  useFocusBack();
  const run = async () => {
    setBusy(true);
    if (!(await onRun(tags))) setBusy(false);
  };
  return (
    <Modal open title={t(remove ? "bulk.untag_title" : "bulk.tag_title", { what })} onCancel={onClose} onOk={() => void run()} okText={t(remove ? "bulk.untag" : "bulk.tag")} cancelText={t("shared:action.cancel")} okButtonProps={{ disabled: tags.length === 0, loading: busy }} mask={{ closable: false }}>
      <Form layout="vertical">
        <Form.Item label={t("bulk.tags")} htmlFor="bulk-tags">
          <TagsInput id="bulk-tags" autoFocus kind={kind} known={remove} value={tags} onChange={setTags} placeholder={t("bulk.choose_tags")} />
        </Form.Item>
      </Form>
      <p className={styles.hint}>{t("bulk.undo_hint")}</p>
    </Modal>
  );
}
