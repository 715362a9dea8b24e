import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { get } from "@/shared/api/request";
import type { Page } from "@/shared/api/types";
import { useFormat } from "@/shared/format/useFormat";
import { useKeys } from "@/shared/keys/keys";
import { useFailed } from "@/shared/ui/useFailed";
import type { Customer } from "../api";
import styles from "../customers.module.css";
import { extended, keepTrail, neighbours, pageBeyond, readTrail } from "../list/trail";

const SIZE = 50;

/** Back to the list one came from, and on to the customer before and after in it. */
export function Neighbours({ customerId }: { customerId: number }) {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const navigate = useNavigate();
  const failed = useFailed();
  const [trail, setTrail] = useState(readTrail);
  const found = neighbours(trail, customerId);
  const go = async (before: boolean) => {
    if (!trail || !found) return;
    const known = before ? found.previous : found.next;
    if (known !== null) return void navigate(`/customers/${known}`);
    if (!(before ? found.missing.before : found.missing.after)) return;
    try {
      const page = await get<Page<Customer>>("/customers", { ...trail.query, ...pageBeyond(trail, SIZE, before) });
      const longer = extended(trail, page.items.map((one) => one.id), before);
      keepTrail(longer);
      setTrail(longer);
      const next = neighbours(longer, customerId);
      const id = before ? next?.previous : next?.next;
      if (id) void navigate(`/customers/${id}`);
    } catch (error) {
      failed(error);
    }
  };
  const group = t("page.keys");
  useKeys([
    { keys: ["j", "ArrowRight"], label: t("page.next"), group, run: () => void go(false) },
    { keys: ["k", "ArrowLeft"], label: t("page.previous"), group, run: () => void go(true) },
    { keys: ["u"], label: t("page.back"), group, run: () => void navigate(trail?.from ?? "/customers") },
  ]);
  const total = trail?.total;
  return (
    <div className={styles.neighbours}>
      <Link to={trail?.from ?? "/customers"}>{t("list.title")}</Link>
      {found && (
        <>
          <Button type="text" size="small" icon={<LeftOutlined />} aria-label={t("page.previous")} disabled={found.previous === null && !found.missing.before} onClick={() => void go(true)} />
          <span>{total ? t("page.position", { at: format.number(found.position), of: format.number(total) }) : format.number(found.position)}</span>
          <Button type="text" size="small" icon={<RightOutlined />} aria-label={t("page.next")} disabled={found.next === null && !found.missing.after} onClick={() => void go(false)} />
        </>
      )}
    </div>
  );
}
