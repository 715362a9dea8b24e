import { DeleteOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Grid, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { components } from "@/client/schema";
import { get } from "@/shared/api/request";
import { useFormat } from "@/shared/format/useFormat";
import { Loaded } from "@/shared/ui/Loaded";
import { EmptyState } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { DateTimeText } from "@/shared/ui/values";
import { useRefreshCustomer } from "../api";
import styles from "../customers.module.css";
import { restoreFile } from "../files/files";
import { restoreNote } from "./notes";

type RemovedItem = components["schemas"]["RemovedOut"];

/** Notes and files of a customer in the trash, each with its way back, in a drawer. */
export function Removed({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customers");
  const [open, setOpen] = useState(false);
  const phone = Grid.useBreakpoint().md === false;
  return (
    <>
      <Button size="small" shape="round" icon={<DeleteOutlined />} onClick={() => setOpen(true)}>{t("removed.title")}</Button>
      <Drawer open={open} onClose={() => setOpen(false)} size={phone ? "100%" : 480} title={t("removed.title")}>
        {open && <Rows customerId={customerId} />}
      </Drawer>
    </>
  );
}

function Rows({ customerId }: { customerId: number }) {
  const { t } = useTranslation("customers");
  // Under the timeline's key, so that whatever makes that old makes this old.
  const removed = useQuery({ queryKey: ["customers", "timeline", customerId, "removed"], queryFn: () => get<RemovedItem[]>(`/customers/${customerId}/removed`) });
  return (
    <Loaded query={removed} waiting={<Skeleton active paragraph={{ rows: 4 }} title={false} />} none={<EmptyState title={t("removed.none")} why={t("removed.none_why")} />}>
      {(rows) => (
        <ul className={styles.plain}>
          {rows.map((one) => <Row key={`${one.kind} ${one.id}`} customerId={customerId} item={one} />)}
        </ul>
      )}
    </Loaded>
  );
}

function Row({ customerId, item }: { customerId: number; item: RemovedItem }) {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const failed = useFailed();
  const refresh = useRefreshCustomer(customerId);
  const [busy, setBusy] = useState(false);
  const restore = () => {
    setBusy(true);
    const back: Promise<unknown> = item.kind === "note" ? restoreNote(item.id) : restoreFile(item.id);
    void back.then(refresh, failed).finally(() => setBusy(false));
  };
  return (
    <li className={styles.removed}>
      <div>
        <div className={styles.removedText}>{item.title}</div>
        <div className={styles.under}>{t(`timeline.${item.kind}`)} · {item.by} · <DateTimeText value={item.trashed_at} /> · {t("removed.until", { date: format.date(item.gone_at) })}</div>
      </div>
      <Button size="small" loading={busy} onClick={restore} aria-label={t("removed.restore_named", { name: item.title.slice(0, 60) })}>{t("removed.restore")}</Button>
    </li>
  );
}
