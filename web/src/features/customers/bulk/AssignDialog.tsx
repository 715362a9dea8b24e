import { Form, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFocusBack } from "@/shared/ui/useFocusBack";
import { useOwners } from "../api";
import styles from "./bulk.module.css";

interface Props {
  /** "6 customers". */
  what: string;
  onRun: (owner: number | null) => Promise<boolean>;
  onClose: () => void;
}

const NOBODY = 0;

/** Another owner for many customers. */
export function AssignDialog({ what, onRun, onClose }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const owners = useOwners();
  const [owner, setOwner] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  useFocusBack();
  const run = async () => {
    setBusy(true);
    if (!(await onRun(owner === NOBODY ? null : owner))) setBusy(false);
  };
  const people = (owners.data ?? []).filter((user) => user.active).map((user) => ({ value: user.id, label: user.name || user.username }));
  return (
    <Modal open title={t("bulk.assign_title", { what })} onCancel={onClose} onOk={() => void run()} okText={t("bulk.assign")} cancelText={t("shared:action.cancel")} okButtonProps={{ disabled: owner === null, loading: busy }} mask={{ closable: false }}>
      <Form layout="vertical">
        <Form.Item label={t("edit.owner")} htmlFor="bulk-owner">
          <Select id="bulk-owner" autoFocus showSearch={{ optionFilterProp: "label" }} loading={owners.isPending} value={owner} onChange={setOwner} options={[...people, { value: NOBODY, label: t("edit.no_owner") }]} placeholder={t("bulk.choose_owner")} />
        </Form.Item>
      </Form>
      <p className={styles.hint}>{t("bulk.undo_hint")}</p>
    </Modal>
  );
}
