import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/ui/FormDialog";
import { Reveal } from "../masked/Reveal";
import { ListBlock } from "../profile/ListBlock";
import { useChannels, useRefreshContacts, writeChannels, type ChannelIn } from "./api";
import { ChannelsField, toItems, toWire } from "./ChannelsField";
import { hasWay } from "./hasValue";
import { Ways } from "./Ways";

/** The phones, e-mails and the like of a customer itself. */
export function ChannelsBlock({ customerId }: { customerId: number }) {
  const { t } = useTranslation(["customers", "shared"]);
  const channels = useChannels(customerId);
  const refresh = useRefreshContacts();
  const [editing, setEditing] = useState(false);
  const { items = [], version = "" } = channels.data ?? {};
  const dialog = editing && (
        <FormDialog<{ channels: ChannelIn[] }>
          open
          width={680}
          title={t("channel.title")}
          initial={{ channels: items.length > 0 ? toItems(items) : [{ kind: "phone", value: "", label: "", validity: "unknown", validity_reason: "", is_primary: true }] }}
          save={(entered) => writeChannels(customerId, toWire(entered.channels), version)}
          onSaved={refresh}
          onClose={() => setEditing(false)}
        >
          <p>{t("channel.first_is_primary")}</p>
          <ChannelsField />
        </FormDialog>
      );
  return (
    <ListBlock title={t("channel.title")} none={t("channel.none")} query={channels} empty={items.length === 0} onAdd={() => setEditing(true)} dialog={dialog} addText={items.length > 0 ? t("shared:action.edit") : undefined}>
      <Ways ways={items} />
      <Reveal of={t("channel.title")} record={{ kind: "customers", id: customerId }} has={(field) => (field === "phone" || field === "email") && hasWay(items, field)} />
    </ListBlock>
  );
}
