import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useFormat } from "@/shared/format/useFormat";
import { Panel } from "@/shared/ui/PageHeader";
import { ChartSkeleton, EmptyState } from "@/shared/ui/states";
import { Loaded } from "@/shared/ui/Loaded";
import { useMovement, useRuns } from "../api";
import { Movers } from "../components/Movers";
import { MovementSankey } from "../components/MovementSankey";
import styles from "./PyramidPage.module.css";

interface Props {
  model: number;
  run: number;
  asOf: string | null;
  className?: string;
}

/** Movement between grades since an earlier run, and whom it concerns most. */
export function MovementPanel({ model, run, asOf, className }: Props) {
  const { t } = useTranslation("value");
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const runs = useRuns(model);
  const earlier = (runs.data?.pages ?? []).flatMap((page) => page.items).filter((one) => one.state === "done" && one.id !== run && (one.as_of ?? "") <= (asOf ?? ""));
  const asked = Number(params.get("from"));
  const from = earlier.find((one) => one.id === asked)?.id ?? earlier[0]?.id ?? null;
  const movement = useMovement(model, from, run);
  const choose = (id: number) =>
    setParams((now) => {
      const next = new URLSearchParams(now);
      next.set("from", String(id));
      return next;
    }, { preventScrollReset: true });
  const select = from !== null && (
    <Select
      aria-label={t("movement.since")}
      value={from}
      onChange={choose}
      popupMatchSelectWidth={false}
      options={earlier.map((one) => ({ value: one.id, label: t("movement.run", { id: one.id, date: format.date(one.as_of) }) }))}
    />
  );
  return (
    <Panel className={className} title={t("movement.title")} extra={select}>
      {from === null && !runs.isPending ? (
        <EmptyState title={t("movement.none")} why={t("movement.none_why")} />
      ) : (
        <Loaded query={movement} waiting={<ChartSkeleton height={320} />}>
          {({ flows, risers, fallers }) => (
            <div className={styles.movement}>
              <MovementSankey flows={flows} />
              <Movers title={t("movement.risers")} movers={risers} none={t("movement.no_risers")} />
              <Movers title={t("movement.fallers")} movers={fallers} none={t("movement.no_fallers")} />
            </div>
          )}
        </Loaded>
      )}
    </Panel>
  );
}
