import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { PageHeader } from "@/shared/ui/PageHeader";
import type { ImportKind, Upload } from "../api";
import { CheckStep } from "./CheckStep";
import { ColumnsStep } from "./ColumnsStep";
import { ContentStep } from "./ContentStep";
import { STEPS, findDraft, keepDraft, isKnown, newDraft, stepOf, withChange, type Draft, type Step } from "./draft";
import { FileStep } from "./FileStep";
import { WizardSteps } from "./WizardSteps";

const LAST_SOURCE = "jinzita.import.source";

/** Upload, say what it is, match the columns, look at the rows; then the import runs by itself. */
export function Component() {
  const { t } = useTranslation("integration");
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const upload = params.get("upload");
  const [draft, setDraft] = useState<Draft | null>(() => findDraft(upload));
  const current = String(draft?.upload.upload_id) === upload ? draft : null;
  const step = stepOf(params.get("step"), current);

  const go = (next: Step, id: string | number | null = upload) => setParams(id ? { upload: String(id), step: next } : {});
  const put = (next: Draft) => {
    keepDraft(next);
    setDraft(next);
  };
  const start = (uploaded: Upload) => {
    put(newDraft(uploaded, (uploaded.kind as ImportKind | null) ?? current?.kind ?? null, current?.source ?? localStorage.getItem(LAST_SOURCE) ?? ""));
    go("content", uploaded.upload_id);
  };
  const change = (changed: Partial<Draft>) => {
    if (!current) return;
    if (changed.source) localStorage.setItem(LAST_SOURCE, changed.source.trim());
    put(withChange(current, changed));
  };
  const shared = { change, back: () => go(STEPS[STEPS.indexOf(step) - 1] ?? "file"), next: () => go(STEPS[STEPS.indexOf(step) + 1] ?? "check") };
  return (
    <>
      <PageHeader title={t("wizard.title")} about={current?.upload.filename} />
      <WizardSteps current={step} onGo={go} />
      {step === "file" && <FileStep current={current?.upload ?? null} lost={upload !== null && current === null} onUploaded={start} onKeep={() => go("content")} />}
      {current && step === "content" && <ContentStep {...shared} draft={current} />}
      {current && isKnown(current) && step === "columns" && <ColumnsStep {...shared} draft={current} />}
      {current && isKnown(current) && step === "check" && <CheckStep {...shared} draft={current} started={(made) => void navigate(`/imports/${made.id}?upload=${current.upload.upload_id}`)} />}
    </>
  );
}
