import { SafetyCertificateOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Popover, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import type { components } from "@/client/schema";
import { get } from "@/shared/api/request";
import type { Bilingual } from "@/shared/api/types";
import { useLabel } from "@/shared/i18n/i18n";
import { Loaded } from "@/shared/ui/Loaded";
import { MaskedFields } from "../masked/MaskedFields";

type Access = components["schemas"]["CustomerAccessOut"];

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
  return (
    <Loaded query={seen} waiting={<Skeleton active title={false} style={{ width: 280 }} />}>
      {(found) => {
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
            <MaskedFields record={{ kind: "customers", id: customerId }} />
          </div>
        );
      }}
    </Loaded>
  );
}
