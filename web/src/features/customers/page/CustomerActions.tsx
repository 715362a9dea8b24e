import { DownOutlined, EditOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import type { CustomerDetail, Recordable } from "../api";
import { CustomerDialog } from "../edit/CustomerDialog";
import { RecordDialog } from "../record/RecordDialog";

/** Edit the customer, and enter a transaction, a receipt or an interaction; as far as the person may. */
export function CustomerActions({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation(["customers", "shared"]);
  const mayEdit = useCan(CAN.editCustomers);
  const mayRecord = useCan(CAN.recordFacts);
  const [editing, setEditing] = useState(false);
  const [recording, setRecording] = useState<Recordable | null>(null);
  const entry = (key: Recordable, label: string) => ({ key, label, onClick: () => setRecording(key) });
  return (
    <>
      {mayEdit && (
        <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
          {t("shared:action.edit")}
        </Button>
      )}
      {mayRecord && (
        <Dropdown trigger={["click"]} menu={{ items: [entry("transactions", t("record.transaction")), entry("receipts", t("record.receipt")), entry("interactions", t("record.interaction"))] }}>
          <Button type="primary">
            {t("record.enter")} <DownOutlined />
          </Button>
        </Dropdown>
      )}
      {editing && <CustomerDialog customer={customer} onClose={() => setEditing(false)} />}
      {recording && <RecordDialog customerId={customer.id} kind={recording} onClose={() => setRecording(null)} />}
    </>
  );
}
