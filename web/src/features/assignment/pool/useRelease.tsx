import { InboxOutlined } from "@ant-design/icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Named } from "@/shared/api/types";
import { CAN } from "@/shared/session/permissions";
import { useCan, useMe } from "@/shared/session/session";
import { ReleaseDialog } from "./ReleaseDialog";

interface Owned extends Named {
  owner: Named | null;
  erased_at?: string | null;
}

/** Giving a customer back to the pool: what the menu of its page offers to whom it is allowed, and the dialog. */
export function useRelease(customer: Owned) {
  const { t } = useTranslation("assignment");
  const me = useMe();
  const mayEdit = useCan(CAN.editCustomers);
  const mayAssign = useCan(CAN.assign);
  const [open, setOpen] = useState(false);
  const { owner } = customer;
  const may = mayEdit && !customer.erased_at && owner !== null && (owner.id === me.id || mayAssign);
  return {
    actions: may ? [{ key: "release", icon: <InboxOutlined />, label: t("pool.release"), onClick: () => setOpen(true) }] : [],
    dialog: open && <ReleaseDialog customer={customer} onClose={() => setOpen(false)} />,
  };
}
