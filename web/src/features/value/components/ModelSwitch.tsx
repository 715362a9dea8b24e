import { Select } from "antd";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useLabel } from "@/shared/i18n/i18n";
import { useModels } from "../api";
import type { ModelSummary } from "../types";

const KEY = "jinzita.model";

/** The models worth choosing among: those that grade somebody or did; without customers at all, the one for everybody. */
function shown(models: ModelSummary[]): ModelSummary[] {
  const used = models.filter((one) => one.has_customers || one.last_run);
  return used.length > 0 ? used : models.slice(-1);
}

/** The model being looked at: in the address, else the last one looked at, else the first that was run. */
export function useChosenModel() {
  const all = useModels();
  const models = useMemo(() => ({ ...all, data: all.data && shown(all.data) }), [all]);
  const [params, setParams] = useSearchParams();
  const wanted = params.get("model") ?? localStorage.getItem(KEY);
  const model: ModelSummary | undefined = useMemo(
    () => models.data?.find((one) => String(one.id) === wanted) ?? models.data?.find((one) => one.last_run) ?? models.data?.[0],
    [models.data, wanted],
  );
  useEffect(() => {
    if (model) localStorage.setItem(KEY, String(model.id));
  }, [model]);
  const choose = (id: number) =>
    setParams((now) => {
      const next = new URLSearchParams(now);
      next.set("model", String(id));
      next.delete("run");
      next.delete("from");
      return next;
    });
  return { models, model, choose };
}

/** Several models, each with its own population, each have a pyramid. */
export function ModelSwitch({ models, model, choose }: { models: ModelSummary[]; model: ModelSummary; choose: (id: number) => void }) {
  const { t } = useTranslation("value");
  const label = useLabel();
  if (models.length < 2) return null;
  return (
    <Select
      aria-label={t("model.choose")}
      value={model.id}
      onChange={choose}
      popupMatchSelectWidth={false}
      options={models.map((one) => ({ value: one.id, label: label(one.name) }))}
    />
  );
}
