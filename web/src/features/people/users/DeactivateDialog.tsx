import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/ui/FormDialog";
import { deactivateUser, useOwnedCount, useRefreshPeople, type Deactivated, type User } from "../api";
import { PersonSelect } from "./PersonSelect";

interface Entered {
  hand_over_to?: number | null;
  reason?: string;
}

/** Closes an account, and gives its customers to a colleague. */
export function DeactivateDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation("people");
  const { message } = App.useApp();
  const refresh = useRefreshPeople();
  const owned = useOwnedCount(user.id);
  const count = owned.data?.count ?? 0;
  const name = user.name || user.username;
  return (
    <FormDialog<Entered, Deactivated>
      open
      title={t("user.deactivate_title", { name })}
      okText={t("user.deactivate")}
      save={(entered) => deactivateUser(user.id, entered)}
      onSaved={(done) => {
        refresh();
        void message.success(done.customers ? t("user.handing_over", { count: done.customers }) : t("user.deactivated"));
      }}
      onClose={onClose}
    >
      <p>{t("user.deactivate_why")}</p>
      {count > 0 && (
        <>
          <Form.Item name="hand_over_to" label={t("user.hand_over_to")} extra={t("user.hand_over_hint", { count })}>
            <PersonSelect without={user.id} placeholder={t("user.hand_over_nobody")} />
          </Form.Item>
          <Form.Item name="reason" label={t("user.hand_over_reason")} initialValue={t("user.leaves", { name })}>
            <Input maxLength={300} />
          </Form.Item>
        </>
      )}
    </FormDialog>
  );
}
