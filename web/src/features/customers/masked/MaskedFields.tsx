import { useMutation } from "@tanstack/react-query";
import { Button, Input, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { components } from "@/client/schema";
import { post } from "@/shared/api/request";
import { useLabel } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { useErrorText } from "@/shared/ui/states";
import { useFields } from "../api";
import { Ways } from "../contacts/Ways";
import styles from "./masked.module.css";
import type { MaskedRecord } from "./record";

type Revealed = components["schemas"]["RevealedOut"];

/** What the role masks of a record, each shown for a reason. */
export function MaskedFields({ record, has = () => true }: MaskedRecord) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  const fields = useFields(record.kind);
  const mayReveal = useCan(CAN.reveal);
  const masked = (fields.data ?? []).filter((field) => field.access === "masked" && has(field.code));
  if (masked.length === 0) return null;
  return (
    <section aria-label={t("access.masked")}>
      <p className={styles.title}>{t("access.masked")}</p>
      {masked.map((field) => (
        <Masked key={field.code} address={`/${record.kind}/${record.id}/reveal`} field={field.code} name={label(field.label)} may={mayReveal} />
      ))}
    </section>
  );
}

function Masked({ address, field, name, may }: { address: string; field: string; name: string; may: boolean }) {
  const { t } = useTranslation("customers");
  const errorText = useErrorText();
  const [reason, setReason] = useState("");
  const show = useMutation({ mutationFn: () => post<Revealed>(address, { field, reason }) });
  if (show.data && show.data.channels.length > 0) return <Ways ways={show.data.channels} />;
  if (show.data) return <p className={styles.field}>{name}: {String(show.data.value ?? "–")}</p>;
  if (!may) return <p className={styles.field}>{name}</p>;
  return (
    <div className={styles.field}>
      {name}
      <Space.Compact block>
        <Input size="small" maxLength={300} aria-label={`${name}: ${t("access.reason")}`} placeholder={t("access.reason")} value={reason} onChange={(event) => setReason(event.target.value)} />
        <Button size="small" disabled={reason.trim().length < 2} loading={show.isPending} onClick={() => show.mutate()}>
          {t("access.show")}
        </Button>
      </Space.Compact>
      {show.error && <span role="alert">{errorText(show.error)}</span>}
    </div>
  );
}
