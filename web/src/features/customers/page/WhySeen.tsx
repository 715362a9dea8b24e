import { SafetyCertificateOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Input, Popover, Skeleton, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { components } from "@/client/schema";
import { get, post } from "@/shared/api/request";
import type { Bilingual } from "@/shared/api/types";
import { useLabel } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { useErrorText } from "@/shared/ui/states";
import { useFields } from "../api";

type Access = components["schemas"]["CustomerAccessOut"];
type Revealed = components["schemas"]["RevealedOut"];

/** Why this customer is seen, who else sees it, and what the role keeps back: shown for a reason. */
export function WhySeen({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customers");
  return (
    <Popover trigger="click" placement="bottomRight" title={t("access.title")} content={<Content customerId={customerId} />} destroyOnHidden>
      <Button icon={<SafetyCertificateOutlined />} aria-label={t("access.title")} />
    </Popover>
  );
}

function Content({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customers");
  const label = useLabel();
  const seen = useQuery({ queryKey: ["customers", "access", customerId], queryFn: () => get<Access>(`/customers/${customerId}/access`) });
  const fields = useFields("customers");
  const mayReveal = useCan(CAN.reveal);
  return (
    <Loaded query={seen} waiting={<Skeleton active title={false} style={{ width: 280 }} />}>
      {(found) => {
        const masked = (fields.data ?? []).filter((field) => field.access === "masked");
        const words = (params: Record<string, unknown>) => ({ ...params, role: label(params.role as Bilingual) });
        return (
          <div style={{ maxWidth: 340 }}>
            <ul style={{ margin: 0, paddingLeft: 18 }}>
              {found.reasons.map((reason) => (
                <li key={reason.code}>{t(`access.why.${reason.code}`, words(reason.params))}</li>
              ))}
            </ul>
            <p style={{ margin: "12px 0 4px", fontWeight: 600 }}>{t("access.others")}</p>
            <ul style={{ margin: 0, paddingLeft: 18 }}>
              {found.others.map((reason) => (
                <li key={reason.code}>{t(`access.who.${reason.code}`, words(reason.params))}</li>
              ))}
            </ul>
            {masked.length > 0 && <p style={{ margin: "12px 0 4px", fontWeight: 600 }}>{t("access.masked")}</p>}
            {masked.map((field) => (
              <Masked key={field.code} customerId={customerId} field={field.code} name={label(field.label)} may={mayReveal} />
            ))}
          </div>
        );
      }}
    </Loaded>
  );
}

function Masked({ customerId, field, name, may }: { customerId: number; field: string; name: string; may: boolean }) {
  const { t } = useTranslation("customers");
  const errorText = useErrorText();
  const [reason, setReason] = useState("");
  const show = useMutation({ mutationFn: () => post<Revealed>(`/customers/${customerId}/reveal`, { field, reason }) });
  if (show.data) return <p style={{ margin: "4px 0" }}>{name}: {String(show.data.value ?? "–")}</p>;
  if (!may) return <p style={{ margin: "4px 0" }}>{name}</p>;
  return (
    <div style={{ margin: "4px 0" }}>
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
