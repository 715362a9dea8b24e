import { CheckOutlined } from "@ant-design/icons";
import { App, Button, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/format/useFormat";
import { useLabel } from "@/shared/i18n/i18n";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { Loaded } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/PageHeader";
import { useFailed } from "@/shared/ui/useFailed";
import { useCustomerQuality, useVerify, type Finding } from "./api";
import styles from "../quality.module.css";
import { Parts } from "./Parts";

interface Props {
  customerId: number;
  /** Opens the form at a field; without it, what is missing is only said. */
  onFill?: (code: string) => void;
}

/** How well this customer's record is kept, what is missing and what that costs. */
export function QualityBlock({ customerId, onFill }: Props) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const { message } = App.useApp();
  const failed = useFailed();
  const mayEdit = useCan(CAN.editCustomers);
  const quality = useCustomerQuality(customerId);
  const verify = useVerify(customerId);
  const button = mayEdit && (
    <Button size="small" icon={<CheckOutlined />} loading={verify.isPending} onClick={() => void verify.mutateAsync().then(() => void message.success(t("block.verified")), failed)}>
      {t("block.verify")}
    </Button>
  );
  return (
    <Panel title={t("block.title")} extra={button}>
      <Loaded query={quality} waiting={<Skeleton active paragraph={{ rows: 3 }} />}>
        {(found) => (
          <>
            <div className={styles.score}><span className={styles.figure}>{found.score}</span><span className={styles.of}>{t("block.of_hundred")}</span></div>
            <Parts parts={found.parts} />
            <Findings title={t("block.missing")} findings={found.missing} onFill={mayEdit ? onFill : undefined} />
            <Findings title={t("block.faults")} findings={found.faults} onFill={mayEdit ? onFill : undefined} />
            <p className={styles.about}>
              {found.verified_on ? t("block.verified_on", { date: format.date(found.verified_on), name: found.verified_by || "–" }) : t("block.fresh_on", { date: format.date(found.fresh_on) })}
            </p>
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function Findings({ title, findings, onFill }: { title: string; findings: Finding[]; onFill?: (code: string) => void }) {
  const { t } = useTranslation("quality");
  const label = useLabel();
  const format = useFormat();
  if (findings.length === 0) return null;
  return (
    <>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.list}>
        {findings.map((one) => (
          <li key={one.code} className={styles.item}>
            {onFill ? <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onFill(one.code)}>{label(one.label)}</Button> : <span>{label(one.label)}</span>}
            {one.why && <span className={styles.why}>{label(one.why)}</span>}
            <span className={styles.cost}>{t("block.points", { points: format.number(one.points, 1) })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
