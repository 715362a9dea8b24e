import { ClearOutlined, DeleteOutlined, DownOutlined, EditOutlined, EyeOutlined, HistoryOutlined, MoreOutlined, PrinterOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useContext, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useLeaveCustomer } from "@/shared/api/leaving";
import { filterAddress } from "@/shared/filter/written";
import { useCommands } from "@/shared/keys/commands";
import { useKeys } from "@/shared/keys/keys";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { EraseSlot } from "@/shared/slots/erase";
import { useFailed } from "@/shared/ui/useFailed";
import { trashCustomer, useRefreshCustomer, type CustomerDetail, type Recordable } from "../api";
import { useRefreshContacts } from "../contacts/api";
import { CustomerDialog } from "../edit/CustomerDialog";
import { HistoryDrawer } from "../history/HistoryDrawer";
import { RecordDialog } from "../record/RecordDialog";

type Action = {
  key: string;
  icon: ReactNode;
  label: string;
  danger?: boolean;
  onClick: () => void;
};

interface Props {
  customer: CustomerDetail;
  /** What other capabilities offer to do with it. */
  further?: Action[];
}

/** Where the audit log tells who looked at a customer. */
const readsOf = (id: number) =>
  `/people/audit?filter=${filterAddress({
    mode: "all",
    conditions: [
      { field: "subject_type", op: "in", value: ["customer"] },
      { field: "subject_id", op: "eq", value: id },
      { field: "action", op: "in", value: ["read"] },
    ],
  })}`;

/** Edit the customer, and enter a transaction, a receipt or an interaction; as far as the person may. */
export function CustomerActions({ customer, further = [] }: Props) {
  const { t } = useTranslation(["customers", "shared"]);
  const mayEdit = useCan(CAN.editCustomers) && !customer.erased_at;
  const erase = useContext(EraseSlot);
  const mayErase = useCan(CAN.handlePrivacy) && !customer.erased_at;
  const [erasing, setErasing] = useState(false);
  const mayDelete = useCan(CAN.delete);
  const mayReadAudit = useCan(CAN.readAudit);
  const mayRecord = useCan(CAN.recordFacts);
  const [editing, setEditing] = useState(false);
  const [recording, setRecording] = useState<Recordable | null>(null);
  const [history, setHistory] = useState(false);
  const toTrash = useToTrash(customer);
  const refresh = useRefreshCustomer(customer.id);
  const refreshContacts = useRefreshContacts();
  const erased = () => {
    refresh();
    refreshContacts();
  };
  const navigate = useNavigate();
  const more: Action[] = [
    ...further,
    { key: "sheet", icon: <PrinterOutlined />, label: t("page.sheet"), onClick: () => void navigate(`/customers/${customer.id}/sheet`) },
    { key: "history", icon: <HistoryOutlined />, label: t("history.open"), onClick: () => setHistory(true) },
    ...(mayReadAudit ? [{ key: "looked", icon: <EyeOutlined />, label: t("page.looked"), onClick: () => void navigate(readsOf(customer.id)) }] : []),
    ...(mayErase ? [{ key: "erase", icon: <ClearOutlined />, label: t("page.erase"), danger: true, onClick: () => setErasing(true) }] : []),
    ...(mayDelete ? [{ key: "delete", icon: <DeleteOutlined />, label: t("bulk.to_trash"), danger: true, onClick: () => toTrash() }] : []),
  ];
  const about = customer.name;
  useCommands([
    ...(mayEdit ? [{ code: "edit", label: t("shared:action.edit"), about, icon: <EditOutlined />, run: () => setEditing(true) }] : []),
    ...(mayRecord ? (["transaction", "receipt", "interaction"] as const).map((one) => ({ code: one, label: t(`record.${one}`), about, run: () => setRecording(`${one}s`) })) : []),
    ...more.map(({ key, label, icon, onClick }) => ({ code: key, label, icon, about, run: onClick })),
  ]);
  useKeys(mayEdit ? [{ keys: ["e"], label: t("shared:action.edit"), group: t("page.keys"), run: () => setEditing(true) }] : []);
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
      <Dropdown trigger={["click"]} menu={{ items: more }}>
        <Button icon={<MoreOutlined />} aria-label={t("shared:action.more")} />
      </Dropdown>
      <HistoryDrawer record={{ kind: "customers", id: customer.id }} open={history} onClose={() => setHistory(false)} />
      {editing && <CustomerDialog customer={customer} onClose={() => setEditing(false)} />}
      {erasing && erase?.({ what: "customer", record: customer, onErased: erased, onClose: () => setErasing(false) })}
      {recording && <RecordDialog customerId={customer.id} kind={recording} onClose={() => setRecording(null)} />}
    </>
  );
}

/** Asks, moves the customer to the trash, and goes back to the list. */
function useToTrash(customer: CustomerDetail): () => void {
  const { t } = useTranslation(["customers", "shared"]);
  const { modal, message } = App.useApp();
  const navigate = useNavigate();
  const leave = useLeaveCustomer();
  const failed = useFailed();
  const done = () => {
    void message.success(t("page.trashed", { name: customer.name }));
    leave();
    void navigate("/customers");
  };
  return () =>
    void modal.confirm({
      title: t("page.trash_title", { name: customer.name }),
      content: t("bulk.delete_why.customers"),
      okText: t("bulk.to_trash"),
      okButtonProps: { danger: true },
      cancelText: t("shared:action.cancel"),
      onOk: () => trashCustomer(customer.id).then(done, failed),
    });
}
