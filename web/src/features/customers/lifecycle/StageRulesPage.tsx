import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { STAGES } from "@/shared/api/types";
import { Loaded } from "@/shared/ui/Loaded";
import { FormError } from "@/shared/ui/FormError";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { TableSkeleton } from "@/shared/ui/states";
import { CONDITIONS, setStageRules, useRefreshStages, useStageRules, type StageRule } from "./api";
import styles from "./lifecycle.module.css";

/** The rules by which customers come to their stages; the first that fits counts. */
export function Component() {
  const { t } = useTranslation("customers");
  const rules = useStageRules();
  return (
    <>
      <PageHeader title={t("life.rules")} about={t("life.rules_about")} />
      <Loaded query={rules} waiting={<TableSkeleton rows={6} />}>
        {(found) => <Rules known={found} />}
      </Loaded>
    </>
  );
}

function Rules({ known }: { known: StageRule[] }) {
  const { t } = useTranslation(["customers", "shared"]);
  const { message } = App.useApp();
  const refresh = useRefreshStages();
  const [rules, setRules] = useState(known);
  const save = useMutation({
    mutationFn: setStageRules,
    onSuccess: () => {
      refresh();
      void message.success(t("life.rules_saved"));
    },
  });
  const change = (place: number, part: Partial<StageRule>) => setRules(rules.map((one, n) => (n === place ? { ...one, ...part } : one)));
  const move = (place: number, by: number) => {
    const next = [...rules];
    const [one] = next.splice(place, 1);
    if (one) next.splice(place + by, 0, one);
    setRules(next);
  };
  return (
    <Panel extra={<Button icon={<PlusOutlined />} onClick={() => setRules([...rules, { stage: "customer", purchases: 1 }])}>{t("life.add_rule")}</Button>}>
      {rules.map((rule, place) => (
        <div key={place} className={styles.rule}>
          <div className={styles.line}>
            <span>{place + 1}.</span>
            <Select aria-label={t("life.rule_stage", { place: place + 1 })} style={{ minWidth: 140 }} value={rule.stage} onChange={(stage) => change(place, { stage })} options={STAGES.map((value) => ({ value, label: t(`shared:stage.${value}`) }))} />
            <Button type="text" icon={<ArrowUpOutlined />} disabled={place === 0} aria-label={t("life.up", { place: place + 1 })} onClick={() => move(place, -1)} />
            <Button type="text" icon={<ArrowDownOutlined />} disabled={place === rules.length - 1} aria-label={t("life.down", { place: place + 1 })} onClick={() => move(place, 1)} />
            <Button type="text" icon={<DeleteOutlined />} aria-label={t("life.drop", { place: place + 1 })} onClick={() => setRules(rules.filter((_, n) => n !== place))} />
          </div>
          <div className={styles.line}>
            {CONDITIONS.map((code) => (
              <label key={code} className={styles.line}>
                <span className={styles.under}>{t(`life.condition.${code}`)}</span>
                <InputNumber className={styles.number} min={code === "idle_months" ? 1 : 0} precision={0} value={rule[code] ?? null} onChange={(value) => change(place, { [code]: value })} />
              </label>
            ))}
          </div>
        </div>
      ))}
      <p className={styles.under}>{t("life.otherwise")}</p>
      <FormError error={save.error} />
      <Button type="primary" loading={save.isPending} onClick={() => save.mutate(rules)}>{t("shared:action.save")}</Button>
    </Panel>
  );
}
