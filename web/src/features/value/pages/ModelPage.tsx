import { DownOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { saveText } from "@/shared/chart/download";
import { useLabel } from "@/shared/i18n/i18n";
import { useCan } from "@/shared/session/session";
import { CAN } from "@/shared/session/permissions";
import { PageHeader, Panel } from "@/shared/ui/PageHeader";
import { EmptyState, ErrorState, PageSkeleton } from "@/shared/ui/states";
import { useFailed } from "@/shared/ui/useFailed";
import { DateTimeText } from "@/shared/ui/values";
import { entropyWeights, useCatalogue, useDistributions, useVersion, validate } from "../api";
import { ModelSwitch, useChosenModel } from "../components/ModelSwitch";
import { AddIndicator } from "../model/AddIndicator";
import { AhpDialog } from "../model/AhpDialog";
import { BandsEditor } from "../model/BandsEditor";
import { addIndicator, bandsInOrder, toHundred, withWeights } from "../model/draft";
import { IndicatorTable } from "../model/IndicatorTable";
import { PopulationEditor } from "../model/PopulationEditor";
import { PublishDialog } from "../model/PublishDialog";
import { TomlDialog } from "../model/TomlDialog";
import { useSettled } from "@/shared/ui/useSettled";
import { useDraft } from "../model/useDraft";
import { VersionsDrawer } from "../model/VersionsDrawer";
import { WhatIfPanel } from "../model/WhatIfPanel";
import type { ModelDocument, ModelSummary, VersionDetail } from "../types";
import styles from "../model/model.module.css";

/** The value model: indicators, weights and bands, tried out live before they are published. */
export function Component() {
  const { t } = useTranslation("value");
  const { models, model, choose } = useChosenModel();
  const version = useVersion(model?.current_version.id);
  const error = models.error ?? version.error;
  if (error) return <ErrorState error={error} retry={() => void (models.error ? models : version).refetch()} />;
  if (models.data?.length === 0) return <Panel><EmptyState title={t("pyramid.no_model")} why={t("pyramid.no_model_why")} /></Panel>;
  if (!model || !version.data) return <PageSkeleton />;
  const switcher = <ModelSwitch models={models.data ?? []} model={model} choose={choose} />;
  return <Editor key={version.data.id} model={model} version={version.data} switcher={switcher} />;
}

interface EditorProps {
  model: ModelSummary;
  version: VersionDetail;
  switcher: React.ReactNode;
}

const WHAT_IF_WAIT = 250;

function Editor({ model, version, switcher }: EditorProps) {
  const { t } = useTranslation("value");
  const may = useCan(CAN.editModel);
  const { draft, setDraft, changed, forget } = useDraft(version.id, version.document);
  const tried = useSettled(draft, WHAT_IF_WAIT);
  const catalogue = useCatalogue();
  const distributions = useDistributions(model.id);
  const label = useLabel();
  const triable = changed && bandsInOrder(tried.bands) && tried.indicators.length > 0;
  return (
    <>
      <PageHeader
        title={t("model.title")}
        count={t("versions.number", { number: version.number })}
        about={<>{label(model.name)} · {t("model.published")} <DateTimeText value={version.published_at} /> {version.by}</>}
        actions={
          <>
            {switcher}
            <Tools model={model} version={version} draft={draft} onChange={setDraft} mayEdit={may} />
            {changed && <Button onClick={() => setDraft(version.document)}>{t("model.discard")}</Button>}
            {may && <PublishDialog model={model.id} document={draft} disabled={!changed || !bandsInOrder(draft.bands)} onPublished={forget} />}
          </>
        }
      />
      <div className={styles.page}>
        <div className={styles.column}>
          <Panel title={t("population.title")}>
            <PopulationEditor document={draft} onChange={setDraft} readOnly={!may} />
          </Panel>
          <Panel title={t("model.bands")}>
            <BandsEditor document={draft} onChange={setDraft} readOnly={!may} />
          </Panel>
          <Panel title={t("model.indicators")} extra={may && <AddIndicator catalogue={catalogue.data ?? []} onAdd={(one) => setDraft(addIndicator(draft, one))} />}>
            <IndicatorTable document={draft} onChange={setDraft} readOnly={!may} distributions={distributions.data} catalogue={catalogue.data} />
          </Panel>
        </div>
        <div className={styles.side}>
          <WhatIfPanel model={model.id} changed={triable ? tried : null} />
        </div>
      </div>
    </>
  );
}

interface ToolsProps {
  model: ModelSummary;
  version: VersionDetail;
  draft: ModelDocument;
  onChange: (document: ModelDocument) => void;
  mayEdit: boolean;
}

/** Helpers for weights, the version history, and TOML both ways. */
function Tools({ model, version, draft, onChange, mayEdit }: ToolsProps) {
  const { t } = useTranslation("value");
  const { message } = App.useApp();
  const failed = useFailed();
  const [open, setOpen] = useState<"ahp" | "versions" | "toml" | null>(null);
  const close = () => setOpen(null);

  const attempt = (work: Promise<void>) => void work.catch(failed);
  const entropy = async () => {
    const { weights } = await entropyWeights(model.id, draft);
    onChange(withWeights(draft, toHundred(weights)));
    void message.success(t("entropy.done"));
  };
  const save = async () => {
    const { toml } = await validate({ document: draft });
    saveText(toml, `${model.code}.toml`, "application/toml");
  };
  const choose = (key: string) => {
    if (key === "entropy") attempt(entropy());
    else if (key === "export") attempt(save());
    else setOpen(key as "ahp" | "versions" | "toml");
  };
  const items = [
    ...(mayEdit ? [{ key: "ahp", label: t("ahp.menu") }, { key: "entropy", label: t("entropy.menu") }, { type: "divider" as const }] : []),
    { key: "versions", label: t("versions.title") },
    { key: "export", label: t("toml.export") },
    ...(mayEdit ? [{ key: "toml", label: t("toml.import") }] : []),
  ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => choose(key) }}>
        <Button>
          {t("model.tools")} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      <AhpDialog key={`${version.id}-${draft.indicators.length}`} document={draft} open={open === "ahp"} onClose={close} onUse={onChange} />
      <VersionsDrawer model={model.id} open={open === "versions"} onClose={close} onUse={(document) => { onChange(document); close(); }} />
      <TomlDialog open={open === "toml"} onClose={close} onUse={onChange} />
    </>
  );
}
