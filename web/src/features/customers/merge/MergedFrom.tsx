import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CAN } from "@/shared/session/permissions";
import { useCan } from "@/shared/session/session";
import { RelativeTime } from "@/shared/ui/values";
import { UnmergeDialog } from "./UnmergeDialog";
import styles from "./merge.module.css";

interface Part {
  id: number;
  name: string;
  merge_id: number;
  at: string;
  by: string;
}

/** Says which records became part of this one, with the way back. */
export function MergedFrom({ merged }: { merged: Part[] }) {
  const { t } = useTranslation("customers");
  const may = useCan(CAN.merge);
  const [parting, setParting] = useState<number | null>(null);
  const merges = [...new Map(merged.map((one) => [one.merge_id, one])).values()];
  if (merges.length === 0) return null;
  const names = (id: number) => merged.filter((one) => one.merge_id === id).map((one) => one.name);
  return (
    <>
      <Alert
        type="info"
        className={styles.note}
        title={merges.map((one) => (
          <div key={one.merge_id} className={styles.line}>
            <span>
              {t("merge.from", { names: names(one.merge_id).join(t("merge.join")) })} <span className={styles.muted}>{one.by} <RelativeTime value={one.at} /></span>
            </span>
            <span>
              <Link to={`/customers/merges/${one.merge_id}`}>{t("merge.details")}</Link>
              {may && (
                <Button type="link" size="small" onClick={() => setParting(one.merge_id)}>
                  {t("merge.undo")}
                </Button>
              )}
            </span>
          </div>
        ))}
      />
      {parting !== null && <UnmergeDialog mergeId={parting} onClose={() => setParting(null)} />}
    </>
  );
}
